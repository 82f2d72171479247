//! Errors of the SDK as errors of core.

use azure_data_cosmos::CosmosError;
use azure_data_cosmos::diagnostics::DiagnosticsContext;
use monotable_core::request::PrimaryKey;
use monotable_core::{Error, Kind};

const MAY_HAVE_HAPPENED: &str = "if it was a write, it may have happened";

/// Sub-statuses of the service, where they say more than the status.
mod sub {
    /// 400: the partition key in the document is not that of the request.
    pub(super) const OTHER_PARTITION_KEY: u16 = 1001;
    /// 403: a logical partition has its 20 GB.
    pub(super) const PARTITION_FULL: u16 = 1014;
    /// 401, made by the SDK: there was no token of Entra ID.
    pub(super) const NO_TOKEN: u16 = 20402;
    /// 503, made by the SDK: no region has the writes of the session yet.
    pub(super) const NO_SESSION: u16 = 20310;
    /// 503, made by the SDK: no region takes writes.
    pub(super) const NO_WRITES: u16 = 20311;
    /// 503, made by the SDK: there was no connection, the name of the account is not known, or the connection was lost.
    pub(super) const NO_CONNECTION: [u16; 5] = [20003, 20010, 20011, 20012, 20014];
}

/// Converts the error of a request.
pub(crate) fn error(failed: CosmosError) -> Error {
    let (kind, message) = of(&failed);
    Error::new(kind, message).with_source(failed)
}

fn of(failed: &CosmosError) -> (Kind, String) {
    let status = failed.status();
    let sub = status.sub_status().map_or(0, |sub| sub.value());
    let (kind, message) = match (u16::from(status.status_code()), sub) {
        (400, sub::OTHER_PARTITION_KEY) => (
            Kind::SchemaMismatch,
            "the container is partitioned by another path than the declared partition key (400): create another \
             container, or correct the declaration"
                .to_owned(),
        ),
        (401, sub::NO_TOKEN) => (
            Kind::Unauthorized,
            "there was no token of Entra ID: sign in with `az login`, or set the variables that `Cosmos::from_env` \
             lists, or use a key of the account"
                .to_owned(),
        ),
        (401, _) => (
            Kind::Unauthorized,
            "Cosmos DB does not accept the credentials (401): check the key, or the credential of Entra ID, and the \
             clock of this machine"
                .to_owned(),
        ),
        (403, sub::PARTITION_FULL) => (
            Kind::TooLarge,
            "the partition has 20 GB, which is the most that items with one partition key can have (403): delete \
             items, or divide the partition by a further part in the template of the partition key"
                .to_owned(),
        ),
        (403, _) => (
            Kind::Unauthorized,
            "Cosmos DB does not allow this (403): give the identity the role `Cosmos DB Built-in Data Contributor` on \
             the container, and check the account's firewall"
                .to_owned(),
        ),
        (404, _) => (
            Kind::TableMissing,
            "the container or the database does not exist (404): call `create_if_missing`, or correct its name"
                .to_owned(),
        ),
        (code @ (409 | 412 | 449), _) => (
            Kind::Conflict,
            format!("another request was writing the same item ({code}): send the request again"),
        ),
        (413, _) => (
            Kind::TooLarge,
            "Cosmos DB refuses the request as too large (413): split the item".to_owned(),
        ),
        (429, _) => (
            Kind::Throttled,
            "Cosmos DB asks for fewer requests (429): the throughput of the container, or of one of its partitions, is \
             used up: send the request again later, or give the container more request units"
                .to_owned(),
        ),
        (503, sub::NO_SESSION) => (
            Kind::Unavailable,
            "no region has the writes of the session yet: send the request again later".to_owned(),
        ),
        (503, sub::NO_WRITES) => (
            Kind::Unavailable,
            "no region of the account takes writes at present: send the request again later".to_owned(),
        ),
        (503, sub) if sub::NO_CONNECTION.contains(&sub) => (
            Kind::Unavailable,
            format!(
                "Cosmos DB cannot be reached, or its answer was lost: check the account's address and the network; \
                 {MAY_HAVE_HAPPENED}"
            ),
        ),
        (408, _) => {
            (Kind::Unavailable, format!("Cosmos DB did not answer in time (408); {MAY_HAVE_HAPPENED}"))
        }
        (code @ (410 | 500..), _) => {
            (Kind::Unavailable, format!("Cosmos DB failed ({code}); {MAY_HAVE_HAPPENED}"))
        }
        (code, _) if failed.is_from_wire() => {
            (Kind::InvalidRequest, format!("Cosmos DB refuses the request ({code}): see the source"))
        }
        _ => (Kind::InvalidRequest, format!("the request was not sent: {failed}")),
    };
    (kind, message)
}

/// Converts the error of a request for the settings of a container.
pub(crate) fn of_container(container: &str, failed: CosmosError) -> Error {
    if u16::from(failed.status().status_code()) != 404 {
        return error(failed);
    }
    let message = format!(
        "{container} or its database does not exist (404): call `create_if_missing`, or correct the name"
    );
    Error::new(Kind::TableMissing, message).with_source(failed)
}

/// Returns whether an earlier attempt of the SDK may have been made by the service, although it has no answer.
pub(crate) fn is_ambiguous(failed: &CosmosError) -> bool {
    failed.diagnostics().is_some_and(|diagnostics| was_ambiguous(&diagnostics))
}

/// The same for the diagnostics of an answer.
pub(crate) fn was_ambiguous(diagnostics: &DiagnosticsContext) -> bool {
    let requests = diagnostics.requests();
    let Some((_, before)) = requests.split_last() else { return false };
    before.iter().any(|request| {
        let code = u16::from(request.status().status_code());
        let is_open = request.timed_out() || code == 408 || code == 410 || code >= 500;
        request.request_sent().may_have_been_sent() && is_open
    })
}

/// The error of a write of which nobody can say whether it happened.
pub(crate) fn outcome_unknown(key: &PrimaryKey, failed: Option<CosmosError>) -> Error {
    let message = format!(
        "the answer to a write of {key} was lost, and another writer has changed the item since: it is not known whether \
         the write happened; read the item before it is sent again"
    );
    let error = Error::new(Kind::Unavailable, message);
    match failed {
        Some(failed) => error.with_source(failed),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use azure_data_cosmos::CosmosStatus;

    fn kind(status: u16, sub: u16) -> Kind {
        let status = CosmosStatus::new(status.into()).with_sub_status(sub);
        error(CosmosError::builder().with_status(status).build()).kind()
    }

    /// The other ones are tested with the emulator. The SDK repeats this one for half a minute.
    #[test]
    fn a_conflict_of_writers_can_be_sent_again() {
        let status = CosmosStatus::new(449.into());
        let error = error(CosmosError::builder().with_status(status).build());
        assert!(error.is_conflict() && error.is_retryable(), "{error}");
    }

    #[test]
    fn what_the_sdk_says_without_asking() {
        assert_eq!(kind(401, sub::NO_TOKEN), Kind::Unauthorized);
        assert_eq!(kind(400, 20100), Kind::InvalidRequest);
        assert_eq!(kind(408, 20008), Kind::Unavailable);
    }
}

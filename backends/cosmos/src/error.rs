//! Errors of the SDK as errors of core.

use azure_data_cosmos::CosmosError;
use azure_data_cosmos::diagnostics::DiagnosticsContext;
use monotable_core::request::PrimaryKey;
use monotable_core::{Error, Kind};

const MAY_HAVE_HAPPENED: &str = "if it was a write, it may have happened";

/// Converts the error of a request.
pub(crate) fn error(failed: CosmosError) -> Error {
    let (kind, message) = of(&failed);
    Error::new(kind, message).with_source(failed)
}

fn of(failed: &CosmosError) -> (Kind, String) {
    let status = failed.status();
    let code = u16::from(status.status_code());
    if status.is_throttled() {
        let message = "Cosmos DB asks for fewer requests (429): the container's throughput, or that of a partition, is used \
                       up: send the request again later, or give the container more request units";
        return (Kind::Throttled, message.to_owned());
    }
    if !failed.is_from_wire() && code < 500 && code != 408 {
        let message = format!("the request was not sent: {failed}");
        return (Kind::InvalidRequest, message);
    }
    match code {
        401 | 403 if status.is_write_forbidden() => {
            (Kind::Unavailable, format!("the region does not take writes at present; {MAY_HAVE_HAPPENED}"))
        }
        401 => (
            Kind::Unauthorized,
            "Cosmos DB does not accept the credentials (401): check the key, or the credential of Entra ID".to_owned(),
        ),
        403 => (
            Kind::Unauthorized,
            "Cosmos DB does not allow this (403): give the identity the role `Cosmos DB Built-in Data Contributor` on \
             the container, and check the account's firewall"
                .to_owned(),
        ),
        404 => (
            Kind::TableMissing,
            "the container or the database does not exist (404): call `create_if_missing`, or correct its name"
                .to_owned(),
        ),
        409 | 412 | 449 => {
            (Kind::Conflict, format!("another request was writing the same item ({code}): send the request again"))
        }
        413 => (Kind::TooLarge, "Cosmos DB refuses the request as too large (413): split the item".to_owned()),
        408 | 410 | 500.. => {
            (Kind::Unavailable, format!("Cosmos DB cannot be reached, or did not answer in time ({code}); {MAY_HAVE_HAPPENED}"))
        }
        _ => (Kind::InvalidRequest, format!("Cosmos DB refuses the request ({code}): see the source")),
    }
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

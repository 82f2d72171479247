//! Converting the errors that DynamoDB answers with.

use super::{ENDPOINT, MAY_HAVE_HAPPENED, Place};
use monotable_core::expr::{Action, leads_nowhere};
use monotable_core::{Error, Kind};

/// An error that DynamoDB answered with, for a call or for one write of a transaction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault<'a> {
    pub(crate) code: Option<&'a str>,
    pub(crate) message: Option<&'a str>,
    /// The HTTP status of the answer.
    pub(crate) status: u16,
}

impl Fault<'_> {
    /// Returns the kind of the error, and a message that says what to do.
    pub(crate) fn classify(self, place: Place<'_>) -> (Kind, String) {
        let Place { table, region, .. } = place;
        let said = self.message.unwrap_or("no message");
        match self.code.unwrap_or_default() {
            "ProvisionedThroughputExceededException"
            | "ProvisionedThroughputExceeded"
            | "RequestLimitExceeded"
            | "ThrottlingException"
            | "ThrottlingError"
            | "Throttling"
            | "TooManyRequestsException"
            | "LimitExceededException" => throttled(table, said),
            "ResourceNotFoundException" | "TableNotFoundException" => {
                let region = region.unwrap_or("none");
                let message = format!(
                    "table `{table}` does not exist in region {region}: create it with \
                     `create_if_missing()`, or check the name, the region and the account"
                );
                (Kind::TableMissing, message)
            }
            "ValidationException" | "ValidationError" => self.invalid(place),
            "ItemCollectionSizeLimitExceededException"
            | "ItemCollectionSizeLimitExceeded"
            | "RequestEntityTooLarge" => {
                let message = format!("over a limit of DynamoDB: {said}; split it into several");
                (Kind::TooLarge, message)
            }
            "TransactionConflictException"
            | "TransactionConflict"
            | "ReplicatedWriteConflictException" => {
                let message =
                    format!("another write of the item was in progress ({said}): try again");
                (Kind::Conflict, message)
            }
            "TransactionInProgressException" => {
                let message = "the transaction with this token is still in progress: send it again in \
                               a moment, with the same token";
                // This attempt wrote nothing, but the attempt that is still in progress may.
                (Kind::Unavailable, message.to_owned())
            }
            "ResourceInUseException" | "TableAlreadyExistsException" => {
                let message = format!(
                    "table `{table}` is being created, changed or deleted: try again later"
                );
                (Kind::Conflict, message)
            }
            "IdempotentParameterMismatchException" => {
                let message = "the token was used for other writes in the last ten minutes: use a \
                               new one for each transaction";
                (Kind::InvalidRequest, message.to_owned())
            }
            code => self.other(code, table),
        }
    }

    /// The error of one write of a cancelled transaction.
    pub(crate) fn error(self, place: Place<'_>) -> Error {
        let (kind, message) = self.classify(place);
        Error::new(kind, message)
    }

    /// Classifies a `ValidationException` by its message, because DynamoDB uses this one code for many
    /// causes.
    fn invalid(self, place: Place<'_>) -> (Kind, String) {
        /// The table's keys or indexes differ from the declared ones.
        const SCHEMA: [&str; 8] = [
            "key element does not match the schema",
            "Missing the key",
            // The message of DynamoDB Local for a key that does not match.
            "required keys was not given a value",
            "Type mismatch for key",
            "Type mismatch for Index Key",
            "missed key schema element",
            "key condition not supported",
            "does not have the specified index",
        ];
        /// The request is over a limit.
        const SIZE: [&str; 7] = [
            "Item size has exceeded",
            "Item size to update has exceeded",
            "Expression size has exceeded",
            "too many operators",
            "Too many items requested",
            "request size cannot exceed",
            "exceeded the maximum allowed",
        ];
        /// The start of the page is not a key of the query.
        const START: [&str; 2] = ["starting key", "Exclusive Start Key"];
        let said = self.message.unwrap_or("the request is not valid");
        let has = |words: &&str| said.contains(*words);
        if SCHEMA.iter().any(has) {
            let message = format!(
                "table `{}` differs from the declared one: {said}; declare its keys and indexes \
                 as they are stored, or use another table",
                place.table
            );
            (Kind::SchemaMismatch, message)
        } else if START.iter().any(has) {
            let message = format!(
                "the cursor has no position in this query: {said}; start again from the first page"
            );
            (Kind::InvalidCursor, message)
        } else if SIZE.iter().any(has) {
            (Kind::TooLarge, format!("over a limit of DynamoDB: {said}; split it into several"))
        } else if said.contains("document path")
            && let Some(message) = leads_nowhere(place.actions.iter().map(Action::path))
        {
            (Kind::InvalidRequest, format!("{message} (DynamoDB: {said})"))
        } else if place.actions.is_empty() || !said.contains("update expression") {
            (Kind::InvalidRequest, format!("DynamoDB refuses the request: {said}"))
        } else {
            let places: Vec<String> =
                place.actions.iter().map(|action| format!("`{}`", action.path())).collect();
            let message = format!(
                "DynamoDB refuses the update of {}: {said}; the stored value has to be of the kind that \
                 the change needs, and to change an element of a map or list, that map or list has to \
                 exist",
                places.join(", ")
            );
            (Kind::InvalidRequest, message)
        }
    }

    fn other(self, code: &str, table: &str) -> (Kind, String) {
        let said = self.message.unwrap_or("no message");
        match code {
            "AccessDeniedException" | "AccessDenied" => {
                let message = format!(
                    "the credentials do not allow this on table `{table}`: {said}; allow the \
                     action in their IAM policy"
                );
                (Kind::Unauthorized, message)
            }
            "ExpiredTokenException" | "ExpiredToken" | "RequestExpired" => {
                (Kind::Unauthorized, format!("the credentials have expired: {said}; renew them"))
            }
            "UnrecognizedClientException"
            | "InvalidClientTokenId"
            | "InvalidSignatureException"
            | "SignatureDoesNotMatch"
            | "IncompleteSignature"
            | "IncompleteSignatureException"
            | "MissingAuthenticationToken"
            | "MissingAuthenticationTokenException"
            | "OptInRequired" => {
                let message = format!(
                    "DynamoDB does not know the credentials: {said}; check the access key, its \
                     secret and its token, and the region"
                );
                (Kind::Unauthorized, message)
            }
            _ if self.status >= 500 || code.starts_with("Internal") => {
                let message = format!(
                    "DynamoDB failed (HTTP status {}): {said}; try again; {MAY_HAVE_HAPPENED}",
                    self.status
                );
                (Kind::Unavailable, message)
            }
            _ if self.status == 429 => throttled(table, said),
            "" => not_dynamodb(self.status),
            code => (Kind::InvalidRequest, format!("DynamoDB refused the request: {code}, {said}")),
        }
    }
}

fn throttled(table: &str, said: &str) -> (Kind, String) {
    let message = format!(
        "DynamoDB asks for fewer requests ({said}): try again later, spread the load over more \
         partition keys, or raise the limits of table `{table}`"
    );
    (Kind::Throttled, message)
}

/// The error of an answer that cannot be read. If it says that the request is too large, it comes from a
/// server in front of DynamoDB, and the request did not reach DynamoDB.
pub(super) fn not_dynamodb(status: u16) -> (Kind, String) {
    if status == 413 {
        let message = "the request is over a limit on its size (HTTP status 413): split it into \
                       several";
        return (Kind::TooLarge, message.to_owned());
    }
    let message = format!(
        "the answer (HTTP status {status}) is not from DynamoDB: {ENDPOINT}; {MAY_HAVE_HAPPENED}"
    );
    (Kind::Unavailable, message)
}

//! Converting the SDK's errors to monotable's.

mod service;

pub(crate) use service::Fault;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_dynamodb::error::{BuildError, ProvideErrorMetadata, SdkError};
use monotable_core::expr::Action;
use monotable_core::{Error, Kind};
use std::error::Error as StdError;

/// The table, region and changes of a call, for messages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) table: &'a str,
    /// `None` if the client has no region, which is an error of its own.
    pub(crate) region: Option<&'a str>,
    /// The changes of an update. DynamoDB does not say which of them it refuses.
    pub(crate) actions: &'a [Action],
}

/// Says where the address of the service comes from, because it may be wrong.
const ENDPOINT: &str = "check the network and the endpoint, which is the client's own, that of \
                        `AWS_ENDPOINT_URL_DYNAMODB` or `AWS_ENDPOINT_URL`, or the region's";
const MAY_HAVE_HAPPENED: &str = "a write may have happened anyway: if it must not happen twice, read \
                                 the item before you send the write again";
const NO_REGION: &str = "no region is set: set `AWS_REGION`, choose a profile that has one with \
                         `AWS_PROFILE`, or give the client one";
const NO_CREDENTIALS: &str = "no credentials were found: set `AWS_ACCESS_KEY_ID` and \
                              `AWS_SECRET_ACCESS_KEY`, choose a profile with `AWS_PROFILE`, run \
                              where a role gives them, or give the client some";

impl Place<'_> {
    /// Converts the error of a call. The SDK's error becomes its source.
    pub(crate) fn error<E>(self, failed: SdkError<E>) -> Error
    where
        E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    {
        let (kind, message) = match &failed {
            SdkError::ServiceError(answer) => {
                let error = answer.err();
                let fault = Fault {
                    code: error.code(),
                    message: error.message(),
                    status: answer.raw().status().as_u16(),
                };
                fault.classify(self)
            }
            SdkError::TimeoutError(_) => self.timed_out(),
            SdkError::DispatchFailure(failure) if failure.is_timeout() => self.timed_out(),
            SdkError::DispatchFailure(failure) if failure.is_io() => self.unreachable(),
            // The SDK does not distinguish calls that were not sent from those that failed on the way.
            SdkError::DispatchFailure(_) => {
                self.not_made(&failed).unwrap_or_else(|| self.unreachable())
            }
            SdkError::ConstructionFailure(_) => self.not_made(&failed).unwrap_or_else(|| {
                let message = "the call could not be made: see the source, and check the client's \
                               configuration";
                (Kind::InvalidRequest, message.to_owned())
            }),
            SdkError::ResponseError(answer) => {
                service::not_dynamodb(answer.raw().status().as_u16())
            }
            _ => (Kind::Unavailable, format!("the call failed; {MAY_HAVE_HAPPENED}")),
        };
        Error::new(kind, message).with_source(failed)
    }

    fn timed_out(self) -> (Kind, String) {
        let message = format!("DynamoDB did not answer in time: {ENDPOINT}; {MAY_HAVE_HAPPENED}");
        (Kind::Unavailable, message)
    }

    fn unreachable(self) -> (Kind, String) {
        let region = self.region.unwrap_or("none");
        let message = format!(
            "DynamoDB (region {region}) cannot be reached, or the connection broke: {ENDPOINT}; if \
             it broke, {MAY_HAVE_HAPPENED}"
        );
        (Kind::Unavailable, message)
    }

    /// The error of a call that was not sent, because credentials or the region are missing.
    fn not_made(self, error: &(dyn StdError + 'static)) -> Option<(Kind, String)> {
        match credentials_error(error) {
            Some(CredentialsError::CredentialsNotLoaded(_)) => {
                Some((Kind::Unauthorized, NO_CREDENTIALS.to_owned()))
            }
            Some(error) => {
                let message = format!(
                    "the credentials could not be loaded ({error}): see the source, and check the \
                     profile or role that they come from"
                );
                Some((Kind::Unauthorized, message))
            }
            None if self.region.is_none() => Some((Kind::InvalidRequest, NO_REGION.to_owned())),
            // The SDK has no public error type for a client without any source of credentials.
            None if chain(error)
                .any(|error| error.to_string().contains("no identity resolver")) =>
            {
                Some((Kind::Unauthorized, NO_CREDENTIALS.to_owned()))
            }
            None => None,
        }
    }
}

fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

fn credentials_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a CredentialsError> {
    chain(error).find_map(|error| error.downcast_ref())
}

/// The error of a missing region, before any call.
pub(crate) fn no_region() -> Error {
    Error::new(Kind::InvalidRequest, NO_REGION)
}

/// The error of a request without a required member, which the SDK's builders refuse. Our requests have
/// all members, so this is never expected.
pub(crate) fn incomplete(error: BuildError) -> Error {
    Error::new(Kind::InvalidRequest, "the request could not be built: see the source")
        .with_source(error)
}

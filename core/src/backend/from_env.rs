//! `FromEnv`: backends that need nothing but the environment of the process.

use super::Backend;
use crate::error::Result;
use std::future::Future;

/// A backend that is made from the environment of the process: [`Warm::from_env`](crate::Warm::from_env) uses it.
///
/// `DynamoDb` is one, and `Cosmos` without global indexes. How an index is served on Cosmos DB is a choice of the
/// program, so a handle with indexes is made by a function, see [`Warm::new`](crate::Warm::new).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not made from the environment alone: write `Warm::new(|| Box::pin(async {{ Ok(Shop::on(..)) \
               }}))`, with an expression that makes the backend",
    label = "the environment does not say how to make this backend"
)]
pub trait FromEnv: Backend {
    /// Makes the backend as the environment says.
    ///
    /// # Errors
    ///
    /// `InvalidRequest`, with the name of the variable, if one is missing or wrong; and the errors of calls that are made
    /// already here.
    fn from_env() -> impl Future<Output = Result<Self>> + Send;
}

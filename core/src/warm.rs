//! `Warm`: what a process keeps from one call of a function to the next.

#[cfg(test)]
mod tests;

use crate::backend::{Backend, FromEnv, HeldBy};
use crate::error::{Error, Result};
use crate::schema::Schema;
use crate::schema_ext::SchemaExt as _;
use crate::table::Table;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// What a function returns that connects to a store: `Box::pin(async { .. })`.
pub type Connecting<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

/// The handle of a table in a `static`, for the life of a process: the first call connects, and all later calls use the
/// same client with its open connections.
///
/// A function of a cloud, on AWS Lambda or Azure Functions, keeps its process from one call to the next. A client that is
/// made anew in each call opens connections and asks for credentials each time, which takes longer than the request.
///
/// - **Calls at the same time make one client.** While one of them connects, the others wait for it. So an instance with
///   several calls at a time needs nothing else: a handle can be used by any number of calls.
/// - **A connect that fails is tried again** by the next call. The calls that waited for it get its error, and do not try
///   one after the other.
/// - **A connect whose call is dropped**, such as by a timeout, is given up. A call that waited, or the next one, begins
///   anew.
/// - **Any async runtime** will do. But the connections belong to the runtime of the call that opened them, so a static is
///   for a program with one runtime, and not for tests with a runtime each.
/// - **It is a `static` and not a `const`**: each use of a const would be a new cell, which connects anew.
///
/// # Example: a function
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |_| {
/// use monotable::prelude::*;
///
/// // For DynamoDB, `Warm<Table<Shop, DynamoDb>> = Warm::from_env()`.
/// static SHOP: Warm<Table<Shop, Embedded>> =
///     Warm::new(|| Box::pin(async { Ok(Shop::on(Embedded::in_memory())) }));
///
/// async fn orders(customer_id: &str) -> monotable::Result<Vec<Order>> {
///     Order::by_customer(customer_id).all(&SHOP.get().await?).await
/// }
/// # assert!(orders("C001").await?.is_empty());
/// # Ok(()) }) }
/// ```
///
/// # Example: a function of your own connects
///
/// What it returns is a [`Result`] of this library. The error of another one becomes the [source](Error::with_source) of an
/// [`Error`], with a message that says what was tried: of the kind [`Unavailable`](crate::Kind::Unavailable) if trying again
/// may help, and [`InvalidRequest`](crate::Kind::InvalidRequest) if a setting is wrong.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |_| {
/// use monotable::prelude::*;
/// use monotable::{Error, Kind};
///
/// static SHOP: Warm<Table<Shop, Embedded>> = Warm::new(|| Box::pin(connect()));
///
/// async fn connect() -> monotable::Result<Table<Shop, Embedded>> {
///     let path = std::env::var("SHOP_FILE").map_err(|error| {
///         Error::new(Kind::InvalidRequest, "`SHOP_FILE`: set it to a path").with_source(error)
///     })?;
///     Ok(Shop::on(Embedded::open(path)?))
/// }
/// # assert!(SHOP.get().await.unwrap_err().to_string().contains("SHOP_FILE"));
/// # Ok(()) }) }
/// ```
///
/// # Example: what was made before a snapshot is renewed
///
/// A function with SnapStart is started once, and its memory is copied into many instances. What must not be used after
/// it was copied is behind the handle: connections, which are gone, and the credentials and caches of a client. So the
/// hook after the restore (`SnapStartResource::after_restore` of the crate `lambda_runtime`) calls
/// [`reset`](Warm::reset). Nothing else of this library needs it: random names and tokens come from the operating system
/// for each request, and times from its clock. What a program makes itself, such as the seed of a generator, is
/// its own to renew.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |_| {
/// # static SHOP: Warm<Table<Shop, Embedded>> =
/// #     Warm::new(|| Box::pin(async { Ok(Shop::on(Embedded::in_memory())) }));
/// SHOP.get().await?; // While the function is started: the snapshot has the code and the settings in memory.
///
/// fn after_restore() {
///     SHOP.reset(); // The next call connects.
/// }
/// # after_restore();
/// # SHOP.get().await?;
/// # Ok(()) }) }
/// ```
#[doc(alias = "OnceCell")]
#[doc(alias = "LazyLock")]
#[doc(alias = "lazy_static")]
pub struct Warm<T> {
    connect: fn() -> Connecting<T>,
    state: Mutex<State<T>>,
    /// Held by the call that connects.
    turn: futures_util::lock::Mutex<()>,
}

struct State<T> {
    kept: Option<T>,
    /// How often `reset` was called. A handle that was begun before is not kept.
    resets: u64,
    /// How many connects have failed.
    failures: u64,
    last_failure: Option<Error>,
}

impl<T> Warm<T> {
    /// Returns an empty cell, for a `static`. `connect` is called by the first call that needs the handle.
    ///
    /// It is a function and not a closure that captures something, because a static is made by the compiler. It must not
    /// [`get`](Warm::get) from the same cell, which would wait for itself.
    ///
    /// If `connect` is an async function, write `Warm::new(|| Box::pin(connect()))`. Errors of other libraries become
    /// [sources](Error::with_source) of an [`Error`], as in the [example](Warm#example-a-function-of-your-own-connects).
    ///
    /// The module `cosmos` has an example with a global index, which [`from_env`](Warm::from_env) cannot make.
    #[must_use]
    pub const fn new(connect: fn() -> Connecting<T>) -> Self {
        let state = State { kept: None, resets: 0, failures: 0, last_failure: None };
        Warm { connect, state: Mutex::new(state), turn: futures_util::lock::Mutex::new(()) }
    }

    /// Forgets the handle, so that the next call connects anew, with new connections and credentials.
    ///
    /// Calls that have the handle already keep it, and its connections are closed when the last of them has ended. A
    /// connect that is under way is made again for the calls that wait for it.
    pub fn reset(&self) {
        let mut state = self.state();
        state.resets = state.resets.wrapping_add(1);
        state.last_failure = None;
        let kept = state.kept.take();
        drop(state);
        // Not under the lock: it may close connections.
        drop(kept);
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        // No code of others runs under this lock, except for `clone`, which leaves the state as it is.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Clone> Warm<T> {
    /// Returns the handle, after connecting if there is none.
    ///
    /// The handle is a clone, which shares the client and its connections. Without a connect, this does not wait.
    ///
    /// # Errors
    ///
    /// The error of the connect, if this call connects or waits for the connect of another one.
    pub async fn get(&self) -> Result<T> {
        let failures = {
            let state = self.state();
            match &state.kept {
                Some(kept) => return Ok(kept.clone()),
                None => state.failures,
            }
        };
        let _turn = self.turn.lock().await;
        loop {
            // Another call may have connected, or failed to, while this one waited.
            let resets = match self.state().of_other_calls(failures) {
                Ok(answer) => return answer,
                Err(resets) => resets,
            };
            let begun = Instant::now();
            let made = (self.connect)().await;
            if let Some(answer) = self.state().end(made, resets, begun) {
                return answer;
            }
        }
    }
}

impl<T: Clone> State<T> {
    /// Returns what other calls have done for one that began after so many failures; if nothing, the number of resets.
    fn of_other_calls(&self, failures: u64) -> Result<Result<T>, u64> {
        match (&self.kept, &self.last_failure) {
            (Some(kept), _) => Ok(Ok(kept.clone())),
            (None, Some(error)) if self.failures != failures => Ok(Err(error.clone())),
            (None, _) => Err(self.resets),
        }
    }

    /// Keeps what was made. Returns `None` if it has to be made again, because there was a reset meanwhile.
    fn end(&mut self, made: Result<T>, resets: u64, begun: Instant) -> Option<Result<T>> {
        if self.resets != resets {
            return None;
        }
        match &made {
            Ok(handle) => {
                self.kept = Some(handle.clone());
                let seconds = begun.elapsed().as_secs_f64();
                tracing::info!(target: "monotable", seconds, "connected");
            }
            Err(error) => {
                self.failures = self.failures.wrapping_add(1);
                self.last_failure = Some(error.clone());
            }
        }
        Some(made)
    }
}

impl<S: Schema, B: Backend> Warm<Table<S, B>> {
    /// Returns an empty cell whose first call makes the backend from the environment of the process: `DynamoDb::from_env`
    /// or `Cosmos::from_env`. The modules `dynamodb` and `cosmos` have an example each.
    #[must_use]
    pub const fn from_env() -> Self
    where
        S: HeldBy<B>,
        B: FromEnv,
    {
        Warm::new(|| Box::pin(async { Ok(S::on(B::from_env().await?)) }))
    }
}

impl<T> fmt::Debug for Warm<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Warm").field("connected", &self.state().kept.is_some()).finish()
    }
}

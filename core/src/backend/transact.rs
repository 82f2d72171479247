//! Functions that run transactions, as pointers.
//!
//! A handle or a request that has such a pointer needs no bound on the backend. So the bound is checked once,
//! where the handle or the request is created, and a backend without it is reported once. The futures are
//! boxed, so that the types are the same for every backend.

use super::{Backend, Transactions};
use crate::error::Result;
use crate::request::{TransactFetched, TransactGet, TransactWrite, Transacted};
use futures_util::future::BoxFuture;

/// Runs a transaction that writes.
#[doc(hidden)]
pub type TransactWrites<B> = for<'a> fn(
    &'a B,
    TransactWrite<<B as Backend>::Item>,
) -> BoxFuture<'a, Result<Transacted<<B as Backend>::Item>>>;

/// Runs a transaction that reads.
pub(crate) type TransactGets<B> =
    for<'a> fn(&'a B, TransactGet) -> BoxFuture<'a, Result<TransactFetched<<B as Backend>::Item>>>;

pub(crate) fn transact_writes<B: Transactions>(
    backend: &B,
    request: TransactWrite<B::Item>,
) -> BoxFuture<'_, Result<Transacted<B::Item>>> {
    Box::pin(backend.transact_write(request))
}

pub(crate) fn transact_gets<B: Transactions>(
    backend: &B,
    request: TransactGet,
) -> BoxFuture<'_, Result<TransactFetched<B::Item>>> {
    Box::pin(backend.transact_get(request))
}

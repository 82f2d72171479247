//! A backend that has no batches and no timer of its own, as a store may lack them.

use super::forward::{calls, forward};
use monotable::request::{TransactFetched, TransactGet, TransactWrite, Transacted};
use monotable::{CrossPartitionTransactions, Transactions};

/// The backend, with the defaults of `Backend` instead of its own batches and pauses.
#[derive(Debug, Clone)]
pub struct Single<B>(pub B);

forward! { Single {} }

impl<B: Transactions> Transactions for Single<B> {
    calls! {
        transact_get(TransactGet) -> TransactFetched<B::Item>;
        transact_write(TransactWrite<B::Item>) -> Transacted<B::Item>;
    }
}

impl<B: CrossPartitionTransactions> CrossPartitionTransactions for Single<B> {}

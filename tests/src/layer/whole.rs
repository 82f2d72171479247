//! A backend that is said to have transactions across partitions.

use super::forward::{calls, forward};
use crate::{Store, Traits};
use monotable::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, TransactFetched, TransactGet, TransactWrite,
    Transacted,
};
use monotable::{CrossPartitionTransactions, Transactions};
use std::time::Duration;

/// The backend, with transactions across partitions as far as the compiler is concerned. So a test can open a table of
/// which only some entities need them, and share its code with tests that send such transactions. The backend refuses
/// them.
#[derive(Debug, Clone)]
pub struct Whole<B>(pub B);

forward! {
    Whole {
        calls! {
            batch_get(BatchGet) -> BatchFetched<B::Item>;
            batch_write(BatchWrite<B::Item>) -> BatchWritten;
        }

        async fn pause(&self, duration: Duration) {
            self.0.pause(duration).await;
        }
    }
}

impl<B: Transactions> Transactions for Whole<B> {
    calls! {
        transact_get(TransactGet) -> TransactFetched<B::Item>;
        transact_write(TransactWrite<B::Item>) -> Transacted<B::Item>;
    }
}

impl<B: Transactions> CrossPartitionTransactions for Whole<B> {}

impl<B: Store> Store for Whole<B> {
    const TRAITS: Traits = B::TRAITS;
}

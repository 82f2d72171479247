//! A backend whose transactions stay in one partition.

use super::forward::forward;
use monotable::request::{TransactFetched, TransactGet, TransactWrite, Transacted};
use monotable::{Result, Transactions};

/// The backend without transactions across partitions. A transaction that reaches it has one partition key.
#[derive(Debug, Clone)]
pub struct OnePartition<B>(pub B);

forward! { OnePartition {} }

impl<B: Transactions> Transactions for OnePartition<B> {
    async fn transact_get(&self, request: TransactGet) -> Result<TransactFetched<B::Item>> {
        assert!(request.partition().is_some(), "{request:?}");
        self.0.transact_get(request).await
    }

    async fn transact_write(&self, request: TransactWrite<B::Item>) -> Result<Transacted<B::Item>> {
        assert!(request.partition().is_some(), "several partitions");
        self.0.transact_write(request).await
    }
}

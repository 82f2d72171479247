//! The keys that a request has, so that their lengths can be checked for a backend.

use super::{
    BatchGet, BatchItem, BatchWrite, CreateTable, Delete, Get, PrimaryKey, Put, Query, SortKeys,
    TransactGet, TransactWrite, Update,
};

/// A request with rendered keys.
pub(crate) trait HasKeys {
    /// Returns the partition key and the sort key of each item, or those that a query of the table names.
    fn keys(&self) -> impl Iterator<Item = (&str, &str)>;
}

fn texts(key: &PrimaryKey) -> (&str, &str) {
    (&key.pk, &key.sk)
}

macro_rules! has_keys {
    ($(($($generic:ident)?) $request:ty: |$this:ident| $keys:expr;)*) => {$(
        impl$(<$generic>)? HasKeys for $request {
            fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
                let $this = self;
                $keys.map(texts)
            }
        }
    )*};
}

has_keys! {
    () Get: |this| std::iter::once(&this.key);
    (I) Put<I>: |this| std::iter::once(&this.key);
    () Update: |this| std::iter::once(&this.key);
    () Delete: |this| std::iter::once(&this.key);
    () BatchGet: |this| this.keys.iter();
    () [PrimaryKey]: |this| this.iter();
    (I) BatchWrite<I>: |this| this.writes.iter().map(|write| write.key());
    (I) [BatchItem<I>]: |this| this.iter().map(|write| write.key());
    () TransactGet: |this| this.gets.iter().map(|get| &get.key);
    (I) TransactWrite<I>: |this| this.writes.iter().map(|write| write.key());
    () CreateTable: |_this| std::iter::empty();
}

impl HasKeys for Query {
    fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        // The limits are those of primary keys.
        let keys = self.keys.texts().filter(|_| self.index.is_none());
        let keys = keys.map(|(pk, sort)| match sort {
            SortKeys::Equals(key) | SortKeys::BeginsWith(key) => (pk, key.as_str()),
            // The bounds of a range are no keys of items. They may be longer.
            SortKeys::All | SortKeys::Between(..) => (pk, ""),
        });
        keys.into_iter()
    }
}

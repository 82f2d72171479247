//! `Limits`: how much one call to a store can contain.

use super::Item;
use crate::error::{Error, Kind, Result};
use crate::key::{PARTITION_KEY_BYTES, SORT_KEY_BYTES};
use crate::request::{HasKeys, PrimaryKey};

/// The limits of one call to a store. The typed layer checks requests with them, and splits batches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The most bytes of the partition key of an item. More than 2048 have no effect, because typed requests
    /// do not render longer ones. Keys on indexes are not compared with it.
    pub partition_key_bytes: usize,
    /// The most bytes of the sort key of an item. More than 1024 have no effect. The bounds of a range can be
    /// longer, up to 1024 bytes.
    pub sort_key_bytes: usize,
    /// The most bytes of one item, as counted by [`Item::size`](crate::backend::Item::size).
    pub item_bytes: usize,
    /// The most keys of one [`BatchGet`](crate::request::BatchGet).
    pub batch_get: usize,
    /// The most writes of one [`BatchWrite`](crate::request::BatchWrite).
    pub batch_write: usize,
    /// The most bytes of all items of one [`BatchWrite`](crate::request::BatchWrite).
    pub batch_write_bytes: usize,
    /// The most writes or gets of one transaction.
    pub transaction: usize,
    /// The most bytes of all items of one transaction.
    pub transaction_bytes: usize,
}

impl Limits {
    /// The limits of [DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html).
    pub const DYNAMODB: Limits = Limits {
        partition_key_bytes: 2048,
        sort_key_bytes: 1024,
        item_bytes: 400 * 1024,
        batch_get: 100,
        batch_write: 25,
        batch_write_bytes: 16 * 1024 * 1024,
        transaction: 100,
        transaction_bytes: 4 * 1024 * 1024,
    };

    /// Checks the lengths of the keys of a request before it is sent.
    pub(crate) fn check_keys(&self, request: &(impl HasKeys + ?Sized)) -> Result<()> {
        // So that most backends check nothing here: rendering has compared the keys with these lengths.
        let (partition, sort) = (self.partition_key_bytes, self.sort_key_bytes);
        if partition >= PARTITION_KEY_BYTES && sort >= SORT_KEY_BYTES {
            return Ok(());
        }
        for (pk, sk) in request.keys() {
            check_key("partition key", pk, partition)?;
            check_key("sort key", sk, sort)?;
        }
        Ok(())
    }

    /// Checks the size of an item before it is written, and returns it.
    ///
    /// # Errors
    ///
    /// `TooLarge`, with the item's key, if it is over the limit; `Decode` if the item is damaged.
    pub fn check_item(&self, entity: &str, key: &PrimaryKey, item: &impl Item) -> Result<usize> {
        let (size, most) = (item.size()?, self.item_bytes);
        if size <= most {
            return Ok(size);
        }
        let message = format!(
            "{entity} `{key}` has {size} bytes with the names of its attributes, over the limit of \
             {most}: split it into several items"
        );
        Err(Error::new(Kind::TooLarge, message))
    }
}

fn check_key(what: &str, key: &str, most: usize) -> Result<()> {
    if key.len() <= most {
        return Ok(());
    }
    let message = format!(
        "the {what} `{key}` is {} bytes long, and this store takes {most}: shorten its parts",
        key.len()
    );
    Err(Error::new(Kind::InvalidKey, message))
}

//! How much one call to a store may hold.

use super::Item;
use crate::error::{Error, Kind, Result};
use crate::request::PrimaryKey;

/// How much one call to a store may hold. The typed layer splits and checks by these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of one item, by [`Item::size`](crate::Item::size).
    pub item_bytes: usize,
    /// Keys of one [`BatchGet`](crate::request::BatchGet).
    pub batch_get: usize,
    /// Writes of one [`BatchWrite`](crate::request::BatchWrite).
    pub batch_write: usize,
    /// Bytes of the items of one [`BatchWrite`](crate::request::BatchWrite).
    pub batch_write_bytes: usize,
    /// Writes or gets of one transaction.
    pub transaction: usize,
    /// Bytes of the items of one transaction.
    pub transaction_bytes: usize,
}

impl Limits {
    /// [DynamoDB's](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html).
    pub const DYNAMODB: Limits = Limits {
        item_bytes: 400 * 1024,
        batch_get: 100,
        batch_write: 25,
        batch_write_bytes: 16 * 1024 * 1024,
        transaction: 100,
        transaction_bytes: 4 * 1024 * 1024,
    };

    /// The size of an item that is to be written.
    ///
    /// # Errors
    ///
    /// `TooLarge`, naming the item, if it is over the limit; `Decode` if the item is damaged.
    pub fn check_item(&self, entity: &str, key: &PrimaryKey, item: &impl Item) -> Result<usize> {
        let (size, most) = (item.size()?, self.item_bytes);
        if size <= most {
            return Ok(size);
        }
        let message = format!(
            "{entity} `{key}` is {size} bytes with its attributes' names, over the limit of {most}: \
             split it into several items"
        );
        Err(Error::new(Kind::TooLarge, message))
    }
}

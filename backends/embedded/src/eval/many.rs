//! Requests of several items: their limits, and the ones that read.

use super::cost;
use super::read::fetch;
use crate::document::Document;
use crate::store::View;
use monotable_core::backend::Limits;
use monotable_core::request::{BatchFetched, BatchGet, PrimaryKey, TransactFetched, TransactGet};
use monotable_core::{Cost, Error, Kind, Result};
use std::collections::HashSet;

/// What one request may hold: what DynamoDB allows, but for the writes of a batch.
///
/// A program that stays within these limits here does so on DynamoDB. The size of a batch is
/// nothing that a program sees, because batches of any size are split. Here, one call is one
/// commit, which is synced once on disk, so it holds more. It is not larger still because readers
/// of a store in memory wait for it: a thousand writes take some milliseconds.
pub(crate) const LIMITS: Limits = {
    let mut limits = Limits::DYNAMODB;
    limits.batch_write = 1000;
    limits
};

/// Checks that there are at most `limit` keys, and that they are all different.
///
/// # Errors
///
/// - `TooLarge` if there are too many keys;
/// - `InvalidRequest` if two of them are the same.
pub(crate) fn check_keys<'a>(
    what: &str,
    keys: impl ExactSizeIterator<Item = &'a PrimaryKey>,
    limit: usize,
) -> Result<()> {
    let count = keys.len();
    if count > limit {
        let message = format!("{what} of {count} items is over the limit of {limit}: split it");
        return Err(Error::new(Kind::TooLarge, message));
    }
    let mut seen = HashSet::with_capacity(count);
    for key in keys {
        if !seen.insert(key) {
            let message = format!("{what} names the item `{key}` twice: name it once");
            return Err(Error::new(Kind::InvalidRequest, message));
        }
    }
    Ok(())
}

/// Checks the total size of the items of a transaction.
///
/// # Errors
///
/// `TooLarge` if it is over the limit.
pub(super) fn check_transaction_bytes(bytes: usize) -> Result<()> {
    let limit = LIMITS.transaction_bytes;
    if bytes <= limit {
        return Ok(());
    }
    let message =
        format!("the transaction's items are {bytes} bytes, over the limit of {limit}: split it");
    Err(Error::new(Kind::TooLarge, message))
}

/// Reads the items with some keys.
pub(super) fn batch_get(view: &impl View, request: &BatchGet) -> Result<BatchFetched<Document>> {
    let mut items = Vec::with_capacity(request.keys.len());
    let mut total = Cost::ZERO;
    for key in &request.keys {
        let (item, size) = fetch(view, key, None)?;
        total += cost::read(size, request.consistent);
        items.extend(item);
    }
    Ok(BatchFetched::new(items, Vec::new(), total))
}

/// Reads items in a transaction, which costs twice as much as strongly consistent reads.
pub(super) fn transact_get(
    view: &impl View,
    request: &TransactGet,
) -> Result<TransactFetched<Document>> {
    let mut items = Vec::with_capacity(request.gets.len());
    let mut total = Cost::ZERO;
    let mut bytes = 0;
    for get in &request.gets {
        let (item, size) = fetch(view, &get.key, get.attributes.as_deref())?;
        total += cost::twice(cost::read(size, true));
        bytes += size;
        items.push(item);
    }
    check_transaction_bytes(bytes)?;
    Ok(TransactFetched::new(items, total))
}

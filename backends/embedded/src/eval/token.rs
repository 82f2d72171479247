//! Records the idempotency tokens of transactions.

use crate::document::Document;
use crate::layout;
use crate::store::{Change, Lookup};
use monotable_core::Result;
use monotable_core::backend::Item as _;
use serde::{Deserialize, Serialize};

/// How long a token is remembered, in seconds.
const SECONDS: i64 = 10 * 60;

/// The record of a token.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    /// Identifies the writes that were made with the token: the halves of their digest, because an integer
    /// of an item has at most 38 digits. Records of earlier revisions have another field.
    #[serde(default)]
    writes: [u64; 2],
    /// When the token expires, in seconds since 1970.
    until: i64,
}

fn halves(digest: u128) -> [u64; 2] {
    // Each half fits, so nothing is cut off.
    [(digest >> 64) as u64, digest as u64]
}

fn whole([high, low]: [u64; 2]) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

impl Record {
    fn read(store: &impl Lookup, token: &str) -> Result<Option<Self>> {
        let Some(row) = store.row(&layout::token(token))? else { return Ok(None) };
        Document::from(row.as_ref()).decode().map(Some)
    }

    fn is_expired(&self, now: i64) -> bool {
        self.until <= now
    }
}

/// Returns the digest of the writes that were made with `token`, unless the token has expired.
pub(super) fn recorded(store: &impl Lookup, token: &str, now: i64) -> Result<Option<u128>> {
    let record = Record::read(store, token)?;
    Ok(record.filter(|record| !record.is_expired(now)).map(|record| whole(record.writes)))
}

/// Adds the changes that record `token`: its row, and the reminder to remove it later.
pub(super) fn record(token: &str, digest: u128, now: i64, changes: &mut Vec<Change>) -> Result<()> {
    let until = now.saturating_add(SECONDS);
    let record = Document::encode(&Record { writes: halves(digest), until })?;
    changes.push(Change::Row(layout::token(token), Some(record)));
    changes.push(Change::Entry(layout::due_token(until, token), true));
    Ok(())
}

/// Adds the change that removes the record of `token`, if it has expired.
pub(super) fn forget(
    store: &impl Lookup,
    token: &str,
    now: i64,
    changes: &mut Vec<Change>,
) -> Result<()> {
    if Record::read(store, token)?.is_some_and(|record| record.is_expired(now)) {
        changes.push(Change::Row(layout::token(token), None));
    }
    Ok(())
}

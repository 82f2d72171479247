//! The header of a store's file: what tells it from other files, and one format from the next.
//!
//! ```text
//! 0      b"monotable store\0"
//! 16     version of the format (4)
//! 20     phase (4): 1 being created, 2 created
//! 4096   redb
//! ```
//!
//! Numbers are little-endian. The first 20 bytes are the same in all versions of the format.
//! [`layout`](crate::layout) says what redb's tables hold; `meta` has the schema.

use redb::StorageBackend;
use std::io;

const MAGIC: [u8; 16] = *b"monotable store\0";
/// The version of the format that is written here, and the only one that is read.
pub(super) const VERSION: u32 = 1;
/// Where redb begins.
pub(super) const ENGINE: u64 = 4096;
const HEADER: usize = 24;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It is empty.
    Empty,
    /// A store that a crash kept from being created: there is nothing in it.
    Unfinished,
    /// It is a store.
    Store,
    /// It is a store of another version.
    Version(u32),
    /// It was a store, but the header is damaged.
    Damaged,
    /// It is something else.
    Other,
}

/// How far a store has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    New = 1,
    Created = 2,
}

/// Reads the header. Changes nothing.
pub(super) fn identify(medium: &dyn StorageBackend) -> io::Result<Found> {
    let length = medium.len()?;
    if length == 0 {
        return Ok(Found::Empty);
    }
    if length < HEADER as u64 {
        return Ok(Found::Other);
    }
    let mut bytes = [0; HEADER];
    medium.read(0, &mut bytes)?;
    let (magic, rest) = bytes.split_at(MAGIC.len());
    if magic != MAGIC {
        return Ok(Found::Other);
    }
    let mut numbers = rest
        .chunks_exact(4)
        .map(|bytes| bytes.iter().rev().fold(0, |number, byte| (number << 8) | u32::from(*byte)));
    Ok(match (numbers.next(), numbers.next()) {
        (Some(VERSION), Some(1)) => Found::Unfinished,
        (Some(VERSION), Some(2)) => Found::Store,
        (Some(VERSION), _) | (None, _) => Found::Damaged,
        (Some(version), _) => Found::Version(version),
    })
}

/// Writes the header and syncs all that was written before.
pub(super) fn mark(medium: &dyn StorageBackend, phase: Phase) -> io::Result<()> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&(phase as u32).to_le_bytes());
    medium.write(0, &bytes)?;
    medium.sync_data()
}

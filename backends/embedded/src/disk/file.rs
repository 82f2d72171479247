//! The header of a store's file. It distinguishes a store from other files, and the versions of the
//! format from each other.
//!
//! ```text
//! 0      b"monotable store\0"
//! 16     version of the format (4)
//! 20     phase (4): 1 being created, 2 created
//! 4096   redb
//! ```
//!
//! Numbers are little-endian. The meaning of the first 20 bytes is the same in all versions of the
//! format. [`layout`](crate::layout) describes redb's tables `rows` and `entries`. The table `meta`
//! holds the schema.
//!
//! There are two versions. In version 2 the store may keep a log of its changes, in the table `log`, and
//! `meta` has its settings. A program that knows only version 1 refuses the file: it would write without
//! the log. A store becomes one of version 2 when its log is switched on, and of version 1 again when it is
//! switched off.

use redb::StorageBackend;
use std::io;

const MAGIC: [u8; 16] = *b"monotable store\0";
/// The version of the format of a store without a log.
pub(super) const PLAIN: u32 = 1;
/// The version of the format of a store that may keep a log, which is the newest.
pub(super) const WITH_LOG: u32 = 2;
/// The position in the file where redb begins.
pub(super) const ENGINE: u64 = 4096;
const HEADER: usize = 24;

/// The kind of a file, as its header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// An empty file.
    Empty,
    /// A store whose creation was interrupted by a crash. It holds nothing.
    Unfinished,
    /// A store.
    Store,
    /// A store of another version of the format.
    Version(u32),
    /// A store whose header is damaged.
    Damaged,
    /// Not a store.
    Other,
}

/// The progress of creating a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    New = 1,
    Created = 2,
}

/// Reads the header, and changes nothing.
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
        (Some(PLAIN), Some(1)) => Found::Unfinished,
        (Some(PLAIN | WITH_LOG), Some(2)) => Found::Store,
        (Some(PLAIN | WITH_LOG), _) | (None, _) => Found::Damaged,
        (Some(version), _) => Found::Version(version),
    })
}

/// Writes the header, and syncs it and everything that was written before.
pub(super) fn mark(medium: &dyn StorageBackend, version: u32, phase: Phase) -> io::Result<()> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&version.to_le_bytes());
    bytes.extend_from_slice(&(phase as u32).to_le_bytes());
    medium.write(0, &bytes)?;
    medium.sync_data()
}

//! The part of the file that belongs to redb: everything after our header.

use redb::StorageBackend;
use std::io;
use std::sync::Arc;

/// The bytes of a medium from `start` on.
#[derive(Debug)]
pub(super) struct Region {
    medium: Arc<dyn StorageBackend>,
    start: u64,
}

impl Region {
    pub(super) fn new(medium: Arc<dyn StorageBackend>, start: u64) -> Self {
        Region { medium, start }
    }
}

/// redb's lock is not needed, because we lock the whole file ourselves.
impl StorageBackend for Region {
    fn len(&self) -> io::Result<u64> {
        Ok(self.medium.len()?.saturating_sub(self.start))
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.medium.read(self.start + offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.medium.set_len(self.start + len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.medium.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.medium.write(self.start + offset, data)
    }
}

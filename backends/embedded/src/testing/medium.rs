//! A simulated disk that can fail and lose power.

use super::Random;
use crate::disk::{CACHE, DiskStore};
use monotable_core::Result;
use redb::StorageBackend;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

/// A file in memory that knows which of its bytes are synced.
#[derive(Debug, Clone)]
pub(crate) struct Medium {
    state: Arc<Mutex<State>>,
    fuse: Arc<Mutex<Fuse>>,
}

#[derive(Debug, Default)]
struct State {
    now: Vec<u8>,
    synced: Vec<u8>,
    /// The operations since the last sync.
    pending: Vec<Pending>,
}

#[derive(Debug, Clone)]
enum Pending {
    Length(usize),
    Write(usize, Vec<u8>),
}

/// When the disk begins to fail.
#[derive(Debug, Default)]
struct Fuse {
    /// How many more writes and syncs succeed. `None` is no limit.
    left: Option<usize>,
    reads_panic: bool,
}

impl Medium {
    pub(crate) fn new() -> Self {
        Medium { state: Arc::default(), fuse: Arc::default() }
    }

    pub(crate) fn open(&self) -> Result<DiskStore> {
        self.open_with_cache(CACHE)
    }

    /// Opens the store with a cache of `cache` bytes. With a cache of 0 bytes, each read of a page
    /// reaches the medium.
    pub(crate) fn open_with_cache(&self, cache: usize) -> Result<DiskStore> {
        DiskStore::open_medium(Arc::new(self.clone()), "test.db".to_owned(), cache)
    }

    /// Lets `count` more writes and syncs succeed. All later ones fail.
    pub(crate) fn fail_after(&self, count: usize) {
        self.fuse.lock().unwrap().left = Some(count);
    }

    /// Lets each read panic. For the store this is a panic of redb, as some damaged pages cause
    /// one.
    pub(crate) fn panic_on_read(&self) {
        self.fuse.lock().unwrap().reads_panic = true;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn spend(&self) -> io::Result<()> {
        match &mut self.fuse.lock().unwrap().left {
            Some(0) => Err(io::Error::other("injected")),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.state().now.clone()
    }

    pub(crate) fn set_bytes(&self, bytes: Vec<u8>) {
        *self.state() = State { synced: bytes.clone(), now: bytes, pending: Vec::new() };
    }

    /// Simulates a loss of power, after which the disk works again. Of the operations that are not
    /// synced, some are lost, whatever their order, and some writes are made in part.
    pub(crate) fn crash(&self, random: &mut Random) {
        self.fuse.lock().unwrap().left = None;
        let mut state = self.state();
        let mut left = state.synced.clone();
        for pending in std::mem::take(&mut state.pending) {
            let part = match pending {
                _ if random.chance(40) => continue,
                // A disk writes a sector of 512 bytes completely or not at all.
                Pending::Write(at, bytes) if bytes.len() > 512 && random.chance(20) => {
                    let end = random.below(bytes.len() / 512) * 512;
                    Pending::Write(at, bytes[..end].to_vec())
                }
                whole => whole,
            };
            part.perform(&mut left);
        }
        *state = State { synced: left.clone(), now: left, pending: Vec::new() };
    }
}

impl Pending {
    fn perform(&self, bytes: &mut Vec<u8>) {
        match self {
            Pending::Length(length) => bytes.resize(*length, 0),
            Pending::Write(at, data) => {
                let end = at + data.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[*at..end].copy_from_slice(data);
            }
        }
    }
}

impl StorageBackend for Medium {
    fn len(&self) -> io::Result<u64> {
        Ok(self.state().now.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let reads_panic = self.fuse.lock().unwrap().reads_panic;
        assert!(!reads_panic, "on purpose, in the engine");
        let state = self.state();
        let start = offset as usize;
        let bytes = state.now.get(start..start + out.len());
        out.copy_from_slice(bytes.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.spend()?;
        self.change(Pending::Length(len as usize));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        self.spend()?;
        let mut state = self.state();
        for pending in std::mem::take(&mut state.pending) {
            pending.perform(&mut state.synced);
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.spend()?;
        self.change(Pending::Write(offset as usize, data.to_vec()));
        Ok(())
    }
}

impl Medium {
    fn change(&self, change: Pending) {
        let mut state = self.state();
        change.perform(&mut state.now);
        state.pending.push(change);
    }
}

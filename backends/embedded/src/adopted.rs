//! Which tables are known to be the one that the store holds.

use monotable_core::TableDef;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Tables that were compared, by their addresses. One table may have several: the compiler may copy
/// a constant.
#[derive(Default)]
pub(crate) struct Adopted {
    /// The last one, so that nearly every request takes one load.
    last: AtomicUsize,
    all: Mutex<Vec<usize>>,
}

impl Adopted {
    pub(crate) fn knows(&self, table: &'static TableDef) -> bool {
        let address = address(table);
        // The address is all that is passed on, so no order is needed.
        if self.last.load(Ordering::Relaxed) == address {
            return true;
        }
        let known = self.all.lock().unwrap_or_else(PoisonError::into_inner).contains(&address);
        if known {
            self.last.store(address, Ordering::Relaxed);
        }
        known
    }

    pub(crate) fn learn(&self, table: &'static TableDef) {
        let address = address(table);
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.contains(&address) {
            all.push(address);
        }
        self.last.store(address, Ordering::Relaxed);
    }
}

fn address(table: &'static TableDef) -> usize {
    ptr::from_ref(table).addr()
}

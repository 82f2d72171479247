//! Remembers which declared tables were compared with the stored one, so that only the first
//! request of each compares them.

use monotable_core::schema::TableDef;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The addresses of the tables that equal the stored table. A table may have several addresses,
/// because the compiler may copy a constant.
#[derive(Default)]
pub(crate) struct Adopted {
    /// The address of the table used last, so that nearly every request needs one atomic load only.
    last: AtomicUsize,
    all: Mutex<Vec<usize>>,
}

impl Adopted {
    pub(crate) fn knows(&self, table: &'static TableDef) -> bool {
        let address = address(table);
        // No other data depends on the address, so a relaxed load is enough.
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

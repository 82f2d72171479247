//! What a cache has done, as numbers.

use monotable_core::Cost;
use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        /// What a cache has done since it was made: from [`Cached::stats`](crate::Cached::stats). Reads are counted by
        /// key, so a `get_many` of ten keys is ten of them.
        ///
        /// The same events are sent to `tracing`, with the target `monotable::cache` and the level `DEBUG`; that the
        /// shared store cannot be reached has the level `WARN`.
        #[derive(Debug, Clone, Copy, Default, PartialEq)]
        #[non_exhaustive]
        pub struct CacheStats {
            $($(#[$doc])* pub $name: u64,)*
            /// What the hits would have cost as eventually consistent reads. A hit of an entry that was written through
            /// counts nothing.
            pub saved: Cost,
        }

        #[derive(Debug, Default)]
        pub(crate) struct Counters {
            $(pub(crate) $name: Counter,)*
            read_units: Thousandths,
            request_units: Thousandths,
        }

        impl Counters {
            pub(crate) fn stats(&self) -> CacheStats {
                CacheStats {
                    $($name: self.$name.get(),)*
                    saved: Cost::read(self.read_units.get()) + Cost::request(self.request_units.get()),
                }
            }
        }
    };
}

counters! {
    /// Reads that were answered in the process.
    hits;
    /// Reads that were answered by the shared store.
    shared_hits;
    /// How many of the hits said that there is no item.
    absent_hits;
    /// Reads that went to the table because nothing was kept.
    misses;
    /// Reads that shared the result of another read of the same key, which was in progress.
    joined;
    /// Reads that have to go to the table: consistent ones, and those of a projection without a hit.
    bypassed;
    /// Items and absences that were kept after a read.
    fills;
    /// Items that were read and not kept, because they were written in the meantime, or the lease had ended.
    refused_fills;
    /// Keys that were forgotten after a write or a change.
    invalidations;
    /// Kept items that were replaced by a newer one when it was written.
    written_through;
    /// Calls of the shared store that failed, took too long, or were left out after one that did.
    unavailable;
    /// Entries of the shared store that could not be read. They were removed.
    undecodable;
}

/// A number of events.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self, many: u64) {
        self.0.fetch_add(many, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A sum of units, in thousandths.
#[derive(Debug, Default)]
struct Thousandths(AtomicU64);

impl Thousandths {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "units are small and positive"
    )]
    fn add(&self, units: f64) {
        if units > 0.0 {
            self.0.fetch_add((units * 1000.0).round() as u64, Ordering::Relaxed);
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "a sum of this size is no exact number anyway")]
    fn get(&self) -> f64 {
        self.0.load(Ordering::Relaxed) as f64 / 1000.0
    }
}

impl Counters {
    pub(crate) fn saved(&self, cost: Cost) {
        self.read_units.add(cost.read_units.get());
        self.request_units.add(cost.request_units.get());
    }
}

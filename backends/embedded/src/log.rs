//! The log of a store's changes, as data: its records and its settings.
//!
//! A store keeps a log if it was asked to. Each commit then also adds one record for each item that it
//! changes. Records have numbers that only grow, without gaps. Old records are removed from the front, but
//! the last one never is, so the next number is always known.

mod record;
mod settings;

pub(crate) use record::{Record, time};
pub use settings::Retention;
pub(crate) use settings::Settings;

/// The log as a commit sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) retention: Retention,
    /// The number of the next record.
    pub(crate) next: u64,
}

//! Turns panics in the code of this crate into errors.
//!
//! Panics of redb are handled in `disk/engine.rs`.

use monotable_core::{Error, Kind, Result};
use std::any::Any;
use std::panic::{self, AssertUnwindSafe};

/// Calls `run`, which is code of this crate, and returns an error if it panics.
pub(crate) fn catch<R>(run: impl FnOnce() -> Result<R>) -> Result<R> {
    panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| Err(error(&*panic)))
}

fn error(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let message = format!(
        "monotable panicked: {}. This is a bug in monotable, not a fault of the stored data: please \
         report it at {}/issues",
        text.unwrap_or("no message"),
        env!("CARGO_PKG_REPOSITORY"),
    );
    Error::new(Kind::Unavailable, message)
}

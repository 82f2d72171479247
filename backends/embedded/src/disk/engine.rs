//! Calls redb, and turns its errors and panics into errors that name the file.

use monotable_core::{Error, Kind, Result};
use std::panic::{self, AssertUnwindSafe};

/// Calls redb for one file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Engine<'a> {
    name: &'a str,
}

impl<'a> Engine<'a> {
    /// `name` is the name of the file, for messages.
    pub(super) fn new(name: &'a str) -> Self {
        Engine { name }
    }

    /// Calls redb to read.
    ///
    /// # Errors
    ///
    /// Those of [`write`](Engine::write).
    pub(super) fn read<R, E: Into<redb::Error>>(
        self,
        run: impl FnOnce() -> Result<R, E>,
    ) -> Result<R> {
        self.call("read", run)
    }

    /// Calls redb to write.
    ///
    /// # Errors
    ///
    /// - `SchemaMismatch` if redb panics, which it does on some damaged pages;
    /// - `Unavailable` if it returns an error.
    pub(super) fn write<R, E: Into<redb::Error>>(
        self,
        run: impl FnOnce() -> Result<R, E>,
    ) -> Result<R> {
        self.call("write", run)
    }

    fn call<R, E: Into<redb::Error>>(
        self,
        what: &str,
        run: impl FnOnce() -> Result<R, E>,
    ) -> Result<R> {
        match catch_panic(run) {
            Some(result) => result.map_err(|error| self.fault(what, error.into())),
            None => Err(self.damaged("redb panicked")),
        }
    }

    fn fault(self, what: &str, error: redb::Error) -> Error {
        let name = self.name;
        let message = match error {
            redb::Error::PreviousIo => format!(
                "the store `{name}` refuses requests because an earlier write failed: open it again"
            ),
            ref error => format!("the store `{name}` failed to {what}: {error}"),
        };
        Error::new(Kind::Unavailable, message).with_source(error)
    }

    /// Returns the error for a file whose content is not valid.
    pub(super) fn damaged(
        self,
        error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Error {
        let (name, error) = (self.name, error.into());
        let message = format!("the store `{name}` is damaged: {error}; restore it from a backup");
        Error::new(Kind::SchemaMismatch, message).with_source(error)
    }
}

/// Calls `run`, and returns `None` if it panics. `run` must call nothing but redb, because the
/// callers report a panic as damage to the file.
pub(super) fn catch_panic<R>(run: impl FnOnce() -> R) -> Option<R> {
    panic::catch_unwind(AssertUnwindSafe(run)).ok()
}

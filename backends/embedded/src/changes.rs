//! The changes of a store: switching its log on and off, and reading it.

use crate::eval::{self, Switch};
use crate::log::{Record, Retention};
use crate::store::{LogView, Store};
use crate::{Embedded, Engine, bug};
use monotable_core::{Error, Kind, Result};
use std::fmt;
use std::str::FromStr;

/// Says in the type of an [`Embedded`] that its handle cannot read the store's changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoChangeLog {}

/// Says in the type of an [`Embedded`] that the store keeps a log of its changes, which its handle can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeLog {}

impl Embedded {
    /// Switches on the store's log of changes, and returns a handle that can read it.
    ///
    /// From now on each commit also records its changes, in the order of the commits: the keys, the item before
    /// and after, whether it was removed because it had expired, and the time in seconds. A write that changes nothing is
    /// not recorded: a put of the same item, an update that changes no value, a delete of nothing. A transaction
    /// has one change for each item, which are committed together. In a file the log is as durable as the
    /// items: after a crash it has exactly the changes that the items have.
    ///
    /// The log belongs to the store and not to the handle. Other handles of the store record their changes,
    /// too, and so does [`open`](Embedded::open) of the same file without this call: a reader never misses a
    /// change because of how a program opened the file. [`without_change_log`](Embedded::without_change_log)
    /// ends it.
    ///
    /// An item that has expired is recorded when it is [removed](crate#items-that-expire), which a later write
    /// does.
    ///
    /// This call blocks on the disk if the store is in a file. If the log is on already, it goes on, with this
    /// retention from now on.
    ///
    /// # Errors
    ///
    /// [`is_unavailable`](Error::is_unavailable) if the operating system returns an error, which is the source
    /// of this one.
    ///
    /// ```
    /// use monotable_embedded::{Embedded, Retention};
    ///
    /// # fn main() -> monotable_core::Result<()> {
    /// let store = Embedded::in_memory().with_change_log(Retention::default())?;
    /// # Ok(()) }
    /// ```
    pub fn with_change_log(self, retention: Retention) -> Result<Embedded<ChangeLog>> {
        self.switch(Some(retention))?;
        Ok(Embedded::of(self.shared))
    }
}

impl<L> Embedded<L> {
    /// Switches off the store's log of changes, if it has one, and removes it.
    ///
    /// Handles that read it get an error that says so. If the log is switched on again, it is another one, and
    /// a reader with a position in the old one is told that changes are lost.
    ///
    /// This call blocks on the disk if the store is in a file.
    ///
    /// # Errors
    ///
    /// Those of [`with_change_log`](Embedded::with_change_log).
    pub fn without_change_log(self) -> Result<Embedded> {
        self.switch(None)?;
        Ok(Embedded::of(self.shared))
    }

    fn switch(&self, retention: Option<Retention>) -> Result<()> {
        let id = getrandom::u64().map_err(|error| {
            let message = "the operating system gave no random bits: try again";
            Error::new(Kind::NotSent, message).with_source(error)
        })?;
        let switch = Switch { retention, id };
        match &self.shared.engine {
            Engine::Memory(store) => eval::commit(store, &switch, eval::now()),
            // On this thread, because an executor that the caller runs on must not be entered again.
            Engine::Disk { threads, .. } => {
                bug::catch(|| eval::commit(threads.store(), &switch, eval::now()))
            }
        }
    }
}

/// A place in a log: after the record with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// The log.
    log: u64,
    /// The number of the last record that was read.
    number: u64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{}", self.log, self.number)
    }
}

impl FromStr for Position {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let read = || {
            let (log, number) = text.split_once('-')?;
            let log = u64::from_str_radix(log, 16).ok()?;
            Some(Position { log, number: number.parse().ok()? })
        };
        read().ok_or_else(|| {
            let message = format!(
                "`{text}` is not a position in the changes of an embedded store: give one that was read there"
            );
            Error::new(Kind::InvalidRequest, message)
        })
    }
}

/// Where to begin to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// With the first record that is kept.
    Oldest,
    /// After the last record.
    Latest,
    /// After this position.
    After(Position),
}

/// Some records of the log.
#[derive(Debug)]
pub(crate) struct Records {
    /// The records with the positions after them.
    pub(crate) records: Vec<(Position, Record)>,
    /// The position after all of them.
    pub(crate) next: Position,
}

/// Reads records of the log.
pub(crate) fn read(log: &impl LogView, from: From, limit: usize) -> Result<Records> {
    let settings = log.settings()?.filter(|settings| settings.retention.is_some());
    let Some(settings) = settings else {
        let message = "the store's log of changes was switched off: switch it on with \
                       `with_change_log(..)`";
        return Err(Error::new(Kind::Unsupported, message));
    };
    let at = |number| Position { log: settings.id, number };
    let before = settings.first.saturating_sub(1);
    let last = log.last()?.unwrap_or(before);
    let after = match from {
        From::Oldest => None,
        From::Latest => Some(last),
        From::After(position) if position.log != settings.id => return Err(other_log(position)),
        From::After(position) if position.number > last => return Err(other_log(position)),
        From::After(position) => Some(position.number),
    };
    let mut records = Vec::new();
    let mut next = after;
    for record in log.records(after.map_or(0, |after| after.saturating_add(1)))?.take(limit) {
        let (number, record) = record?;
        if let Some(known) = next
            && number != known.saturating_add(1)
        {
            return Err(trimmed(known.saturating_add(1), number.saturating_sub(1)));
        }
        next = Some(number);
        records.push((at(number), record));
    }
    Ok(Records { records, next: at(next.unwrap_or(before)) })
}

//! The log of changes in redb's table [`LOG`], whose settings are in [`META`].

use super::engine::Engine;
use super::{LOG, LOG_SETTINGS, META};
use crate::log::{Head, Record, Settings, time};
use crate::store::LogView;
use monotable_core::Result;
use redb::{
    ReadOnlyTable, ReadTransaction, ReadableTable, StorageError, Table, TableError,
    WriteTransaction,
};

/// The log in a snapshot of redb.
pub(crate) struct DiskLog<'n> {
    engine: Engine<'n>,
    meta: ReadOnlyTable<&'static str, &'static [u8]>,
    /// `None` if the store keeps no log.
    records: Option<ReadOnlyTable<u64, &'static [u8]>>,
}

impl<'n> DiskLog<'n> {
    pub(super) fn new(
        transaction: &ReadTransaction,
        engine: Engine<'n>,
    ) -> Result<Self, redb::Error> {
        let records = match transaction.open_table(LOG) {
            Ok(records) => Some(records),
            Err(TableError::TableDoesNotExist(_)) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(DiskLog { engine, meta: transaction.open_table(META)?, records })
    }
}

impl LogView for DiskLog<'_> {
    fn settings(&self) -> Result<Option<Settings>> {
        settings(self.engine, &self.meta)
    }

    fn last(&self) -> Result<Option<u64>> {
        self.records.as_ref().map_or(Ok(None), |records| last(self.engine, records))
    }

    fn records(&self, from: u64) -> Result<impl Iterator<Item = Result<(u64, Record)>>> {
        let range = match &self.records {
            Some(records) => Some(self.engine.read(|| records.range(from..))?),
            None => None,
        };
        let engine = self.engine;
        let mut range = range.into_iter().flatten();
        Ok(std::iter::from_fn(move || {
            // The bytes are copied where panics of redb are caught.
            let next = engine.read(|| {
                let found = range.next().transpose()?;
                Ok::<_, StorageError>(
                    found.map(|(number, bytes)| (number.value(), bytes.value().to_vec())),
                )
            });
            let record =
                |(number, bytes): (u64, Vec<u8>)| Ok((number, Record::from_bytes(&bytes)?));
            next.transpose().map(|next| next.and_then(record))
        }))
    }
}

/// The log in a write transaction of redb.
pub(super) struct WriteLog<'a> {
    engine: Engine<'a>,
    records: Table<'a, u64, &'static [u8]>,
    /// The log after the changes so far.
    pub(super) head: Head,
}

impl<'a> WriteLog<'a> {
    /// Returns the log, or `None` if it is switched off.
    pub(super) fn new(
        transaction: &'a WriteTransaction,
        engine: Engine<'a>,
        meta: &impl ReadableTable<&'static str, &'static [u8]>,
    ) -> Result<Option<Self>> {
        let Some(settings) = settings(engine, meta)? else { return Ok(None) };
        let Some(retention) = settings.retention else { return Ok(None) };
        let records = engine.write(|| transaction.open_table(LOG))?;
        let last = last(engine, &records)?;
        let next = last.map_or(settings.first, |last| last.saturating_add(1));
        Ok(Some(WriteLog { engine, records, head: Head { retention, next } }))
    }

    /// Returns the numbers and times of the records before the changes.
    pub(super) fn recorded(&self) -> Result<impl Iterator<Item = Result<(u64, i64)>>> {
        let engine = self.engine;
        let mut range = engine.read(|| self.records.range::<u64>(..))?;
        Ok(std::iter::from_fn(move || {
            let next = engine.read(|| {
                let found = range.next().transpose()?;
                Ok::<_, StorageError>(
                    found.map(|(number, bytes)| time(bytes.value()).map(|t| (number.value(), t))),
                )
            });
            next.transpose().map(|next| next.flatten())
        }))
    }
}

/// Reads the settings of the log.
pub(super) fn settings(
    engine: Engine<'_>,
    meta: &impl ReadableTable<&'static str, &'static [u8]>,
) -> Result<Option<Settings>> {
    let bytes = engine.read(|| {
        let bytes = meta.get(LOG_SETTINGS)?;
        Ok::<_, StorageError>(bytes.map(|bytes| bytes.value().to_vec()))
    })?;
    bytes.map(|bytes| Settings::from_bytes(&bytes)).transpose()
}

fn last(
    engine: Engine<'_>,
    records: &impl ReadableTable<u64, &'static [u8]>,
) -> Result<Option<u64>> {
    engine.read(|| Ok::<_, StorageError>(records.last()?.map(|(number, _)| number.value())))
}

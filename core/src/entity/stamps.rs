//! `Stamps`: the times that a write gives to the fields of `created = ..` and `updated = ..`.

use crate::error::{Error, Kind, Result};
use crate::key::PartValue;
use crate::schema::{Entity, HoldsPart};
use crate::value::Value;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::SystemTime;

/// The new values of these fields. All times of one write are the same.
#[derive(Default)]
pub(crate) struct Stamps {
    values: Vec<(&'static str, Value)>,
    parts: Vec<(u16, Arc<dyn HoldsPart>)>,
}

impl Stamps {
    /// What a write sets that creates an item: both fields.
    pub(crate) fn of_create<E: Entity>() -> Result<Self> {
        Stamps::now::<E>([E::DEF.rules.created, E::DEF.rules.updated])
    }

    /// What every other write sets: the time of the last write.
    pub(crate) fn of_change<E: Entity>() -> Result<Self> {
        Stamps::now::<E>([None, E::DEF.rules.updated])
    }

    fn now<E: Entity>(names: [Option<&'static str>; 2]) -> Result<Self> {
        let mut stamps = Stamps::default();
        if names == [None, None] {
            return Ok(stamps);
        }
        let now = Timestamp::try_from(SystemTime::now()).map_err(|error| {
            let message = "the clock of this machine is after the year 9999, which no time can hold: set the clock";
            Error::new(Kind::InvalidRequest, message).with_source(error)
        })?;
        for name in names.into_iter().flatten() {
            let Some(field) = E::DEF.field(name) else { continue };
            let Some(stamp) = E::stamp(field, now) else { continue };
            let stamp = stamp.map_err(|error| {
                let message = format!("the present time cannot be stored in `{name}`: {error}");
                Error::new(Kind::Encode, message).with_source(error)
            })?;
            stamps.values.push((name, stamp.value));
            stamps.parts.push((field, stamp.part));
        }
        Ok(stamps)
    }

    /// The fields, by their stored names, with their new values.
    pub(crate) fn values(&self) -> &[(&'static str, Value)] {
        &self.values
    }

    /// Returns whether the write sets this field.
    pub(crate) fn has(&self, field: u16) -> bool {
        self.parts.iter().any(|(set, _)| *set == field)
    }

    /// Returns the new value of the field as a key part, or `own` if the write does not set the field.
    pub(crate) fn part<'p>(
        &'p self,
        field: u16,
        own: impl FnOnce() -> Option<&'p dyn PartValue>,
    ) -> Option<&'p dyn PartValue> {
        match self.parts.iter().find(|(set, _)| *set == field) {
            Some((_, value)) => value.part(),
            None => own(),
        }
    }
}

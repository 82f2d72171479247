//! Switches the log of changes on and off.

use super::request::Writes;
use crate::log::{Retention, Settings};
use crate::store::{Batch, Change};
use monotable_core::Result;
use monotable_core::schema::TableDef;

/// Switches the log on, with this retention, or off.
pub(crate) struct Switch {
    pub(crate) retention: Option<Retention>,
    /// Tells a new log from others.
    pub(crate) id: u64,
}

impl Writes for Switch {
    type Answer = ();

    fn table(&self) -> Option<&'static TableDef> {
        None
    }

    fn count(&self) -> usize {
        0
    }

    fn weight(&self) -> usize {
        0
    }

    fn perform(&self, batch: &mut impl Batch, _: i64) -> Result<()> {
        let known = batch.log_settings()?;
        let next = batch.log().map(|log| log.next);
        let was = known.as_ref().and_then(|settings| settings.retention);
        if was == self.retention {
            return Ok(());
        }
        let settings = match known {
            Some(settings) if was.is_some() && self.retention.is_some() => {
                Settings { retention: self.retention, ..settings }
            }
            // The numbers go on, also from one log to the next one.
            known => {
                let first = next.or(known.map(|settings| settings.first)).unwrap_or(1);
                Settings { id: self.id, first, retention: self.retention }
            }
        };
        batch.apply(Change::Log(settings));
        Ok(())
    }
}

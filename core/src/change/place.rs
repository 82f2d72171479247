//! `Place`: the position of a consumer in the table, which one worker at a time has.

use super::request::FeedPosition;
use crate::backend::{Backend, Client, Item as _};
use crate::coordination::{Hold, present};
use crate::error::Result;
use crate::expr::{Action, Path};
use crate::request::PrimaryKey;
use crate::schema::CONSUMER;
use crate::value::{Number, Value};
use serde::Deserialize;
use std::time::Duration;

/// The position, and when it was written, in milliseconds since 1970. They are absent until the first one is written.
const POSITION: &str = "_position";
const SAVED: &str = "_saved";

#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "_position")]
    position: Option<String>,
    #[serde(rename = "_saved")]
    saved: Option<i64>,
}

/// How old the stored position may become while nothing is handled, in milliseconds. DynamoDB keeps changes for a day, so a
/// position has to move, although there is nothing to do.
const LONGEST: i64 = 60 * 60 * 1000;

pub(super) struct Place {
    hold: Hold,
    /// What is stored; `None` if the next position is to be written in any case.
    position: Option<FeedPosition>,
    /// When it was written, in milliseconds since 1970.
    saved: i64,
}

impl Place {
    /// Takes the place. Returns the position that is stored there, and `None` if another worker has it.
    pub(super) async fn take<B: Backend>(
        client: Client<'_, B>,
        key: PrimaryKey,
        lease: Duration,
        margin: Duration,
    ) -> Result<Option<(Self, Option<FeedPosition>)>> {
        let taken = Hold::acquire(client, &CONSUMER, key, lease, margin).await?;
        let Some((hold, item)) = taken else { return Ok(None) };
        let stored: Stored = item.decode()?;
        let position = stored.position.map(FeedPosition::new);
        let place = Place { hold, position: position.clone(), saved: stored.saved.unwrap_or(0) };
        Ok(Some((place, position)))
    }

    /// Writes the position, unless another worker has taken over. The place is kept for the time of the lease.
    pub(super) async fn save<B: Backend>(
        &mut self,
        client: Client<'_, B>,
        position: &FeedPosition,
        lease: Duration,
    ) -> Result<()> {
        let now = present(client.backend).as_millisecond();
        let set = |name, value| Action::Set(Path::attribute(name), value);
        let actions = vec![
            set(POSITION, Value::from(position.as_str())),
            set(SAVED, Value::Number(Number::from(now))),
        ];
        self.hold.renew(client, lease, actions).await?;
        (self.position, self.saved) = (Some(position.clone()), now);
        Ok(())
    }

    /// Makes the next position be written in any case.
    pub(super) fn forget(&mut self) {
        self.position = None;
    }

    /// Keeps the place for the time of the lease, if half of it is over.
    pub(super) async fn keep<B: Backend>(
        &mut self,
        client: Client<'_, B>,
        lease: Duration,
    ) -> Result<()> {
        if !self.is_due(client, lease) {
            return Ok(());
        }
        self.hold.renew(client, lease, Vec::new()).await
    }

    /// Returns whether half of the time of the lease is over.
    pub(super) fn is_due<B: Backend>(&self, client: Client<'_, B>, lease: Duration) -> bool {
        self.hold.time_left(client.backend) <= lease / 2
    }

    /// Returns whether this position should be written although nothing was handled.
    pub(super) fn is_old<B: Backend>(
        &self,
        client: Client<'_, B>,
        position: &FeedPosition,
    ) -> bool {
        let age = present(client.backend).as_millisecond().saturating_sub(self.saved);
        self.position.as_ref().is_none_or(|stored| stored != position && age >= LONGEST)
    }

    /// Gives the place to other workers.
    pub(super) async fn release<B: Backend>(self, client: Client<'_, B>) -> Result<()> {
        self.hold.release(client).await
    }
}

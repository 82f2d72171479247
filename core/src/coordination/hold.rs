//! `Hold`: an item that one holder at a time has, until its time is over. A lease is one, and so is the position of a
//! consumer of change events.

use super::fenced::lost;
use super::{RETRY, later, nonzero, present, too_often};
use crate::backend::{Backend, Client, Item as _, Readable as _};
use crate::error::{Error, Kind, Result};
use crate::expr::{Action, Comparison, Expr, Path};
use crate::random;
use crate::request::{Outcome, PrimaryKey, Returning, Update};
use crate::schema::{OWNER, RecordDef, TableDef};
use crate::value::{Number, Value};
use jiff::Timestamp;
use serde::Deserialize;
use std::time::Duration;

/// The attributes of the item.
const FENCE: &str = "_fence";
const UNTIL: &str = "_until";

/// An item that was got.
#[derive(Debug)]
pub(crate) struct Hold {
    def: &'static RecordDef,
    pub(crate) key: PrimaryKey,
    owner: String,
    pub(crate) fence: u64,
    /// In milliseconds since 1970.
    pub(crate) until: i64,
}

/// What is read of the stored item.
#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "_fence")]
    fence: u64,
    #[serde(rename = "_until")]
    until: i64,
}

/// Returns milliseconds as an attribute has them.
fn milliseconds(time: i64) -> Value {
    Value::Number(Number::from(time))
}

impl Hold {
    /// Gets the item, unless another holder has it. Returns it as it is stored now, too.
    pub(crate) async fn acquire<B: Backend>(
        client: Client<'_, B>,
        def: &'static RecordDef,
        key: PrimaryKey,
        ttl: Duration,
        margin: Duration,
    ) -> Result<Option<(Self, B::Item)>> {
        nonzero("the time of a lease", ttl)?;
        let owner = random::name()?;
        let mut failed = None;
        for attempt in 0..RETRY.attempts {
            RETRY.pause(client.backend, attempt).await;
            let now = present(client.backend);
            let actions = taken(client.table, def, &owner, now, ttl);
            let mut update = Update::new(client.table, def.tag, key.clone(), actions);
            update.condition = Some(is_free(client.table, now, margin));
            update.returning = Returning::New;
            let item = match Box::pin(client.update(update)).await {
                Ok(written) => match written.outcome {
                    Outcome::Done => written.item,
                    // The answer to an earlier attempt was lost.
                    Outcome::Refused { current: Some(item) }
                        if item.text(OWNER) == Some(&*owner) =>
                    {
                        Some(item)
                    }
                    Outcome::Refused { .. } => return Ok(None),
                },
                Err(error) if error.is_retryable() => {
                    failed = Some(error);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let Some(item) = item else {
                let message =
                    format!("the store did not return {} `{key}` that it wrote", def.what);
                return Err(Error::new(Kind::Unavailable, message));
            };
            let Stored { fence, until } = item.decode()?;
            return Ok(Some((Hold { def, key, owner, fence, until }, item)));
        }
        Err(failed.unwrap_or_else(too_often))
    }

    /// Makes the holder have the item for `ttl` from now on, and changes it, if nobody else has got it since.
    pub(crate) async fn renew<B: Backend>(
        &mut self,
        client: Client<'_, B>,
        ttl: Duration,
        mut actions: Vec<Action>,
    ) -> Result<()> {
        let until = later(present(client.backend), ttl);
        actions.push(Action::Set(Path::attribute(UNTIL), milliseconds(until)));
        self.change(client, actions, false).await?;
        self.until = until;
        Ok(())
    }

    /// Gives the item back, so that others can get it at once.
    pub(crate) async fn release<B: Backend>(self, client: Client<'_, B>) -> Result<()> {
        self.change(client, vec![Action::Remove(Path::attribute(OWNER))], true).await
    }

    /// How long the item is still held, by the clock of this machine.
    pub(crate) fn time_left(&self, backend: &impl Backend) -> Duration {
        let left = self.until.saturating_sub(present(backend).as_millisecond());
        Duration::from_millis(u64::try_from(left).unwrap_or(0))
    }

    /// Holds if this holder has the item.
    pub(crate) fn is_held(&self) -> Expr {
        let owner = Value::from(self.owner.as_str());
        // The name alone is not enough: the write that got the lease may arrive a second time, much later.
        Expr::Compare(Path::attribute(OWNER), Comparison::Eq, owner).and(self.has_fence())
    }

    fn has_fence(&self) -> Expr {
        let fence = Value::Number(Number::from(self.fence));
        Expr::Compare(Path::attribute(FENCE), Comparison::Eq, fence)
    }

    async fn change<B: Backend>(
        &self,
        client: Client<'_, B>,
        actions: Vec<Action>,
        releases: bool,
    ) -> Result<()> {
        let mut update = Update::new(client.table, self.def.tag, self.key.clone(), actions);
        update.condition = Some(self.is_held());
        let mut failed = None;
        for attempt in 0..RETRY.attempts {
            RETRY.pause(client.backend, attempt).await;
            match Box::pin(client.update(update.clone())).await {
                Ok(written) => match written.outcome {
                    Outcome::Done => return Ok(()),
                    // Only this holder can have released it: an earlier attempt has, and its answer was lost.
                    Outcome::Refused { current: Some(item) }
                        if releases && self.is_released::<B>(&item)? =>
                    {
                        return Ok(());
                    }
                    Outcome::Refused { .. } => return Err(lost(&self.key)),
                },
                Err(error) if error.is_retryable() => failed = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(failed.unwrap_or_else(too_often))
    }

    /// Returns whether a stored item was released by this holder.
    fn is_released<B: Backend>(&self, item: &B::Item) -> Result<bool> {
        let fence = self.has_fence();
        Ok(item.text(OWNER).is_none() && fence.holds(Some(&item.decode()?)))
    }
}

/// The actions that give the item to `owner`.
fn taken(
    table: &TableDef,
    def: &RecordDef,
    owner: &str,
    now: Timestamp,
    ttl: Duration,
) -> Vec<Action> {
    let set = |name, text: &str| Action::Set(Path::attribute(name), Value::from(text));
    vec![
        Action::Count(Path::attribute(FENCE), Number::from(1_u64)),
        set(OWNER, owner),
        Action::Set(Path::attribute(UNTIL), milliseconds(later(now, ttl))),
        set(table.tag, def.tag),
    ]
}

/// Holds if nobody has the item, as far as the clocks agree.
fn is_free(table: &TableDef, now: Timestamp, margin: Duration) -> Expr {
    let margin = i64::try_from(margin.as_millis()).unwrap_or(i64::MAX);
    let over = milliseconds(now.as_millisecond().saturating_sub(margin));
    Expr::Absent(Path::attribute(table.pk))
        .or(Expr::Absent(Path::attribute(OWNER)))
        .or(Expr::Compare(Path::attribute(UNTIL), Comparison::Le, over))
}

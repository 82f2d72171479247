//! Who works on an index, and how far it has come: one document in the index's container.

use super::fence::{ATTEMPTS, Fence, Kept, Place, overtaken};
use crate::deletion;
use crate::upload::now;
use azure_data_cosmos::clients::ContainerClient;
use monotable_core::schema::IndexDef;
use monotable_core::{Cost, Error, Kind, Result};
use serde_json::{Map, Value, json};
use std::time::Duration;

const LEASE: Place<'static> = Place { partition: "_:worker", id: "_:worker" };

/// How long a worker that did not end may still be writing.
const CONTESTED: i64 = 24 * 60 * 60;

/// The lease on an index, which one worker has at a time.
pub(crate) struct Lease {
    pub(crate) fence: Fence,
    owner: String,
    time: Duration,
    /// When a worker took it that had not been given back, in seconds since 1970.
    contested: i64,
    until: i64,
    /// Up to when all changes are known, in seconds since 1970.
    saved: i64,
    continuation: Option<String>,
}

/// What a worker needs to take a lease.
pub(crate) struct Claim<'a> {
    pub(crate) container: &'a ContainerClient,
    pub(crate) index: &'static IndexDef,
    pub(crate) path: &'a str,
    pub(crate) owner: &'a str,
    pub(crate) time: Duration,
}

impl Claim<'_> {
    /// Takes the lease; `None` if another worker has it.
    pub(crate) async fn take(self, cost: &mut Cost) -> Result<Option<Lease>> {
        let container = self.container.clone();
        let path = self.path.to_owned();
        let mut fence = Fence { container, path, epoch: 0, is_contested: false };
        let kept = fence.read(LEASE.partition, LEASE.id, cost).await?;
        let number = |name: &str| {
            let kept = kept.as_ref()?;
            kept.index(name).and_then(Value::as_i64)
        };
        let text = |name: &str| {
            let kept = kept.as_ref()?;
            kept.index(name).and_then(Value::as_str).map(str::to_owned)
        };
        let until = number("until").unwrap_or_default();
        if until > now() && text("owner").as_deref() != Some(self.owner) {
            return Ok(None);
        }
        let continuation = text("continuation");
        // A worker that takes the lease and comes no further does not make it younger.
        let saved = number("saved").filter(|_| continuation.is_some()).unwrap_or_else(now);
        if is_too_old(saved) {
            return Err(too_old(self.index));
        }
        let was_given_back = until == 0;
        let contested = match was_given_back {
            true => number("contested").unwrap_or_default(),
            false => now(),
        };
        fence.epoch = kept.as_ref().map_or(0, Kept::epoch).saturating_add(1);
        fence.is_contested = contested > now() - CONTESTED;
        let owner = self.owner.to_owned();
        let (time, until) = (self.time, 0);
        let mut lease = Lease { fence, owner, time, contested, until, saved, continuation };
        lease.until = lease.end();
        let index = lease.index();
        let is_taken = lease.fence.replace(kept.as_ref(), LEASE, Map::new(), index, cost).await?;
        // The SDK sends a write again if its answer was lost, and then it is refused.
        let is_own = is_taken || lease.own(cost).await?.is_some();
        Ok(is_own.then_some(lease))
    }
}

impl Lease {
    /// Returns where the feed goes on.
    pub(crate) fn continuation(&self) -> Option<String> {
        self.continuation.clone()
    }

    /// Notes how far the worker has come, and up to when all changes are known, and keeps the lease for longer.
    pub(crate) async fn save(
        &mut self,
        continuation: String,
        reached: Option<i64>,
        cost: &mut Cost,
    ) -> Result<()> {
        self.continuation = Some(continuation);
        self.saved = reached.map_or(self.saved, |reached| self.saved.max(reached));
        self.until = self.end();
        self.write(cost).await
    }

    /// Keeps the lease for longer if half of its time is over.
    pub(crate) async fn renew(
        &mut self,
        continuation: String,
        reached: Option<i64>,
        cost: &mut Cost,
    ) -> Result<()> {
        let half = i64::try_from(self.time.as_secs() / 2).unwrap_or_default();
        if self.until - now() > half {
            return Ok(());
        }
        self.save(continuation, reached, cost).await
    }

    /// Gives the lease back, so that another worker can take it at once. There are no more changes.
    pub(crate) async fn give_back(mut self, cost: &mut Cost) -> Result<()> {
        (self.until, self.saved) = (0, now());
        self.write(cost).await
    }

    async fn write(&mut self, cost: &mut Cost) -> Result<()> {
        // If it has changed and is still this worker's, an attempt of the SDK was made whose answer was lost.
        for _ in 0..ATTEMPTS {
            let Some(known) = self.own(cost).await? else { break };
            let index = self.index();
            if self.fence.replace(Some(&known), LEASE, Map::new(), index, cost).await? {
                self.fence.is_contested = self.contested > now() - CONTESTED;
                return Ok(());
            }
        }
        Err(overtaken())
    }

    /// Returns the stored lease, if this worker has it.
    async fn own(&self, cost: &mut Cost) -> Result<Option<Kept>> {
        let known = self.fence.read(LEASE.partition, LEASE.id, cost).await?;
        Ok(known.filter(|known| {
            let owner = known.index("owner").and_then(Value::as_str);
            known.epoch() == self.fence.epoch && owner == Some(&*self.owner)
        }))
    }

    fn end(&self) -> i64 {
        now().saturating_add(i64::try_from(self.time.as_secs()).unwrap_or(i64::MAX)).max(1)
    }

    fn index(&self) -> Map<String, Value> {
        let mut index = Map::new();
        index.insert("owner".to_owned(), json!(self.owner));
        index.insert("until".to_owned(), json!(self.until));
        index.insert("contested".to_owned(), json!(self.contested));
        index.insert("saved".to_owned(), json!(self.saved));
        if let Some(continuation) = &self.continuation {
            index.insert("continuation".to_owned(), json!(continuation));
        }
        index
    }
}

/// Returns whether notes about deleted items have expired since this time.
fn is_too_old(saved: i64) -> bool {
    let kept = i64::try_from(deletion::KEPT.as_secs()).unwrap_or(i64::MAX);
    now().saturating_sub(saved) >= kept
}

fn too_old(index: &IndexDef) -> Error {
    let days = deletion::KEPT.as_secs() / (24 * 60 * 60);
    let message = format!(
        "index `{}` is {days} days behind the table, and which items were deleted is known for no longer: delete \
         the index's container, create it again, and start the worker, which then reads the whole table",
        index.name
    );
    Error::new(Kind::SchemaMismatch, message)
}

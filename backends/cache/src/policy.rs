//! How long the items of an entity are kept, and what is known of the entity when its items are read and written.

use monotable_core::backend::Portable;
use monotable_core::request::PrimaryKey;
use monotable_core::schema::{EntityDef, TableDef};
use monotable_core::value::{Map, Value};
use monotable_core::{Error, Kind, Result};
use siphasher::sip128::{Hasher128 as _, SipHasher13};
use std::hash::Hasher as _;
use std::time::Duration;

/// How the items of an entity are kept, for [`Cache::entity`](crate::Cache::entity). A plain [`Duration`] is a policy,
/// too: that time to live, and the defaults.
///
/// ```
/// use monotable_cache::Policy;
/// use std::time::Duration;
///
/// let policy = Policy::ttl(Duration::from_secs(300)).absent(Duration::from_secs(5)).write_through();
/// # let _ = policy;
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    ttl: Duration,
    absent: Option<Duration>,
    jitter: u8,
    write_through: bool,
}

/// The longest time to live.
const LONGEST: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const SHORTEST: Duration = Duration::from_millis(1);

impl Policy {
    /// Keeps an item for at most this long: from a millisecond to 30 days.
    #[must_use]
    pub const fn ttl(ttl: Duration) -> Self {
        Policy { ttl, absent: None, jitter: 10, write_through: false }
    }

    /// Keeps it for at most this long that there is no item. The default is a tenth of the time to live of an item,
    /// because an item that is created by another program should be seen soon. With [`Duration::ZERO`], it is not kept.
    #[must_use]
    pub const fn absent(mut self, ttl: Duration) -> Self {
        self.absent = Some(ttl);
        self
    }

    /// Makes each time to live shorter by a random part of it, of at most so many percent, so that entries that were
    /// filled together do not expire together. The default is 10, and the most is 90.
    #[must_use]
    pub const fn jitter(mut self, percent: u8) -> Self {
        self.jitter = percent;
        self
    }

    /// Replaces a kept item when it is written, instead of removing it.
    ///
    /// That is done if the kept item is the one that was replaced, and the whole new item is known: with a `put` or an
    /// update of a loaded entity and with `update_with`, which are conditional on its version. So the entity needs a
    /// version. All other writes remove the kept item, such as updates by key.
    #[must_use]
    pub const fn write_through(mut self) -> Self {
        self.write_through = true;
        self
    }
}

/// What says how the items of an entity are kept: a [`Duration`], which is a time to live, or a [`Policy`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no time to live: give a `Duration`, as in `.entity::<Customer>(Duration::from_secs(60))`, or a `Policy`",
    label = "not a time to live"
)]
pub trait IntoPolicy {
    /// Returns the policy.
    fn into_policy(self) -> Policy;
}

impl IntoPolicy for Duration {
    fn into_policy(self) -> Policy {
        Policy::ttl(self)
    }
}

impl IntoPolicy for Policy {
    fn into_policy(self) -> Policy {
        self
    }
}

/// An entity that is kept.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) entity: &'static EntityDef,
    /// A fingerprint of how its items are encoded.
    pub(crate) form: String,
    ttl: Duration,
    absent: Duration,
    jitter: u8,
    pub(crate) write_through: bool,
}

impl Kept {
    /// Checks the policy.
    ///
    /// # Errors
    ///
    /// `InvalidRequest`, with the entity and what to do.
    pub(crate) fn new<I: Portable>(
        table: &TableDef,
        entity: &'static EntityDef,
        policy: Policy,
    ) -> Result<Self> {
        let Policy { ttl, absent, jitter, write_through } = policy;
        let absent = absent.unwrap_or_else(|| (ttl / 10).max(SHORTEST));
        let of = |what: &str| format!("the cache of `{}`: {what}", entity.name);
        // An absence that is not kept has a time of zero.
        let absence = Some(absent).filter(|absent| !absent.is_zero());
        let absence = absence.map(|absent| ("the time to live of an absence", absent));
        for (what, ttl) in [("the time to live", ttl)].into_iter().chain(absence) {
            if let Some(wrong) = wrong(ttl) {
                let message = of(&format!("{what} is {ttl:?}, which is {wrong}"));
                return Err(Error::new(Kind::InvalidRequest, message));
            }
        }
        if jitter > 90 {
            let message =
                of(&format!("a jitter of {jitter} percent leaves too little: give at most 90"));
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        if write_through && entity.rules.version.is_none() {
            let message = of(
                "to write through, the entity needs a version, so that an older item never replaces a newer one: add \
                 `version = ..` to it, or leave out `write_through`",
            );
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        let form = form::<I>(table, entity);
        Ok(Kept { entity, form, ttl, absent, jitter, write_through })
    }

    /// How long to keep this item, or that there is none. `None` if it must not be kept.
    ///
    /// `now` is in milliseconds since 1970. An item is not kept for longer than it lives.
    pub(crate) fn ttl<I: Portable>(
        &self,
        table: &TableDef,
        item: Option<&I>,
        now: u64,
    ) -> Option<Duration> {
        let Some(item) = item else {
            return (!self.absent.is_zero()).then(|| self.jittered(self.absent));
        };
        // An item of another entity with the same keys has another policy, or none.
        if item.text(table.tag) != Some(self.entity.name) {
            return None;
        }
        let ttl = self.jittered(self.ttl);
        if !self.entity.rules.expires {
            return Some(ttl);
        }
        let Some(at) = number(item, table.ttl) else { return Some(ttl) };
        let left = at.saturating_mul(1000).saturating_sub(now);
        Some(ttl.min(Duration::from_millis(left))).filter(|ttl| *ttl >= SHORTEST)
    }

    /// The version of an item, if the entity has one.
    pub(crate) fn version<I: Portable>(&self, item: &I) -> Option<u64> {
        number(item, self.entity.rules.version?)
    }

    fn jittered(&self, ttl: Duration) -> Duration {
        let share = getrandom::u32().map_or(0.0, |bits| f64::from(bits) / f64::from(u32::MAX));
        ttl.mul_f64(1.0 - share * f64::from(self.jitter) / 100.0).max(SHORTEST)
    }
}

/// What is wrong with a time to live.
fn wrong(ttl: Duration) -> Option<&'static str> {
    if ttl.is_zero() {
        Some("no time at all: what is not to be kept is not named, so leave the entity out")
    } else if ttl < SHORTEST {
        Some("less than a millisecond: give a longer one")
    } else if ttl > LONGEST {
        Some("more than 30 days: a cache forgets, so give a shorter one")
    } else {
        None
    }
}

/// Checks a time that is given for the cache as a whole.
///
/// # Errors
///
/// `InvalidRequest` if it is zero or absurd.
pub(crate) fn check_time(what: &str, time: Duration, most: Duration) -> Result<()> {
    if (SHORTEST..=most).contains(&time) {
        return Ok(());
    }
    let message = format!("the cache: {what} is {time:?}: give from a millisecond to {most:?}");
    Err(Error::new(Kind::InvalidRequest, message))
}

/// A whole number among the attributes of an item, such as its version or its time of expiry.
fn number<I: Portable>(item: &I, attribute: &str) -> Option<u64> {
    let map: Map = item.decode().ok()?;
    match map.get(attribute)? {
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

/// A fingerprint of how items of the entity are encoded. Entries with another one are not read, so that a new version
/// of a program does not read what an old one has kept, if the declaration of the entity has changed.
fn form<I: Portable>(table: &TableDef, entity: &EntityDef) -> String {
    let mut hash = SipHasher13::new();
    let mut put = |text: &str| {
        hash.write(text.as_bytes());
        hash.write_u8(0xff);
    };
    put(I::ENCODING);
    let own = format!("entity {} ", entity.name);
    // Not the lines of other entities: it is the same after an entity was added.
    for line in table.key_lock().lines() {
        if line.starts_with("table ") || line.starts_with(&own) {
            put(line);
        }
    }
    put(entity.name);
    entity.fields.iter().for_each(|field| put(field));
    for (former, present) in entity.aliases {
        put(former);
        put(present);
    }
    put(entity.rules.version.unwrap_or_default());
    format!("{:016x}", hash.finish128().h1)
}

/// The primary key of an item, from its key attributes.
pub(crate) fn key_of<I: Portable>(table: &TableDef, item: &I) -> Option<PrimaryKey> {
    let text = |attribute| item.text(attribute).map(str::to_owned);
    Some(PrimaryKey { pk: text(table.pk)?, sk: text(table.sk)? })
}

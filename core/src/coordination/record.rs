//! `Record`: the record of once-only work in the store.
//!
//! It is an item with the random name of the call that wrote it, a state, the fingerprint of the payload and the
//! result. There is one rule for when it can be replaced: when it has expired. The record of work that is done expires
//! with its time to live. That of work that is being done expires when the call must have ended or died.

use super::payload::differ;
use super::{RETRY, in_seconds, later, present, too_often};
use crate::backend::{Backend, Client, Item, Keyed};
use crate::error::{Error, Kind, Result};
use crate::expiry::{check, seconds};
use crate::expr::{Comparison, Expr, Path};
use crate::random;
use crate::request::{Delete, Get, Outcome, PrimaryKey, Put};
use crate::schema::{ONCE, OWNER, TableDef};
use crate::value::{Map, Value};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The record of one call.
pub(super) struct Record {
    table: &'static TableDef,
    key: PrimaryKey,
    /// The name of this call.
    owner: String,
    payload: Option<String>,
}

/// What the state of a stored record says.
#[derive(Clone, Copy)]
pub(super) enum State {
    /// A call is doing the work, or has died.
    Running,
    /// The work is done, and the record has its result.
    Done,
    /// The work is done, and its result could not be stored.
    Unstored,
}

impl State {
    const fn name(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Done => "done",
            State::Unstored => "unstored",
        }
    }

    fn of(item: &impl Item) -> Option<Self> {
        let name = item.text("_state")?;
        [State::Running, State::Done, State::Unstored].into_iter().find(|it| it.name() == name)
    }
}

/// What a call finds when it begins.
pub(super) enum Begun<I> {
    /// Its own record, so the work has to be done.
    Own,
    /// The record of work that is done.
    Done(I),
}

/// What a stored record means for a call.
enum Seen {
    /// It is the call's own, and the answer to the write of it was lost.
    Own,
    Done,
    /// It has expired.
    Over,
}

#[derive(Serialize)]
struct Fields<'a, T> {
    #[serde(rename = "_owner")]
    owner: &'a str,
    #[serde(rename = "_state")]
    state: &'static str,
    #[serde(rename = "_payload")]
    payload: Option<&'a str>,
    /// A list, so that a result which is `None` is stored, too.
    #[serde(rename = "_result")]
    result: Option<(&'a T,)>,
}

#[derive(Deserialize)]
struct Recorded<T> {
    #[serde(rename = "_result")]
    result: (T,),
}

impl Record {
    pub(super) fn new(
        table: &'static TableDef,
        key: PrimaryKey,
        payload: Option<String>,
    ) -> Result<Self> {
        Ok(Record { table, key, owner: random::name()?, payload })
    }

    /// Writes the record of work that is being done, unless there is one that has not expired.
    pub(super) async fn begin<B: Backend>(
        &self,
        client: Client<'_, B>,
        longest: Duration,
    ) -> Result<Begun<B::Item>> {
        let mut failed = None;
        for attempt in 0..RETRY.attempts {
            RETRY.pause(client.backend, attempt).await;
            let now = present(client.backend);
            let mut put = self.put::<B, ()>(client.backend, State::Running, None, now, longest)?;
            put.condition = Some(self.is_free(now));
            match Box::pin(client.put(put)).await {
                Ok(written) => match written.outcome {
                    Outcome::Done => return Ok(Begun::Own),
                    Outcome::Refused { current: Some(item) } => match self.see(&item, now)? {
                        Seen::Own => return Ok(Begun::Own),
                        Seen::Done => return Ok(Begun::Done(item)),
                        Seen::Over => {}
                    },
                    // It was deleted in between.
                    Outcome::Refused { current: None } => {}
                },
                // If its answer was lost, the next attempt finds the record.
                Err(error) if error.is_retryable() => failed = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(failed.unwrap_or_else(too_often))
    }

    /// Reads the record. Returns that of work that is done, and `None` if the work has to be done.
    pub(super) async fn read<B: Backend>(&self, client: Client<'_, B>) -> Result<Option<B::Item>> {
        let mut get = Get::new(self.table, ONCE.tag, self.key.clone());
        get.consistent = true;
        let Some(item) = Box::pin(client.get(get)).await?.item else { return Ok(None) };
        self.found(item, present(client.backend))
    }

    /// Returns a stored record if it is one of work that is done, and `None` if the work has to be done.
    fn found<I: Item>(&self, item: I, now: Timestamp) -> Result<Option<I>> {
        Ok(match self.see(&item, now)? {
            Seen::Done => Some(item),
            Seen::Own | Seen::Over => None,
        })
    }

    /// Returns whether a record that was found in place of this one is its own.
    pub(super) fn is_own(&self, item: &impl Item) -> bool {
        item.text(OWNER) == Some(&*self.owner)
    }

    /// Returns the record of work that is done, which was found in place of this one.
    pub(super) fn done_by_another<I: Item>(&self, item: I, now: Timestamp) -> Result<I> {
        self.found(item, now)?.ok_or_else(too_often)
    }

    /// Says what a stored record means.
    ///
    /// # Errors
    ///
    /// `InProgress`, `PayloadMismatch` and `ResultNotStored`, if the work is not done for these reasons.
    fn see(&self, item: &impl Item, now: Timestamp) -> Result<Seen> {
        if self.is_own(item) {
            return Ok(Seen::Own);
        }
        let attributes: Map = item.decode()?;
        let expires = attributes.get(self.table.ttl).and_then(Value::as_number);
        let expires = expires.and_then(|at| at.as_i64());
        if expires.is_none_or(|at| at <= now.as_second()) {
            return Ok(Seen::Over);
        }
        if let (Some(own), Some(stored)) = (self.payload.as_deref(), item.text("_payload"))
            && differ(own, stored)
        {
            let message = "was begun with another payload: give different work different keys";
            return Err(self.error(Kind::PayloadMismatch, message));
        }
        let (kind, message) = match State::of(item) {
            Some(State::Done) => return Ok(Seen::Done),
            Some(State::Running) => (
                Kind::InProgress,
                "is being done by another call, or by one that died: send the request again later",
            ),
            Some(State::Unstored) => {
                (Kind::ResultNotStored, "is done, and its result could not be stored")
            }
            None => (Kind::Decode, "has a state that this version of the program does not know"),
        };
        Err(self.error(kind, message))
    }

    fn error(&self, kind: Kind, message: &str) -> Error {
        Error::new(kind, format!("the work of record `{}` {message}", self.key))
    }

    /// Returns the result in a record.
    pub(super) fn result<T: DeserializeOwned>(&self, item: &impl Item) -> Result<T> {
        let recorded: Recorded<T> = item.decode().map_err(|error| {
            let message = format!(
                "the result in record `{}` cannot be read as the type that is asked for: {error}",
                self.key
            );
            Error::new(Kind::Decode, message).with_source(error)
        })?;
        Ok(recorded.result.0)
    }

    /// Makes the record of work that is done, or an error if it cannot be stored.
    pub(super) fn done<B: Backend, T: Serialize>(
        &self,
        backend: &B,
        result: &T,
        ttl: Duration,
    ) -> Result<Put<B::Item>> {
        let put = self.put(backend, State::Done, Some(result), present(backend), ttl)?;
        let (size, most) = (put.item.size()?, B::LIMITS.item_bytes);
        if size > most {
            let message = format!(
                "the result of the work has {size} bytes with its record `{}`, over the limit of {most}: return less from the work, such as the key of an item",
                self.key
            );
            return Err(Error::new(Kind::TooLarge, message));
        }
        Ok(put)
    }

    /// Makes the record of work that is done, and whose result cannot be stored.
    pub(super) fn unstored<B: Backend>(&self, backend: &B, ttl: Duration) -> Result<Put<B::Item>> {
        self.put::<B, ()>(backend, State::Unstored, None, present(backend), ttl)
    }

    /// Writes the record of work that is done, unless another call has taken the work over.
    pub(super) async fn end<B: Backend>(
        &self,
        client: Client<'_, B>,
        mut put: Put<B::Item>,
    ) -> Result<()> {
        put.condition = Some(self.is_own_or_gone());
        let mut failed = None;
        for attempt in 0..RETRY.attempts {
            RETRY.pause(client.backend, attempt).await;
            match Box::pin(client.put(put.clone())).await {
                Ok(written) => match written.outcome {
                    Outcome::Done => return Ok(()),
                    Outcome::Refused { .. } => {
                        let message = "took longer than its time, and another call has taken it over: the result of this call was not recorded";
                        return Err(self.error(Kind::VersionConflict, message));
                    }
                },
                Err(error) if error.is_retryable() => failed = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(failed.unwrap_or_else(too_often))
    }

    /// Deletes the record of work that failed, unless another call has taken the work over.
    pub(super) async fn forget<B: Backend>(&self, client: Client<'_, B>) -> Result<()> {
        let mut delete = Delete::new(self.table, ONCE.tag, self.key.clone());
        delete.condition = Some(self.is_own_or_gone());
        for attempt in 0..RETRY.attempts {
            RETRY.pause(client.backend, attempt).await;
            match Box::pin(client.delete(delete.clone())).await {
                Err(error) if error.is_retryable() => {}
                done => return done.map(|_| ()),
            }
        }
        Ok(())
    }

    fn put<B: Backend, T: Serialize>(
        &self,
        backend: &B,
        state: State,
        result: Option<&T>,
        now: Timestamp,
        ttl: Duration,
    ) -> Result<Put<B::Item>> {
        let (table, key) = (self.table, &self.key);
        let attributes = [(table.pk, &*key.pk), (table.sk, &*key.sk), (table.tag, ONCE.tag)];
        let fields = Fields {
            owner: &self.owner,
            state: state.name(),
            payload: self.payload.as_deref(),
            result: result.map(|result| (result,)),
        };
        let mut keyed = Keyed::new(&attributes, &fields);
        keyed.expires = check(Some(in_seconds(later(now, ttl))))?.map(|at| (table.ttl, at));
        Ok(Put::new(table, ONCE.tag, key.clone(), backend.encode(&keyed)?))
    }

    /// Holds if there is no record, or one that has expired.
    pub(super) fn is_free(&self, now: Timestamp) -> Expr {
        let ttl = Path::attribute(self.table.ttl);
        self.is_gone().or(Expr::Compare(ttl, Comparison::Le, seconds(now.as_second())))
    }

    /// Holds if the record is that of this call. If there is none, no other call does the work or has done it.
    fn is_own_or_gone(&self) -> Expr {
        let owner = Value::from(self.owner.as_str());
        self.is_gone().or(Expr::Compare(Path::attribute(OWNER), Comparison::Eq, owner))
    }

    fn is_gone(&self) -> Expr {
        Expr::Absent(Path::attribute(self.table.pk))
    }
}

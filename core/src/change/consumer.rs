//! `Consumer`: reads a feed, calls a handler for each change, and keeps its position in the table.

use super::error::ConsumerError;
use super::feed::ChangeFeed;
use super::open::{Consumed, Open};
use super::place::Place;
use super::read::{ChangeOf, Feed};
use super::request::StartFrom;
use super::unknown::{FailOnUnknown, KeepUnknown, SkipUnknown, UnknownItems};
use crate::backend::{At as _, Backend, Client, Origin, Verb};
use crate::coordination::{Coordinated, MARGIN, alone};
use crate::error::{Error, Kind, Result};
use crate::request::PrimaryKey;
use crate::schema::{CONSUMER, Schema};
use crate::table::Table;
use std::convert::Infallible;
use std::fmt;
use std::fmt::Display;
use std::future::Future;
use std::marker::PhantomData;
use std::time::Duration;

/// How long a consumer has its feed, from each time that it says how far it has come.
const LEASE: Duration = Duration::from_secs(30);

/// How long `run` waits if there are no changes, or if another worker has the feed.
const PAUSE: Duration = Duration::from_secs(1);

/// Reads the changes of a table, and calls a handler for each of them: from [`Table::consumer`].
///
/// `U` says what happens to unknown items.
///
/// # What is kept, and when
///
/// The position is an item of the table, which has the name of the consumer. It is written after the handler has returned
/// for all changes of a page. So after a crash, the changes of at most one page are delivered again. If the handler fails,
/// the next [`step`](Consumer::step) of the same consumer goes on with the change that failed. Another consumer, and the next
/// [`catch_up`](Consumer::catch_up), begin with the page that it was in.
///
/// The item is a change of the table, too, and is left out. So that a consumer does not follow its own writes, the position is
/// written only after a page with changes that were handled, when half of the time of the lease is over, or when it has not
/// been written for an hour.
///
/// # A handler that fails
///
/// The handler is called again with the same change, each time that the consumer is asked to go on, and all changes that
/// follow wait for it. So a change that can never be handled has to end with `Ok`, after it has been put elsewhere.
///
/// # Several workers
///
/// One worker at a time has a consumer of a name. Others wait: their [`step`](Consumer::step) does nothing, which
/// [`is_waiting`](Consumed::is_waiting) says, and the first time an event of [tracing](https://docs.rs/tracing). One of them
/// takes over when the first one has [caught up](Consumer::catch_up) or [releases](Consumer::release) the consumer, or when it
/// has not written its position for the time of the [lease](Consumer::lease) and of the [margin](Consumer::clock_margin),
/// because it has died or is frozen. A consumer that is only dropped after a `step` or `run` keeps the feed for that time, too.
/// Each position is written on the condition that no other
/// worker has taken over since. So a worker that was frozen cannot move the position back: it fails with
/// [`is_lease_lost`](crate::Error::is_lease_lost), and its next step waits like any other worker.
///
/// What the handler of such a worker still does is beyond the reach of the table. The lease is renewed between two changes,
/// and the handler is not called when it cannot be. But a call that takes longer than the lease can overlap with the same call
/// of another worker.
#[must_use = "nothing is read until `step`, `catch_up` or `run` is called"]
#[doc(alias("subscriber", "subscription", "change feed processor", "worker", "checkpoint"))]
pub struct Consumer<S, B: ChangeFeed, U = FailOnUnknown> {
    table: Table<S, B>,
    key: Result<PrimaryKey>,
    settings: Settings,
    open: Option<Open<B>>,
    /// Where `restart` has moved it, until the position is written.
    moved: Option<StartFrom>,
    /// Whether another worker had the feed when it was asked for last.
    waits: bool,
    unknown: PhantomData<fn() -> U>,
}

struct Settings {
    start: StartFrom,
    page_size: Option<u32>,
    lease: Duration,
    margin: Duration,
}

impl<S: Schema, B: Backend> Table<S, B> {
    /// Names a consumer of the table's changes, which keeps its position in the table. Consumers with different names do not
    /// affect each other. The name is any text that is not empty and not too long for a key.
    ///
    /// The table has to say `#[table(coordination)]`.
    ///
    /// # Example: a mail for each new order
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # async fn send_mail(_: &str, _: &Order) -> monotable::Result<()> { Ok(()) }
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let shop = with_changes(shop).await?;
    /// use monotable::{Change, ChangeKind};
    ///
    /// let mut mails = shop.consumer("mails");
    /// let done = mails
    ///     .catch_up(async |change: Change<Shop>| -> monotable::Result<()> {
    ///         if let ChangeKind::Created(Shop::Order(order)) = &change.kind {
    ///             // The mail service sends one mail for each id.
    ///             send_mail(&change.id, order).await?;
    ///         }
    ///         Ok(())
    ///     })
    ///     .await?;
    /// assert!(done.is_caught_up);
    /// # assert_eq!(done.changes, 1);
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("subscribe", "change feed", "change data capture", "CDC", "streams"))]
    pub fn consumer(&self, name: impl Display) -> Consumer<S, B>
    where
        S: Coordinated,
        B: ChangeFeed,
    {
        let settings =
            Settings { start: StartFrom::Oldest, page_size: None, lease: LEASE, margin: MARGIN };
        let name = name.to_string();
        let key = match name.is_empty() {
            true => Err(Error::new(Kind::InvalidKey, "the name of the consumer is empty")),
            false => alone::<S>(&CONSUMER, &[name]),
        };
        Consumer {
            table: self.clone(),
            key,
            settings,
            open: None,
            moved: None,
            waits: false,
            unknown: PhantomData,
        }
    }
}

impl<S: Schema, B: ChangeFeed, U: UnknownItems> Consumer<S, B, U> {
    /// Says where the consumer begins when there is no position of it yet. The default is the oldest change that the store
    /// has.
    pub fn start_from(mut self, start: StartFrom) -> Self {
        self.settings.start = start;
        self
    }

    /// Sets the most changes of a page, after each of which the position is written. The backend may return fewer, and has a
    /// limit of its own.
    pub fn page_size(mut self, most: u32) -> Self {
        self.settings.page_size = Some(most);
        self
    }

    /// Sets how long the consumer has the feed from each time that it says how far it has come. The default is 30 seconds. A
    /// call of the handler has to be shorter.
    pub fn lease(mut self, lease: Duration) -> Self {
        self.settings.lease = lease;
        self
    }

    /// Sets how much longer than the end of the lease other workers wait, because their clocks may differ. The default is
    /// [`MARGIN`].
    pub fn clock_margin(mut self, margin: Duration) -> Self {
        self.settings.margin = margin;
        self
    }

    /// Leaves out changes of unknown items, with a warning. See [`SkipUnknown`].
    pub fn skip_unknown(self) -> Consumer<S, B, SkipUnknown> {
        self.with_unknown()
    }

    /// Hands unknown items over as they are stored. See [`KeepUnknown`].
    pub fn keep_unknown(self) -> Consumer<S, B, KeepUnknown> {
        self.with_unknown()
    }

    /// Reads a page of changes, calls the handler for each of them, one after the other, and writes the position.
    ///
    /// It does not wait for changes. If the handler fails, the next step begins with the same change.
    ///
    /// The handler returns a future that may not borrow from the handler itself, so an async closure cannot change what it
    /// captures. Count with an atomic, a `Cell` or a `RefCell`, or a `Mutex` if the future has to be `Send`. Give the closure
    /// its type of result, `async |change: Change<Shop>| -> monotable::Result<()> { .. }`, because a bare `Ok(())` does not
    /// say which error there could be.
    ///
    /// # Errors
    ///
    /// See [`ConsumerError`]. After each of them, the next step goes on: at the change that failed, or, if the lease was lost,
    /// where the other worker has come to.
    pub async fn step<E, F, W>(&mut self, mut handler: F) -> Result<Consumed, ConsumerError<E>>
    where
        F: FnMut(ChangeOf<S, B, U>) -> W,
        W: Future<Output = Result<(), E>>,
    {
        self.one_step(&mut handler).await
    }

    /// Makes steps until there are no more changes, or until another worker has the feed, and gives the feed to other workers.
    /// For a function that a timer starts, which can make a new consumer each time.
    ///
    /// If another worker has the feed, nothing is done, and this is no error: see
    /// [`is_waiting`](Consumed::is_waiting).
    ///
    /// The feed is given back after an error, too. If the handler has failed, the next call, of this consumer or of another
    /// one, begins with the page that the change was in. If the future is dropped, the feed is free when the time of the
    /// [lease](Consumer::lease) is over.
    ///
    /// # Errors
    ///
    /// Those of [`step`](Consumer::step). If the feed cannot be given back after that, it is the first error that is returned.
    pub async fn catch_up<E, F, W>(&mut self, mut handler: F) -> Result<Consumed, ConsumerError<E>>
    where
        F: FnMut(ChangeOf<S, B, U>) -> W,
        W: Future<Output = Result<(), E>>,
    {
        let done = self.steps(&mut handler).await;
        let released = self.give_back().await;
        let done = done?;
        released?;
        Ok(done)
    }

    /// Makes steps for ever, with a pause of a second when there are no changes. It returns only after an error: call it
    /// again to go on.
    ///
    /// # Errors
    ///
    /// Those of [`step`](Consumer::step).
    pub async fn run<E, F, W>(&mut self, mut handler: F) -> Result<Infallible, ConsumerError<E>>
    where
        F: FnMut(ChangeOf<S, B, U>) -> W,
        W: Future<Output = Result<(), E>>,
    {
        loop {
            if self.one_step(&mut handler).await?.is_idle() {
                self.table.backend().pause(PAUSE).await;
            }
        }
    }

    /// Moves the consumer to another place in the feed, such as the oldest change after changes were
    /// [lost](crate::Error::is_trimmed). The next step begins there, and writes the new position. Returns whether it did: not if
    /// another worker has the feed.
    ///
    /// # Errors
    ///
    /// The errors of the backend.
    #[doc(alias("reset", "seek", "rewind", "replay"))]
    pub async fn restart(&mut self, from: StartFrom) -> Result<bool> {
        let table = self.table.clone();
        let opened = self.opened(table.client(Self::ORIGIN)).await.at(Self::ORIGIN)?;
        let Some(Open { mut place, .. }) = opened else { return Ok(false) };
        place.forget();
        let feed = self.feed(from.clone());
        self.moved = Some(from);
        self.open = Some(Open::new(place, feed));
        Ok(true)
    }

    /// Gives the feed to other workers at once, and not when the time of the lease is over.
    ///
    /// # Errors
    ///
    /// [`is_lease_lost`](crate::Error::is_lease_lost) if another worker has taken over since; the errors of the backend.
    pub async fn release(mut self) -> Result<()> {
        self.give_back().await
    }

    async fn give_back(&mut self) -> Result<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        open.place.release(self.table.client(Self::ORIGIN)).await.at(Self::ORIGIN)
    }

    fn with_unknown<V>(self) -> Consumer<S, B, V> {
        let Consumer { table, key, settings, open, moved, waits, .. } = self;
        Consumer { table, key, settings, open, moved, waits, unknown: PhantomData }
    }

    const ORIGIN: Origin = Origin::Table(S::DEF.name, Verb::Consumer);

    fn feed(&self, from: StartFrom) -> Feed<B> {
        let mut feed = Feed::new(from);
        feed.page_size = self.settings.page_size;
        feed
    }

    /// Takes what the consumer has open, or opens it. Returns `None` if another worker has the feed.
    async fn opened(&mut self, client: Client<'_, B>) -> Result<Option<Open<B>>> {
        if let Some(open) = self.open.take() {
            return Ok(Some(open));
        }
        let Settings { lease, margin, .. } = self.settings;
        let key = self.key.clone()?;
        let Some((mut place, position)) = Place::take(client, key, lease, margin).await? else {
            self.note_waiting();
            return Ok(None);
        };
        self.waits = false;
        if let Some(from) = self.moved.clone() {
            place.forget();
            return Ok(Some(Open::new(place, self.feed(from))));
        }
        let from = position.map_or_else(|| self.settings.start.clone(), StartFrom::After);
        Ok(Some(Open::new(place, self.feed(from))))
    }

    /// Says once that another worker has the feed, because to do nothing is no error.
    fn note_waiting(&mut self) {
        if !std::mem::replace(&mut self.waits, true)
            && let Ok(key) = &self.key
        {
            tracing::info!(target: "monotable", consumer = %key, "waiting: another worker has the changes");
        }
    }

    async fn steps<E, F, W>(&mut self, handler: &mut F) -> Result<Consumed, ConsumerError<E>>
    where
        F: FnMut(ChangeOf<S, B, U>) -> W,
        W: Future<Output = Result<(), E>>,
    {
        let mut all = Consumed::default();
        loop {
            let step = self.one_step(handler).await?;
            all = Consumed {
                changes: all.changes + step.changes,
                cost: all.cost + step.cost,
                ..step
            };
            if all.is_idle() {
                return Ok(all);
            }
        }
    }

    async fn one_step<E, F, W>(&mut self, handler: &mut F) -> Result<Consumed, ConsumerError<E>>
    where
        F: FnMut(ChangeOf<S, B, U>) -> W,
        W: Future<Output = Result<(), E>>,
    {
        let table = self.table.clone();
        let client = table.client(Self::ORIGIN);
        let Some(open) = self.opened(client).await.at(client.origin)? else {
            return Ok(Consumed { is_waiting: true, ..Consumed::default() });
        };
        // In its place before the first await, so that a step whose future is dropped loses nothing.
        let open = self.open.insert(open);
        let done = open.step::<S, U, E, F, W>(client, self.settings.lease, handler).await;
        match &done {
            // The position is written.
            Ok(_) => self.moved = None,
            Err(ConsumerError::Request(error)) if error.is_lease_lost() => {
                (self.open, self.moved) = (None, None);
            }
            Err(_) => {}
        }
        done
    }
}

impl<S, B: ChangeFeed, U> fmt::Debug for Consumer<S, B, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consumer").field("key", &self.key).finish_non_exhaustive()
    }
}

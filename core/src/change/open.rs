//! `Open`: the feed of a consumer, while it has it, and one step through it.

use super::error::ConsumerError;
use super::feed::{ChangeFeed, StoredChange};
use super::mode::AnyChange as _;
use super::place::Place;
use super::read::{ChangeOf, Feed, decode};
use super::request::{ChangePage, FeedPosition};
use super::unknown::UnknownItems;
use crate::backend::{At as _, Client};
use crate::cost::Cost;
use crate::schema::Schema;
use std::collections::VecDeque;
use std::future::Future;
use std::time::Duration;

/// What a consumer has done.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Consumed {
    /// The number of changes that were handled. Those that were left out do not count.
    pub changes: usize,
    /// Whether there were no more changes when the last page was read.
    pub is_caught_up: bool,
    /// Whether another worker has the feed, so that this one did nothing.
    pub is_waiting: bool,
    /// What reading the feed was charged.
    pub cost: Cost,
}

impl Consumed {
    /// Returns whether there is nothing to do for now.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.is_caught_up || self.is_waiting
    }
}

/// What a consumer has while it has the feed.
pub(super) struct Open<B: ChangeFeed> {
    pub(super) place: Place,
    feed: Feed<B>,
    /// The changes of the last page that have not been handled.
    left: VecDeque<StoredChange<B>>,
    /// What is to be written when they are.
    page: Option<Ended>,
}

/// The end of a page.
struct Ended {
    position: FeedPosition,
    is_caught_up: bool,
    /// Whether a change of it was handled.
    handled: bool,
}

impl<B: ChangeFeed> Open<B> {
    pub(super) fn new(place: Place, feed: Feed<B>) -> Self {
        Open { place, feed, left: VecDeque::new(), page: None }
    }

    /// Reads a page, unless there is one with changes that are left, handles its changes, and writes the position.
    pub(super) async fn step<S, U, E, F, W>(
        &mut self,
        client: Client<'_, B>,
        lease: Duration,
        handler: &mut F,
    ) -> Result<Consumed, ConsumerError<E>>
    where
        S: Schema,
        U: UnknownItems,
        F: FnMut(ChangeOf<S, B, U>) -> W,
        W: Future<Output = Result<(), E>>,
    {
        let mut done = Consumed::default();
        if self.page.is_none() {
            let ChangePage { changes, position, is_caught_up, cost } =
                self.feed.next(client).await?;
            self.left = changes.into();
            self.page = Some(Ended { position, is_caught_up, handled: false });
            done.cost = cost;
        }
        while let Some(stored) = self.left.front() {
            if let Some(change) = decode::<S, B, U>(stored).at(client.origin)? {
                self.place.keep(client, lease).await.at(client.origin)?;
                let (id, key) = (stored.id().to_owned(), stored.key().clone());
                if let Err(error) = handler(change).await {
                    return Err(ConsumerError::Handler { id, key, error });
                }
                done.changes += 1;
                if let Some(page) = &mut self.page {
                    page.handled = true;
                }
            }
            self.left.pop_front();
        }
        let Some(Ended { position, is_caught_up, handled }) = &self.page else { return Ok(done) };
        done.is_caught_up = *is_caught_up;
        // Where the lease is renewed, the position is in the same write. So what consumers write themselves does not leave it
        // behind in a feed that keeps a number of changes.
        let is_due = self.place.is_due(client, lease);
        if *handled || is_due || self.place.is_old(client, position) {
            self.place.save(client, position, lease).await.at(client.origin)?;
        }
        self.page = None;
        Ok(done)
    }
}

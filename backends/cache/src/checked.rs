//! `Checked`: a cache whose parts have been checked.

use crate::policy::Kept;
use crate::shared::{Shared, Times};
use crate::store::SharedStore;
use std::marker::PhantomData;
use std::time::Duration;

/// A cache whose parts are all as they have to be.
pub(crate) struct Checked<I, R> {
    pub(crate) bytes: Option<u64>,
    pub(crate) at_most: Option<Duration>,
    pub(crate) kept: Vec<Kept>,
    pub(crate) name: String,
    store: Option<R>,
    pub(crate) times: Times,
    item: PhantomData<fn() -> I>,
}

impl<I, R: SharedStore> Checked<I, R> {
    pub(crate) fn new(
        kept: Vec<Kept>,
        bytes: Option<u64>,
        at_most: Option<Duration>,
        name: String,
        store: Option<R>,
        times: Times,
    ) -> Self {
        Checked { bytes, at_most, kept, name, store, times, item: PhantomData }
    }

    pub(crate) fn take_shared(&mut self) -> Option<Shared<R>> {
        self.store.take().map(|store| Shared::new(store, self.times))
    }
}

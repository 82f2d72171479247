//! What the cache is told of writes that were not made through it.

use crate::cached::Cached;
use crate::entry::version_text;
use crate::process::Written;
use crate::store::{Effect, SharedStore, Wrote};
use monotable_core::backend::Portable;
use monotable_core::change::{
    AnyChange, Change, ChangeFeed, ChangePage, Latest, OpenChanges, StoredChange,
};
use monotable_core::request::PrimaryKey;
use monotable_core::schema::{Entity, Schema, Visit};
use monotable_core::{Backend, Result};

/// A change of which a cache can be told: [`Change`] and [`Latest`] of a table.
pub trait Applies: AnyChange {
    /// The version that the item got, if the feed tells of all changes, and the change made it greater.
    #[doc(hidden)]
    fn version(&self) -> Option<u64>;
}

impl<S: Schema> Applies for Change<S> {
    fn version(&self) -> Option<u64> {
        let new = self.new_item()?.visit(Version).filter(|version| *version > 0)?;
        // Who has changed the item and not its version has not told by the version that there is a newer one.
        let old = self.old_item().and_then(|old| old.visit(Version));
        old.is_none_or(|old| old < new).then_some(new)
    }
}

impl<S: Schema> Applies for Latest<S> {
    /// Deletions are not told here, so a version that is greater can still be older.
    fn version(&self) -> Option<u64> {
        None
    }
}

struct Version;

impl Visit for Version {
    type Output = Option<u64>;

    fn entity<E: Entity>(self, entity: &E) -> Option<u64> {
        E::DEF.rules.version.map(|_| entity.version())
    }
}

impl<B: Backend<Item: Portable>, R: SharedStore> Cached<B, R> {
    /// Tells the cache of a change of the table, whoever has made it: what is kept of the item is removed, unless it is known
    /// to be as new. Call it in the handler of a [consumer](monotable_core::Table::consumer), or of the stream events of a
    /// function. Telling a change twice, or late, does no harm.
    ///
    /// If the cache has a shared store, one program has to tell it. A layer in the process is that of the process which
    /// calls this.
    ///
    /// Code for any backend asks for `B: Backend<Item: Portable>`, with [`Portable`]:
    ///
    /// ```
    /// use monotable::backend::Portable;
    /// use monotable::cache::{Cached, SharedStore};
    /// use monotable::{Backend, Change, Schema};
    ///
    /// async fn tell<S: Schema, B, R>(cache: &Cached<B, R>, changes: &[Change<S>])
    /// where
    ///     B: Backend<Item: Portable>,
    ///     R: SharedStore,
    /// {
    ///     for change in changes {
    ///         cache.apply(change).await;
    ///     }
    /// }
    /// ```
    ///
    /// # Example: forget what another program has written
    ///
    /// ```
    /// # use monotable::cache::Cache;
    /// # use monotable::change::{Change, ChangeKind};
    /// # use monotable::prelude::*;
    /// # use serde::{Deserialize, Serialize};
    /// # use std::time::Duration;
    /// # #[derive(Debug, Table)]
    /// # enum Shop { Customer(Customer) }
    /// # #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "CUSTOMER")]
    /// # struct Customer { id: String, name: String }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> monotable::Result<()> {
    /// # let backend = Embedded::in_memory();
    /// # let cache = Cache::in_process(1 << 20).entity::<Customer>(Duration::from_secs(60));
    /// # let ada = Customer { id: "C1".into(), name: "Ada".into() };
    /// # let eve = Customer { id: "C1".into(), name: "Eve".into() };
    /// let shop = Shop::on(backend.clone().cached(cache)?);
    /// ada.put().send(&shop).await?;
    /// Customer::get("C1").send(&shop).await?;
    ///
    /// // Another program writes, and the change arrives here.
    /// eve.put().send(&Shop::on(backend)).await?;
    /// # let (old, new) = (Shop::Customer(ada), Shop::Customer(eve.clone()));
    /// # let key = new.primary_key()?;
    /// # let change = Change::new("1", None, key, ChangeKind::Updated { old, new });
    /// shop.backend().apply(&change).await;
    /// assert_eq!(Customer::get("C1").send(&shop).await?, Some(eve));
    /// # Ok(()) }
    /// ```
    pub async fn apply(&self, change: &impl Applies) {
        self.forget_before(change.key(), change.version()).await;
    }

    /// Removes what is kept of an item, in the shared store and in this process. Call it for writes of which there is no
    /// [change](Cached::apply) to tell. The key is the stored one, from [`Key::render`](monotable_core::Key::render).
    ///
    /// ```
    /// # use monotable::cache::Cache;
    /// # use monotable::prelude::*;
    /// # use serde::{Deserialize, Serialize};
    /// # use std::time::Duration;
    /// # #[derive(Debug, Table)]
    /// # enum Shop { Customer(Customer) }
    /// # #[derive(Debug, Serialize, Deserialize, Entity)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "CUSTOMER")]
    /// # struct Customer { id: String }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> monotable::Result<()> {
    /// # let cache = Cache::in_process(1 << 20).entity::<Customer>(Duration::from_secs(60));
    /// # let shop = Shop::on(Embedded::in_memory().cached(cache)?);
    /// # Customer::get("C1").send(&shop).await?;
    /// shop.backend().forget(&Customer::key("C1").render()?).await;
    /// # assert_eq!(shop.backend().stats().invalidations, 1);
    /// # Ok(()) }
    /// ```
    #[doc(alias = "invalidate")]
    #[doc(alias = "evict")]
    pub async fn forget(&self, key: &PrimaryKey) {
        self.forget_before(key, None).await;
    }

    async fn forget_before(&self, key: &PrimaryKey, version: Option<u64>) {
        let inner = &*self.inner;
        let mut effect = Effect::Left;
        if let Some(shared) = &inner.shared {
            let text = version.map(|version| version_text(Some(version)));
            let wrote = text.as_deref().map_or(Wrote::Something, Wrote::Before);
            effect = shared.wrote(self.now(), &inner.counters, &inner.key(key), wrote).await;
        }
        if let Some(process) = &inner.process {
            effect = process.wrote(key, version.map_or(Written::Something, Written::Before));
        }
        self.count_effect(effect, key);
    }
}

impl<B: ChangeFeed + Backend<Item: Portable>, R: SharedStore> ChangeFeed for Cached<B, R> {
    type Mode = B::Mode;
    type Reader = B::Reader;

    async fn open_changes(&self, request: OpenChanges) -> Result<B::Reader> {
        self.inner.check(request.table)?;
        self.backend.open_changes(request).await
    }

    async fn next_changes(&self, reader: &mut B::Reader) -> Result<ChangePage<StoredChange<Self>>> {
        self.backend.next_changes(reader).await
    }
}

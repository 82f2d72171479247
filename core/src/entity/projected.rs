//! `Projected`: an entry of an index that does not project whole items.

use super::key::Key;
use super::projection::Attributes;
use crate::backend::Readable;
use crate::error::Result;
use crate::field::{Decode, Field, FieldDef, InKey, ReadFrom};
use crate::schema::{Entity, Index, IndexKeys, On, Schema as _, TextKeys};
use std::fmt;
use std::marker::PhantomData;

/// An entry of index `I`, which does not project whole items: from a query of entity `E` on the index.
///
/// It has the primary key of the item, the texts of its key on the index, and the attributes that the index
/// includes. [`hydrate`](crate::Query::hydrate) of the query reads the whole items instead.
///
/// # Example: what an index includes
///
/// ```
/// use monotable::prelude::*;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Index)]
/// #[index(projection = include(total))]
/// struct ByStatus;
///
/// #[derive(Table)]
/// #[table(indexes(ByStatus))]
/// enum Shop {
///     Order(Order),
/// }
///
/// #[derive(Serialize, Deserialize, Entity)]
/// #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
/// #[access(by_status, index = ByStatus, pk = "STATUS#{status}", sk = "{order_id}")]
/// struct Order {
///     order_id: u32,
///     status: String,
///     total: u32,
///     note: Option<String>,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> monotable::Result<()> {
/// # let shop = Shop::on(Embedded::in_memory());
/// # let note = Some("call first".to_owned());
/// # Order { order_id: 7, status: "paid".into(), total: 990, note }.put().send(&shop).await?;
/// let entry = Order::by_status("paid").one(&shop).await?;
/// assert_eq!(entry.get(Order::TOTAL)?, 990);
/// // The fields of the primary key are there, too.
/// assert_eq!(entry.get(Order::ORDER_ID)?, 7);
///
/// // `entry.get(Order::NOTE)` does not compile. The whole item has the note.
/// let order = entry.into_key().get().send(&shop).await?;
/// assert_eq!(order.unwrap().note.as_deref(), Some("call first"));
/// # Ok(()) }
/// ```
#[doc(alias("KEYS_ONLY", "INCLUDE"))]
pub struct Projected<E: Entity, I> {
    key: Key<E>,
    attributes: Attributes<E>,
    index: PhantomData<fn() -> I>,
}

impl<E: Entity, I: Index> Projected<E, I> {
    /// The entry with these attributes.
    pub(crate) fn of_entry<D: Readable>(
        item: &mut D,
        attributes: impl FnOnce(&mut D) -> Result<Attributes<E>>,
    ) -> Result<Self> {
        // The key is read first, because what is decoded may be moved out of the item.
        let key = Key::of_item(item)?;
        Ok(Projected { key, attributes: attributes(item)?, index: PhantomData })
    }

    /// Returns the value of a field that the index includes, or that is part of the primary key. A place inside of a
    /// field does not compile: its value is in that of the field.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the stored value is not of the field's type.
    pub fn get<F, T>(&self, field: Field<E, F, T>) -> Result<T>
    where
        F: FieldDef<T, Codec: Decode<T>, Role: ReadFrom<I::Projection, F, T>>,
    {
        self.attributes.get(&field)
    }
}

impl<E: Entity, I: Index<Keys = TextKeys>> Projected<E, I> {
    /// Returns the partition key and the sort key of the entry on the index, as they are stored. If the keys of the
    /// index are attributes, there are no such texts.
    pub fn index_key(&self) -> (&str, &str) {
        // An item without them has no entry.
        let text = |name| self.attributes.text(name).unwrap_or_default();
        match E::Table::DEF.index_keys(I::DEF) {
            IndexKeys::Texts { pk, sk } => (text(pk), text(sk)),
            IndexKeys::Attributes(_) => ("", ""),
        }
    }
}

impl<E: On<I>, I: Index> Projected<E, I> {
    /// Returns the value of a field that is a part of the entity's key on the index, from the text of the key. A time
    /// that the template cuts off, such as `{placed_at:s}`, is returned as it is in the key.
    ///
    /// ```
    /// # use monotable::prelude::*;
    /// # use serde::{Deserialize, Serialize};
    /// #[derive(Index)]
    /// #[index(projection = keys_only)]
    /// struct ByStatus;
    ///
    /// # #[derive(Table)]
    /// # #[table(indexes(ByStatus))]
    /// # enum Shop { Order(Order) }
    /// #[derive(Serialize, Deserialize, Entity)]
    /// #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
    /// #[access(by_status, index = ByStatus, pk = "STATUS#{status}", sk = "{total:desc}")]
    /// struct Order {
    ///     order_id: u32,
    ///     status: String,
    ///     total: u32,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> monotable::Result<()> {
    /// # let shop = Shop::on(Embedded::in_memory());
    /// # Order { order_id: 7, status: "paid".into(), total: 990 }.put().send(&shop).await?;
    /// let entry = Order::by_status("paid").one(&shop).await?;
    /// assert_eq!(entry.key_part(Order::TOTAL)?, 990);
    /// assert_eq!(entry.key().parts(), &(7,));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the key was not written by this entity's templates.
    pub fn key_part<F: FieldDef<T> + InKey<I>, T>(&self, field: Field<E, F, T>) -> Result<T> {
        self.attributes.part_of([E::PK, E::SK], E::INDEX, &field)
    }
}

impl<E: Entity, I> Projected<E, I> {
    /// Returns the primary key of the item.
    pub fn key(&self) -> &Key<E> {
        &self.key
    }

    /// Returns the primary key of the item, to read, change or delete it.
    pub fn into_key(self) -> Key<E> {
        self.key
    }
}

impl<E: Entity, I> Clone for Projected<E, I> {
    fn clone(&self) -> Self {
        let (key, attributes) = (self.key.clone(), self.attributes.clone());
        Projected { key, attributes, index: PhantomData }
    }
}

/// An entry is compared with the key of its item, so that a test can compare a query's result with keys.
impl<E: Entity<Key: PartialEq>, I> PartialEq<Key<E>> for Projected<E, I> {
    fn eq(&self, key: &Key<E>) -> bool {
        self.key == *key
    }
}

impl<E: Entity, I> fmt::Debug for Projected<E, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Projected")
            .field("key", &self.key)
            .field("attributes", &self.attributes)
            .finish()
    }
}

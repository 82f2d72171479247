//! Entities and their fields.

use crate::access::{Ended, Query, read_entity};
use crate::error::{Error, Kind, Result};
use crate::item::Item;
use crate::key::{KeyParts, PartValue};
use crate::record::{Delete, GetMany, Key, Prepared};
use crate::request::PrimaryKey;
use crate::schema::{EntityDef, IndexDef, Schema};
use crate::value::{Value, ValueError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::{Ready, ready};

/// A struct that is stored as items of a table; implemented by `#[derive(Entity)]`.
///
/// The methods are what generated code answers to core. Users meet the functions that the derive
/// adds to the struct itself (`Order::get`, `Order::key`, one for each access pattern) and those
/// of [`Record`](crate::Record).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity: derive `Entity` for it",
    label = "not an entity"
)]
pub trait Entity: Send + Sync + Sized + 'static {
    /// The table that it lives in.
    type Table: Holds<Self>;
    /// The distinct parts of its primary key, in template order, as a tuple.
    type Key: Clone + Send + Sync + 'static;
    /// What serde writes and reads: the entity itself.
    ///
    /// Not a supertrait, because that is asked for wherever the entity is named: an entity without
    /// serde's derives would be reported many times, and so it is once.
    #[doc(hidden)]
    type Stored: Serialize + DeserializeOwned;
    /// What its writes have to keep: [`Free`](crate::field::role::Free) and its kin.
    #[doc(hidden)]
    type Rules;
    /// Its keys as data.
    const DEF: &'static EntityDef;

    /// Whether a part of the primary key is stored through a serde function of its own, which may
    /// lose some of it.
    #[doc(hidden)]
    const KEY_IS_CONVERTED: bool = false;

    /// A field as a key part; `None` if it is absent.
    #[doc(hidden)]
    fn part(&self, field: u16) -> Option<&dyn PartValue>;
    /// A field of the primary key as a key part.
    #[doc(hidden)]
    fn key_part(key: &Self::Key, field: u16) -> Option<&dyn PartValue>;
    /// The primary key's parts.
    #[doc(hidden)]
    fn to_key(&self) -> Self::Key;
    /// The primary key's parts, read back from their texts.
    #[doc(hidden)]
    fn read_key(parts: &KeyParts<'_>) -> Result<Self::Key>;
    /// Whether the `when(..)` of an index key holds as far as one field decides it; `index` counts
    /// in `DEF.indexes`, and the field is one of those that the key's `when` lists.
    #[doc(hidden)]
    fn when(&self, index: usize, field: u16) -> bool {
        let _ = (index, field);
        true
    }
    /// What is stored for the value that serde fills in for a field that is not stored.
    #[doc(hidden)]
    fn default_value(field: u16) -> Option<Result<Value, ValueError>> {
        let _ = field;
        None
    }
    /// The version, of an entity that has one.
    #[doc(hidden)]
    fn version(&self) -> u64 {
        0
    }
    /// When it expires, of an entity that does: in seconds since 1970.
    #[doc(hidden)]
    fn expires(&self) -> Option<i64> {
        None
    }

    /// Reads an item as this entity, and as no other.
    #[doc(hidden)]
    fn read<D: Item>(item: &D) -> Result<Self> {
        read_entity(&mut item.clone())
    }

    /// Reads many items by their keys.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let ids = ["ORD-002", "ORD-007"];
    /// let many = Order::get_many(ids.map(|id| Order::key("C001", id))).send(&shop).await?;
    /// assert_eq!(many.missing, [Order::key("C001", "ORD-007")]);
    /// assert_eq!(many.found().len(), 1);
    /// # Ok(()) }) }
    /// ```
    fn get_many(keys: impl IntoIterator<Item = Key<Self>>) -> GetMany<Self> {
        GetMany::new(keys)
    }

    /// The delete of this item with its unique guards, if it has some.
    #[doc(hidden)]
    fn guarded_delete<I: Item>(&self) -> Result<Option<Prepared<I>>> {
        if Self::DEF.rules.unique.is_empty() {
            return Ok(None);
        }
        Delete::loaded(self).prepare().map(Some)
    }

    /// The primary key as it is stored.
    #[doc(hidden)]
    fn rendered_key(&self) -> Result<PrimaryKey> {
        Key::<Self>::new(self.to_key()).render()
    }

    #[doc(hidden)]
    fn stored(&self) -> &Self::Stored;
    #[doc(hidden)]
    fn from_stored(stored: Self::Stored) -> Self;

    // What newcomers try first. Bounded by a trait that nothing implements, so that the compiler
    // says why there is no scan instead of "not an iterator".
    #[doc(hidden)]
    fn all<T>(_: T) -> Ready<Result<Vec<Self>>>
    where
        Self: Scan,
    {
        ready(Err(no_scan()))
    }
    #[doc(hidden)]
    fn scan<T>(_: T) -> Ready<Result<Vec<Self>>>
    where
        Self: Scan,
    {
        ready(Err(no_scan()))
    }
    #[doc(hidden)]
    fn filter<T>(_: T) -> Query<Self, Ended>
    where
        Self: Scan,
    {
        Query::failed(no_scan())
    }
}

fn no_scan() -> Error {
    Error::new(Kind::Unsupported, "there is no scan")
}

/// Implemented by nothing: there is no scan.
#[diagnostic::on_unimplemented(
    message = "there is no scan: read `{Self}` by its key, or declare an access pattern for what you need",
    label = "would read the whole table",
    note = "an access pattern is declared on the struct: `#[access(by_.., index = .., pk = \"..\", sk = \"..\")]`"
)]
#[doc(hidden)]
pub trait Scan {}

/// Implemented by nothing: a query is run by what is wanted of it.
#[diagnostic::on_unimplemented(
    message = "a query of `{Self}` is run by what you want of it: `.all(&table)`, `.page(&table)`, `.first(&table)`, `.stream(&table)` or `.count(&table)`",
    label = "not run yet"
)]
#[doc(hidden)]
pub trait RunBySend {}

/// A table that has a variant for entity `E`; implemented by `#[derive(Table)]`.
#[diagnostic::on_unimplemented(
    message = "table `{Self}` does not hold `{E}`: add the variant `{E}({E})` to the enum, which derives `Table`",
    label = "does not hold `{E}`",
    note = "every entity of a table is a variant of the table's enum"
)]
pub trait Holds<E>: Schema {}

/// The table that an entity names as its own, as seen by a table `S` that lists the entity: the
/// two are the same.
#[diagnostic::on_unimplemented(
    message = "`{E}` says `table = {Self}`, but it is a variant of table `{S}`: change its `table`, or remove the variant",
    label = "lives in table `{Self}`"
)]
#[doc(hidden)]
pub trait IsTable<S, E> {
    /// For the derives: naming it is asking for the implementation.
    const IS: () = ();
}
#[diagnostic::do_not_recommend]
impl<S, E> IsTable<S, E> for S {}

/// A table that has index `I`; implemented by `#[derive(Table)]`.
#[diagnostic::on_unimplemented(
    message = "`{I}` is not an index of table `{Self}`: list it there, `#[table(indexes({I}))]`",
    label = "not in the table's `indexes(..)`"
)]
pub trait Lists<I> {
    /// The index.
    const INDEX: &'static IndexDef;
}

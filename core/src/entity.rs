//! Entities and their fields.

use crate::access::{Ended, Query, read_entity};
use crate::error::{Error, Kind, Result};
use crate::item::Item;
use crate::key::{KeyParts, PartValue};
use crate::record::Key;
use crate::request::PrimaryKey;
use crate::schema::{EntityDef, IndexDef, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::future::{Ready, ready};
use std::marker::PhantomData;

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
    /// Whether the `when(..)` of an index key holds; `index` counts in `DEF.indexes`.
    #[doc(hidden)]
    fn is_indexed(&self, index: usize) -> bool {
        let _ = index;
        true
    }

    /// Reads an item as this entity, and as no other.
    #[doc(hidden)]
    fn read<D: Item>(item: &D) -> Result<Self> {
        read_entity(item)
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

/// What the derive knows of a field, on a marker type of the field's name.
pub trait FieldDef: 'static {
    /// The entity that has the field.
    type Entity;
    /// The field's type.
    type Type;
    /// The field's stored name.
    const NAME: &'static str;
    /// The field's position in the struct.
    const FIELD: u16;
}

/// A field of an entity, as a value: `Order::STATUS`.
pub struct Field<E, F>(PhantomData<fn() -> (E, F)>);

impl<E, F> Field<E, F> {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    #[allow(clippy::new_without_default, reason = "a constant, made by the derive only")]
    pub const fn new() -> Self {
        Field(PhantomData)
    }
}

impl<E, F: FieldDef<Entity = E>> Field<E, F> {
    /// The attribute that holds the field.
    #[must_use]
    pub const fn name(self) -> &'static str {
        F::NAME
    }
}

impl<E, F> Clone for Field<E, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, F> Copy for Field<E, F> {}

impl<E, F: FieldDef<Entity = E>> fmt::Debug for Field<E, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", F::NAME)
    }
}

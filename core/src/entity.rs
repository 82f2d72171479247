//! Entities and their fields.

use crate::access::{Ended, Query};
use crate::error::{Error, Kind, Result};
use crate::key::{KeyParts, PartValue};
use crate::schema::{EntityDef, Schema};
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
    message = "`{Self}` is not an entity",
    label = "not an entity",
    note = "derive `Entity` for it"
)]
pub trait Entity: Serialize + DeserializeOwned + Send + Sync + Sized + 'static {
    /// The table that it lives in.
    type Table: Schema;
    /// The distinct parts of its primary key, in template order, as a tuple.
    type Key: Clone + Send + Sync + 'static;
    /// Its keys as data.
    const DEF: &'static EntityDef;

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
    message = "there is no scan: `{Self}` is read by key or by an access pattern",
    label = "would read the whole table",
    note = "declare the access pattern you need: `#[access(by_.., index = .., pk = \"..\", sk = \"..\")]`"
)]
#[doc(hidden)]
pub trait Scan {}

/// A table that has a variant for entity `E`; implemented by `#[derive(Table)]`.
#[diagnostic::on_unimplemented(
    message = "`{E}` says `table = {Self}`, but `{Self}` has no variant that holds it",
    label = "add the variant `{E}({E})` to this table",
    note = "every entity of a table is a variant of the table's enum"
)]
pub trait Holds<E> {}

/// A table that has index `I`; implemented by `#[derive(Table)]`.
#[diagnostic::on_unimplemented(
    message = "`{I}` is not an index of table `{Self}`",
    label = "not in the table's `indexes(..)`",
    note = "list it: `#[table(indexes({I}))]`"
)]
pub trait Lists<I> {}

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

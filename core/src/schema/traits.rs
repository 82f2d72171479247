//! The traits of entities and of tables. They refer to each other, so they are in one file.

use super::def::{EntityDef, IndexDef, TableDef};
use super::space::SpaceDef;
use super::stamp::Stamp;
use super::workflow::InState;
use crate::error::Result;
use crate::key::{KeyTuple, PartValue};
use crate::value::{Value, ValueError};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;

/// A struct that is stored as items of a table. `#[derive(Entity)]` implements it.
///
/// The derive also adds functions to the struct itself: `Order::key`, `Order::get`, and one for each
/// access pattern. The requests that every entity has are those of [`EntityExt`](crate::EntityExt).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity: derive `Entity` for it, or take the entity out of it first",
    label = "not an entity",
    note = "requests begin at the entity itself, and not at an `Option`, a list or a table of entities"
)]
pub trait Entity: EntityImpl + Send + Sync + 'static {
    /// The table that its items are in.
    type Table: Holds<Self>;
    /// What serde writes and reads: the entity itself.
    ///
    /// serde's traits are bounds of this type and not supertraits. The compiler checks supertraits
    /// wherever the entity is named, and would report an entity without serde's derives many times.
    #[doc(hidden)]
    type Stored: Serialize + DeserializeOwned + Itself<Self>;
    /// The rules that its writes follow: [`Free`](crate::field::role::Free) or another type of that
    /// module.
    #[doc(hidden)]
    type Rules;
    /// The [`Shape`](super::Shape) of its partition key.
    #[doc(hidden)]
    type Partition;
    /// Its keys as data.
    const DEF: &'static EntityDef;
}

/// Gives core access to the values of an entity. The derive implements it. Not public API.
///
/// It is a separate trait outside the prelude, so that its methods do not appear as methods of users'
/// structs.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity: derive `Entity` for it, or take the entity out of it first",
    label = "not an entity",
    note = "requests begin at the entity itself, and not at an `Option`, a list or a table of entities"
)]
pub trait EntityImpl: Sized {
    /// The distinct parts of its primary key, in template order, as a tuple.
    type Key: KeyTuple;
    /// Whether a field of the primary key has its own serde function, which may lose some of its
    /// value.
    const KEY_IS_CONVERTED: bool = false;
    /// The same of a unique field.
    const GUARD_IS_CONVERTED: bool = false;

    /// Returns a field as a key part, or `None` if it is absent.
    fn part(&self, field: u16) -> Option<&dyn PartValue>;
    /// Returns the functions that write and read the parts of the primary key.
    fn key_fns() -> <Self::Key as KeyTuple>::Fns;
    /// Returns the parts of the primary key. Its name has no `key` in it, because the compiler would suggest
    /// it for `entity.key()`, and not `primary_key`.
    fn identity(&self) -> Self::Key;
    /// Returns whether one field satisfies its part of the `when(..)` of an index key. `index` is a
    /// place in `DEF.indexes`, and the field is one that the `when` lists.
    fn when(&self, index: usize, field: u16) -> bool {
        let _ = (index, field);
        true
    }
    /// Returns the stored form of the value that serde fills in for a field that is not stored.
    fn default_value(field: u16) -> Option<Result<Value, ValueError>> {
        let _ = field;
        None
    }
    /// Returns the version, if the entity has one.
    fn version(&self) -> u64 {
        0
    }
    /// Returns the value that a write at the time `now` gives to a field of `created = ..` or
    /// `updated = ..`.
    fn stamp(field: u16, now: Timestamp) -> Option<Result<Stamp, ValueError>> {
        let _ = (field, now);
        None
    }
    /// Returns when the item expires, in seconds since 1970, if it expires.
    fn expires(&self) -> Option<i64> {
        None
    }
    /// Returns the states that the entity is in, of its fields that are workflows.
    fn in_workflows(&self) -> Vec<InState> {
        Vec::new()
    }
    /// Calls `visit` with the key space of the entity, if it shares its keys.
    fn in_space<V: VisitSpace>(visit: V) -> Option<V::Output> {
        let _ = visit;
        None
    }
}

/// Implemented for each type `E` as the same type: [`Entity::Stored`] is the entity.
#[doc(hidden)]
pub trait Itself<E>: Sized {
    /// Returns the same value. It has no usual name, because the compiler proposes the trait to programs that call
    /// one.
    fn from_entity(entity: &E) -> &Self;
    /// Returns the same value.
    fn into_entity(self) -> E;
}

impl<E> Itself<E> for E {
    fn from_entity(entity: &E) -> &E {
        entity
    }
    fn into_entity(self) -> E {
        self
    }
}

/// A table as a type. `#[derive(Table)]` on the enum of its entities implements it.
///
/// Its functions are those of [`SchemaExt`](crate::SchemaExt).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table: derive `Table` on an enum with one variant for each entity",
    label = "not a table"
)]
pub trait Schema: SchemaImpl + Send + 'static {
    /// The table as data.
    const DEF: &'static TableDef;
    /// [`Escaped`](crate::key::Escaped) or [`Raw`](crate::key::Raw): the encoding of text in keys.
    type Encoding;
}

/// Returns the table of an entity, for its checks.
#[doc(hidden)]
#[must_use]
pub const fn table_of<E: Entity>() -> &'static TableDef {
    <E::Table as Schema>::DEF
}

/// Gives core access to the variants of a table's enum. The derive implements it. Not public API.
#[doc(hidden)]
pub trait SchemaImpl: Sized {
    /// Calls `visit` with the entity in this variant.
    fn visit<V: Visit>(&self, visit: V) -> V::Output;
    /// Returns the variant of the entity at this place in [`TableDef::entities`].
    #[allow(clippy::missing_errors_doc)]
    fn make<M: Make>(entity: usize, make: M) -> Result<Self>;
}

/// A function of an entity of any type.
#[doc(hidden)]
pub trait Visit {
    /// The type that it returns.
    type Output;
    /// Calls the function.
    fn entity<E: Entity>(self, entity: &E) -> Self::Output;
}

/// A function that makes an entity of any type.
#[doc(hidden)]
pub trait Make {
    /// Calls the function.
    #[allow(clippy::missing_errors_doc)]
    fn entity<E: Entity>(self) -> Result<E>;
}

/// Refers to the entity `E` by its [`Entity::Stored`], for the derive of a table. So a type that is not
/// an entity is reported once only.
#[doc(hidden)]
pub trait Variant<E> {
    /// Calls `visit`.
    fn visit<V: Visit>(entity: &E, visit: V) -> V::Output;
    /// Calls `make`.
    #[allow(clippy::missing_errors_doc)]
    fn make<M: Make>(make: M) -> Result<E>;
}

#[diagnostic::do_not_recommend]
impl<E: Entity> Variant<E> for E {
    fn visit<V: Visit>(entity: &E, visit: V) -> V::Output {
        visit.entity(entity)
    }
    fn make<M: Make>(make: M) -> Result<E> {
        make.entity()
    }
}

/// A table that has a variant for entity `E`. `#[derive(Table)]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table that holds `{E}`: derive `Table` for the enum `{Self}` and give it the variant `{E}({E})`, or name another table",
    label = "does not hold `{E}`",
    note = "every entity of a table is a variant of the table's enum"
)]
pub trait Holds<E>: Schema {}

/// Requires that a table `S` with a variant for entity `E` is the table that `E` names in its
/// `table = ..`. The two have to be the same type.
#[diagnostic::on_unimplemented(
    message = "`{E}` says `table = {Self}`, but it is a variant of table `{S}`: change its `table`, or remove the variant",
    label = "belongs to table `{Self}`"
)]
#[doc(hidden)]
pub trait IsTable<S, E> {
    /// A constant for the derives. Code that names it requires the implementation.
    const IS: () = ();
}
#[diagnostic::do_not_recommend]
impl<S, E> IsTable<S, E> for S {}

/// A table that has index `I`. `#[derive(Table)]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{I}` is not an index of table `{Self}`: list it there, `#[table(indexes({I}))]`",
    label = "not in the table's `indexes(..)`"
)]
pub trait Lists<I> {
    /// The index as data.
    const INDEX: &'static IndexDef;
}

/// An enum of entities that share their primary keys. `#[derive(KeySpace)]` implements it.
///
/// The derive also adds functions to the enum: `Account::key` and `Account::get`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key space: derive `KeySpace` for an enum with a variant for each entity that shares its keys",
    label = "not a key space"
)]
pub trait KeySpace: KeySpaceImpl + Send + Sync + 'static {
    /// The table of its entities.
    type Table: Schema;
    /// The entity of the first variant, whose templates write the keys.
    #[doc(hidden)]
    type First: Entity<Table = Self::Table>;
    /// The key space as data.
    const DEF: &'static SpaceDef;
}

/// Gives core access to the variants. The derive implements it. Not public API.
#[doc(hidden)]
pub trait KeySpaceImpl: Sized {
    /// Calls `visit` with the entity in this variant.
    fn visit<V: Visit>(&self, visit: V) -> V::Output;
    /// Returns the variant of the entity at this place in [`SpaceDef::members`].
    #[allow(clippy::missing_errors_doc)]
    fn make<M: Make>(entity: usize, make: M) -> Result<Self>;
    /// Returns the entity in this variant.
    fn entity(&self) -> &(dyn Any + Send + Sync);
}

/// A function of a key space of any type.
#[doc(hidden)]
pub trait VisitSpace {
    /// The type that it returns.
    type Output;
    /// Calls the function.
    fn space<S: KeySpace>(self) -> Self::Output;
}

/// A key space that has a variant for entity `E`. `#[derive(KeySpace)]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{E}` says `shares = {Self}`, but `{Self}` is no key space that holds `{E}`: derive `KeySpace` for the enum `{Self}` and give it the variant `{E}({E})`",
    label = "does not hold `{E}`",
    note = "every entity of a key space is a variant of its enum"
)]
#[doc(hidden)]
pub trait HoldsShared<E> {
    /// The key space as data.
    const DEF: &'static SpaceDef;
    /// Calls `visit`.
    fn visit<V: VisitSpace>(visit: V) -> V::Output;
}

/// An entity that says `shares = S`. `#[derive(Entity)]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a variant of key space `{S}`, but does not share its keys: add `shares = {S}` to its `#[entity(..)]`, or remove the variant",
    label = "does not say `shares = {S}`"
)]
#[doc(hidden)]
pub trait Shares<S> {
    /// The name of its items.
    const NAME: &'static str;
}

/// Implemented by all types: requires that two entities of a key space are in the same table.
#[diagnostic::on_unimplemented(
    message = "`{E}` is in table `{Self}`, and the first entity of its key space is in table `{S}`: all entities of a key space are in one table",
    label = "belongs to table `{Self}`"
)]
#[doc(hidden)]
pub trait SameTableAs<S, E> {
    /// A constant for the derives. Code that names it requires the implementation.
    const IS: () = ();
}
#[diagnostic::do_not_recommend]
impl<S, E> SameTableAs<S, E> for S {}

/// A list, whatever `Vec` means where the generated code is.
#[doc(hidden)]
pub type List<T> = Vec<T>;

/// Returns the elements as a list, whatever traits are in scope where the generated code is.
#[doc(hidden)]
#[must_use]
pub fn list<T, const N: usize>(elements: [T; N]) -> List<T> {
    elements.into()
}

/// Returns the entity in a `Box`. Generated code calls it for a variant that holds one, whatever `Box` means
/// where the code is.
#[doc(hidden)]
pub fn boxed<E>(entity: E) -> Box<E> {
    Box::new(entity)
}

//! Entities and tables as types. Each names the other, so they stand in one file.

use super::def::{EntityDef, IndexDef, TableDef};
use crate::error::Result;
use crate::key::{KeyParts, PartValue};
use crate::value::{Value, ValueError};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A struct that is stored as items of a table; implemented by `#[derive(Entity)]`.
///
/// The derive also adds functions to the struct itself: `Order::key`, `Order::get`, and one for each
/// access pattern. The requests that every entity has are those of [`EntityExt`](crate::EntityExt).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity: derive `Entity` for it",
    label = "not an entity"
)]
pub trait Entity: EntityImpl + Send + Sync + 'static {
    /// The table that it lives in.
    type Table: Holds<Self>;
    /// What serde writes and reads: the entity itself.
    ///
    /// Not a supertrait, because that is asked for wherever the entity is named: an entity without
    /// serde's derives would be reported many times, and so it is once.
    #[doc(hidden)]
    type Stored: Serialize + DeserializeOwned + Itself<Self>;
    /// What its writes have to keep: [`Free`](crate::field::role::Free) and its kin.
    #[doc(hidden)]
    type Rules;
    /// Its keys as data.
    const DEF: &'static EntityDef;
}

/// What the derive of an entity tells core about its values. Not public API.
///
/// A trait of its own, which is not in the prelude, so that its methods are no methods of users'
/// structs.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity: derive `Entity` for it",
    label = "not an entity"
)]
pub trait EntityImpl: Sized {
    /// The distinct parts of its primary key, in template order, as a tuple.
    type Key: Clone + Send + Sync + 'static;
    /// Whether a part of the primary key is stored through a serde function of its own, which may
    /// lose some of it.
    const KEY_IS_CONVERTED: bool = false;

    /// A field as a key part; `None` if it is absent.
    fn part(&self, field: u16) -> Option<&dyn PartValue>;
    /// A field of the primary key as a key part.
    fn key_part(key: &Self::Key, field: u16) -> Option<&dyn PartValue>;
    /// The primary key's parts.
    fn to_key(&self) -> Self::Key;
    /// The primary key's parts, read back from their texts.
    #[allow(clippy::missing_errors_doc)]
    fn read_key(parts: &KeyParts<'_>) -> Result<Self::Key>;
    /// Whether the `when(..)` of an index key holds as far as one field decides it; `index` counts
    /// in `DEF.indexes`, and the field is one of those that the key's `when` lists.
    fn when(&self, index: usize, field: u16) -> bool {
        let _ = (index, field);
        true
    }
    /// What is stored for the value that serde fills in for a field that is not stored.
    fn default_value(field: u16) -> Option<Result<Value, ValueError>> {
        let _ = field;
        None
    }
    /// The version, of an entity that has one.
    fn version(&self) -> u64 {
        0
    }
    /// When it expires, of an entity that does: in seconds since 1970.
    fn expires(&self) -> Option<i64> {
        None
    }
}

/// The type `E` by another name: [`Entity::Stored`] is the entity.
#[doc(hidden)]
pub trait Itself<E>: Sized {
    /// The same value.
    fn of(entity: &E) -> &Self;
    /// The same value.
    fn into_entity(self) -> E;
}

impl<E> Itself<E> for E {
    fn of(entity: &E) -> &E {
        entity
    }
    fn into_entity(self) -> E {
        self
    }
}

/// A table, as a type: implemented by `#[derive(Table)]` on the enum of its entities.
///
/// Its functions are those of [`SchemaExt`](crate::SchemaExt).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table: derive `Table` on an enum with one variant for each entity",
    label = "not a table"
)]
pub trait Schema: SchemaImpl + Send + 'static {
    /// The table as data.
    const DEF: &'static TableDef;
    /// [`Escaped`](crate::key::Escaped) or [`Raw`](crate::key::Raw): how text is written into keys.
    type Encoding;
}

/// The table of an entity, for its checks.
#[doc(hidden)]
#[must_use]
pub const fn table_of<E: Entity>() -> &'static TableDef {
    <E::Table as Schema>::DEF
}

/// What the derive of a table's enum tells core about its variants. Not public API.
#[doc(hidden)]
pub trait SchemaImpl: Sized {
    /// Calls `visit` with the entity in this variant.
    fn visit<V: Visit>(&self, visit: V) -> V::Output;
    /// The variant of the entity at this place in [`TableDef::entities`].
    #[allow(clippy::missing_errors_doc)]
    fn make<M: Make>(entity: usize, make: M) -> Result<Self>;
}

/// A function of an entity of any type.
#[doc(hidden)]
pub trait Visit {
    /// What it returns.
    type Output;
    /// The function.
    fn entity<E: Entity>(self, entity: &E) -> Self::Output;
}

/// A function that makes an entity of any type.
#[doc(hidden)]
pub trait Make {
    /// The function.
    #[allow(clippy::missing_errors_doc)]
    fn entity<E: Entity>(self) -> Result<E>;
}

/// The entity `E` by its [`Entity::Stored`], for the derive of a table: what is no entity has none,
/// and is reported once.
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

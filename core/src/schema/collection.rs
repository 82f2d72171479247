//! What `#[derive(Collection)]` declares, as const data.

use super::def::{EntityDef, IndexDef, TableDef};
use super::index::{On, QueryTarget};
use super::traits::{Entity, Schema};
use crate::key::Template;

/// How many items of an entity a member of a collection holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// A member of type `T`: exactly one.
    One,
    /// A member of type `Option<T>`: at most one.
    Optional,
    /// A member of type `Vec<T>`: any number.
    Many,
}

/// A member of a collection.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct MemberDef {
    /// The name of the field.
    pub field: &'static str,
    /// The entity whose items the member holds.
    pub entity: &'static EntityDef,
    /// The entity's key on the path of the collection: the templates of its partition key and sort key.
    pub key: [Template; 2],
    /// The place of this key in the entity's list of keys on indexes.
    pub(crate) at: usize,
    /// Whether items of other entities can be among those of the member.
    pub is_mixed: bool,
    /// The index that the key is on.
    pub(crate) index: Option<&'static IndexDef>,
    /// How many items it holds.
    pub count: Count,
    /// Whether it names the access pattern whose items it holds.
    pub(crate) is_named: bool,
}

impl MemberDef {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new<E: On<I>, I>(field: &'static str, count: Count) -> Self {
        let (key, index) = ([E::PK, E::SK], E::INDEX);
        MemberDef {
            field,
            entity: E::DEF,
            key,
            at: E::AT,
            is_mixed: E::IS_MIXED,
            index,
            count,
            is_named: false,
        }
    }

    /// Says that it names the access pattern. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn named(mut self) -> Self {
        self.is_named = true;
        self
    }
}

/// A collection.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CollectionDef {
    /// The name of the struct.
    pub name: &'static str,
    /// The table.
    pub table: &'static TableDef,
    /// The index that it is read from; `None` for the primary key.
    pub index: Option<&'static IndexDef>,
    /// The members, in the order of the struct.
    pub members: &'static [MemberDef],
}

impl CollectionDef {
    /// For the derives. `E` is the entity of the first member.
    #[doc(hidden)]
    #[must_use]
    pub const fn new<E: Entity, I: QueryTarget>(
        name: &'static str,
        members: &'static [MemberDef],
    ) -> Self {
        CollectionDef { name, table: <E::Table as Schema>::DEF, index: I::INDEX, members }
    }
}

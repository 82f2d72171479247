//! Tables, indexes and entities as const data: what the derives emit and backends read.

use crate::backend::Backend;
use crate::error::Result;
use crate::item::Item;
use crate::key::{Encoding, Template};
use crate::proof::Head;
use crate::request::PrimaryKey;
use crate::table::Table;

/// A table: its key attributes, its indexes and the entities that live in it.
#[derive(Debug)]
#[non_exhaustive]
pub struct TableDef {
    /// The name of the enum that declares it.
    pub name: &'static str,
    /// The attribute that holds the partition key.
    pub pk: &'static str,
    /// The attribute that holds the sort key.
    pub sk: &'static str,
    /// The attribute that holds the entity's name.
    pub tag: &'static str,
    /// How text is written into keys.
    pub encoding: Encoding,
    /// The global secondary indexes.
    pub indexes: &'static [&'static IndexDef],
    /// The entities.
    pub entities: &'static [&'static EntityDef],
}

/// A global secondary index.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexDef {
    /// The index's name in the store.
    pub name: &'static str,
    /// The attribute that holds its partition key.
    pub pk: &'static str,
    /// The attribute that holds its sort key.
    pub sk: &'static str,
    /// What its entries hold.
    pub projection: Projection,
}

/// What the entries of an index hold besides the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Projection {
    /// The whole item.
    All,
    /// The primary key and the index key.
    KeysOnly,
    /// The keys, the entity's name and these attributes.
    Include(&'static [&'static str]),
}

/// An entity: its name, its keys and the names of its stored fields.
#[derive(Debug)]
#[non_exhaustive]
pub struct EntityDef {
    /// The name that its items carry in the tag attribute.
    pub name: &'static str,
    /// The partition key's template.
    pub pk: Template,
    /// The sort key's template.
    pub sk: Template,
    /// Its keys on indexes.
    pub indexes: &'static [IndexKey],
    /// The stored names of its fields.
    pub fields: &'static [&'static str],
    /// Of its name and its sort key, for proofs.
    pub(crate) heads: [Head; 2],
}

/// An entity's key on one index.
#[derive(Debug)]
#[non_exhaustive]
pub struct IndexKey {
    /// The index.
    pub index: &'static IndexDef,
    /// The template of the index's partition key.
    pub pk: Template,
    /// The template of the index's sort key.
    pub sk: Template,
    /// Of the partition key, for proofs.
    pub(crate) head: Head,
}

impl TableDef {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        [pk, sk, tag]: [&'static str; 3],
        encoding: Encoding,
        indexes: &'static [&'static IndexDef],
        entities: &'static [&'static EntityDef],
    ) -> Self {
        TableDef { name, pk, sk, tag, encoding, indexes, entities }
    }

    /// The entity with this name.
    #[must_use]
    pub fn entity(&self, name: &str) -> Option<&'static EntityDef> {
        self.entities.iter().copied().find(|entity| entity.name == name)
    }
}

impl IndexDef {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        [pk, sk]: [&'static str; 2],
        projection: Projection,
    ) -> Self {
        IndexDef { name, pk, sk, projection }
    }
}

impl EntityDef {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        [pk, sk]: [Template; 2],
        indexes: &'static [IndexKey],
        fields: &'static [&'static str],
    ) -> Self {
        let heads = [Head::of(name), Head::of_template(sk)];
        EntityDef { name, pk, sk, indexes, fields, heads }
    }
}

impl IndexKey {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(index: &'static IndexDef, [pk, sk]: [Template; 2]) -> Self {
        IndexKey { index, pk, sk, head: Head::of_template(pk) }
    }
}

/// A table, as a type: implemented by `#[derive(Table)]` on the enum of its entities.
///
/// ```ignore
/// let shop = Shop::on(Embedded::in_memory());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table: derive `Table` on an enum with one variant for each entity",
    label = "not a table"
)]
pub trait Schema: Sized + Send + 'static {
    /// The table as data.
    const DEF: &'static TableDef;
    /// [`Escaped`](crate::key::Escaped) or [`Raw`](crate::key::Raw): how text is written into keys.
    type Encoding;

    /// Reads an item as the entity that it is.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the item has no entity name, one that the table
    /// does not know, or not the shape of that entity.
    fn decode<D: Item>(item: &D) -> Result<Self>;

    /// The primary key of the entity in this variant, as it is stored.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part cannot be written.
    fn primary_key(&self) -> Result<PrimaryKey>;

    /// The table on a backend: the handle that every request is sent to.
    ///
    /// The handle is cheap to clone; a backend that holds connections shares them.
    fn on<B: Backend>(backend: B) -> Table<Self, B> {
        Table::new(backend)
    }
}

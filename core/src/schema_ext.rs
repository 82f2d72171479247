//! The functions of a table's enum: its handle, and items as its variants.

use crate::backend::{Backend, HeldBy, Item};
use crate::entity::{Key, decode_variant};
use crate::error::Result;
use crate::request::PrimaryKey;
use crate::schema::{Entity, Schema, Visit};
use crate::table::Table;

/// The functions of a table's enum: every [`Schema`] has them.
///
/// A trait, and in the prelude, so that a function of your own with one of these names wins.
pub trait SchemaExt: Schema {
    /// The table on a backend: the handle that every request is sent to.
    ///
    /// The handle is cheap to clone; a backend that holds connections shares them. A table with
    /// unique fields needs a backend with
    /// [`CrossPartitionTransactions`](crate::CrossPartitionTransactions).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let shop = Shop::on(Embedded::in_memory());
    /// # assert!(Customer::get("C001").send(&shop).await?.is_none());
    /// # Ok(()) }) }
    /// ```
    fn on<B: Backend>(backend: B) -> Table<Self, B>
    where
        Self: HeldBy<B>,
    {
        Table::new(backend)
    }

    /// Reads an item as the entity that it is.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the item has no entity name, one that the table
    /// does not know, or not the shape of that entity.
    fn decode<D: Item>(item: &D) -> Result<Self> {
        decode_variant(item)
    }

    /// The primary key of the entity in this variant, as it is stored.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part cannot be written.
    fn primary_key(&self) -> Result<PrimaryKey> {
        self.visit(RenderKey)
    }
}

impl<S: Schema> SchemaExt for S {}

struct RenderKey;

impl Visit for RenderKey {
    type Output = Result<PrimaryKey>;
    fn entity<E: Entity>(self, entity: &E) -> Result<PrimaryKey> {
        Key::of(entity).render()
    }
}

//! `SchemaExt`: the functions of a table's enum, which open the table and decode items as variants.

use crate::backend::{Backend, HeldBy, Item};
use crate::entity::{Key, decode_variant};
use crate::error::Result;
use crate::request::PrimaryKey;
use crate::schema::{Entity, Schema, Visit};
use crate::table::Table;

/// The functions of a table's enum. Every [`Schema`] implements this trait.
///
/// These functions are in a trait of the prelude, so that your enum can have a function of the same
/// name, which then takes precedence.
pub trait SchemaExt: Schema {
    /// Opens the table on a backend. Returns the handle, to which every request is sent.
    ///
    /// The handle is cheap to clone, and all clones share the connections of the backend. A table with
    /// unique fields needs a backend with
    /// [`CrossPartitionTransactions`](crate::CrossPartitionTransactions), or with
    /// [`Transactions`](crate::Transactions) if all guards are in the partitions of their items. A table with indexes
    /// needs a backend that [serves](crate::Backend::Indexes) them. A function for any backend says so by a bound on the
    /// table, `where Shop: HeldBy<B>`.
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

    /// Decodes an item as the variant of its entity.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the item does not name an entity of this table, or
    /// cannot be decoded as that entity.
    fn decode<D: Item>(item: &D) -> Result<Self> {
        decode_variant(&mut item.clone())
    }

    /// Returns what the stored data of the table depends on, as a text: one line for each fact.
    ///
    /// This is the text that `#[table(lock = "..")]` compares with a file when the table is compiled, without
    /// the comments of the file. A table needs no lock to have it. Compare it, for example, with the text of
    /// the version that runs at present before you deploy another one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |_| {
    /// let lock = Shop::key_lock();
    /// assert!(lock.contains("entity Customer pk = CUSTOMER#{customer_id: text}\n"));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    fn key_lock() -> String {
        Self::DEF.key_lock()
    }

    /// Returns the primary key of the entity in this variant, as it is stored.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part of the key cannot be written.
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

//! What a query can do and what it returns, by the index that it runs on or the primary key.

use crate::backend::Item;
use crate::entity::{Key, decode_entity};
use crate::error::Result;
use crate::schema::{AllAttributes, Entity, Include, KeysOnly, Nth, Primary};

/// The targets with strongly consistent reads: the primary key and local indexes, because global indexes have
/// none. `#[derive(Index)]` implements it for a local index.
#[diagnostic::on_unimplemented(
    message = "index `{Self}` has no consistent reads: leave `.consistent()` out, or query the primary key",
    label = "global indexes are eventually consistent"
)]
pub trait ConsistentReads {}
impl ConsistentReads for Primary {}
#[diagnostic::do_not_recommend]
impl<I: ConsistentReads, const N: usize> ConsistentReads for Nth<I, N> {}

/// The projections of index `I` that have attributes to filter by.
#[diagnostic::on_unimplemented(
    message = "index `{I}` projects only keys, so its entries cannot be filtered: give it `projection = include(..)` with the field, or `all`",
    label = "no attributes to filter by"
)]
pub trait Filters<I> {}
#[diagnostic::do_not_recommend]
impl<I> Filters<I> for AllAttributes {}
#[diagnostic::do_not_recommend]
impl<I> Filters<I> for Include {}

/// The targets whose partitions can be deleted: only the primary key.
#[diagnostic::on_unimplemented(
    message = "a partition of index `{Self}` has no `delete_all`: delete the items of one entity with `delete_all` of its access pattern",
    label = "only a partition of the table is deleted as a whole"
)]
pub trait Deletes {}
impl Deletes for Primary {}

/// The projection of index `I` if its entries are whole items.
#[diagnostic::on_unimplemented(
    message = "index `{I}` does not project all attributes, so its entries cannot be read as variants of the table: give it `projection = all`, or query each entity by its access pattern",
    label = "its entries are not whole items"
)]
pub trait WholeItems<I> {}
#[diagnostic::do_not_recommend]
impl<I> WholeItems<I> for AllAttributes {}

/// What a query on an index with this projection returns for entity `E`.
pub trait Yields<E: Entity> {
    /// The entity, or its key.
    type Output: Send + 'static;

    /// Decodes one item.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the item is not of entity `E`.
    fn read<D: Item>(item: &mut D) -> Result<Self::Output>;
}

impl<E: Entity> Yields<E> for AllAttributes {
    type Output = E;
    fn read<D: Item>(item: &mut D) -> Result<E> {
        decode_entity(item)
    }
}

impl<E: Entity> Yields<E> for KeysOnly {
    type Output = Key<E>;
    fn read<D: Item>(item: &mut D) -> Result<Key<E>> {
        Key::of_item(item)
    }
}

impl<E: Entity> Yields<E> for Include {
    type Output = Key<E>;
    fn read<D: Item>(item: &mut D) -> Result<Key<E>> {
        Key::of_item(item)
    }
}

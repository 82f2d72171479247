//! What a query runs on: the primary key or an index, and what that yields.

use crate::backend::Item;
use crate::entity::{Key, decode_entity};
use crate::error::Result;
use crate::schema::{AllAttributes, Entity, Include, KeysOnly, Primary};

/// What can be read consistently: the primary key, and no global index.
#[diagnostic::on_unimplemented(
    message = "index `{Self}` has no consistent reads: leave `.consistent()` out, or query the primary key",
    label = "global indexes are eventually consistent"
)]
pub trait ConsistentReads {}
impl ConsistentReads for Primary {}

/// The projections of index `I` that hold attributes to filter by.
#[diagnostic::on_unimplemented(
    message = "index `{I}` holds keys only, so its entries cannot be filtered: give it `projection = include(..)` with the field, or `all`",
    label = "no attributes to filter by"
)]
pub trait Filters<I> {}
#[diagnostic::do_not_recommend]
impl<I> Filters<I> for AllAttributes {}
#[diagnostic::do_not_recommend]
impl<I> Filters<I> for Include {}

/// What a query over a projection yields for entity `E`.
pub trait Yields<E: Entity> {
    /// The entity, or its key.
    type Output: Send + 'static;

    /// Reads one item.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the item is not of that entity.
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

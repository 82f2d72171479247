//! What a query can do and what it returns, by the index that it runs on or the primary key.

use crate::backend::Readable;
use crate::entity::{
    AllFields, Attributes, Only, Place, Projected, ProjectedField, Projection, decode_entity,
};
use crate::error::Result;
use crate::schema::{
    AllAttributes, Entity, Include, Includes, Index, KeysOnly, Nth, Primary, TextKeys,
};

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

/// The targets whose partitions can be deleted: only the primary key.
#[diagnostic::on_unimplemented(
    message = "a partition of index `{Self}` has no `delete_all`: delete the items of one entity with `delete_all` of its access pattern",
    label = "only a partition of the table is deleted as a whole"
)]
pub trait Deletes {}
impl Deletes for Primary {}

/// The targets in whose partitions transactions are: only the primary key.
#[diagnostic::on_unimplemented(
    message = "this transaction is in a partition of the table, and not of index `{Self}`: begin at the partition key of an entity, as in `Customer::partition(..)`",
    label = "not a partition of the table"
)]
pub trait Transacts {}
impl Transacts for Primary {}

/// The targets whose partitions are values: the primary key, and indexes with templates.
#[diagnostic::on_unimplemented(
    message = "a partition of index `{Self}` is no value, because its keys are attributes of the items: use the query of each entity, without `.partition()`",
    label = "its keys are attributes"
)]
pub trait Partitioned {}
impl Partitioned for Primary {}
#[diagnostic::do_not_recommend]
impl<I: Index<Keys = TextKeys>> Partitioned for I {}
#[diagnostic::do_not_recommend]
impl<I: Index<Keys = TextKeys>, const N: usize> Partitioned for Nth<I, N> {}

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
    /// The entity, or a [`Projected`] entry.
    type Output: Send + 'static;

    /// Decodes one item.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the item is not of entity `E`.
    fn read<D: Readable>(item: &mut D) -> Result<Self::Output>;

    /// Reads the attributes of one item.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn attributes<D: Readable>(item: &mut D) -> Result<Attributes<E>> {
        Attributes::of_item(item)
    }
}

impl<E: Entity> Yields<E> for AllAttributes {
    type Output = E;
    fn read<D: Readable>(item: &mut D) -> Result<E> {
        decode_entity(item)
    }
}

impl<E: Entity, I: Index> Yields<E> for Include<I> {
    type Output = Projected<E, I>;
    fn read<D: Readable>(item: &mut D) -> Result<Projected<E, I>> {
        Projected::of_entry(item, Attributes::of_item)
    }
}

impl<E: Entity, I: Index> Yields<E> for KeysOnly<I> {
    type Output = Projected<E, I>;
    fn read<D: Readable>(item: &mut D) -> Result<Projected<E, I>> {
        Projected::of_entry(item, <Self as Yields<E>>::attributes)
    }
    fn attributes<D: Readable>(item: &mut D) -> Result<Attributes<E>> {
        Attributes::of_keys(item)
    }
}

/// What a query reads of each item of entity `E`, where `A` is the projection of its index: [`AllFields`] that there
/// are, or [`Only`] those of a projection.
pub trait Reads<E: Entity, A>: 'static {
    /// What is returned for each item.
    type Output: Send + 'static;

    /// Decodes one item.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the item is not of entity `E`.
    fn read<D: Readable>(item: &mut D) -> Result<Self::Output>;
}

#[diagnostic::do_not_recommend]
impl<E: Entity, A: Yields<E>> Reads<E, A> for AllFields {
    type Output = A::Output;
    fn read<D: Readable>(item: &mut D) -> Result<A::Output> {
        A::read(item)
    }
}

#[diagnostic::do_not_recommend]
impl<E: Entity, A: Yields<E>, P: Projection<E>> Reads<E, A> for Only<P> {
    type Output = P;
    fn read<D: Readable>(item: &mut D) -> Result<P> {
        P::read(&A::attributes(item)?)
    }
}

/// The projections of indexes that have all fields of the projection `P`. `L` is the list of its fields.
pub trait Covers<P, L> {}
#[diagnostic::do_not_recommend]
impl<P, L> Covers<P, L> for AllAttributes {}

#[diagnostic::do_not_recommend]
impl<P, I> Covers<P, ()> for Include<I> {}
#[diagnostic::do_not_recommend]
impl<P, I> Covers<P, ()> for KeysOnly<I> {}
impl<P, I: IncludesField<P, M>, M, L> Covers<P, (M, L)> for Include<I> where Self: Covers<P, L> {}
impl<P, I: HasMoreThanKeys<P, M>, M, L> Covers<P, (M, L)> for KeysOnly<I> where Self: Covers<P, L> {}

/// The indexes that include the field `M` of the projection `P`, or have it in the primary key.
#[diagnostic::on_unimplemented(
    message = "index `{Self}` does not project every field of `{P}`: add what is missing to the index's `include(..)`, or query an index that projects all",
    label = "`{M}` is not an attribute of the index's entries"
)]
pub trait IncludesField<P, M> {}
#[diagnostic::do_not_recommend]
impl<P, M: ProjectedField<Place: IsIn<I>>, I> IncludesField<P, M> for I {}

/// The indexes of keys, if the primary key has the field `M` of the projection `P`.
#[diagnostic::on_unimplemented(
    message = "index `{Self}` projects only keys, and not every field of `{P}`: give it `projection = include(..)` with the fields, or `all`",
    label = "`{M}` is not an attribute of the index's entries"
)]
pub trait HasMoreThanKeys<P, M> {}
#[diagnostic::do_not_recommend]
impl<P, M: ProjectedField<Place = Place<N, true>>, N, I> HasMoreThanKeys<P, M> for I {}

/// A place that entries of index `I` have.
#[doc(hidden)]
pub trait IsIn<I> {}
#[diagnostic::do_not_recommend]
impl<I, N> IsIn<I> for Place<N, true> {}
#[diagnostic::do_not_recommend]
impl<I: Includes<N>, N> IsIn<I> for Place<N, false> {}

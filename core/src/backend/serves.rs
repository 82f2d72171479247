//! The bounds that say which backends serve the indexes of a table.

use super::Backend;
use crate::schema::{AttributesAsKeys, Global, Index, Local, TextKeys};

/// A backend that serves the global indexes in the list `L`: `(((), Gsi1), Gsi2)` for a table that says
/// `indexes(Gsi1, Gsi2)`.
///
/// Most stores keep the indexes of a table themselves. Their backends implement this trait for every list. A store
/// that has to be told where an index is implements it for the list that its handle was given. A decorator serves what
/// the backend inside of it serves:
///
/// ```
/// # use monotable_core::backend::{Backend, ServesIndexes};
/// # trait Decorator<B> {}
/// # macro_rules! decorate { ($Cached:ident) => {
/// impl<B: ServesIndexes<L>, L> ServesIndexes<L> for $Cached<B> {}
/// # }}
/// ```
///
/// Local indexes are in the partitions of the table, and every backend serves them. They are not in the list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not serve the global indexes of the table, `{L}`: add `.index(Gsi1, container)` or `.index_fan_out(Gsi1)` for each, in the order of `indexes(..)`; code for any backend says `where Shop: HeldBy<B>`",
    label = "this backend does not serve `{L}`",
    note = "a backend in Cosmos DB serves the indexes that it was given, and the other backends serve all indexes"
)]
pub trait ServesIndexes<L>: Backend {}

/// A backend that serves indexes whose keys are attributes of the items, `#[index(attributes)]`.
pub trait AttributeIndexes: Backend {}

/// Implemented for every type, if backend `B` serves the indexes in the list `L`.
///
/// The derives require it of the backend's type of items. A type that is no backend has no such type, so it is
/// reported only as no backend, and not also because of its indexes.
#[doc(hidden)]
pub trait StoredWith<B, L> {}

impl<T, B: ServesIndexes<L>, L> StoredWith<B, L> for T {}

/// Lists of indexes, `(((), Gsi1), Gsi2)`, of types that backend `B` has.
#[doc(hidden)]
pub trait AllServedBy<B: Backend> {
    /// The global indexes with templates among them.
    type Global;
}

impl<B: Backend> AllServedBy<B> for () {
    type Global = ();
}

#[diagnostic::do_not_recommend]
impl<B, Rest, I> AllServedBy<B> for (Rest, I)
where
    B: Backend,
    Rest: AllServedBy<B>,
    I: Index,
    I::Keys: Served<B, I::Scope, Rest::Global, I>,
{
    type Global = <I::Keys as Served<B, I::Scope, Rest::Global, I>>::Global;
}

/// The keys of index `I`, with its scope, of which backend `B` has to serve it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the keys of index `{I}` are attributes, and `{B}` has no such indexes: remove `attributes` and give the entities' patterns templates, `pk = \"..\"`, or use another backend",
    label = "this backend does not serve `{I}`",
    note = "code that is generic over the backend asks for a table that it can hold: `where Shop: HeldBy<B>`"
)]
pub trait Served<B: Backend, Scope, Before, I> {
    /// The list with the index after those `Before` it, if it has to be given to the backend.
    type Global;
}

#[diagnostic::do_not_recommend]
impl<B: Backend, Before, I> Served<B, Global, Before, I> for TextKeys {
    type Global = (Before, I);
}

#[diagnostic::do_not_recommend]
impl<B: Backend, Before, I> Served<B, Local, Before, I> for TextKeys {
    type Global = Before;
}

#[diagnostic::do_not_recommend]
impl<B: AttributeIndexes, Scope, Before, I> Served<B, Scope, Before, I> for AttributesAsKeys {
    type Global = Before;
}

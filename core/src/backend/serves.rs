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
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no indexes whose keys are attributes: give the index templates, `pk = \"..\"`, and remove `attributes`, or use another backend",
    label = "this backend has no indexes with `attributes`",
    note = "code that is generic over the backend asks for a table that it can hold: `where Shop: HeldBy<B>`"
)]
pub trait AttributeIndexes: Backend {}

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
pub trait Served<B: Backend, Scope, Before, I> {
    /// The list with the index after those `Before` it, if it has to be given to the backend.
    type Global;
}

impl<B: Backend, Before, I> Served<B, Global, Before, I> for TextKeys {
    type Global = (Before, I);
}

impl<B: Backend, Before, I> Served<B, Local, Before, I> for TextKeys {
    type Global = Before;
}

#[diagnostic::do_not_recommend]
impl<B: AttributeIndexes, Scope, Before, I> Served<B, Scope, Before, I> for AttributesAsKeys {
    type Global = Before;
}

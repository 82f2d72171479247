//! The bounds that say which backends serve the indexes of a table.

use super::Backend;
use crate::schema::{AttributesAsKeys, Global, Index, Local, TextKeys};

/// The indexes of a backend whose store keeps those of a table itself: all of them, also indexes whose keys are
/// attributes of the items.
#[derive(Debug)]
pub enum AllIndexes {}

/// The indexes that a backend serves, as [`Backend::Indexes`], if those in the list `L` are among them.
#[doc(hidden)]
pub trait Serves<L> {}

impl<L> Serves<L> for AllIndexes {}

#[diagnostic::do_not_recommend]
impl<L, I> Serves<(L, I)> for (L, I) {}

/// Lists of global indexes, `(((), Gsi1), Gsi2)`, that backend `B` serves.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{B}` does not serve the global indexes of the table, `{Self}`: give it these and no others, in this order, each by `.index_in(Gsi1, \"container\")`, `.index(..)` or `.index_fan_out(Gsi1)`; code for any backend says `where Shop: HeldBy<B>`",
    label = "this backend does not serve `{Self}`",
    note = "a backend in Cosmos DB serves the global indexes that it was given; local indexes are not given, and the other backends serve all indexes"
)]
pub trait ServedBy<B: Backend> {}

#[diagnostic::do_not_recommend]
impl<B: Backend> ServedBy<B> for () {}

#[diagnostic::do_not_recommend]
impl<B: Backend<Indexes: Serves<(L, I)>>, L, I> ServedBy<B> for (L, I) {}

/// Lists of the indexes of tables, of kinds that backend `B` has.
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
    I::Keys: KindServedBy<B, I::Scope, Rest::Global, I>,
{
    type Global = <I::Keys as KindServedBy<B, I::Scope, Rest::Global, I>>::Global;
}

/// The keys of index `I`, with its scope, if backend `B` has indexes of this kind.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the keys of index `{I}` are attributes, and `{B}` has no such indexes: remove `attributes` and give the entities' patterns templates, `pk = \"..\"`, or use another backend",
    label = "this backend does not serve `{I}`",
    note = "code that is generic over the backend asks for a table that it can hold: `where Shop: HeldBy<B>`"
)]
pub trait KindServedBy<B: Backend, Scope, Before, I> {
    /// The list with the index after those `Before` it, if the backend has to be given it.
    type Global;
}

#[diagnostic::do_not_recommend]
impl<B: Backend, Before, I> KindServedBy<B, Global, Before, I> for TextKeys {
    type Global = (Before, I);
}

#[diagnostic::do_not_recommend]
impl<B: Backend, Before, I> KindServedBy<B, Local, Before, I> for TextKeys {
    type Global = Before;
}

#[diagnostic::do_not_recommend]
impl<B, Scope, Before, I> KindServedBy<B, Scope, Before, I> for AttributesAsKeys
where
    B: Backend<Indexes = AllIndexes>,
{
    type Global = Before;
}

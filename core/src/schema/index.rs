//! Indexes as types, and the keys of entities on them.

use super::def::IndexDef;
use super::traits::Entity;
use crate::key::Template;
use std::marker::PhantomData;

/// A secondary index as a type. `#[derive(Index)]` on a unit struct implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an index: derive `Index` for it",
    label = "not an index",
    note = "an index is a unit struct: `#[derive(Index)] struct {Self};`"
)]
#[doc(alias(
    "GSI",
    "LSI",
    "global secondary index",
    "local secondary index",
    "ProjectionExpression"
))]
pub trait Index: 'static {
    /// The index as data.
    const DEF: &'static IndexDef;
    /// What its entries hold: [`AllAttributes`], [`KeysOnly`] or [`Include`].
    type Projection;
    /// [`TextKeys`] or [`AttributesAsKeys`].
    type Keys;
    /// [`Global`] or [`Local`].
    type Scope;
}

/// What a query can run on: [`Primary`] or an [`Index`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an index: derive `Index` for it",
    label = "not an index"
)]
pub trait QueryTarget: 'static {
    /// The index, if it is one.
    const INDEX: Option<&'static IndexDef>;
    /// The projection: what its entries hold.
    type Projection;
}

/// The primary key.
#[derive(Debug)]
pub enum Primary {}

impl QueryTarget for Primary {
    const INDEX: Option<&'static IndexDef> = None;
    type Projection = AllAttributes;
}

#[diagnostic::do_not_recommend]
impl<I: Index> QueryTarget for I {
    const INDEX: Option<&'static IndexDef> = Some(I::DEF);
    type Projection = I::Projection;
}

/// The key number `N` of an entity on index `I`, if it has several that exclude each other by `when(..)`. The
/// first key is that of `I` itself.
///
/// The derive writes it in the types of queries.
#[derive(Debug)]
pub struct Nth<I, const N: usize>(PhantomData<fn() -> I>);

impl<I: Index, const N: usize> QueryTarget for Nth<I, N> {
    const INDEX: Option<&'static IndexDef> = Some(I::DEF);
    type Projection = I::Projection;
}

/// An entity's key on the primary key or an index.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no key on index `{I}`",
    note = "declare one: `#[access(name, index = {I}, pk = \"..\", sk = \"..\")]`"
)]
pub trait On<I>: Entity {
    /// The place of the key in [`EntityDef::indexes`](crate::schema::EntityDef), if it is on an index.
    ///
    /// The derive writes only this constant, because each constant costs compile time in the user's
    /// crate.
    #[doc(hidden)]
    const AT: usize = usize::MAX;
    /// The index, if it is one.
    const INDEX: Option<&'static IndexDef> = Self::DEF.index(Self::AT);
    /// The partition key's template.
    const PK: Template = Self::DEF.key(Self::AT)[0];
    /// The sort key's template.
    const SK: Template = Self::DEF.key(Self::AT)[1];
    /// Whether a query can read items of other entities.
    const IS_MIXED: bool = Self::DEF.mixes(Self::AT);
}

/// The projection of whole items: queries return the entity.
#[derive(Debug)]
pub enum AllAttributes {}

/// The projection of the keys, on index `I`.
#[derive(Debug)]
pub struct KeysOnly<I>(PhantomData<fn() -> I>);

/// The projection of some attributes, on index `I`.
#[derive(Debug)]
pub struct Include<I>(PhantomData<fn() -> I>);

/// An index that includes the attribute with the stored name `N`, which is a [`Name`](crate::field::Name).
/// `#[derive(Index)]` implements it for each name in its `include(..)`.
#[doc(hidden)]
pub trait Includes<N> {}

/// The keys of an index that are texts, which are rendered from templates.
#[derive(Debug)]
pub enum TextKeys {}

/// The keys of an index that are attributes of the items.
#[derive(Debug)]
pub enum AttributesAsKeys {}

/// The scope of an index with partition keys of its own.
#[derive(Debug)]
pub enum Global {}

/// The scope of an index with the partition keys of its table.
#[derive(Debug)]
pub enum Local {}

//! Which fields an item of a query has: all of them, or those that an index projects.

use super::FieldDef;
use super::role::{
    Created, Expires, FeedsIndex, GuardsExpire, Plain, PrimaryBucket, PrimaryKey, Stale, Unique,
    Updated, Version, Workflow,
};
use crate::schema::{AllAttributes, Include, Includes, KeysOnly};

/// The attributes of items that have the field with marker `F` and type `T`.
///
/// The implementations with further bounds are not marked `do_not_recommend`, because the traits of these bounds
/// have the messages.
pub trait Has<F, T> {}
#[diagnostic::do_not_recommend]
impl<F, T> Has<F, T> for AllAttributes {}
impl<F, T, I: Projects<F, T>> Has<F, T> for Include<I> {}
impl<F, T, I: ProjectsMore<F, T>> Has<F, T> for KeysOnly<I> {}

/// The indexes whose entries have a field.
#[diagnostic::on_unimplemented(
    message = "index `{Self}` does not project this field: add it to the index's `include(..)`, or query an index that projects all",
    label = "not an attribute of the index's entries",
    note = "`.hydrate()` of a query reads the whole items"
)]
pub trait Projects<F, T> {}
#[diagnostic::do_not_recommend]
impl<F: FieldDef<T>, T, I: Includes<F::Name>> Projects<F, T> for I {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "index `{Self}` projects only keys, and not this field: give it `projection = include(..)` with the field, or `all`",
    label = "not an attribute of the index's entries",
    note = "`.hydrate()` of a query reads the whole items"
)]
pub trait ProjectsMore<F, T> {}

/// Attributes that a condition on the attributes `A` can be about. It is a trait of the attributes of the request, so
/// that the compiler finds out those of a condition that is written in the request.
#[diagnostic::on_unimplemented(
    message = "this condition is on the attributes `{A}`, and the request has `{Self}`: write the condition in the call, or give it the type `Condition<_, {Self}>`",
    label = "on other attributes"
)]
pub trait Takes<A> {}
#[diagnostic::do_not_recommend]
impl<A> Takes<A> for A {}

/// The roles of fields with marker `F` and type `T` that can be read from items with the attributes `A`: the item has
/// the attribute, or the primary key has the value.
pub trait ReadFrom<A, F, T> {}
#[diagnostic::do_not_recommend]
impl<A, F, T> ReadFrom<A, F, T> for PrimaryKey {}
impl<A: Has<F, T>, F, T> ReadFrom<A, F, T> for Plain {}
impl<A: Has<F, T>, F, T> ReadFrom<A, F, T> for PrimaryBucket {}
impl<A: Has<F, T>, F, T> ReadFrom<A, F, T> for FeedsIndex {}
impl<A: Has<F, T>, F, T> ReadFrom<A, F, T> for Version {}
impl<A: Has<F, T>, F, T> ReadFrom<A, F, T> for Created {}
impl<A: Has<F, T>, F, T> ReadFrom<A, F, T> for Updated {}
impl<A: Has<F, T>, F, T> ReadFrom<A, F, T> for Unique {}
impl<A: Has<F, T>, F, T> ReadFrom<A, F, T> for Expires {}
impl<A: Has<F, T>, F, T> ReadFrom<A, F, T> for GuardsExpire {}
impl<A: Has<F, T>, F, T, I, X> ReadFrom<A, F, T> for Stale<I, X> {}
impl<A: Has<F, T>, F, T, R> ReadFrom<A, F, T> for Workflow<R> {}

/// The fields whose values are parts of their entity's key on index `I`, and not only buckets of them. The derive
/// implements it for the markers of the fields.
#[diagnostic::on_unimplemented(
    message = "this field is not a part of the key on index `{I}`, or the entity has several keys on it: read the whole item with `.hydrate()`, or add the field to the index's `include(..)` and use `get`",
    label = "not a part of the key"
)]
pub trait InKey<I> {}

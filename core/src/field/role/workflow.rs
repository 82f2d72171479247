//! The role of a field that is the state of a workflow, and the rules of its entity.

use super::rules::{
    Batched, BatchedPut, Dated, Free, Guarded, GuardedWithin, GuardsInPartition, KeepsCreated,
    KeepsOthers, Locked, LockedAndGuarded, ReturnsOld, Sharing, Unguarded, UpdatedBeside,
    UpdatedByKey,
};
use super::{
    ByKey, ComputeIn, Created, Expires, FeedsIndex, GuardsExpire, Loaded, Plain, PrimaryBucket,
    PrimaryKey, Role, SetIn, Stale, Unique, Updated, Version,
};
use std::marker::PhantomData;

/// The field is the state of a workflow. Without that, it would have the role `R`.
#[derive(Debug)]
pub struct Workflow<R>(PhantomData<fn() -> R>);

/// Has a field that is the state of a workflow, and also the rules `R`.
#[derive(Debug)]
pub struct WithStates<R>(PhantomData<fn() -> R>);

/// What a role or the rules of an entity are if a field is a workflow, and if it is none.
#[doc(hidden)]
pub trait IfWorkflow<const IS: bool> {
    /// The role.
    type Role;
    /// The rules.
    type Rules;
}
impl<R> IfWorkflow<false> for R {
    type Role = R;
    type Rules = R;
}
impl<R> IfWorkflow<true> for R {
    type Role = Workflow<R>;
    type Rules = WithStates<R>;
}

impl<R: Role> Role for Workflow<R> {
    const FEEDS: bool = R::FEEDS;
}
impl<F, E, M: SetsStates<F, E>, R> SetIn<F, E, M> for Workflow<R> {}
impl<F, E, R> ComputeIn<F, E> for Workflow<R> where ByKey: SetsStates<F, E> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "this field is the state of a workflow, which an update cannot set: use `{E}::key(..).advance(..)`, which checks the transition",
    label = "changed by `advance` only",
    note = "for example `.advance({E}::STATUS, Status::PLACED.to(Status::PAID))`; `entity.advance(..)` if the entity is loaded"
)]
pub trait SetsStates<F, E> {}

/// The roles of fields `F` of type `T` of entity `E` that mode `M` can advance by a transition of workflow `W`.
#[diagnostic::on_unimplemented(
    message = "this field is not the state of a workflow: derive `Workflow` for its type, which is an enum of the states",
    label = "not a workflow"
)]
pub trait AdvanceIn<F, E, M, T, W> {
    /// Returns the value of the field in a state of the workflow, which is the same value.
    #[doc(hidden)]
    fn value(state: W) -> T;
}
impl<F, E, M, T, W: SameWorkflow<T>> AdvanceIn<F, E, M, T, W> for Workflow<Plain> {
    fn value(state: W) -> T {
        state.same()
    }
}
impl<F, E, M, T, W: SameWorkflow<T>> AdvanceIn<F, E, M, T, W> for Workflow<FeedsIndex> {
    fn value(state: W) -> T {
        state.same()
    }
}
impl<F, E, M, T, W: SameWorkflow<T>, I, X> AdvanceIn<F, E, M, T, W> for Workflow<Stale<I, X>>
where
    M: KnowsBesideState<F, E, I, X>,
{
    fn value(state: W) -> T {
        state.same()
    }
}

/// The type of a field, as seen by a transition: the two are the same.
#[diagnostic::on_unimplemented(
    message = "this field is of type `{T}`, but the transition is one of `{Self}`",
    label = "a `{T}`"
)]
#[doc(hidden)]
pub trait SameWorkflow<T> {
    /// Returns the same value.
    fn same(self) -> T;
}
#[diagnostic::do_not_recommend]
impl<T> SameWorkflow<T> for T {
    fn same(self) -> T {
        self
    }
}

/// The modes that know the fields `Missing`, which index `Index` needs in addition to the state `F`.
#[diagnostic::on_unimplemented(
    message = "advancing this field by key alone would leave index `{Index}` stale: its key has other fields, too, which only the stored item knows: load the entity and use `entity.advance(..)`",
    label = "index `{Index}` also needs `{Missing}`",
    note = "or give the state a key attribute of its own: a `pk` or `sk` whose other parts are in the primary key, and no `when(..)`"
)]
pub trait KnowsBesideState<F, E, Index, Missing> {}
#[diagnostic::do_not_recommend]
impl<F, E, I, X> KnowsBesideState<F, E, I, X> for Loaded<'_, E> {}

/// Roles of fields that an update can set together with others of an index key.
#[diagnostic::on_unimplemented(
    message = "one of these fields is the state of a workflow, which an update cannot set: load the entity and use `entity.advance(..)`",
    label = "has the state of a workflow",
    note = "`entity.advance(..).set(..)` sets other fields of the index key in the same request"
)]
pub trait SetTogether<F> {}
macro_rules! set_together {
    ($($role:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<F> SetTogether<F> for $role {}
    )*};
}
set_together!(
    Plain,
    PrimaryKey,
    PrimaryBucket,
    FeedsIndex,
    Version,
    Unique,
    Expires,
    GuardsExpire,
    Created,
    Updated
);
#[diagnostic::do_not_recommend]
impl<F, I, X> SetTogether<F> for Stale<I, X> {}

/// Rules of entities `E` that may be put over whatever is there, as far as states are concerned.
#[diagnostic::on_unimplemented(
    message = "a field of `{E}` is the state of a workflow, which a put would write over: use `create` for a new item, `update` for other fields, and `advance` for the state",
    label = "would write over the state",
    note = "to write items that another program made, in whatever state they are: `.create().in_any_state()`",
    note = "code that is generic over the entity says that it has none: `E: Entity<Rules: Stateless<E> + Unguarded<E>>`"
)]
pub trait Stateless<E> {}
macro_rules! stateless {
    ($([$($g:tt)*] $rules:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<E, $($g)*> Stateless<E> for $rules {}
    )*};
}
stateless! {
    [] Free;
    [] Locked;
    [] Guarded;
    [] LockedAndGuarded;
    [R] GuardedWithin<R>;
    [R: Stateless<E>] Dated<R>;
    [R: Stateless<E>, I, X] UpdatedBeside<R, I, X>;
    [R: Stateless<E>] Sharing<R>;
    // They have no `put` because of their unique fields, so that there is one error and not two.
    [] WithStates<Guarded>;
    [] WithStates<LockedAndGuarded>;
    [R] WithStates<GuardedWithin<R>>;
}

/// Rules of entities `E` with a field that is the state of a workflow.
#[diagnostic::on_unimplemented(
    message = "no field of `{E}` is the state of a workflow: leave `in_any_state` out",
    label = "has no state"
)]
pub trait HasStates<E> {}
macro_rules! has_states {
    ($([$($g:tt)*] $rules:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<E, $($g)*> HasStates<E> for $rules {}
    )*};
}
has_states! {
    [R] WithStates<R>;
    [R: HasStates<E>] Dated<R>;
    [R: HasStates<E>, I, X] UpdatedBeside<R, I, X>;
    [R: HasStates<E>] Sharing<R>;
}

/// Everything else is as for `R`, and what is about puts is said by [`Stateless`].
macro_rules! as_without_states {
    ($($trait:ident: [$($g:tt)*];)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<E, $($g)*> $trait<E> for WithStates<R> {}
    )*};
}
as_without_states! {
    UpdatedByKey: [R];
    Unguarded: [R: Unguarded<E>];
    GuardsInPartition: [R: GuardsInPartition<E>];
    ReturnsOld: [R: ReturnsOld<E>];
    Batched: [R: Batched<E>];
    BatchedPut: [R];
    KeepsCreated: [R];
    KeepsOthers: [R];
}

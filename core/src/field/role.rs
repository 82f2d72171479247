//! Roles: what an update can do with a field, and the messages for what it cannot do.
//!
//! The derive gives each field a role. A request has a bound on the role, for its mode ([`ByKey`] or [`Loaded`]).
//! A role that depends on the mode has a bound of its own, on a trait that has the message.

mod rules;
mod workflow;

pub use rules::{
    Batched, BatchedPut, Dated, Free, Guarded, GuardedWithin, GuardsInPartition, KeepsCreated,
    KeepsOthers, KnowsBeside, Locked, LockedAndGuarded, ReturnsOld, Sharing, Unguarded,
    UpdatedBeside, UpdatedByKey,
};
#[doc(hidden)]
pub use workflow::IfWorkflow;
pub use workflow::{
    AdvanceIn, HasStates, KnowsBesideState, SameWorkflow, SetTogether, SetsStates, Stateless,
    WithStates, Workflow,
};

use std::marker::PhantomData;

/// The field is not part of any key.
#[derive(Debug)]
pub enum Plain {}
/// The field is part of the primary key.
#[derive(Debug)]
pub enum PrimaryKey {}
/// The primary key has a bucket of the field.
#[derive(Debug)]
pub enum PrimaryBucket {}
/// The field is part of index keys, whose other fields are in the primary key.
#[derive(Debug)]
pub enum FeedsIndex {}
/// The field is part of an index key that needs other fields, too.
#[derive(Debug)]
pub struct Stale<Index, Missing>(PhantomData<fn() -> (Index, Missing)>);
/// The field is the version of the entity.
#[derive(Debug)]
pub enum Version {}
/// The field has a unique constraint. It may be part of index keys, too.
#[derive(Debug)]
pub enum Unique {}
/// The field is the time at which the item expires.
#[derive(Debug)]
pub enum Expires {}
/// The field is the time at which the item and the guards of its unique fields expire.
#[derive(Debug)]
pub enum GuardsExpire {}

/// The field is the time at which the item was created.
#[derive(Debug)]
pub enum Created {}
/// The field is the time of the last write.
#[derive(Debug)]
pub enum Updated {}

/// The mode of an update that knows only the key.
#[derive(Debug, Clone, Copy)]
pub struct ByKey;

/// The mode of an update that knows the whole entity as it was loaded.
#[derive(Debug)]
pub struct Loaded<'a, E>(pub(crate) &'a E);

impl<E> Clone for Loaded<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Loaded<'_, E> {}

/// Every role. It says whether the field affects keys, guards or the expiry.
pub trait Role {
    /// Whether it affects them.
    const FEEDS: bool;
    /// Whether the primary key has the whole value of the field.
    const IS_KEY: bool = false;
}

macro_rules! feeds {
    ($($role:ident = $feeds:literal;)*) => {$(
        impl Role for $role { const FEEDS: bool = $feeds; }
    )*};
}
feeds! {
    Plain = false;
    PrimaryBucket = true;
    FeedsIndex = true;
    Version = false;
    Unique = true;
    Expires = true;
    GuardsExpire = true;
    Created = true;
    Updated = true;
}
impl Role for PrimaryKey {
    const FEEDS: bool = true;
    const IS_KEY: bool = true;
}
impl<I, X> Role for Stale<I, X> {
    const FEEDS: bool = true;
}

/// The roles of fields `F` of entity `E` that mode `M` can set or remove.
///
/// The implementations with further bounds are not marked `do_not_recommend`, because the traits of these
/// bounds have the messages.
pub trait SetIn<F, E, M> {}
#[diagnostic::do_not_recommend]
impl<F, E, M> SetIn<F, E, M> for Plain {}
#[diagnostic::do_not_recommend]
impl<F, E, M> SetIn<F, E, M> for FeedsIndex {}
#[diagnostic::do_not_recommend]
impl<F, E, M> SetIn<F, E, M> for Expires {}
impl<F, E, M: MovesKeys<F, E>> SetIn<F, E, M> for PrimaryKey {}
impl<F, E, M: MovesKeys<F, E>> SetIn<F, E, M> for PrimaryBucket {}
impl<F, E, M: SetsVersions<F, E>> SetIn<F, E, M> for Version {}
impl<F, E, M: SetsCreated<F, E>> SetIn<F, E, M> for Created {}
impl<F, E, M: SetsUpdated<F, E>> SetIn<F, E, M> for Updated {}
impl<F, E, M: KnowsGuards<F, E>> SetIn<F, E, M> for Unique {}
impl<F, E, M: KnowsExpiring<F, E>> SetIn<F, E, M> for GuardsExpire {}
impl<F, E, M: Knows<F, E, I, X>, I, X> SetIn<F, E, M> for Stale<I, X> {}

/// The roles of fields whose new value the store may compute.
pub trait ComputeIn<F, E> {}
#[diagnostic::do_not_recommend]
impl<F, E> ComputeIn<F, E> for Plain {}
impl<F, E> ComputeIn<F, E> for FeedsIndex where E: Computes<F> {}
impl<F, E, I, X> ComputeIn<F, E> for Stale<I, X> where E: Computes<F> {}
impl<F, E> ComputeIn<F, E> for Unique where E: ComputesGuards<F> {}
impl<F, E> ComputeIn<F, E> for Expires where E: ComputesExpiry<F> {}
impl<F, E> ComputeIn<F, E> for GuardsExpire where E: ComputesExpiry<F> {}
impl<F, E> ComputeIn<F, E> for PrimaryKey where ByKey: MovesKeys<F, E> {}
impl<F, E> ComputeIn<F, E> for PrimaryBucket where ByKey: MovesKeys<F, E> {}
impl<F, E> ComputeIn<F, E> for Version where ByKey: SetsVersions<F, E> {}
impl<F, E> ComputeIn<F, E> for Created where ByKey: SetsCreated<F, E> {}
impl<F, E> ComputeIn<F, E> for Updated where ByKey: SetsUpdated<F, E> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "this field is part of the primary key of `{E}`, which an update cannot change: move the item with `old.move_to(&new)`",
    label = "part of the primary key",
    note = "an item with another key is another item: `move_to` deletes the old one and creates the new one in one transaction"
)]
pub trait MovesKeys<F, E> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "this field is the version of `{E}`, which every write advances automatically: leave it out",
    label = "set by monotable"
)]
pub trait SetsVersions<F, E> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "this field is the time at which a `{E}` was created, which is written once, by `create`: leave it out",
    label = "set by monotable, when the item is created"
)]
pub trait SetsCreated<F, E> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "this field is the time of the last write of a `{E}`, which every write sets automatically: leave it out",
    label = "set by monotable"
)]
pub trait SetsUpdated<F, E> {}

/// The modes that know the old value of a unique field.
#[diagnostic::on_unimplemented(
    message = "this field of `{E}` is unique, and the update has to release its old value: load the entity and use `entity.update().set(..)`",
    label = "an update by key does not know the old value"
)]
pub trait KnowsGuards<F, E> {}
#[diagnostic::do_not_recommend]
impl<F, E> KnowsGuards<F, E> for Loaded<'_, E> {}

/// The modes that know the unique fields whose guards expire with the item.
#[diagnostic::on_unimplemented(
    message = "the guards of the unique fields of `{E}` expire with this field, and have to be changed with it: load the entity and use `entity.update().set(..)`",
    label = "an update by key does not know the guards"
)]
pub trait KnowsExpiring<F, E> {}
#[diagnostic::do_not_recommend]
impl<F, E> KnowsExpiring<F, E> for Loaded<'_, E> {}

/// The modes that know the fields `Missing`, which index `Index` needs in addition to `F`.
#[diagnostic::on_unimplemented(
    message = "setting this field by key alone would leave index `{Index}` stale: its key has other fields, too, which only the stored item knows",
    label = "index `{Index}` also needs `{Missing}`",
    note = "load the entity and use `entity.update().set(..)`",
    note = "or, if `{E}` has a constant named after the index, such as `{E}::.._KEY`, set all its fields: `.set_index_key({E}::.._KEY, (..))`"
)]
pub trait Knows<F, E, Index, Missing> {}
#[diagnostic::do_not_recommend]
impl<F, E, I, X> Knows<F, E, I, X> for Loaded<'_, E> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "this field is part of an index key of `{Self}`, which is written from the new value, and only the store would know it: use `key.update_with(..)`, which reads the item first",
    label = "the new value is not known before the write",
    note = "for example `{Self}::key(..).update_with(|item| item.field = ..)`, or `item.field += 1` to count",
    note = "if the entity is loaded: `entity.update().set(..)` with the new value, and `.if_unchanged(..)` of the same field"
)]
pub trait Computes<F> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "this field of `{Self}` is unique, so the request has to know the new value: use `key.update_with(..)`, which reads the item first, or load the entity and use `entity.update().set(..)`",
    label = "the new value is not known before the write"
)]
pub trait ComputesGuards<F> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "this field says when a `{Self}` expires, so the request has to know the new value: use `.set(..)` with the value itself",
    label = "the new value is not known before the write"
)]
pub trait ComputesExpiry<F> {}

/// The fields of `E` whose old values mode `M` knows. It is a trait of the field, so that the compiler knows the
/// field when it checks this.
#[diagnostic::on_unimplemented(
    message = "an update by key does not know the old value of `{Self}` of `{E}`: load the entity and use `entity.update()`, or give the value with `.when(..)`",
    label = "not known by key"
)]
pub trait RememberedBy<M, E> {}
#[diagnostic::do_not_recommend]
impl<F, E> RememberedBy<Loaded<'_, E>, E> for F {}

/// The types of fields that can have no value.
#[diagnostic::on_unimplemented(
    message = "this field is not an `Option`, so it cannot be removed: set another value, or use `remove_element` for an element of a list or an entry of a map",
    label = "always has a value"
)]
pub trait Removable<F> {
    /// The value of a field that has no value.
    const NOTHING: Self;
}
#[diagnostic::do_not_recommend]
impl<F, T> Removable<F> for Option<T> {
    const NOTHING: Self = None;
}

/// The markers of elements of lists and of entries of maps.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a field, not an element of a list or an entry of a map: use `remove`, or `set` with the new value",
    label = "not an element"
)]
pub trait IsElement {}
#[diagnostic::do_not_recommend]
impl<N> IsElement for super::Element<N> {}

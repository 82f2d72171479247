//! What an update may do with a field, and what it says where it may not.
//!
//! The derive gives each field a role; a request asks the role whether its mode ([`ByKey`] or
//! [`Loaded`]) may do what it does. Roles that depend on the mode ask on, with a trait of their own
//! that carries the message.

use std::marker::PhantomData;

/// Feeds no key.
#[derive(Debug)]
pub enum Plain {}
/// Part of the primary key.
#[derive(Debug)]
pub enum PrimaryKey {}
/// Feeds keys of indexes, and what they need besides is in the primary key.
#[derive(Debug)]
pub enum FeedsIndex {}
/// Feeds a key of an index that needs other fields, too.
#[derive(Debug)]
pub struct Stale<Index, Missing>(PhantomData<fn() -> (Index, Missing)>);
/// The entity's version.
#[derive(Debug)]
pub enum Version {}
/// Has a unique constraint; may feed indexes, too.
#[derive(Debug)]
pub enum Unique {}
/// Says when the item expires.
#[derive(Debug)]
pub enum Expires {}
/// Says when the item and the guards of its unique fields expire.
#[derive(Debug)]
pub enum GuardsExpire {}

/// An update that knows the key and nothing else.
#[derive(Debug, Clone, Copy)]
pub struct ByKey;

/// An update that knows the whole entity, as it was loaded.
#[derive(Debug)]
pub struct Loaded<'a, E>(pub(crate) &'a E);

impl<E> Clone for Loaded<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Loaded<'_, E> {}

/// Every role: whether the field feeds keys, guards or the expiry.
pub trait Role {
    /// Whether it does.
    const FEEDS: bool;
}

macro_rules! feeds {
    ($($role:ident = $feeds:literal;)*) => {$(
        impl Role for $role { const FEEDS: bool = $feeds; }
    )*};
}
feeds! {
    Plain = false;
    PrimaryKey = true;
    FeedsIndex = true;
    Version = false;
    Unique = true;
    Expires = true;
    GuardsExpire = true;
}
impl<I, X> Role for Stale<I, X> {
    const FEEDS: bool = true;
}

/// Roles of fields `F` of entity `E` that mode `M` can set or remove.
///
/// The implementations that ask on are not marked `do_not_recommend`: what they ask for carries the
/// message.
pub trait SetIn<F, E, M> {}
#[diagnostic::do_not_recommend]
impl<F, E, M> SetIn<F, E, M> for Plain {}
#[diagnostic::do_not_recommend]
impl<F, E, M> SetIn<F, E, M> for FeedsIndex {}
#[diagnostic::do_not_recommend]
impl<F, E, M> SetIn<F, E, M> for Expires {}
impl<F, E, M: MovesKeys<F, E>> SetIn<F, E, M> for PrimaryKey {}
impl<F, E, M: SetsVersions<F, E>> SetIn<F, E, M> for Version {}
impl<F, E, M: KnowsGuards<F, E>> SetIn<F, E, M> for Unique {}
impl<F, E, M: KnowsExpiring<F, E>> SetIn<F, E, M> for GuardsExpire {}
impl<F, E, M: Knows<F, E, I, X>, I, X> SetIn<F, E, M> for Stale<I, X> {}

/// Roles of fields whose new value may be computed by the store.
pub trait ComputeIn<F, E> {}
#[diagnostic::do_not_recommend]
impl<F, E> ComputeIn<F, E> for Plain {}
impl<F, E> ComputeIn<F, E> for FeedsIndex where E: Computes<F> {}
impl<F, E, I, X> ComputeIn<F, E> for Stale<I, X> where E: Computes<F> {}
impl<F, E> ComputeIn<F, E> for Unique where E: ComputesGuards<F> {}
impl<F, E> ComputeIn<F, E> for Expires where E: ComputesExpiry<F> {}
impl<F, E> ComputeIn<F, E> for GuardsExpire where E: ComputesExpiry<F> {}
impl<F, E> ComputeIn<F, E> for PrimaryKey where ByKey: MovesKeys<F, E> {}
impl<F, E> ComputeIn<F, E> for Version where ByKey: SetsVersions<F, E> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "`{F}` is part of the primary key of `{E}`, which an update cannot change: move the item with `old.move_to(&new)`",
    label = "part of the primary key",
    note = "an item under another key is another item; `move_to` deletes the one and creates the other in one transaction"
)]
pub trait MovesKeys<F, E> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "`{F}` is the version of `{E}`, which every write advances by itself: leave it out",
    label = "set by monotable"
)]
pub trait SetsVersions<F, E> {}

/// Modes that know the old value of a unique field.
#[diagnostic::on_unimplemented(
    message = "`{F}` of `{E}` is unique, and its old value has to be given free: load the entity and use `entity.update().set(..)`",
    label = "an update by key does not know the old value"
)]
pub trait KnowsGuards<F, E> {}
#[diagnostic::do_not_recommend]
impl<F, E> KnowsGuards<F, E> for Loaded<'_, E> {}

/// Modes that know the unique fields whose guards expire with the item.
#[diagnostic::on_unimplemented(
    message = "the guards of the unique fields of `{E}` expire with `{F}`, and have to be changed with it: load the entity and use `entity.update().set(..)`",
    label = "an update by key does not know the guards"
)]
pub trait KnowsExpiring<F, E> {}
#[diagnostic::do_not_recommend]
impl<F, E> KnowsExpiring<F, E> for Loaded<'_, E> {}

/// Modes that know the fields `Missing`, which index `Index` needs besides `F`.
#[diagnostic::on_unimplemented(
    message = "setting `{F}` by key alone would leave index `{Index}` stale: it also needs `{Missing}`, which only the stored item knows",
    label = "index `{Index}` also needs `{Missing}`",
    note = "load the entity and use `entity.update().set(..)`",
    note = "or set all parts of the index key: `.set_index_key({E}::.._KEY, (..))`, with the constant named after the index"
)]
pub trait Knows<F, E, Index, Missing> {}
#[diagnostic::do_not_recommend]
impl<F, E, I, X> Knows<F, E, I, X> for Loaded<'_, E> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "`{F}` feeds a key of `{Self}`, which has to be rewritten with the new value: use `.set(..)` with the value itself",
    label = "the new value is not known before the write"
)]
pub trait Computes<F> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "`{F}` of `{Self}` is unique, and the new value is guarded in the same request: load the entity and use `entity.update().set(..)` with the value itself",
    label = "the new value is not known before the write"
)]
pub trait ComputesGuards<F> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "`{F}` says when a `{Self}` expires, which the request writes a second time for the store: use `.set(..)` with the value itself",
    label = "the new value is not known before the write"
)]
pub trait ComputesExpiry<F> {}

/// Fields of `E` of which mode `M` knows what they held. On the field, so that it is known when this
/// is asked.
#[diagnostic::on_unimplemented(
    message = "an update by key does not know what `{Self}` of `{E}` held: load the entity and use `entity.update()`, or say it with `.when(..)`",
    label = "not known by key"
)]
pub trait RememberedBy<M, E> {}
#[diagnostic::do_not_recommend]
impl<F, E> RememberedBy<Loaded<'_, E>, E> for F {}

/// Types of fields that may hold nothing.
#[diagnostic::on_unimplemented(
    message = "`{F}` is no `Option` and cannot be removed: set another value, or use `remove_element` for an element of a list or an entry of a map",
    label = "always holds a value"
)]
pub trait Removable<F> {
    /// The value of a field that holds nothing.
    const NOTHING: Self;
}
#[diagnostic::do_not_recommend]
impl<F, T> Removable<F> for Option<T> {
    const NOTHING: Self = None;
}

/// Elements of lists and entries of maps.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a field, not an element of a list or an entry of a map: use `remove`, or `set` with what it becomes",
    label = "not an element"
)]
pub trait IsElement {}
#[diagnostic::do_not_recommend]
impl IsElement for super::Element {}

/// What an entity's rules let be written without more ado.
///
/// No locks and no guards.
#[derive(Debug)]
pub enum Free {}
/// Has a version.
#[derive(Debug)]
pub enum Locked {}
/// Has unique fields.
#[derive(Debug)]
pub enum Guarded {}
/// Has both.
#[derive(Debug)]
pub enum LockedAndGuarded {}

/// Rules of entities `E` that may be put over whatever is there, and deleted by key.
#[diagnostic::on_unimplemented(
    message = "`{E}` has unique fields, whose guards this request would bypass: use `create`, or load the entity and use its `update` or `delete`",
    label = "would bypass the unique guards",
    note = "the guards of the values that the stored item holds are known only to the loaded entity",
    note = "code that is generic over the entity says that it has none: `E: Entity<Rules: Unguarded<E>>`"
)]
pub trait Unguarded<E> {}
#[diagnostic::do_not_recommend]
impl<E> Unguarded<E> for Free {}
#[diagnostic::do_not_recommend]
impl<E> Unguarded<E> for Locked {}

/// Rules of entities `E` that a batch can hold.
#[diagnostic::on_unimplemented(
    message = "`{E}` has a version or unique fields, which a batch cannot check: use a transaction",
    label = "not in a batch",
    note = "stores take only unconditional puts and deletes in batches"
)]
pub trait Batched<E> {}
#[diagnostic::do_not_recommend]
impl<E> Batched<E> for Free {}

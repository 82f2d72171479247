//! The rules of an entity, which decide what can be written without loading it.

use super::ByKey;
use std::marker::PhantomData;

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

/// Has the rules `R`, which are [`Guarded`] or [`LockedAndGuarded`], and all guards are in the partition of their
/// item.
#[derive(Debug)]
pub struct GuardedWithin<R>(PhantomData<fn() -> R>);
/// Has a field of `created = ..`, and also the rules `R`.
#[derive(Debug)]
pub struct Dated<R>(PhantomData<fn() -> R>);
/// Has the rules `R`, and a key on index `Index` in which the time of the last write is beside the fields
/// `Missing`.
#[derive(Debug)]
#[expect(
    clippy::type_complexity,
    reason = "a function type, so that the parameters are only names"
)]
pub struct UpdatedBeside<R, Index, Missing>(PhantomData<fn() -> (R, Index, Missing)>);

/// Shares its keys with other entities, and also has the rules `R`. It is around all others.
#[derive(Debug)]
pub struct Sharing<R>(PhantomData<fn() -> R>);

/// Rules of entities `E` that an update by key can follow.
pub trait UpdatedByKey<E> {}
#[diagnostic::do_not_recommend]
impl<E> UpdatedByKey<E> for Free {}
#[diagnostic::do_not_recommend]
impl<E> UpdatedByKey<E> for Locked {}
#[diagnostic::do_not_recommend]
impl<E> UpdatedByKey<E> for Guarded {}
#[diagnostic::do_not_recommend]
impl<E> UpdatedByKey<E> for LockedAndGuarded {}
#[diagnostic::do_not_recommend]
impl<E, R> UpdatedByKey<E> for GuardedWithin<R> {}
#[diagnostic::do_not_recommend]
impl<E, R> UpdatedByKey<E> for Dated<R> {}
impl<E, R, I, X> UpdatedByKey<E> for UpdatedBeside<R, I, X> where ByKey: KnowsBeside<E, I, X> {}
#[diagnostic::do_not_recommend]
impl<E, R: UpdatedByKey<E>> UpdatedByKey<E> for Sharing<R> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "every update of a `{E}` sets the time of the last write, and index `{Index}` has it in one key with `{Missing}`, which an update by key does not know: load the entity and use `entity.update()`",
    label = "index `{Index}` also needs `{Missing}`",
    note = "or give the time a key attribute of its own: a `pk` or `sk` with no other part"
)]
pub trait KnowsBeside<E, Index, Missing> {}

/// Rules of entities `E` that may be put over whatever is there, and deleted by key.
#[diagnostic::on_unimplemented(
    message = "`{E}` has unique fields, whose guards this request would bypass: use `create`, or load the entity and use its `update` or `delete`",
    label = "would bypass the unique guards",
    note = "the guards of the values that the stored item holds are known only to the loaded entity",
    note = "a batch cannot hold it at all: use a transaction with `create`, `update` or `delete`",
    note = "code that is generic over the entity says that it has none: `E: Entity<Rules: Unguarded<E>>`"
)]
pub trait Unguarded<E> {}
#[diagnostic::do_not_recommend]
impl<E> Unguarded<E> for Free {}
#[diagnostic::do_not_recommend]
impl<E> Unguarded<E> for Locked {}
#[diagnostic::do_not_recommend]
impl<E, R: Unguarded<E>> Unguarded<E> for Dated<R> {}
#[diagnostic::do_not_recommend]
impl<E, R: Unguarded<E>, I, X> Unguarded<E> for UpdatedBeside<R, I, X> {}
#[diagnostic::do_not_recommend]
impl<E, R: Unguarded<E>> Unguarded<E> for Sharing<R> {}

/// Rules of entities `E` whose unique guards, if there are any, are in the partition of their item.
#[diagnostic::on_unimplemented(
    message = "`{E}` has unique fields, whose guards are in partitions of their own, and this transaction is in one partition: use `table.transaction()`, or give `unique` the `pk` of `{E}`",
    label = "writes guards in other partitions",
    note = "`unique(team, name, pk = \"TEAM#{{team}}\", sk = \"NAME#{{name}}\")` of an entity with `pk = \"TEAM#{{team}}\"` keeps the name unique in the team",
    note = "`table.transaction()` needs a backend with `CrossPartitionTransactions`"
)]
pub trait GuardsInPartition<E> {}
#[diagnostic::do_not_recommend]
impl<E> GuardsInPartition<E> for Free {}
#[diagnostic::do_not_recommend]
impl<E> GuardsInPartition<E> for Locked {}
#[diagnostic::do_not_recommend]
impl<E, R> GuardsInPartition<E> for GuardedWithin<R> {}
#[diagnostic::do_not_recommend]
impl<E, R: GuardsInPartition<E>> GuardsInPartition<E> for Dated<R> {}
#[diagnostic::do_not_recommend]
impl<E, R: GuardsInPartition<E>, I, X> GuardsInPartition<E> for UpdatedBeside<R, I, X> {}
#[diagnostic::do_not_recommend]
impl<E, R: GuardsInPartition<E>> GuardsInPartition<E> for Sharing<R> {}

/// Rules of entities `E` whose loaded entities are written and deleted in requests that return the old item.
#[diagnostic::on_unimplemented(
    message = "`{E}` has unique fields, so this is a transaction with their guards, and transactions return no items: leave out `.returning_old()`",
    label = "a transaction returns no item",
    note = "the old values are those of the loaded entity; to know all of them for certain, read the item first"
)]
pub trait ReturnsOld<E> {}
#[diagnostic::do_not_recommend]
impl<E> ReturnsOld<E> for Free {}
#[diagnostic::do_not_recommend]
impl<E> ReturnsOld<E> for Locked {}
#[diagnostic::do_not_recommend]
impl<E, R: ReturnsOld<E>> ReturnsOld<E> for Dated<R> {}
#[diagnostic::do_not_recommend]
impl<E, R: ReturnsOld<E>, I, X> ReturnsOld<E> for UpdatedBeside<R, I, X> {}
#[diagnostic::do_not_recommend]
impl<E, R: ReturnsOld<E>> ReturnsOld<E> for Sharing<R> {}

/// Rules of entities `E` that a batch can delete.
#[diagnostic::on_unimplemented(
    message = "`{E}` has a version or unique fields, which a batch cannot check: use a transaction",
    label = "not in a batch",
    note = "stores take only unconditional puts and deletes in batches"
)]
pub trait Batched<E> {}
#[diagnostic::do_not_recommend]
impl<E> Batched<E> for Free {}
#[diagnostic::do_not_recommend]
impl<E, R: Batched<E>> Batched<E> for Dated<R> {}
#[diagnostic::do_not_recommend]
impl<E, R: Batched<E>, I, X> Batched<E> for UpdatedBeside<R, I, X> {}
impl<E, R> Batched<E> for Sharing<R> where Sharing<R>: KeepsOthers<E> {}

/// Rules of entities `E` that a batch can put. Entities with unique fields have no `put`, which is reported
/// there, and not a second time here.
#[diagnostic::on_unimplemented(
    message = "`{E}` has a version, which a batch cannot check: use a transaction",
    label = "not in a batch",
    note = "stores take only unconditional puts and deletes in batches"
)]
pub trait BatchedPut<E> {}
#[diagnostic::do_not_recommend]
impl<E> BatchedPut<E> for Free {}
#[diagnostic::do_not_recommend]
impl<E> BatchedPut<E> for Guarded {}
#[diagnostic::do_not_recommend]
impl<E> BatchedPut<E> for LockedAndGuarded {}
#[diagnostic::do_not_recommend]
impl<E, R> BatchedPut<E> for GuardedWithin<R> {}
impl<E, R: BatchedPut<E> + KeepsCreated<E>> BatchedPut<E> for Dated<R> {}
impl<E, R: BatchedPut<E>, I, X> BatchedPut<E> for UpdatedBeside<R, I, X> {}
impl<E, R: KeepsOthers<E>> BatchedPut<E> for Sharing<R> {}

/// Rules `R` of [`Dated`] that no batch can put anyway, so that there is one error and not two.
#[diagnostic::on_unimplemented(
    message = "`{E}` has `created = ..`, which a put in a batch could change, because stores check nothing in a batch: use a transaction with `create` or `put`",
    label = "could change the time of creation",
    note = "a put outside of a batch has a condition: it replaces only an item with the same time of creation"
)]
pub trait KeepsCreated<E> {}
#[diagnostic::do_not_recommend]
impl<E> KeepsCreated<E> for Locked {}
#[diagnostic::do_not_recommend]
impl<E> KeepsCreated<E> for Guarded {}
#[diagnostic::do_not_recommend]
impl<E> KeepsCreated<E> for LockedAndGuarded {}
#[diagnostic::do_not_recommend]
impl<E, R> KeepsCreated<E> for GuardedWithin<R> {}

/// Rules `R` of [`Sharing`] that no batch can put anyway, so that there is one error and not two.
#[diagnostic::on_unimplemented(
    message = "`{E}` shares its keys with other entities, whose items a batch would write over or delete, because stores check nothing in a batch: use a transaction, or `put` and `delete` alone",
    label = "could write over another entity",
    note = "outside of a batch, every write has the condition that the stored item is a `{E}`"
)]
pub trait KeepsOthers<E> {}
#[diagnostic::do_not_recommend]
impl<E> KeepsOthers<E> for Guarded {}
#[diagnostic::do_not_recommend]
impl<E> KeepsOthers<E> for LockedAndGuarded {}
#[diagnostic::do_not_recommend]
impl<E, R> KeepsOthers<E> for GuardedWithin<R> {}
#[diagnostic::do_not_recommend]
impl<E, R: KeepsOthers<E>> KeepsOthers<E> for Dated<R> {}
#[diagnostic::do_not_recommend]
impl<E, R: KeepsOthers<E>, I, X> KeepsOthers<E> for UpdatedBeside<R, I, X> {}

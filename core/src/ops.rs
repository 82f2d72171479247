//! Every request except queries: reads of items by their keys, and all writes.
//!
//! Each method that a user calls has a file of its own, with its request type beside it: `put` is in
//! `put.rs`. Code that several requests share is in `support/`.
//!
//! # Dropped futures
//!
//! A program can drop a future before it is ready, for example because of a timeout. A call that was on its
//! way to the store may still happen, also after the future was dropped. So after a dropped future, this may
//! have happened:
//!
//! | request | what may have happened | what to do |
//! |---|---|---|
//! | [`Advance`] | the step, or nothing | send a clone, or the same step with the same token: it is done once only |
//! | a write of one item | all of it, or nothing | read the item, or use a version: then a repeated write is a conflict |
//! | [`Transaction`], [`Move`] | all of it, or nothing | send a clone of the transaction: it happens once only |
//! | [`Batch`] | any of its writes, each as a whole | send the batch again: puts and deletes can happen twice |
//! | [`DeleteAll`], [`DeletePartition`] | any of the items are deleted, each with its unique guards | send it again: it deletes the rest |
//! | [`UpdateOrCreate`] | nothing, the update, or the create | read the item: sent again, the update would change the created item |
//! | [`UpdateWith`] | the change, or nothing | read the item, or use a version |
//! | [`Once::run`](crate::coordination::Once::run) | any part of the work; its record is in progress until its time is over | call it again: later calls do the work |
//! | [`OnceTransaction::run`](crate::coordination::OnceTransaction::run) | all of it, or nothing | call it again: it happens once only |
//! | [`Acquire::acquire`](crate::coordination::Acquire::acquire) | the lease is held by nobody until its time is over | ask for it later |
//!
//! An item that has expired is deleted separately from its unique guards, so that they may be gone before
//! the item is. Nobody sees the difference, because reads and writes treat the item as missing.

mod advance;
mod batch;
mod check;
mod create;
mod delete;
mod delete_all;
mod delete_partition;
mod entity_ext;
mod exists;
mod first_guesses;
mod get;
mod get_many;
mod get_shared;
mod hydrate;
mod move_to;
mod no_scan;
mod or_create;
mod put;
mod support;
mod transact_get;
mod transaction;
mod update;
mod update_with;

pub use advance::{Advance, Advanced, Complete};
pub use batch::{Batch, BatchReport, IntoBatch};
pub use check::Check;
pub use create::Create;
pub use delete::Delete;
pub use delete_all::{DeleteAll, DeleteReport};
pub use delete_partition::DeletePartition;
pub use entity_ext::EntityExt;
pub use exists::Exists;
pub use get::{Get, ReadsLiving};
pub use get_many::{GetMany, IntoKey, Many};
pub use get_shared::GetShared;
pub use hydrate::{Hydrate, Hydrated, Lacks};
pub use move_to::Move;
#[doc(hidden)]
pub use no_scan::NoScan;
pub use or_create::UpdateOrCreate;
pub use put::Put;
pub use support::{
    Conditional, IntoWrite, New, Old, Progress, Returns, Unconditional, Unprocessed,
};
pub(crate) use support::{Explain, InTable, Prepared, SameTable, partition_key};
pub use transact_get::TransactGet;
#[doc(hidden)]
pub use transact_get::{Gets, HasAll, OneGet};
pub(crate) use transaction::Last;
pub use transaction::{Admits, Anywhere, Transaction};
#[doc(hidden)]
pub use update::Setter;
pub use update::{Elements, SetIndexKey, Update};
pub use update_with::{UpdateWith, UpdateWithError};

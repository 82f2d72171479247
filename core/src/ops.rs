//! Every request except queries: reads of items by their keys, and all writes.
//!
//! Each method that a user calls has a file of its own, with its request type beside it: `put` is in
//! `put.rs`. Code that several requests share is in `support/`.

mod batch;
mod check;
mod create;
mod delete;
mod delete_collection;
mod entity_ext;
mod first_guesses;
mod get;
mod get_many;
mod move_to;
mod no_scan;
mod or_create;
mod put;
mod support;
mod transact_get;
mod transaction;
mod update;
mod update_with;

pub use batch::{Batch, BatchReport, IntoBatch};
pub use check::Check;
pub use create::Create;
pub use delete::Delete;
pub use delete_collection::{CollectionReport, DeleteCollection};
pub use entity_ext::EntityExt;
pub use get::Get;
pub use get_many::{GetMany, Many};
pub use move_to::Move;
#[doc(hidden)]
pub use no_scan::NoScan;
pub use or_create::UpdateOrCreate;
pub use put::Put;
pub use support::{
    Conditional, IntoWrite, New, Old, Progress, Returns, Unconditional, Unprocessed,
};
#[doc(hidden)]
pub use transact_get::Gets;
pub use transact_get::TransactGet;
pub use transaction::Transaction;
#[doc(hidden)]
pub use update::Setter;
pub use update::{Elements, SetIndexKey, Update};
pub use update_with::{UpdateWith, UpdateWithError};

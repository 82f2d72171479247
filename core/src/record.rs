//! Requests for single items by key, and those that hold several of them.

mod batch;
mod collection;
mod delete;
mod key;
mod keys;
mod many;
mod prepared;
mod put;
mod read_together;
mod returning;
mod rewrite;
mod scan;
mod transaction;
mod unique;
mod update;
mod upsert;

pub use batch::{Batch, BatchReport, IntoBatch, Left, Progress};
pub use collection::{CollectionReport, DeleteCollection};
pub use delete::Delete;
pub use key::{Get, Key};
pub use many::{GetMany, Many};
pub use put::{Conditional, Put, Record, Unconditional};
pub use read_together::{ReadTogether, Together};
pub use returning::{New, Old, Returns};
pub use rewrite::{Failed, UpdateWith};
pub use scan::NoScan;
pub use transaction::{Check, IntoWrite, Move, Transaction};
pub use update::{SetTogether, Setter, Update};
pub use upsert::UpdateOrCreate;

//! The core of [monotable](https://docs.rs/monotable): key templates and their encoding, typed
//! requests, the plain data that they become, and the [`Backend`] contract that stores implement.
//!
//! Applications depend on the facade crate `monotable`; a backend depends on this one.
//!
//! The way of a request: a typed request ([`Query`], [`Get`], [`Put`], …) renders its keys and
//! becomes plain data ([`request`]); a [`Backend`] runs that and gives back [`Item`]s; the typed
//! layer decodes each of them once, at the edge. No SDK type and no runtime appears here.
#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod access;
mod backend;
mod backoff;
mod cost;
mod cursor;
mod error;
mod expiry;
pub mod expr;
pub mod field;
mod item;
pub mod key;
mod page;
mod random;
mod record;
pub mod request;
mod schema;
mod schema_ext;
mod table;
mod trace;
pub mod value;

pub use access::{Index, Query};
pub use backend::{Backend, CrossPartitionTransactions, Limits};
pub use cost::Cost;
pub use cursor::Cursor;

pub use error::{Error, Kind, Result};
pub use expiry::ExpiresAt;
pub use field::{Condition, Document, Field, FieldDef, Together};
pub use item::{Item, Keyed};
pub use page::Page;
#[doc(hidden)]
pub use record::NoScan;
pub use record::{
    Batch, BatchReport, Check, CollectionReport, Conditional, Delete, DeleteCollection, Failed,
    Get, GetMany, IntoBatch, IntoWrite, Key, Left, Many, Move, New, Old, Progress, Put,
    ReadTogether, Record, Returns, SetTogether, Transaction, Unconditional, Update, UpdateOrCreate,
    UpdateWith,
};
pub use schema::{
    Entity, EntityDef, IndexDef, IndexKey, Projection, Rules, Schema, TableDef, UniqueDef,
};
pub use schema_ext::SchemaExt;
pub use table::Table;
pub use value::with::{decimal, fixed, set};

/// What the derives name. Not public API: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::access::{End, Part, Query, arg, bucket_arg};
    pub use crate::error::Result;
    pub use crate::expiry::ExpiresAt;
    pub use crate::field::{
        BySerde, Codec, Document, Expiry, Field, FieldDef, FieldInfo, IsPart, MayBePart, NoPart,
        Together, form, role, version,
    };
    pub use crate::key::*;
    pub use crate::record::{Get, Key, Setter, Together as Gets};
    pub use crate::schema::*;
    pub use crate::value::{Value, ValueError, to_value};
}

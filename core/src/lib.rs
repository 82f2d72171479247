//! The core of [monotable](https://docs.rs/monotable): key templates and their encoding, typed
//! requests, the plain data that they become, and the [`Backend`] contract that stores implement.
//!
//! Applications depend on the facade crate `monotable`. Only backends depend on this crate.
//!
//! A request takes these steps. A typed request ([`Query`], [`Get`], [`Put`], …) renders its keys and
//! becomes plain data ([`request`]). A [`Backend`] runs the plain request and returns [`Item`](backend::Item)s. The
//! typed layer decodes each item once. This crate has no types of an SDK, and does not depend on an
//! async runtime.
#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod backend;
pub mod change;
pub mod coordination;
mod cost;
mod entity;
mod error;
mod expiry;
pub mod expr;
pub mod field;
pub mod key;
pub mod ops;
pub mod query;
mod random;
pub mod request;
pub mod schema;
mod schema_ext;
mod table;
pub mod value;

pub use backend::{Backend, CrossPartitionTransactions, HeldBy, Transactions};
pub use change::{Change, ChangeFeed, ChangeKind, Latest};
pub use cost::{Cost, Meter, ReadUnits, RequestUnits, WriteUnits};
pub use entity::{Key, Projected, Projection, SpaceKey};
pub use error::{Error, Kind, Result};
pub use expiry::ExpiresAt;
pub use field::{Condition, Document, Field, FieldDef, FromNow, IndexKeyFields};
#[doc(hidden)]
pub use ops::NoScan;
pub use ops::{
    Advance, Advanced, Batch, BatchReport, Check, Create, Delete, DeleteAll, DeletePartition,
    DeleteReport, EntityExt, Exists, Get, GetMany, GetShared, Hydrate, Hydrated, Move, Progress,
    Put, TransactGet, Transaction, Unprocessed, Update, UpdateOrCreate, UpdateWith,
    UpdateWithError,
};
pub use query::{
    Collection, CollectionPage, CollectionQuery, Index, Partition, PartitionQuery, Query,
};
pub use request::{Cursor, Page};
pub use schema::{Entity, KeySpace, Schema, Workflow};
pub use schema_ext::SchemaExt;
pub use table::Table;
pub use value::with::{decimal, set, timestamp};

/// The names that the code of the derives uses. This is not public API: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::backend::{
        AllServedBy, AllWrittenBy, Backend, HeldBy, Item, ServedBy, TransactWrites,
    };
    pub use crate::coordination::{Coordinated, CoordinatedIn, Room};
    pub use crate::entity::{
        Attributes, IfEntity, Key, Place, ProjectedField, Projection as ProjectionOf, SpaceKey,
        SpaceParts, is_entity, projected,
    };
    pub use crate::error::Result;
    pub use crate::expiry::ExpiresAt;
    pub use crate::field::{
        BySerde, Codec, Declared, Decode, Document, Expiry, Field, FieldDef, InKey, IndexKeyFields,
        IntoValue, Is, IsPart, MayBePart, Name, NoPart, added, form, is_key, key_attribute,
        name_of, role, stamp, version,
    };
    pub use crate::key::*;
    pub use crate::ops::{Get, GetShared, Gets, Setter};
    pub use crate::query::{
        Attribute, Collection, ConsistentReads, End, HasMember, InPartition, Listed, Members,
        Named, Part, Partition, Primary, Query, Whole, arg, attribute_arg, bucket_arg,
    };
    pub use crate::schema::*;
    pub use crate::value::{Encoded, Value, ValueError, from_value, reader, to_value};
    pub use jiff::Timestamp;
}

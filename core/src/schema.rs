//! What a program declares, as const data and traits: tables, indexes and entities.
//!
//! The derives emit it, and all else reads it. It knows keys, values and errors, and nothing of
//! backends, requests or queries.

mod def;
mod head;
mod index;
mod proof;
mod traits;

pub use def::{EntityDef, IndexDef, IndexKey, Projection, Rules, TableDef, UniqueDef, WRITE_NAME};
pub use index::{AllAttributes, Include, Index, KeysOnly, On, Path, Primary};
pub use proof::{
    Clash, assert_alias, assert_apart, assert_field, assert_fields, assert_index, assert_template,
    claims, find_clash,
};
pub use traits::{
    Entity, EntityImpl, Holds, IsTable, Itself, Lists, Make, Schema, SchemaImpl, Variant, Visit,
    table_of,
};

//! An entity as an item: its typed key, its rendered keys, and how it is encoded and decoded.
//!
//! Queries and all other requests use this. What a request does with an entity is in `query/` and
//! `ops/`.

mod decode;
mod encode;
mod key;
mod key_attributes;
mod keys;
mod memory;
mod projected;
mod projection;
mod space_key;
mod stamps;

pub(crate) use decode::{
    decode_entity, decode_living, decode_shared, decode_variant, from_attributes, other_entity,
};
pub(crate) use encode::{attributes, encode};
pub use key::Key;
pub(crate) use key_attributes::{check_actions, check_map};
pub(crate) use keys::{IndexAttribute, check_changed, render_key, two_keys};
pub(crate) use memory::Memory;
pub use projected::Projected;
pub(crate) use projection::names_of;
pub use projection::{AllFields, Attributes, Only, Projection};
#[doc(hidden)]
pub use projection::{IfEntity, Place, ProjectedField, is_entity, projected};
pub use space_key::{SpaceKey, SpaceParts};
pub(crate) use stamps::Stamps;

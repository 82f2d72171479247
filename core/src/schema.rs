//! What a program declares, as const data and traits: tables, indexes and entities.
//!
//! The derives emit it, and everything else reads it. It knows keys, values and errors, and nothing
//! of backends, requests or queries.

mod def;
mod entity;
mod proof;

pub use def::*;
pub use entity::*;
pub use proof::*;

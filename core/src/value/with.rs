//! Modules for `#[serde(with = "…")]`, which store a field in a form that serde's data model does not have.

pub mod decimal;
pub mod set;
pub mod timestamp;

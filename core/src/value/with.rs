//! How a field says that it is stored as what serde has no kind for: `#[serde(with = "…")]`.

pub mod decimal;
pub mod fixed;
pub mod set;

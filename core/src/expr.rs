//! Conditions, filters and updates as plain data, and their evaluation.
//!
//! The typed layer makes expressions from fields (`Order::STATUS.eq(..)`). A backend translates them
//! into its own language, or evaluates them on a [`Map`](crate::value::Map) with [`Expr::holds`] and
//! [`apply`]. They have the same meaning on every backend, which is that on DynamoDB:
//!
//! - A comparison with an absent attribute, or with a value of another type, does not hold. The
//!   exception is [`Comparison::Ne`], which holds.
//! - Numbers are compared by value. Texts and bytes are compared byte by byte, at any depth of an item.
//! - [`Expr::Contains`] looks for a part of a text or of bytes, or for an element of a list or set.
//! - [`Expr::Size`] compares the number of bytes of a text or of bytes, or the number of elements of a
//!   list, map or set. Other values, and absent ones, have no size: for them, only
//!   [`Comparison::Ne`] holds.

mod apply;
mod condition;
pub mod digest;
mod eval;
mod path;
mod update;

pub use apply::{apply, check};
pub use condition::{Comparison, Expr};
pub use path::{Path, Step, leads_nowhere};
pub use update::Action;

//! Checks of templates by const evaluation: that the entities of a table cannot collide, and that each
//! template is valid for the types of its parts.
//!
//! Each check panics with one sentence, and `track_caller` makes the compiler show the user's line.
//! The checks run once for each derive, and only at compile time. They are `#[inline]`, so that the compiler makes no
//! machine code of them. Const evaluation is slow, so they compare segments and not
//! bytes where they can.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "const evaluation: a panic here is the compile error that the check is for"
)]

mod attributes;
mod clash;
mod collection;
mod index;
mod message;
mod overlap;
mod record;
mod space;
mod state;
mod template;
#[cfg(test)]
mod tests;

pub use attributes::assert_attributes;
pub use clash::{Clash, assert_apart, claims, find_clash};
pub use collection::assert_member;
pub use index::{assert_index, assert_partition_key};
pub(super) use message::{fail, same};
pub use record::{assert_coordination, has_room};
pub use space::assert_shared;
pub use state::assert_no_state;
pub use template::{assert_alias, assert_field, assert_fields, assert_mixed, assert_template};

//! What several writes share: preparing and sending them, explaining why they were refused, unique
//! guards, versions and conditions.

mod conditions;
mod deleted;
mod explain;
pub(super) mod guard;
mod held;
mod into_write;
mod meet;
mod partition;
mod prepared;
mod returning;
mod states;
mod version;
mod write_all;

pub(super) use conditions::Conditions;
pub use conditions::{Conditional, Unconditional};
pub(super) use deleted::{Deleted, delete_expired};
pub(crate) use explain::Explain;
pub(super) use explain::{FromStates, Mark, cancelled};
pub(super) use guard::Guard;
pub(super) use held::Held;
pub use into_write::IntoWrite;
pub(crate) use into_write::{InTable, SameTable};
pub(super) use meet::join_guards;
pub(crate) use partition::partition_key;
pub(super) use partition::{SamePartition, check_partition};
pub(crate) use prepared::Prepared;
pub use returning::{New, Old, Returns};
pub(super) use returning::{returned, returned_old};
pub(super) use states::{is_state, keeps_states, starts};
pub(super) use version::{has_version, next_version};
pub use write_all::{Progress, Unprocessed};
pub(super) use write_all::{Written, write_all};

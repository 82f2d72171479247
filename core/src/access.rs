//! Typed queries: what the access patterns of an entity return.

mod path;
mod plan;
mod query;
mod remaining;
mod run;

pub use crate::schema::{AllAttributes, Include, Index, KeysOnly, On, Path, Primary};
pub use path::{ConsistentReads, Yields};
pub(crate) use path::{read_entity, read_variant};
#[cfg(test)]
pub(crate) use plan::Plan;
pub use plan::{Arg, arg, bucket_arg};
pub use query::Query;
pub use remaining::{End, Ended, Open, Part, Remaining};

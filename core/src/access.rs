//! Typed queries: what the access patterns of an entity return.

mod path;
mod plan;
mod query;
mod remaining;
mod run;

pub(crate) use path::read_entity;
#[doc(hidden)]
pub use path::variant;
pub use path::{
    AllAttributes, ConsistentReads, Include, Index, KeysOnly, On, Path, Primary, Yields,
};
#[cfg(test)]
pub(crate) use plan::Plan;
pub use plan::{Arg, arg, bucket_arg};
pub use query::Query;
pub use remaining::{End, Ended, Open, Part, Remaining};

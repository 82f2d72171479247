//! The tables that have items of coordination, and the partitions that can have them.

use crate::schema::Schema;

/// A table that says `#[table(coordination)]`, so it can have records of once-only work, leases and counters of rate
/// limits, and positions of consumers of [changes](crate::change). `#[derive(Table)]` implements it.
#[diagnostic::on_unimplemented(
    message = "table `{Self}` has no items for once-only work, leases, rate limits and consumers of changes: add `coordination` to its attribute, `#[table(coordination)]`",
    label = "does not say `coordination`"
)]
pub trait Coordinated: Schema {}

/// A table with `coordination` that has the entity `E`. `#[derive(Table)]` implements it.
#[diagnostic::on_unimplemented(
    message = "table `{Self}` has no items for once-only work, leases, rate limits and consumers of changes: add `coordination` to its attribute, `#[table(coordination)]`",
    label = "does not say `coordination`"
)]
pub trait CoordinatedIn<E>: Schema {
    /// Whether such items can be in the partitions of the entity.
    #[doc(hidden)]
    type Room;
}

/// Whether items of coordination can be in a partition, as a type.
#[doc(hidden)]
#[derive(Debug)]
pub enum Room<const IS: bool> {}

/// A partition of entity `E` in which items of coordination can be.
#[diagnostic::on_unimplemented(
    message = "a partition of `{E}` has no room for records and leases, because a query of an entity in it would read them: begin the sort key of every entity in it with a literal, write `mixed` in its access pattern, or use `once(..)` and `lease(..)`, which have partitions of their own",
    label = "would be read by a query"
)]
#[doc(hidden)]
pub trait HasRoom<E> {}
#[diagnostic::do_not_recommend]
impl<E> HasRoom<E> for Room<true> {}

//! What the application does: one function for each thing, generic over the backend.
//!
//! The bound is `CrossPartitionTransactions`, because the table has a unique field. For a table without
//! one, `Backend` is enough for most functions.

mod customers;
mod place;
mod read;
mod status;

pub use customers::register;
pub use place::{NewLine, NewOrder, place};
pub use read::{OrderPage, lines, open_orders, orders_of};
pub use status::{pay, ship};

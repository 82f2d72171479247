//! The requests to the table of the club with unique values.

pub(super) use monotable_tests::club::unique as tables;

#[path = "club.rs"]
pub mod club;
#[path = "club_writes.rs"]
mod club_writes;

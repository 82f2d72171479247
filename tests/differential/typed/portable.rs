//! The requests to the table of the club without unique values.
#![allow(clippy::duplicate_mod, reason = "the same requests to two tables")]

pub(super) use monotable_tests::club as tables;

#[path = "club.rs"]
pub mod club;
#[path = "club_writes.rs"]
mod club_writes;

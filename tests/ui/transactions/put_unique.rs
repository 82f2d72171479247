// A put may lie over an item with other values, in a transaction, too.

#[path = "../club.rs"]
mod club;

use club::*;
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;

fn run<B: CrossPartitionTransactions>(club: &Table<Club, B>, member: &Member) {
    let _ = club.transaction().add(member.put());
}

fn main() {}

// A put may lie over an item with other values, which would never be free again.

#[path = "../club.rs"]
mod club;

use club::*;
use monotable::prelude::*;

fn run(member: &Member) {
    let _ = member.put();
}

fn main() {}

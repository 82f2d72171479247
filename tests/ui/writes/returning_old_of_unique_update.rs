// It is a transaction with the guards of the unique values, which returns no item.

#[path = "../club.rs"]
mod club;

use club::*;
use monotable::prelude::*;

fn run(member: Member) {
    let _ = member.update().set(Member::NAME, "Ada").returning_old();
}

fn main() {}

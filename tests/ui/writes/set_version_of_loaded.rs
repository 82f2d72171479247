// The version is advanced by every write.

#[path = "../club.rs"]
mod club;

use club::*;
use monotable::prelude::*;

fn run(account: &Account) {
    let _ = account.update().set(Account::REVISION, 1);
}

fn main() {}

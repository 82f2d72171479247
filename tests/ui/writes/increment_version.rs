// The version is advanced by every write.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Account::key("M001", "cash").update().increment(Account::REVISION, 1);
}

fn main() {}

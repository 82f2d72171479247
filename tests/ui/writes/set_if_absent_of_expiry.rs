// The attribute by which the store deletes is written with the new value.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ =
        Session::key("S001").update().set_if_absent(Session::ENDS_AT, jiff::Timestamp::UNIX_EPOCH);
}

fn main() {}

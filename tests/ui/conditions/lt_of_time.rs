// jiff writes as many digits of the second as there are, so that the text is in no order.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::STARTED_AT.lt(jiff::Timestamp::UNIX_EPOCH);
}

fn main() {}

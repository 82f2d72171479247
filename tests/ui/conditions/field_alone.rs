// A field is not yet a condition.

#[path = "../club.rs"]
mod club;

use club::*;
use monotable::prelude::*;

fn run(session: &Session) {
    let _ = session.delete().when(Session::IS_OPEN);
}

fn main() {}

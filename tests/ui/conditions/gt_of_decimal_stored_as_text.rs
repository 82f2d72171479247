// As text, 9 is greater than 10.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::SCORE.gt(Decimal("10".into()));
}

fn main() {}

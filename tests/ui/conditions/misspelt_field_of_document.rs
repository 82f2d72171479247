// There is no such field.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::ADDRESS.then(Address::ZPI);
}

fn main() {}

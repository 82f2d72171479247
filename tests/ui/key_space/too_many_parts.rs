// The key has one part.

#[path = "../accounts.rs"]
mod accounts;

use accounts::*;
use monotable::prelude::*;

fn example(hub: &Table<Hub, Embedded>, user: &User) {
    let _ = (hub, user);
    let _ = Account::get(("ann", 7));
}

fn main() {}

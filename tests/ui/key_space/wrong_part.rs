// The part of the key is a text.

#[path = "../accounts.rs"]
mod accounts;

use accounts::*;
use monotable::prelude::*;

fn example(hub: &Table<Hub, Embedded>, user: &User) {
    let _ = (hub, user);
    let _ = Account::get(7);
}

fn main() {}

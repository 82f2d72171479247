// A put in a batch could write over another entity.

#[path = "../accounts.rs"]
mod accounts;

use accounts::*;
use monotable::prelude::*;

fn example(hub: &Table<Hub, Embedded>, user: &User) {
    let _ = (hub, user);
    let _ = hub.batch().add(user.put());
}

fn main() {}

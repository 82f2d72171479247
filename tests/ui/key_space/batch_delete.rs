// A delete in a batch could delete another entity.

#[path = "../accounts.rs"]
mod accounts;

use accounts::*;
use monotable::prelude::*;

fn example(hub: &Table<Hub, Embedded>, user: &User) {
    let _ = (hub, user);
    let _ = hub.batch().add(User::key("ann").delete());
}

fn main() {}

// The guard is in the partition of the item, which needs transactions of some kind.

use monotable::prelude::*;
use monotable::{Backend, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum League {
    Player(Player),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = League, pk = "TEAM#{team}", sk = "PLAYER#{id}", unique(team, name, pk = "TEAM#{team}", sk = "NAME#{name}"))]
struct Player {
    team: String,
    id: String,
    name: String,
}

fn open<B: Backend>(backend: B) -> Table<League, B> {
    League::on(backend)
}

fn main() {}

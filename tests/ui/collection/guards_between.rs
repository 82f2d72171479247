// The guards of the players' names are between the players and the team.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum League {
    Team(Team),
    Player(Player),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = League, pk = "TEAM#{team}", sk = "TEAM")]
struct Team {
    team: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = League, pk = "TEAM#{team}", sk = "PLAYER#{id}", unique(team, name, pk = "TEAM#{team}", sk = "PLAYERNAME#{name}"))]
struct Player {
    team: String,
    id: String,
    name: String,
}

#[derive(Collection)]
struct Squad {
    team: Team,
    players: Vec<Player>,
}

fn main() {}

//! The players and games of an online game, in which 50 players fight until one is left.
//!
//! Published as "Modeling Game Player Data with Amazon DynamoDB" by Amazon Web Services,
//! <https://aws.amazon.com/tutorials/data-modeling-gaming-app-with-dynamodb/>, with the code at
//! <https://github.com/aws-samples/amazon-dynamodb-labs>.
//!
//! It shows a game with its players in one partition, sparse indexes, which have only the games that are open, an
//! inverted index for the other side of a relation, an index whose keys are fields of the item, and transactions
//! with conditions.
//!
//! | entity | PK | SK | OpenGamesIndex | InvertedIndex |
//! |---|---|---|---|---|
//! | user | `USER#user` | `#METADATA#user` | | |
//! | game | `GAME#game` | `#METADATA#game` | map, open_timestamp | |
//! | user in game | `GAME#game` | `USER#user` | | `USER#user`, `GAME#game` |
//!
//! The lab finds open games of all maps by a scan of the index. monotable has no scan, because its cost depends on
//! what is stored and not on what is asked. Here these games are in one partition of another sparse index.

pub mod patterns;

use jiff::Timestamp;
use jiff::civil::Date;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(OpenGamesIndex, AllOpenGames, InvertedIndex), name = "battle-royale")]
#[allow(dead_code)]
pub enum BattleRoyale {
    User(User),
    Game(Game),
    Player(Player),
}

#[derive(Debug, Index)]
#[index(name = "OpenGamesIndex", attributes)]
pub struct OpenGamesIndex;

#[derive(Debug, Index)]
#[index(name = "AllOpenGames")]
pub struct AllOpenGames;

#[derive(Debug, Index)]
#[index(name = "InvertedIndex")]
pub struct InvertedIndex;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = BattleRoyale, pk = "USER#{username}", sk = "#METADATA#{username}")]
pub struct User {
    pub username: String,
    pub name: String,
    pub email: String,
    pub birthdate: Date,
    pub games: u32,
    pub wins: u32,
    pub kills: u32,
}

/// A game is on the indexes as long as it has an `open_timestamp`. The keys of the first one are fields of the game,
/// and those of the second one are templates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = BattleRoyale, pk = "GAME#{game}", sk = "#METADATA#{game}")]
#[access(open_on_map, index = OpenGamesIndex, pk(map), sk(open_timestamp))]
#[access(open, index = AllOpenGames, pk = "OPEN", sk = "{open_timestamp}", allow(static_partition))]
pub struct Game {
    pub game: String,
    pub map: String,
    pub creator: String,
    pub people: u32,
    pub create_time: Timestamp,
    #[serde(with = "monotable::timestamp::ms", default)]
    pub open_timestamp: Option<Timestamp>,
    pub start_time: Option<Timestamp>,
    pub end_time: Option<Timestamp>,
}

/// A user in a game.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = BattleRoyale, pk = "GAME#{game}", sk = "USER#{username}")]
#[access(of_user, index = InvertedIndex, pk = "USER#{username}", sk = "GAME#{game}")]
pub struct Player {
    pub game: String,
    pub username: String,
    pub kills: u32,
    pub seconds: Option<u32>,
    pub place: Option<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Place {
    Gold,
    Silver,
    Bronze,
}

/// A game and its players, in one partition. `#` is before all letters, so the game comes first.
#[derive(Debug, PartialEq, Collection)]
pub struct GameWithPlayers {
    pub game: Game,
    pub players: Vec<Player>,
}

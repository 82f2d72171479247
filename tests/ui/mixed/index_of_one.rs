// On an index, the other pattern reads this entity.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(indexes(Feed))]
enum Forum {
    Thread(Thread),
    Reply(Reply),
}

#[derive(Index)]
struct Feed;

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Forum, pk = "BOARD#{board}", sk = "THREAD#{thread}")]
#[access(by_author, index = Feed, pk = "AUTHOR#{author}", sk = "{thread}", mixed)]
struct Thread {
    board: String,
    thread: String,
    author: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Forum, pk = "BOARD#{board}", sk = "REPLY#{thread}#{number}")]
#[access(by_author, index = Feed, pk = "AUTHOR#{author}", sk = "{thread}#{number}")]
struct Reply {
    board: String,
    thread: String,
    number: u32,
    author: String,
}

fn main() {}

// `mixed` has no value.

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
#[access(threads, mixed = true)]
struct Thread {
    board: String,
    thread: String,
    author: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Forum, pk = "BOARD#{board}", sk = "THREAD#{thread}#{number}")]
#[access(replies, mixed)]
struct Reply {
    board: String,
    thread: String,
    number: u32,
    author: String,
}

fn main() {}

// A table of DynamoDB has at most five local indexes.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(A, B, C, Global, D, E, F))]
enum Notes {
    Note(Note),
}

#[derive(Index)]
struct Global;

#[derive(Index)]
#[index(local)]
struct A;

#[derive(Index)]
#[index(local)]
struct B;

#[derive(Index)]
#[index(local)]
struct C;

#[derive(Index)]
#[index(local)]
struct D;

#[derive(Index)]
#[index(local)]
struct E;

#[derive(Index)]
#[index(local)]
struct F;

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
struct Note {
    user: String,
    id: String,
}

fn main() {}

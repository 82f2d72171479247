// A primary key has a limited number of fields.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(
    table = Notes,
    pk = "{a}#{b}#{c}#{d}#{e}#{f}#{g}#{h}",
    sk = "{i}#{j}#{k}#{l}#{m}#{n}#{o}#{p}#{q}"
)]
struct Note {
    a: u8,
    b: u8,
    c: u8,
    d: u8,
    e: u8,
    f: u8,
    g: u8,
    h: u8,
    i: u8,
    j: u8,
    k: u8,
    l: u8,
    m: u8,
    n: u8,
    o: u8,
    p: u8,
    q: u8,
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.a, &note.b, &note.c, &note.d, &note.e, &note.f, &note.g, &note.h, &note.i, &note.j, &note.k, &note.l, &note.m, &note.n, &note.o, &note.p, &note.q).send(&notes).await?;
    Ok(())
}

fn main() {}

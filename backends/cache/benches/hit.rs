//! The time of a hit in the process, and of a look-up of the same bytes in a plain map.
//!
//! `cargo bench -p monotable-cache --all-features`

#![allow(clippy::expect_used, reason = "it is a program")]

use futures_util::FutureExt as _;
use monotable::Backend;
use monotable::cache::{Cache, CacheExt as _, Cached};
use monotable::embedded::Document;
use monotable::prelude::*;
use monotable::request::{Get, PrimaryKey};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hint::black_box;
use std::sync::RwLock;
use std::time::{Duration, Instant};

#[derive(Debug, Table)]
enum Shop {
    Note(Note),
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "NOTE#{id}", sk = "NOTE")]
struct Note {
    id: String,
    text: String,
}

const ITEMS: usize = 10_000;
const ROUNDS: usize = 300_000;

/// The median of several runs, in nanoseconds for each operation.
fn median(mut run: impl FnMut(usize)) -> u128 {
    let mut times: Vec<u128> = (0..9)
        .map(|_| {
            let began = Instant::now();
            for round in 0..ROUNDS {
                run(round.wrapping_mul(7_919) % ITEMS);
            }
            began.elapsed().as_nanos() / ROUNDS as u128
        })
        .collect();
    times.sort_unstable();
    times.get(4).copied().unwrap_or_default()
}

fn main() {
    let backend = Embedded::in_memory();
    let cache = Cache::in_process(256 << 20).entity::<Note>(Duration::from_secs(3_600));
    let shop: Table<Shop, Cached<Embedded>> = Shop::on(backend.cached(cache).expect("a cache"));
    let table = <Shop as Schema>::DEF;
    let mut plain = HashMap::new();
    let mut gets = Vec::new();
    for at in 0..ITEMS {
        let note = Note { id: format!("{at:08}"), text: "x".repeat(300) };
        let key: PrimaryKey =
            Shop::Note(Note { text: String::new(), ..clone(&note) }).primary_key().expect("a key");
        note.put().send(&shop).now_or_never().expect("at once").expect("a put");
        let get = Get::new(table, "Note", key.clone());
        let read = shop.backend().get(get.clone()).now_or_never().expect("at once").expect("a get");
        plain.insert(key, read.item.expect("an item"));
        gets.push(get);
    }
    let plain: RwLock<HashMap<PrimaryKey, Document>> = RwLock::new(plain);
    let get = |at: usize| gets.get(at).cloned().expect("a request");

    // Both begin with a copy of the request.
    let map = median(|at| {
        let get = get(at);
        let found = plain.read().expect("no panic").get(&get.key).cloned();
        black_box(found);
    });
    let hit = median(|at| {
        let found = shop.backend().get(get(at)).now_or_never().expect("at once");
        black_box(found).expect("a get");
    });
    let table = median(|at| {
        let found = shop.backend().backend().get(get(at)).now_or_never().expect("at once");
        black_box(found).expect("a get");
    });
    let typed = median(|at| {
        let id = format!("{at:08}");
        let found = Note::get(id).send(&shop).now_or_never().expect("at once");
        black_box(found).expect("a get");
    });
    let stats = shop.backend().stats();
    println!("look-up in a map behind a lock    {map:>6} ns");
    println!("hit in the process                {hit:>6} ns");
    println!("get of the embedded store         {table:>6} ns");
    println!("typed get of a hit, decoded       {typed:>6} ns");
    println!("{stats:?}");
}

fn clone(note: &Note) -> Note {
    Note { id: note.id.clone(), text: note.text.clone() }
}

//! Tests that after random writes, the index entries are the same as those of a new store into
//! which the same items are put.

use crate::support::{Folder, GSI, KEYS, SESSIONS, block_on, key, map, query};
use monotable_core::backend::{Item as _, Keyed, Readable as _};
use monotable_core::expr::{Action, Expr, Path};
use monotable_core::request::{
    BatchItem, BatchWrite, Delete, Put, TransactItem, TransactWrite, Update, Write,
};
use monotable_core::value::{Map, Value};
use monotable_core::{Backend as _, Transactions as _};
use monotable_embedded::{Document, Embedded};

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }
}

const NAMES: [&str; 5] = ["gpk", "gsk", "kpk", "ksk", "_ttl"];

fn value(random: &mut Random, name: &str) -> Value {
    // A time far in the future, or a value that is not a time. The keys of an index are texts.
    let time = |number: usize| Value::Number((4_000_000_000 + number as i64).into());
    match (name, random.below(5)) {
        ("_ttl", 0) => "never".into(),
        ("_ttl", number) => time(number),
        (_, number) => (number % 3).to_string().into(),
    }
}

fn put(random: &mut Random, store: &Embedded, sk: &str) -> Put<Document> {
    let mut item = map(&[("pk", "p".into()), ("sk", sk.into()), ("_type", "Thing".into())]);
    for name in NAMES {
        if random.below(4) > 0 {
            item.insert(name, value(random, name));
        }
    }
    Put::new(&SESSIONS, "Thing", key("p", sk), store.encode(&Keyed::new(&[], &item)).unwrap())
}

fn update(random: &mut Random, sk: &str) -> Update {
    let actions = NAMES.into_iter().filter_map(|name| match random.below(4) {
        0 => Some(Action::Remove(Path::attribute(name))),
        1 => Some(Action::Set(Path::attribute(name), value(random, name))),
        2 => Some(Action::SetIfAbsent(Path::attribute(name), value(random, name))),
        _ => None,
    });
    Update::new(&SESSIONS, "Thing", key("p", sk), actions.collect())
}

fn condition(random: &mut Random) -> Option<Expr> {
    let name = NAMES[random.below(NAMES.len())];
    match random.below(4) {
        0 => Some(Expr::Exists(Path::attribute(name))),
        1 => Some(Expr::Absent(Path::attribute(name))),
        _ => None,
    }
}

fn write(random: &mut Random, store: &Embedded, sk: &str) -> Write<Document> {
    match random.below(4) {
        0 => {
            let mut put = put(random, store, sk);
            put.condition = condition(random);
            Write::Put(put)
        }
        1 => {
            let mut delete = Delete::new(&SESSIONS, "Thing", key("p", sk));
            delete.condition = condition(random);
            Write::Delete(delete)
        }
        _ => {
            let mut update = update(random, sk);
            update.condition = condition(random);
            Write::Update(update)
        }
    }
}

/// Returns everything that queries can read.
fn all(store: &Embedded) -> Vec<Vec<Map>> {
    let mut found = Vec::new();
    for (index, pk) in [
        (None, "p"),
        (Some(&GSI), "0"),
        (Some(&GSI), "1"),
        (Some(&GSI), "2"),
        (Some(&KEYS), "0"),
        (Some(&KEYS), "1"),
        (Some(&KEYS), "2"),
    ] {
        let page = query(store, &SESSIONS, index, pk);
        assert!(page.last.is_none());
        found.push(page.items.iter().map(|item| item.decode().unwrap()).collect());
    }
    found
}

/// Puts the items of a store into a new one.
fn rebuilt(store: &Embedded) -> Embedded {
    let anew = Embedded::in_memory();
    for item in query(store, &SESSIONS, None, "p").items {
        let sk = item.text("sk").unwrap().to_owned();
        let attributes: Map = item.decode().unwrap();
        let item = anew.encode(&Keyed::new(&[], &attributes)).unwrap();
        block_on(anew.put(Put::new(&SESSIONS, "Thing", key("p", &sk), item))).unwrap();
    }
    anew
}

fn run(store: &Embedded, seed: u64, rounds: usize) {
    let mut random = Random(seed);
    for round in 0..rounds {
        let sk = random.below(12);
        match random.below(4) {
            0 => {
                let writes = (sk..sk + 3).map(|sk| write(&mut random, store, &sk.to_string()));
                // A transaction refuses an update without actions.
                let changes = |write: &Write<_>| match write {
                    Write::Update(update) => !update.actions.is_empty(),
                    _ => true,
                };
                let writes = writes.filter(changes).map(TransactItem::from).collect();
                let request = TransactWrite::new(&SESSIONS, writes, format!("{seed}-{round}"));
                block_on(store.transact_write(request)).unwrap();
            }
            1 => {
                let put = put(&mut random, store, &(sk + 1).to_string());
                let writes = vec![
                    BatchItem::delete("Thing", key("p", &sk.to_string())),
                    BatchItem::put("Thing", put.key, put.item),
                ];
                block_on(store.batch_write(BatchWrite::new(&SESSIONS, writes))).unwrap();
            }
            _ => match write(&mut random, store, &sk.to_string()) {
                Write::Put(put) => drop(block_on(store.put(put)).unwrap()),
                Write::Update(update) => drop(block_on(store.update(update)).unwrap()),
                Write::Delete(delete) => drop(block_on(store.delete(delete)).unwrap()),
            },
        }
        if round % 50 == 49 {
            assert_eq!(all(store), all(&rebuilt(store)), "seed {seed}, round {round}");
        }
    }
}

#[test]
fn index_entries_are_those_of_the_items() {
    for seed in 1..6 {
        run(&Embedded::in_memory(), seed, 1000);
    }
    let folder = Folder::new();
    let path = folder.path("shop.db");
    for seed in 1..4 {
        run(&Embedded::open(&path).unwrap(), seed, 200);
    }
}

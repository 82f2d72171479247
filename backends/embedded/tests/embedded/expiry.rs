//! Tests that later writes remove expired items.

use crate::support::{
    Folder, GSI, KEYS, SESSIONS, TABLE, block_on, each, is_done, key, number, query, with,
};
use monotable_core::backend::Readable as _;
use monotable_core::expr::{Action, Path};
use monotable_core::request::{Put, TransactItem, TransactWrite, Update};
use monotable_core::schema::TableDef;
use monotable_core::value::{Number, Value};
use monotable_core::{Backend as _, Cost, Transactions as _};
use monotable_embedded::Embedded;

const FUTURE: i64 = 4_000_000_000;

fn put_in(store: &Embedded, table: &'static TableDef, sk: &str, ttl: Option<Value>) {
    let mut some: Vec<(&str, Value)> =
        vec![("gpk", "g".into()), ("gsk", sk.into()), ("kpk", "k".into()), ("ksk", sk.into())];
    some.extend(ttl.map(|ttl| ("_ttl", ttl)));
    let put = Put::new(table, "Thing", key("p", sk), with(store, "p", sk, &some));
    let written = block_on(store.put(put)).unwrap();
    assert!(is_done(&written));
    // The cost does not depend on what the write removes besides.
    let entries = if table.indexes.len() == 2 { 2.0 } else { 1.0 };
    assert_eq!(written.cost, Cost::write(1.0 + entries));
}

fn put(store: &Embedded, sk: &str, ttl: impl Into<Value>) {
    put_in(store, &SESSIONS, sk, Some(ttl.into()));
}

fn all(store: &Embedded) -> Vec<String> {
    let on = |index, pk| {
        let items = query(store, &SESSIONS, index, pk).items;
        items.iter().map(|item| item.text("sk").unwrap().to_owned()).collect::<Vec<_>>()
    };
    let found = on(None, "p");
    // Index entries are removed together with their items.
    assert_eq!(found, on(Some(&GSI), "g"));
    assert_eq!(found, on(Some(&KEYS), "k"));
    found
}

#[test]
fn a_later_write_removes_expired_items() {
    each(|store| {
        put(store, "past", number(1000));
        // Until then, reads return it.
        assert_eq!(all(store), ["past"]);
        put(store, "future", number(FUTURE));
        assert_eq!(all(store), ["future"]);
        put(store, "a text", "1000");
        put(store, "half", Value::Number(Number::from_f64(1000.5).unwrap()));
        put(store, "null", Value::Null);
        put(store, "whole", Value::Number(Number::from_f64(1000.0).unwrap()));
        put_in(store, &SESSIONS, "without", None);
        put(store, "negative", number(-5));
        put(store, "zz", number(FUTURE));
        assert_eq!(all(store), ["a text", "future", "half", "null", "without", "zz"]);
    });
}

#[test]
fn updates_change_the_time_of_expiry() {
    each(|store| {
        let set = |sk: &str, actions| {
            let update = Update::new(&SESSIONS, "Thing", key("p", sk), actions);
            assert!(is_done(&block_on(store.update(update)).unwrap()));
        };
        let ttl = || Path::attribute("_ttl");
        for sk in ["kept", "later", "sooner"] {
            put(store, sk, number(FUTURE));
        }
        set("kept", vec![Action::Remove(ttl())]);
        set("later", vec![Action::Add(ttl(), 5.into())]);
        set("sooner", vec![Action::Set(ttl(), number(7))]);
        assert_eq!(all(store), ["kept", "later", "sooner"]);
        put(store, "other", number(FUTURE));
        assert_eq!(all(store), ["kept", "later", "other"]);
    });
}

#[test]
fn each_write_removes_a_few() {
    each(|store| {
        // One transaction, so that none of these writes removes another's item.
        let writes = (0..50).map(|n| {
            let sk = format!("{n:02}");
            let some: [(&str, Value); 5] = [
                ("gpk", "g".into()),
                ("gsk", sk.as_str().into()),
                ("kpk", "k".into()),
                ("ksk", sk.as_str().into()),
                ("_ttl", number(1000 + n)),
            ];
            let item = with(store, "p", &sk, &some);
            TransactItem::Put(Put::new(&SESSIONS, "Thing", key("p", &sk), item))
        });
        let writes: Vec<_> = writes.collect();
        let request = TransactWrite::new(&SESSIONS, writes, "t".to_owned());
        block_on(store.transact_write(request)).unwrap();
        assert_eq!(all(store).len(), 50);
        let mut left = Vec::new();
        for n in 0..4 {
            put(store, &format!("zz{n}"), number(FUTURE));
            left.push(all(store));
        }
        let counts: Vec<_> = left.iter().map(Vec::len).collect();
        assert_eq!(counts, [35, 20, 5, 4]);
        // Those that expired first were removed first.
        assert_eq!(left[0][0], "16");
    });
}

#[test]
fn items_expire_after_the_store_is_opened_again() {
    let folder = Folder::new();
    let path = folder.path("shop.db");
    put(&Embedded::open(&path).unwrap(), "past", number(1000));
    let store = Embedded::open(&path).unwrap();
    assert_eq!(all(&store), ["past"]);
    put(&store, "future", number(FUTURE));
    assert_eq!(all(&store), ["future"]);
}

#[test]
fn items_of_a_table_without_ttl_are_kept() {
    each(|store| {
        for sk in ["1", "2", "3"] {
            put_in(store, &TABLE, sk, Some(number(1000)));
        }
        assert_eq!(query(store, &TABLE, None, "p").count, 3);
    });
}

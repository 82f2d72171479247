//! Tests of transactions: all writes are made or none, and only once for each token.

use crate::support::{
    Folder, TABLE, block_on, each, fields, is_done, key, map, number, put, store_item, stored,
};
use monotable_core::expr::{Action, Comparison, Expr, Path};
use monotable_core::request::{
    Check, Delete, Put, Reason, TransactItem, TransactOutcome, TransactWrite, Transacted, Update,
};
use monotable_core::{Backend as _, Cost, CrossPartitionTransactions, Error, Transactions as _};
use monotable_embedded::{Document, Embedded};
use std::thread;

fn at(name: &'static str) -> Path {
    Path::attribute(name)
}

fn n_is(value: i64) -> Expr {
    Expr::Compare(at("n"), Comparison::Eq, number(value))
}

fn add(sk: &str, value: i64) -> TransactItem<Document> {
    let actions = vec![Action::Add(at("n"), value.into())];
    TransactItem::Update(Update::new(&TABLE, "Thing", key("p", sk), actions))
}

fn check(sk: &str, condition: Expr) -> TransactItem<Document> {
    TransactItem::Check(Check::new(&TABLE, "Thing", key("p", sk), condition))
}

fn delete(sk: &str) -> TransactItem<Document> {
    TransactItem::Delete(Delete::new(&TABLE, "Thing", key("p", sk)))
}

fn n(store: &Embedded, sk: &str) -> Option<i64> {
    stored(store, sk)?.get("n")?.as_number()?.as_i64()
}

fn transact(
    store: &Embedded,
    token: &str,
    writes: Vec<TransactItem<Document>>,
) -> Result<Transacted<Document>, Error> {
    block_on(store.transact_write(TransactWrite::new(&TABLE, writes, token.to_owned())))
}

#[track_caller]
fn done(result: Result<Transacted<Document>, Error>) -> Cost {
    let transacted = result.unwrap();
    assert!(matches!(transacted.outcome, TransactOutcome::Done), "{transacted:?}");
    transacted.cost
}

#[track_caller]
fn refused(result: Result<Transacted<Document>, Error>, message: &str) {
    let error = result.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    assert!(error.to_string().contains(message), "{error}");
}

#[test]
fn a_transaction_can_write_to_several_partitions() {
    fn needs(_: impl CrossPartitionTransactions) {}
    needs(Embedded::in_memory());
    each(|store| {
        store_item(store, "1", &[("n", number(1))]);
        store_item(store, "2", &[("n", number(2))]);
        let elsewhere = crate::support::item(store, "q", "9");
        let elsewhere = TransactItem::Put(Put::new(&TABLE, "Thing", key("q", "9"), elsewhere));
        let cost = done(transact(
            store,
            "t",
            vec![add("1", 10), delete("2"), elsewhere, check("3", Expr::Absent(at("pk")))],
        ));
        // Twice the cost of single writes. The item in `q` also has an index entry.
        assert_eq!(cost, Cost::write(2.0 * (1.0 + 1.0 + 2.0 + 1.0)));
        assert_eq!((n(store, "1"), stored(store, "2")), (Some(11), None));
    });
}

#[test]
fn one_refused_write_cancels_all() {
    each(|store| {
        store_item(store, "1", &[("n", number(1)), ("t", "x".into())]);
        store_item(store, "2", &[("n", number(2))]);
        let mut refused = put(store, "2", &[]);
        refused.condition = Some(n_is(3));
        let large = put(store, "6", &[("t", "x".repeat(500_000).into())]);
        let wrong = vec![Action::Add(at("t"), 1.into())];
        let writes = vec![
            add("new", 1),
            TransactItem::Put(refused),
            check("nothing", n_is(1)),
            TransactItem::Update(Update::new(&TABLE, "Thing", key("p", "1"), wrong)),
            TransactItem::Put(large),
            delete("other"),
        ];
        let transacted = transact(store, "t", writes).unwrap();
        assert_eq!(transacted.cost, Cost::write(2.0 * 6.0));
        let TransactOutcome::Cancelled(reasons) = transacted.outcome else { panic!() };
        let [Reason::Fine, two, nothing, wrong, large, Reason::Fine] = &reasons[..] else {
            panic!("{reasons:?}")
        };
        let Reason::Refused { current: Some(current) } = two else { panic!("{two:?}") };
        assert_eq!(fields(current), map(&[("n", number(2))]));
        assert!(matches!(nothing, Reason::Refused { current: None }));
        assert!(matches!(wrong, Reason::Failed(error) if error.is_invalid_request()));
        assert!(matches!(large, Reason::Failed(error) if error.is_too_large()));
        assert_eq!((stored(store, "new"), n(store, "2")), (None, Some(2)));
        // A cancelled transaction does not record its token.
        done(transact(store, "t", vec![add("new", 1)]));
    });
}

#[test]
fn requests_that_no_store_accepts_are_refused() {
    each(|store| {
        refused(
            transact(store, "t", vec![add("1", 1), check("1", n_is(1))]),
            "names the item `p / 1` twice",
        );
        let many = |count: usize| (0..count).map(|sk| add(&sk.to_string(), 1)).collect();
        let error = transact(store, "t", many(101)).unwrap_err();
        assert!(error.is_too_large(), "{error:?}");
        assert!(error.to_string().contains("101 items is over the limit of 100"), "{error}");
        let key_change = vec![Action::Set(at("sk"), "2".into())];
        let key_change = Update::new(&TABLE, "Thing", key("p", "1"), key_change);
        refused(
            transact(store, "t", vec![TransactItem::Update(key_change)]),
            "part of the item's key",
        );
        let large = |sk: usize| {
            TransactItem::Put(put(store, &sk.to_string(), &[("t", "x".repeat(400_000).into())]))
        };
        let error = transact(store, "t", (0..11).map(large).collect()).unwrap_err();
        assert!(error.is_too_large());
        assert_eq!(stored(store, "0"), None);
        done(transact(store, "t", many(100)));
        done(transact(store, "t2", (0..10).map(large).collect()));
    });
}

#[test]
fn a_transaction_is_made_once_for_each_token() {
    each(|store| {
        let writes = || vec![add("1", 1), check("2", Expr::Absent(at("pk")))];
        let cost = done(transact(store, "t", writes()));
        assert_eq!(cost, Cost::write(4.0));
        store_item(store, "2", &[]);
        // The condition does not hold any more. This does not matter, because nothing is evaluated.
        assert_eq!(done(transact(store, "t", writes())), Cost::read(4.0));
        assert_eq!(n(store, "1"), Some(1));
        for other in [
            vec![add("1", 2), check("2", Expr::Absent(at("pk")))],
            vec![add("1", 1), check("2", Expr::Exists(at("pk")))],
            vec![add("1", 1)],
            vec![check("2", Expr::Absent(at("pk"))), add("1", 1)],
            vec![add("1", 1), delete("2")],
        ] {
            refused(transact(store, "t", other), "idempotency token `t` was used for other writes");
        }
        done(transact(store, "u", vec![add("1", 1)]));
        assert_eq!(n(store, "1"), Some(2));
        // An empty token is not recorded.
        for _ in 0..2 {
            done(transact(store, "", vec![add("1", 1)]));
        }
        assert_eq!(n(store, "1"), Some(4));
        // The records of tokens cannot be read as items.
        let get = monotable_core::request::Get::new(&TABLE, "Thing", key("", "t"));
        assert!(block_on(store.get(get)).unwrap().item.is_none());
    });
}

#[test]
fn a_token_is_known_when_the_store_is_opened_again() {
    let folder = Folder::new();
    let path = folder.path("shop.db");
    for _ in 0..3 {
        let store = Embedded::open(&path).unwrap();
        done(transact(&store, "t", vec![add("1", 1)]));
        assert_eq!(n(&store, "1"), Some(1));
        refused(transact(&store, "t", vec![add("1", 2)]), "idempotency token");
    }
}

#[test]
fn concurrent_transactions_are_serialized() {
    each(|store| {
        store_item(store, "from", &[("n", number(1000))]);
        store_item(store, "to", &[("n", number(0))]);
        thread::scope(|scope| {
            for thread in 0..4 {
                scope.spawn(move || {
                    for round in 0..25 {
                        let token = format!("{thread}-{round}");
                        // It is sent twice, as after an answer that was lost.
                        for _ in 0..2 {
                            done(transact(store, &token, vec![add("from", -1), add("to", 1)]));
                        }
                    }
                });
            }
            scope.spawn(move || {
                for _ in 0..50 {
                    let get = |sk| monotable_core::request::Get::new(&TABLE, "Thing", key("p", sk));
                    let gets = vec![get("from"), get("to")];
                    let request = monotable_core::request::TransactGet::new(&TABLE, gets);
                    let found = block_on(store.transact_get(request)).unwrap().items;
                    let total: i64 = found
                        .into_iter()
                        .map(|item| fields(&item.unwrap()).get("n").unwrap().clone())
                        .map(|n| n.as_number().unwrap().as_i64().unwrap())
                        .sum();
                    assert_eq!(total, 1000);
                }
            });
        });
        assert_eq!((n(store, "from"), n(store, "to")), (Some(900), Some(100)));
    });
}

#[test]
fn a_cancelled_transaction_does_not_affect_concurrent_writes() {
    each(|store| {
        store_item(store, "1", &[("n", number(0))]);
        thread::scope(|scope| {
            for thread in 0..4 {
                scope.spawn(move || {
                    for round in 0..25 {
                        let sk = format!("{thread}-{round}");
                        let bad = vec![add(&sk, 1), check("1", n_is(1))];
                        let transacted = transact(store, &format!("bad {sk}"), bad).unwrap();
                        assert!(matches!(transacted.outcome, TransactOutcome::Cancelled(_)));
                        assert!(is_done(&block_on(store.put(put(store, &sk, &[]))).unwrap()));
                        assert_eq!(stored(store, &sk), Some(map(&[])));
                    }
                });
            }
        });
    });
}

//! Tests of requests with several items.

use crate::support::{TABLE, block_on, each, key, number, query, store_item, stored, with};
use monotable_core::backend::Readable as _;
use monotable_core::request::{BatchGet, BatchItem, BatchWrite, Get, TransactGet};
use monotable_core::{Backend as _, Cost, Error, Transactions as _};
use monotable_embedded::{Document, Embedded};
use std::collections::BTreeSet;

fn get_all(sks: &[&str]) -> BatchGet {
    BatchGet::new(&TABLE, "Thing", sks.iter().map(|sk| key("p", sk)).collect())
}

fn delete(sk: &str) -> BatchItem<Document> {
    BatchItem::delete("Thing", key("p", sk))
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Error>, message: &str) {
    let error = result.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    assert!(error.to_string().contains(message), "{error}");
}

#[track_caller]
fn too_many<T: std::fmt::Debug>(result: Result<T, Error>, message: &str) {
    let error = result.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
    assert!(error.to_string().contains(message), "{error}");
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| number.to_string()).collect()
}

#[test]
fn batches_are_read() {
    each(|store| {
        for sk in ["1", "2", "3"] {
            store_item(store, sk, &[("n", number(1))]);
        }
        let mut request = get_all(&["3", "no", "1"]);
        let fetched = block_on(store.batch_get(request.clone())).unwrap();
        let found: BTreeSet<_> = fetched.items.iter().map(|item| item.text("sk")).collect();
        assert_eq!(found, [Some("1"), Some("3")].into());
        assert!(fetched.unprocessed.is_empty());
        assert_eq!(fetched.cost, Cost::read(1.5));
        request.consistent = true;
        assert_eq!(block_on(store.batch_get(request)).unwrap().cost, Cost::read(3.0));
        assert!(block_on(store.batch_get(get_all(&[]))).unwrap().items.is_empty());
        let twice = block_on(store.batch_get(get_all(&["1", "2", "1"])));
        refused(twice, "names the item `p / 1` twice");
        let names = names(101);
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        too_many(block_on(store.batch_get(get_all(&names))), "101 items is over the limit of 100");
        assert_eq!(block_on(store.batch_get(get_all(&names[1..]))).unwrap().items.len(), 3);
    });
}

#[test]
fn batches_are_written() {
    each(|store| {
        store_item(store, "1", &[]);
        let write = |writes| block_on(store.batch_write(BatchWrite::new(&TABLE, writes)));
        let put = |sk: &str, item| BatchItem::put("Thing", key("p", sk), item);
        let one = |sk: &str| put(sk, with(store, "p", sk, &[("n", number(2))]));
        let written = write(vec![one("2"), delete("1"), one("3"), delete("no")]).unwrap();
        assert!(written.unprocessed.is_empty());
        assert_eq!(written.cost, Cost::write(4.0));
        let all = query(store, &TABLE, None, "p").items;
        assert_eq!(all.iter().filter_map(|item| item.text("sk")).collect::<Vec<_>>(), ["2", "3"]);

        refused(write(vec![one("4"), delete("4")]), "names the item `p / 4` twice");
        too_many(
            write(names(1001).iter().map(|sk| delete(sk)).collect()),
            "1001 items is over the limit of 1000",
        );
        let large = with(store, "p", "7", &[("t", "x".repeat(500_000).into())]);
        assert!(write(vec![one("6"), put("7", large)]).unwrap_err().is_too_large());
        assert_eq!(stored(store, "6"), None);
        assert!(write(vec![]).is_ok());
    });
}

fn transact_get(store: &Embedded, sks: &[&str]) -> Result<Vec<Option<String>>, Error> {
    let gets = sks.iter().map(|sk| Get::new(&TABLE, "Thing", key("p", sk))).collect();
    let fetched = block_on(store.transact_get(TransactGet::new(&TABLE, gets)))?;
    // Two units for each item, because all are small or missing.
    assert_eq!(fetched.cost, Cost::read(2.0 * sks.len() as f64));
    let sk = |item: Option<Document>| item.map(|item| item.text("sk").unwrap().to_owned());
    Ok(fetched.items.into_iter().map(sk).collect())
}

#[test]
fn transactions_read_in_the_order_of_their_gets() {
    each(|store| {
        for sk in ["1", "2"] {
            store_item(store, sk, &[]);
        }
        let found = transact_get(store, &["2", "no", "1"]).unwrap();
        assert_eq!(found, [Some("2".to_owned()), None, Some("1".to_owned())]);
        refused(transact_get(store, &["1", "1"]), "names the item `p / 1` twice");
        let names = names(101);
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        too_many(transact_get(store, &names), "101 items is over the limit of 100");
        let large = "x".repeat(400_000);
        for sk in &names[..11] {
            store_item(store, sk, &[("t", large.as_str().into())]);
        }
        assert!(transact_get(store, &names[..11]).unwrap_err().is_too_large());
    });
}

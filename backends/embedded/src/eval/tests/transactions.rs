use crate::document::Document;
use crate::eval::{self, Transaction, Writes as _};
use crate::layout;
use crate::store::{Batch as _, Lookup as _, Store};
use crate::testing::{Medium, Random, TABLE, key, page, put, query};
use monotable_core::Error;
use monotable_core::backend::{Item as _, Keyed};
use monotable_core::expr::{Action, Comparison, Expr, Path};
use monotable_core::request::{
    Put, SortKeys, TransactItem, TransactOutcome, TransactWrite, Update,
};
use monotable_core::value::{Map, Value};

mod each {
    crate::testing::on_each_store! {
        a_token_is_forgotten_after_ten_minutes
        a_token_is_known_within_a_commit
        maps_in_another_order_are_the_same_write
    }
}

fn append(value: &str) -> TransactItem<Document> {
    let actions = vec![Action::Append(Path::attribute("log"), vec![value.into()])];
    TransactItem::Update(Update::new(&TABLE, "Thing", key("p", "log"), actions))
}

fn transaction(token: &str, value: &str) -> Transaction {
    let writes = vec![append(value), TransactItem::Put(put("p", value, &[]))];
    Transaction::new(TransactWrite::new(&TABLE, writes, token.to_owned())).unwrap()
}

/// Returns the values that were written, in order.
fn log(store: &impl Store) -> String {
    #[derive(serde::Deserialize)]
    struct Log {
        log: Vec<String>,
    }
    let items = page(store, &query(None, "p", SortKeys::Equals("log".into()))).items;
    items.first().map_or_else(String::new, |item| item.decode::<Log>().unwrap().log.concat())
}

fn a_token_is_forgotten_after_ten_minutes(store: impl Store) {
    let at = |now: i64, value: &str| {
        let outcome = eval::commit(&store, &transaction("t", value), now)?.outcome;
        assert!(matches!(outcome, TransactOutcome::Done));
        Ok::<_, Error>(log(&store))
    };
    let known = || store.read(|view| Ok(view.row(&layout::token("t"))?.is_some())).unwrap();
    assert_eq!(at(1000, "a").unwrap(), "a");
    assert_eq!(at(1000, "a").unwrap(), "a");
    assert_eq!(at(1599, "a").unwrap(), "a");
    assert!(at(1599, "b").unwrap_err().is_invalid_request());
    assert_eq!(at(1600, "b").unwrap(), "ab");
    assert!(at(2199, "a").unwrap_err().is_invalid_request());
    assert!(known());
    // The next write removes the record.
    eval::commit(&store, &transaction("u", "c"), 2200).unwrap();
    assert!(!known());
    assert_eq!(at(2200, "d").unwrap(), "abcd");
}

fn a_token_is_known_within_a_commit(store: impl Store) {
    let (one, other) = (transaction("t", "a"), transaction("t", "b"));
    store
        .commit(|batch| {
            one.perform(batch, 0)?;
            one.perform(batch, 0)?;
            assert!(other.perform(batch, 0).unwrap_err().is_invalid_request());
            assert!(batch.lookup().row(&layout::token("t"))?.is_some());
            Ok(())
        })
        .unwrap();
    assert_eq!(log(&store), "a");
}

fn maps_in_another_order_are_the_same_write(store: impl Store) {
    let map = |entries: &[(&str, &str)]| {
        let mut map = Map::new();
        entries.iter().for_each(|(name, value)| drop(map.insert(*name, *value)));
        map
    };
    let attributes = [("pk", "p"), ("sk", "1"), ("_type", "Thing")];
    let writes = |entries: &[(&str, &str)]| {
        let path = Path::attribute("m");
        let inner = || Value::List(vec![Value::Map(map(entries))]);
        let mut fields = map(entries);
        fields.insert("inner", inner());
        let item = Document::encode(&Keyed::new(&attributes, &fields)).unwrap();
        let actions = vec![Action::Set(path.clone(), inner())];
        let mut update = Update::new(&TABLE, "Thing", key("p", "2"), actions);
        update.condition = Some(Expr::Compare(path, Comparison::Ne, inner()));
        let put = Put::new(&TABLE, "Thing", key("p", "1"), item);
        vec![TransactItem::Put(put), TransactItem::Update(update)]
    };
    let send = |writes| {
        let request = TransactWrite::new(&TABLE, writes, "t".to_owned());
        eval::commit(&store, &Transaction::new(request).unwrap(), 0)
    };
    let first = writes(&[("a", "1"), ("b", "2")]);
    let again = writes(&[("b", "2"), ("a", "1")]);
    send(first.clone()).unwrap();
    send(again).unwrap();
    // Writes with other values are different, also where the same values have other names.
    let other = writes(&[("a", "2"), ("b", "1")]);
    assert!(send(other.clone()).unwrap_err().is_invalid_request());
    let mixed = |put: &[TransactItem<Document>], update: &[TransactItem<Document>]| {
        vec![put[0].clone(), update[1].clone()]
    };
    assert!(send(mixed(&first, &other)).unwrap_err().is_invalid_request());
    assert!(send(mixed(&other, &first)).unwrap_err().is_invalid_request());
}

/// Stops the disk at a random operation, opens the store again, and sends the same transaction
/// again. It must have been made exactly once.
#[test]
fn a_transaction_that_is_sent_again_after_a_crash_is_made_once() {
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let medium = Medium::new();
        let mut expected = String::new();
        for round in 0..6 {
            let value = char::from(b'a' + round).to_string();
            let request = transaction(&value, &value);
            expected.push_str(&value);
            medium.fail_after(random.below(60));
            let made = match medium.open() {
                Ok(store) => eval::commit(&store, &request, 0).is_ok(),
                Err(_) => false,
            };
            medium.crash(&mut random);
            let store = medium.open().unwrap();
            if made {
                assert_eq!(log(&store), expected, "seed {seed}");
            }
            eval::commit(&store, &request, 0).unwrap();
            assert_eq!(log(&store), expected, "seed {seed}");
        }
    }
}

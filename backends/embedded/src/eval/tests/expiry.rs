use crate::document::Document;
use crate::eval::{self, Write, Writes as _};
use crate::layout;
use crate::store::{Batch as _, Change, Lookup as _, Store};
use crate::testing::{ALL, EXPIRING, TABLE, item, key, page, query};
use monotable_core::backend::Keyed;
use monotable_core::expr::Path;
use monotable_core::request::{Put, SortKeys, TransactItem, TransactWrite};
use monotable_core::schema::TableDef;
use monotable_core::value::Map;

mod each {
    crate::testing::on_each_store! {
        an_expired_item_is_removed
        a_wrong_reminder_does_no_harm
        damaged_items_do_not_make_writes_fail
        items_from_before_the_ttl_get_a_reminder_when_written_again
        a_table_whose_ttl_is_removed_keeps_its_items
        large_commits_remove_more_than_they_add
    }
}

fn expiring(table: &'static TableDef, sk: &str, time: i64) -> Write {
    Write::put(Put::new(table, "Thing", key("p", sk), encoded(sk, time))).unwrap()
}

fn encoded(sk: &str, time: i64) -> Document {
    let attributes = [("pk", "p"), ("sk", sk), ("_type", "Thing"), ("apk", "x"), ("ask", sk)];
    let mut fields = Map::new();
    fields.insert("_ttl", monotable_core::value::Value::Number(time.into()));
    Document::encode(&Keyed::new(&attributes, &fields)).unwrap()
}

fn put_at(store: &impl Store, now: i64, sk: &str, time: i64) {
    eval::commit(store, &vec![expiring(&EXPIRING, sk, time)], now).unwrap();
}

/// Returns the number of items in the table, and of entries on an index.
fn counts(store: &impl Store) -> [usize; 2] {
    [(None, "p"), (Some(&ALL), "x")]
        .map(|(index, pk)| page(store, &query(index, pk, SortKeys::All)).count)
}

/// Returns the number of reminders.
fn reminders(store: &impl Store) -> usize {
    let range = layout::due_until(i64::MAX);
    store.commit(|batch| Ok(batch.first_entries(&range, 1000)?.len())).unwrap()
}

fn make(store: &impl Store, changes: Vec<Change>) {
    store
        .commit(|batch| {
            changes.into_iter().for_each(|change| batch.apply(change));
            Ok(())
        })
        .unwrap();
}

fn an_expired_item_is_removed(store: impl Store) {
    put_at(&store, 0, "1", 100);
    put_at(&store, 99, "2", 200);
    assert_eq!((counts(&store), reminders(&store)), ([2, 2], 2));
    put_at(&store, 100, "3", 300);
    assert_eq!((counts(&store), reminders(&store)), ([2, 2], 2));
    // The expired item is removed before the commit puts a new one with the same key.
    put_at(&store, 200, "2", 250);
    assert_eq!((counts(&store), reminders(&store)), ([2, 2], 2));
    put_at(&store, 1000, "4", 1001);
    assert_eq!((counts(&store), reminders(&store)), ([1, 1], 1));
    // A request that writes no items removes nothing.
    eval::commit(&store, &eval::Adopt(&EXPIRING), 2000).unwrap();
    assert_eq!(counts(&store), [1, 1]);
}

fn a_wrong_reminder_does_no_harm(store: impl Store) {
    put_at(&store, 0, "1", 5000);
    let row = |sk| layout::row("p", sk);
    let wrong = [
        layout::due_item(7, &row("1")),
        layout::due_item(7, &row("not there")),
        layout::due_token(7, "not there"),
        [layout::due_item(7, b""), vec![0]].concat(),
        layout::due_token(7, "").into_iter().chain([0xFF]).collect(),
    ];
    make(&store, wrong.into_iter().map(|entry| Change::Entry(entry, true)).collect());
    assert_eq!(reminders(&store), 6);
    put_at(&store, 1000, "2", 5000);
    assert_eq!((counts(&store), reminders(&store)), ([2, 2], 2));
}

fn damaged_items_do_not_make_writes_fail(store: impl Store) {
    let row = layout::row("q", "1");
    make(
        &store,
        vec![
            Change::Row(row.clone(), Some(Document::from(vec![1, 2, 3]))),
            Change::Entry(layout::due_item(7, &row), true),
            Change::Row(layout::token("t"), Some(Document::from(vec![1, 2, 3]))),
            Change::Entry(layout::due_token(7, "t"), true),
        ],
    );
    put_at(&store, 1000, "1", 5000);
    assert_eq!((counts(&store), reminders(&store)), ([1, 1], 1));
    assert!(store.read(|view| Ok(view.row(&row)?.is_some())).unwrap());
}

fn items_from_before_the_ttl_get_a_reminder_when_written_again(store: impl Store) {
    eval::commit(&store, &vec![expiring(&TABLE, "1", 100)], 0).unwrap();
    assert_eq!((counts(&store), reminders(&store)), ([1, 1], 0));
    put_at(&store, 50, "1", 100);
    assert_eq!((counts(&store), reminders(&store)), ([1, 1], 1));
    put_at(&store, 100, "2", 200);
    assert_eq!((counts(&store), reminders(&store)), ([1, 1], 1));
}

fn a_table_whose_ttl_is_removed_keeps_its_items(store: impl Store) {
    put_at(&store, 0, "1", 100);
    eval::commit(&store, &vec![expiring(&TABLE, "2", 100)], 1000).unwrap();
    assert_eq!((counts(&store), reminders(&store)), ([2, 2], 0));
}

/// Commits batches, and transactions with their tokens. Everything that a commit adds has expired
/// at the time of the next one.
fn large_commits_remove_more_than_they_add(store: impl Store) {
    // There are more expired items than the first commit adds.
    for sk in 0..40 {
        put_at(&store, 0, &format!("old {sk}"), 1);
    }
    for round in 1..20 {
        let now = round * 1000;
        let put = |at: i64| expiring(&EXPIRING, &format!("{round} {at}"), now + 1);
        eval::commit(&store, &(0..25).map(put).collect::<Vec<_>>(), now).unwrap();
        assert_eq!((counts(&store), reminders(&store)), ([25, 25], 25), "round {round}");
    }
    for round in 20..40 {
        let now = round * 1000;
        let put = |at: i64| {
            let sk = format!("{round} {at}");
            let put = Put::new(&EXPIRING, "Thing", key("p", &sk), encoded(&sk, now + 1));
            TransactItem::Put(put)
        };
        let puts: Vec<_> = (0..25).map(put).collect();
        let request = TransactWrite::new(&EXPIRING, puts, format!("token {round}"));
        let transaction = eval::Transaction::new(request).unwrap();
        assert_eq!(transaction.count(), 26);
        eval::commit(&store, &transaction, now).unwrap();
        assert_eq!((counts(&store), reminders(&store)), ([25, 25], 26), "round {round}");
    }
}

#[test]
fn a_refused_write_removes_expired_items_too() {
    crate::testing::on_each(refused_write, refused_write);
}

fn refused_write(store: impl Store) {
    put_at(&store, 0, "1", 100);
    let mut put = Put::new(&EXPIRING, "Thing", key("q", "1"), item("q", "1", &[]));
    put.condition = Some(monotable_core::expr::Expr::Exists(Path::attribute("pk")));
    let writes = vec![Write::put(put).unwrap()];
    assert!(!super::is_done(&eval::commit(&store, &writes, 100).unwrap()[0]));
    assert_eq!(counts(&store), [0, 0]);
    assert!(writes.table().is_some());
}

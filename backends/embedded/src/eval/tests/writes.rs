use super::{is_done, sort_keys};
use crate::document::Document;
use crate::eval::{self, Write};
use crate::store::Store;
use crate::testing::{ALL, KEYS, SOME, TABLE, create, delete, item, key, page, put, query, write};
use monotable_core::Cost;
use monotable_core::backend::{Keyed, Readable as _};
use monotable_core::request::{Get, Outcome, Put, SortKeys};
use monotable_core::value::Map;

mod each {
    crate::testing::on_each_store! {
        get_returns_what_was_put
        create_is_refused_if_the_item_exists
        indexes_change_with_their_items
        indexes_are_sparse
        an_index_shows_the_projected_attributes
        all_writes_are_made_or_none
        costs_are_those_of_dynamodb
        another_order_of_the_attributes_costs_no_index_entry
    }
}

fn puts(store: &impl Store, puts: &[Put<Document>]) {
    for put in puts {
        assert!(is_done(&write(store, &[Write::put(put.clone()).unwrap()]).unwrap()[0]));
    }
}

fn get_returns_what_was_put(store: impl Store) {
    puts(&store, &[put("p", "1", &[("a", "old")]), put("p", "1", &[("a", "new")])]);
    let get = |sk: &str, consistent: bool| {
        let mut get = Get::new(&TABLE, "Thing", key("p", sk));
        get.consistent = consistent;
        store.read(|view| eval::get(view, &get)).unwrap()
    };
    let found = get("1", false);
    assert_eq!(found.item.unwrap().text("a"), Some("new"));
    assert_eq!(found.cost, Cost::read(0.5));
    let missing = get("2", true);
    assert!(missing.item.is_none());
    assert_eq!(missing.cost, Cost::read(1.0));
    let deleted = write(&store, &[Write::delete(delete("p", "1"))]).unwrap();
    let again = write(&store, &[Write::delete(delete("p", "1"))]).unwrap();
    assert!(is_done(&deleted[0]) && is_done(&again[0]));
    assert!(get("1", false).item.is_none());
}

fn create_is_refused_if_the_item_exists(store: impl Store) {
    puts(&store, &[create("p", "1", &[("a", "first")])]);
    let refused = write(&store, &[Write::put(create("p", "1", &[("a", "second")])).unwrap()]);
    let refused = refused.unwrap().pop().unwrap();
    let Outcome::Refused { current: Some(current) } = refused.outcome else {
        panic!("{refused:?}")
    };
    assert_eq!(current, item("p", "1", &[("a", "first")]));
    assert_eq!(refused.cost, Cost::write(1.0));
    let all = page(&store, &query(None, "p", SortKeys::All));
    assert_eq!(all.items, [item("p", "1", &[("a", "first")])]);
}

fn indexes_change_with_their_items(store: impl Store) {
    let on = |sk: &str| {
        let found =
            |pk: &str| sort_keys(&page(&store, &query(Some(&ALL), pk, SortKeys::All))).join(",");
        (found("x"), found("y"), page(&store, &query(Some(&KEYS), sk, SortKeys::All)).count)
    };
    puts(
        &store,
        &[
            put("p", "1", &[("apk", "x"), ("ask", "2"), ("kpk", "k"), ("ksk", "1")]),
            put("q", "2", &[("apk", "x"), ("ask", "1")]),
        ],
    );
    assert_eq!(on("k"), ("2,1".into(), String::new(), 1));
    // The item moves to another partition of one index, and leaves the other index.
    puts(&store, &[put("p", "1", &[("apk", "y"), ("ask", "2")])]);
    assert_eq!(on("k"), ("2".into(), "1".into(), 0));
    // The other item gets another sort key on one index, and enters the other index.
    puts(&store, &[put("q", "2", &[("apk", "y"), ("ask", "3"), ("kpk", "k"), ("ksk", "1")])]);
    assert_eq!(on("k"), (String::new(), "1,2".into(), 1));
    // The keys stay the same, and another field changes.
    puts(&store, &[put("p", "1", &[("apk", "y"), ("ask", "2"), ("a", "b")])]);
    let all = page(&store, &query(Some(&ALL), "y", SortKeys::Equals("2".into())));
    assert_eq!(all.items[0].text("a"), Some("b"));
    write(&store, &[Write::delete(delete("p", "1"))]).unwrap();
    write(&store, &[Write::delete(delete("q", "2"))]).unwrap();
    assert_eq!(on("k"), (String::new(), String::new(), 0));
}

fn indexes_are_sparse(store: impl Store) {
    puts(
        &store,
        &[
            put("p", "1", &[("apk", "x")]),
            put("p", "2", &[("ask", "x")]),
            put("p", "3", &[("apk", "x"), ("ask", "x")]),
        ],
    );
    assert_eq!(sort_keys(&page(&store, &query(Some(&ALL), "x", SortKeys::All))), ["3"]);
}

fn an_index_shows_the_projected_attributes(store: impl Store) {
    let fields = [
        ("apk", "x"),
        ("ask", "1"),
        ("kpk", "x"),
        ("ksk", "1"),
        ("spk", "x"),
        ("ssk", "1"),
        ("name", "Ada"),
        ("secret", "no"),
    ];
    puts(&store, &[put("p", "1", &fields)]);
    let attributes = |index| {
        let page = page(&store, &query(Some(index), "x", SortKeys::All));
        let names = ["pk", "sk", "_type"].into_iter().chain(fields.map(|(name, _)| name));
        let held = names.filter(|name| page.items[0].text(name).is_some());
        held.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(attributes(&ALL), "pk sk _type apk ask kpk ksk spk ssk name secret");
    assert_eq!(attributes(&KEYS), "pk sk kpk ksk");
    assert_eq!(attributes(&SOME), "pk sk _type spk ssk name");
}

fn all_writes_are_made_or_none(store: impl Store) {
    puts(&store, &[put("p", "1", &[])]);
    let together = |sk: &str| {
        let writes = [
            Write::put(put("p", "2", &[("apk", "x"), ("ask", "1")])).unwrap(),
            Write::put(create("p", sk, &[])).unwrap(),
            Write::delete(delete("p", "0")),
        ];
        write(&store, &writes).unwrap().iter().map(is_done).collect::<Vec<_>>()
    };
    assert_eq!(together("1"), [true, false, true]);
    assert_eq!(sort_keys(&page(&store, &query(None, "p", SortKeys::All))), ["1"]);
    assert_eq!(page(&store, &query(Some(&ALL), "x", SortKeys::All)).count, 0);
    assert_eq!(together("3"), [true, true, true]);
    assert_eq!(sort_keys(&page(&store, &query(None, "p", SortKeys::All))), ["1", "2", "3"]);
}

fn another_order_of_the_attributes_costs_no_index_entry(store: impl Store) {
    let cost = |names: [&'static str; 2]| {
        let keys = [("spk", "x"), ("ssk", "1"), ("apk", "x"), ("ask", "1")];
        let attributes = [&[("pk", "p"), ("sk", "1"), ("_type", "Thing")][..], &keys].concat();
        let mut fields = Map::new();
        names.iter().for_each(|name| drop(fields.insert(*name, "value")));
        let item = Document::encode(&Keyed::new(&attributes, &fields)).unwrap();
        let put = Put::new(&TABLE, "Thing", key("p", "1"), item);
        write(&store, &[Write::put(put).unwrap()]).unwrap()[0].cost
    };
    assert_eq!(cost(["name", "other"]), Cost::write(3.0));
    assert_eq!(cost(["other", "name"]), Cost::write(1.0));
    // One index holds all attributes, so it changes. The other holds only `name`, which stays.
    assert_eq!(cost(["third", "name"]), Cost::write(2.0));
}

fn costs_are_those_of_dynamodb(store: impl Store) {
    let cost = |one: Write| write(&store, &[one]).unwrap()[0].cost;
    let put_cost = |others: &[(&str, &str)]| cost(Write::put(put("p", "1", others)).unwrap());
    let big = "x".repeat(2000);
    let units = Cost::write;
    assert_eq!(cost(Write::delete(delete("p", "1"))), units(1.0));
    assert_eq!(put_cost(&[]), units(1.0));
    assert_eq!(put_cost(&[("a", &big)]), units(2.0));
    // The larger of the two sizes is charged.
    assert_eq!(put_cost(&[]), units(2.0));
    // The item enters two indexes, of which one holds only the keys.
    let indexed = [("a", big.as_str()), ("apk", "x"), ("ask", "1"), ("kpk", "x"), ("ksk", "1")];
    assert_eq!(put_cost(&indexed), units(2.0 + 2.0 + 1.0));
    // A change of an attribute that an index does not hold costs nothing there.
    let other = "y".repeat(2000);
    let mut changed = indexed;
    changed[0] = ("a", &other);
    assert_eq!(put_cost(&changed), units(2.0 + 2.0));
    assert_eq!(put_cost(&changed), units(2.0));
    // A changed key on an index costs a delete and a put there.
    let mut moved = changed;
    moved[2] = ("ask", "2");
    assert_eq!(put_cost(&moved), units(2.0 + 2.0 + 2.0));
    assert_eq!(cost(Write::delete(delete("p", "1"))), units(2.0 + 2.0 + 1.0));
}

#[test]
fn an_item_over_the_limit_is_refused_by_name() {
    // The bytes of everything but the value of `a`: the names `pk`, `sk`, `_type` and `a`, and the
    // values of the first three.
    let fixed = 2 + 1 + 2 + 1 + 5 + 5 + 1;
    let fits = "x".repeat(400 * 1024 - fixed);
    assert!(Write::put(put("p", "1", &[("a", &fits)])).is_ok());
    let error = Write::put(put("p", "1", &[("a", &(fits + "x"))])).unwrap_err();
    assert!(error.is_too_large());
    let message = error.to_string();
    assert!(message.contains("Thing `p / 1` has 409601 bytes"), "{message}");
}

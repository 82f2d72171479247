//! Tests of filters: which items are returned, counted and charged.

use crate::support::{GSI, KEYS, SESSIONS, TABLE, block_on, each, key, number, store_item, with};
use monotable_core::backend::Readable as _;
use monotable_core::expr::{Comparison, Expr, Path};
use monotable_core::request::{Put, Queried, Query, Select, SortKeys};
use monotable_core::{Backend as _, Cost};
use monotable_embedded::{Document, Embedded};
use std::num::NonZeroUsize;

fn at_least(number_: i64) -> Expr {
    Expr::Compare(Path::attribute("n"), Comparison::Ge, number(number_))
}

fn all(filter: Expr) -> Query {
    let mut query = Query::new(&TABLE, "Thing", "all", "p".to_owned(), SortKeys::All);
    query.filter = Some(filter);
    query
}

fn sort_keys(page: &Queried<Document>) -> Vec<&str> {
    page.items.iter().map(|item| item.text("sk").unwrap()).collect()
}

fn fill(store: &Embedded) {
    for n in 0..10 {
        let sk = n.to_string();
        let text = "x".repeat(2000);
        let some = [
            ("n", number(n)),
            ("t", text.into()),
            ("gpk", "p".into()),
            ("gsk", (9 - n).to_string().into()),
        ];
        store_item(store, &sk, &some);
    }
}

#[test]
fn items_that_do_not_match_are_read_and_charged() {
    each(|store| {
        fill(store);
        let page = block_on(store.query(all(at_least(7)))).unwrap();
        assert_eq!(sort_keys(&page), ["7", "8", "9"]);
        assert_eq!((page.count, page.read, page.last), (3, 10, None));
        let mut plain = all(at_least(0));
        plain.filter = None;
        let whole = block_on(store.query(plain)).unwrap();
        assert_eq!(page.cost, whole.cost);
        assert!(page.cost.read_units > Cost::read(2.0).read_units);
        let mut count = all(at_least(7));
        count.select = Select::Count;
        let page = block_on(store.query(count)).unwrap();
        assert_eq!((page.items.len(), page.count, page.read), (0, 3, 10));
    });
}

#[test]
fn max_items_limits_the_items_that_are_read() {
    each(|store| {
        fill(store);
        for index in [None, Some(&GSI)] {
            let mut query = all(at_least(5));
            query.index = index;
            query.max_items = NonZeroUsize::new(4);
            let (mut counts, mut found) = (Vec::new(), Vec::new());
            loop {
                let page = block_on(store.query(query.clone())).unwrap();
                counts.push((page.count, page.read));
                found.extend(sort_keys(&page).into_iter().map(str::to_owned));
                query.after = page.last;
                if query.after.is_none() {
                    break;
                }
            }
            if index.is_none() {
                assert_eq!(counts, [(0, 4), (3, 4), (2, 2)]);
                assert_eq!(found, ["5", "6", "7", "8", "9"]);
            } else {
                assert_eq!(counts, [(4, 4), (1, 4), (0, 2)]);
                assert_eq!(found, ["9", "8", "7", "6", "5"]);
            }
        }
    });
}

#[test]
fn items_that_do_not_match_count_for_the_size_of_a_page() {
    each(|store| {
        for n in 0..6 {
            let text = "x".repeat(300_000);
            store_item(store, &n.to_string(), &[("n", number(n)), ("t", text.into())]);
        }
        let page = block_on(store.query(all(at_least(5)))).unwrap();
        assert_eq!((page.count, page.read), (0, 4));
        assert!(page.last.is_some());
    });
}

#[test]
fn a_filter_sees_what_the_index_projects() {
    each(|store| {
        let some = [
            ("kpk", "k".into()),
            ("ksk", "1".into()),
            ("n", number(7)),
            ("_ttl", number(4_000_000_000)),
        ];
        let item = with(store, "p", "1", &some);
        block_on(store.put(Put::new(&SESSIONS, "Thing", key("p", "1"), item))).unwrap();
        let count = |filter| {
            let mut query = Query::new(&SESSIONS, "Thing", "all", "k".to_owned(), SortKeys::All);
            query.index = Some(&KEYS);
            query.filter = Some(filter);
            let page = block_on(store.query(query)).unwrap();
            assert_eq!(page.read, 1);
            page.count
        };
        assert_eq!(count(at_least(1)), 0);
        assert_eq!(count(Expr::Absent(Path::attribute("n"))), 1);
        assert_eq!(count(Expr::Exists(Path::attribute("ksk"))), 1);
        // The ttl attribute is there, so that a filter can exclude expired items.
        assert_eq!(count(Expr::Exists(Path::attribute("_ttl"))), 1);
    });
}

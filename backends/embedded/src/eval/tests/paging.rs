use crate::eval::{self, Write};
use crate::store::Store;
use crate::testing::{ALL, KEYS, Random, delete, page, put, query, write};
use monotable_core::Cost;
use monotable_core::backend::Readable as _;
use monotable_core::request::{Position, PrimaryKey, Queried, Query, Select, SortKeys};
use monotable_core::schema::{IndexDef, Projection};
use std::num::NonZeroUsize;

mod each {
    crate::testing::on_each_store! {
        all_pages_together_are_the_whole_result
        a_page_ends_above_one_megabyte
        a_query_continues_after_an_item_that_was_deleted
        only_the_last_page_has_no_position
        a_count_has_no_items
        the_cost_is_that_of_what_was_read
        an_index_of_another_table_is_refused
    }
}

fn fill(store: &impl Store, count: usize) {
    for number in 0..count {
        let (pk, sk) = (format!("p{}", number % 3), format!("{number:03}"));
        // Many entries have the same sort key on the index.
        let ask = (number % 4).to_string();
        let put = put(&pk, &sk, &[("apk", "x"), ("ask", &ask), ("kpk", "x"), ("ksk", &ask)]);
        write(store, &[Write::put(put).unwrap()]).unwrap();
    }
}

fn limited(mut query: Query, max_items: usize) -> Query {
    query.max_items = NonZeroUsize::new(max_items);
    query
}

/// Returns all pages of a query.
fn pages(store: &impl Store, mut query: Query) -> Vec<Queried<crate::Document>> {
    let mut pages = Vec::new();
    loop {
        let page = page(store, &query);
        query.after = page.last.clone();
        pages.push(page);
        if query.after.is_none() {
            return pages;
        }
    }
}

fn all_pages_together_are_the_whole_result(store: impl Store) {
    fill(&store, 100);
    let sorts = [
        SortKeys::All,
        SortKeys::Equals("1".into()),
        SortKeys::BeginsWith("0".into()),
        SortKeys::Between("011".into(), "2".into()),
    ];
    let paths: [(Option<&'static IndexDef>, &str); 3] =
        [(None, "p1"), (Some(&ALL), "x"), (Some(&KEYS), "x")];
    let mut random = Random::new(7);
    for (index, pk) in paths {
        for sort in &sorts {
            for descending in [false, true] {
                let mut whole = query(index, pk, sort.clone());
                whole.descending = descending;
                let expected = page(&store, &whole);
                assert_eq!(expected.last, None);
                let size = random.below(9) + 1;
                let pages = pages(&store, limited(whole, size));
                let items: Vec<_> = pages.iter().flat_map(|page| page.items.clone()).collect();
                assert_eq!(items, expected.items);
                let (last, full) = pages.split_last().unwrap();
                assert!(full.iter().all(|page| page.count == size));
                assert!(last.count > 0 || pages.len() == 1);
                let keys = items.iter().map(|item| {
                    let text = |name| item.text(name).unwrap_or_default().to_owned();
                    let sort = index.map(|index| text(index.sk)).unwrap_or_default();
                    (sort, text("pk"), text("sk"))
                });
                if descending {
                    assert!(keys.is_sorted_by(|one, next| one > next));
                } else {
                    assert!(keys.is_sorted_by(|one, next| one < next));
                }
            }
        }
    }
}

fn a_page_ends_above_one_megabyte(store: impl Store) {
    let big = "x".repeat(300_000);
    for sk in ["1", "2", "3", "4", "5", "6"] {
        let put = put("p", sk, &[("a", &big), ("kpk", "x"), ("ksk", sk)]);
        write(&store, &[Write::put(put).unwrap()]).unwrap();
    }
    let pages = pages(&store, query(None, "p", SortKeys::All));
    assert_eq!(pages.iter().map(|page| page.count).collect::<Vec<_>>(), [4, 2]);
    // Only the attributes that an index projects count for its pages.
    assert_eq!(page(&store, &query(Some(&KEYS), "x", SortKeys::All)).count, 6);
}

fn a_query_continues_after_an_item_that_was_deleted(store: impl Store) {
    fill(&store, 24);
    let paths: [(Option<&'static IndexDef>, &str); 2] = [(None, "p0"), (Some(&ALL), "x")];
    for (index, pk) in paths {
        for descending in [false, true] {
            let mut query = query(index, pk, SortKeys::All);
            query.descending = descending;
            let whole = page(&store, &query);
            let first = page(&store, &limited(query.clone(), 2));
            let gone = &first.items[1];
            let (pk, sk) = (gone.text("pk").unwrap(), gone.text("sk").unwrap());
            write(&store, &[Write::delete(delete(pk, sk))]).unwrap();
            query.after = first.last;
            assert_eq!(page(&store, &query).items, whole.items[2..]);
        }
    }
    // A position where there never was an item.
    let mut query = query(Some(&ALL), "x", SortKeys::All);
    let primary = PrimaryKey { pk: "p1~".into(), sk: String::new() };
    query.after = Some(Position::in_index("1".into(), primary));
    let rest = page(&store, &query).items;
    let behind = rest
        .iter()
        .all(|item| (item.text("ask").unwrap(), item.text("pk").unwrap()) > ("1", "p1~"));
    assert!(behind && !rest.is_empty());
}

fn only_the_last_page_has_no_position(store: impl Store) {
    fill(&store, 9);
    let query = query(None, "p0", SortKeys::All);
    let page = |size| page(&store, &limited(query.clone(), size));
    assert_eq!(page(2).last, Some(Position::in_table("003".into())));
    assert_eq!(page(3).last, None);
    assert_eq!(page(4).last, None);
}

fn a_count_has_no_items(store: impl Store) {
    fill(&store, 20);
    let mut count = limited(query(Some(&ALL), "x", SortKeys::Equals("1".into())), 3);
    count.select = Select::Count;
    let pages = pages(&store, count);
    assert!(pages.iter().all(|page| page.items.is_empty()));
    assert_eq!(pages.iter().map(|page| page.count).collect::<Vec<_>>(), [3, 2]);
}

fn the_cost_is_that_of_what_was_read(store: impl Store) {
    let text = "x".repeat(3000);
    for sk in ["1", "2", "3"] {
        let put = put("p", sk, &[("a", &text), ("kpk", "x"), ("ksk", sk)]);
        write(&store, &[Write::put(put).unwrap()]).unwrap();
    }
    let mut whole = query(None, "p", SortKeys::All);
    assert_eq!(page(&store, &whole).cost, Cost::read(1.5));
    whole.consistent = true;
    assert_eq!(page(&store, &whole).cost, Cost::read(3.0));
    assert_eq!(page(&store, &limited(whole, 1)).cost, Cost::read(1.0));
    let keys = query(Some(&KEYS), "x", SortKeys::All);
    assert_eq!(page(&store, &keys).cost, Cost::read(0.5));
    let nothing = query(None, "q", SortKeys::All);
    assert_eq!(page(&store, &nothing).cost, Cost::read(0.5));
}

fn an_index_of_another_table_is_refused(store: impl Store) {
    static OTHER: IndexDef = IndexDef::new("other", ["opk", "osk"], Projection::All);
    let query = query(Some(&OTHER), "x", SortKeys::All);
    let error = store.read(|view| eval::query(view, &query)).unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(error.to_string(), "the table `Shop` has no index `other`");
}

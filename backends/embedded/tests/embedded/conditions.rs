//! Tests of conditions of writes, and of the items that writes return.

use crate::support::{
    TABLE, block_on, each, fields, is_done, key, map, number, put, store_item, stored,
};
use monotable_core::backend::Readable as _;
use monotable_core::expr::{Action, Comparison, Expr, Path, Step};
use monotable_core::request::{Delete, Outcome, Returning, Update};
use monotable_core::value::Value;
use monotable_core::{Backend as _, Cost};
use monotable_embedded::Embedded;
use std::time::{Duration, Instant};

fn at(name: &'static str) -> Path {
    Path::attribute(name)
}

fn is(name: &'static str, value: impl Into<Value>) -> Expr {
    Expr::Compare(at(name), Comparison::Eq, value.into())
}

/// Returns whether writes of the item `2` are made under this condition. A put, an update and a
/// delete must agree.
fn happens(store: &Embedded, condition: &Expr, exists: bool) -> bool {
    let prepare = || {
        block_on(store.delete(Delete::new(&TABLE, "Thing", key("p", "2")))).unwrap();
        if exists {
            let list = vec![number(1), map(&[("x", number(2))]).into()];
            let some = [("n", number(7)), ("t", "text".into()), ("l", list.into())];
            store_item(store, "2", &some);
        }
        stored(store, "2")
    };
    let check = |written: monotable_core::request::Written<_>, before| match written.outcome {
        Outcome::Done => true,
        Outcome::Refused { current } => {
            assert_eq!(current.as_ref().map(fields), before);
            assert_eq!(stored(store, "2"), before);
            assert!(written.item.is_none());
            false
        }
    };
    let before = prepare();
    let mut put = put(store, "2", &[("n", number(8))]);
    put.condition = Some(condition.clone());
    let put = check(block_on(store.put(put)).unwrap(), before);
    let before = prepare();
    let set = Action::Set(at("new"), number(1));
    let mut update = Update::new(&TABLE, "Thing", key("p", "2"), vec![set]);
    update.condition = Some(condition.clone());
    let update = check(block_on(store.update(update)).unwrap(), before);
    let before = prepare();
    let mut delete = Delete::new(&TABLE, "Thing", key("p", "2"));
    delete.condition = Some(condition.clone());
    let delete = check(block_on(store.delete(delete)).unwrap(), before);
    assert_eq!([put, put], [update, delete]);
    put
}

#[test]
fn a_write_is_made_if_its_condition_holds() {
    each(|store| {
        let nested = at("l").step(Step::Index(1)).step(Step::Name("x".into()));
        let cases = [
            (Expr::Exists(at("pk")), true, false),
            (Expr::Absent(at("pk")), false, true),
            (is("n", number(7)), true, false),
            (is("n", number(8)), false, false),
            (is("t", number(7)), false, false),
            (Expr::Compare(at("n"), Comparison::Ne, number(8)), true, true),
            (Expr::Compare(at("n"), Comparison::Lt, number(8)), true, false),
            (Expr::Compare(nested, Comparison::Ge, number(2)), true, false),
            (Expr::Between(at("t"), "a".into(), "z".into()), true, false),
            (Expr::In(at("t"), vec![number(7), "text".into()]), true, false),
            (Expr::BeginsWith(at("t"), "te".into()), true, false),
            (Expr::Contains(at("l"), number(1)), true, false),
            (Expr::Size(at("l"), Comparison::Eq, 2), true, false),
            (Expr::And(vec![]), true, true),
            (Expr::Or(vec![]), false, false),
            (Expr::Not(Box::new(is("n", number(7)))), false, true),
            (is("n", number(1)).or(Expr::Exists(at("t"))), true, false),
            (is("n", number(7)).and(Expr::Absent(at("t"))), false, false),
        ];
        for (condition, of_item, of_none) in cases {
            assert_eq!(happens(store, &condition, true), of_item, "{condition:?}");
            assert_eq!(happens(store, &condition, false), of_none, "{condition:?}");
        }
    });
}

#[test]
fn a_write_returns_the_requested_item() {
    each(|store| {
        for (returning, exists) in [
            (Returning::Nothing, true),
            (Returning::Old, true),
            (Returning::New, true),
            (Returning::Nothing, false),
            (Returning::Old, false),
            (Returning::New, false),
        ] {
            let prepare = || {
                block_on(store.delete(Delete::new(&TABLE, "Thing", key("p", "1")))).unwrap();
                if exists {
                    store_item(store, "1", &[("n", number(1))]);
                }
            };
            let old = (exists && returning == Returning::Old).then(|| map(&[("n", number(1))]));
            prepare();
            let mut put = put(store, "1", &[("n", number(2))]);
            put.returning = returning;
            let written = block_on(store.put(put)).unwrap();
            assert!(is_done(&written));
            assert_eq!(written.item.as_ref().map(fields), old);
            prepare();
            let mut delete = Delete::new(&TABLE, "Thing", key("p", "1"));
            delete.returning = returning;
            let written = block_on(store.delete(delete)).unwrap();
            assert_eq!(written.item.as_ref().map(fields), old);
            prepare();
            let add = Action::Add(at("n"), 4.into());
            let mut update = Update::new(&TABLE, "Thing", key("p", "1"), vec![add]);
            update.returning = returning;
            let written = block_on(store.update(update)).unwrap();
            let expected = match returning {
                Returning::New => Some(map(&[("n", number(if exists { 5 } else { 4 }))])),
                _ => old,
            };
            assert_eq!(written.item.as_ref().map(fields), expected);
            if let Some(item) = written.item {
                assert_eq!((item.text("pk"), item.text("sk")), (Some("p"), Some("1")));
            }
        }
    });
}

#[test]
fn a_refused_write_is_charged_by_the_size_of_the_stored_item() {
    each(|store| {
        store_item(store, "1", &[("t", "x".repeat(2500).into())]);
        let mut delete = Delete::new(&TABLE, "Thing", key("p", "1"));
        delete.condition = Some(Expr::Absent(at("pk")));
        assert_eq!(block_on(store.delete(delete)).unwrap().cost, Cost::write(3.0));
    });
}

#[test]
fn a_pause_has_its_full_length() {
    each(|store| {
        block_on(store.pause(Duration::ZERO));
        let start = Instant::now();
        block_on(store.pause(Duration::from_millis(30)));
        assert!(start.elapsed() >= Duration::from_millis(30));
    });
}

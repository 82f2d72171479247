//! Tests of updates.

use crate::support::{
    GSI, TABLE, block_on, each, is_done, key, map, number, query, store_item, stored,
};
use monotable_core::backend::Readable as _;
use monotable_core::expr::{Action, Path, Step};
use monotable_core::request::{Returning, Update, Written};
use monotable_core::value::Value;
use monotable_core::{Backend as _, Cost, Error};
use monotable_embedded::{Document, Embedded};

fn at(name: &'static str) -> Path {
    Path::attribute(name)
}

fn update(store: &Embedded, sk: &str, actions: Vec<Action>) -> Result<Written<Document>, Error> {
    block_on(store.update(Update::new(&TABLE, "Thing", key("p", sk), actions)))
}

#[test]
fn actions_change_the_item() {
    each(|store| {
        let list = vec![number(1), number(2), number(3)];
        let some = [("n", number(1)), ("gone", "x".into()), ("l", list.into())];
        store_item(store, "1", &some);
        let actions = vec![
            Action::Add(at("n"), 41.into()),
            Action::Remove(at("gone")),
            Action::Remove(at("l").step(Step::Index(0))),
            Action::Append(at("l"), vec![]),
            Action::SetIfAbsent(at("made"), "now".into()),
            Action::Set(at("null"), Value::Null),
        ];
        let error = update(store, "1", actions.clone()).unwrap_err();
        assert!(error.is_invalid_request() && error.to_string().contains("`l[0]`"), "{error}");
        let actions = actions.into_iter().filter(|one| !matches!(one, Action::Append(..)));
        assert!(is_done(&update(store, "1", actions.collect()).unwrap()));
        let expected = map(&[
            ("n", number(42)),
            ("l", vec![number(2), number(3)].into()),
            ("made", "now".into()),
            ("null", Value::Null),
        ]);
        assert_eq!(stored(store, "1"), Some(expected));
        let item = query(store, &TABLE, None, "p").items.remove(0);
        assert_eq!(item.text("_type"), Some("Thing"));
    });
}

#[test]
fn an_update_creates_a_missing_item() {
    each(|store| {
        let set = Action::Set(at("n"), number(1));
        assert!(is_done(&update(store, "1", vec![set]).unwrap()));
        let item = query(store, &TABLE, None, "p").items.remove(0);
        assert_eq!((item.text("pk"), item.text("sk")), (Some("p"), Some("1")));
        assert_eq!(stored(store, "1"), Some(map(&[("n", number(1))])));
        // The item has a tag only if an action sets it.
        let tag = Action::SetIfAbsent(at("_type"), "Thing".into());
        assert!(is_done(&update(store, "2", vec![tag]).unwrap()));
        assert_eq!(query(store, &TABLE, None, "p").items[1].text("_type"), Some("Thing"));
        // An action that removes an attribute creates an item, too, which has only its key. The
        // first path leads into an attribute that the item does not have, which is an error.
        let take = vec![Action::Remove(at("n").step(Step::Name("x".into())))];
        assert!(update(store, "3", take).unwrap_err().is_invalid_request());
        assert_eq!(stored(store, "3"), None);
        let mut taken = Update::new(&TABLE, "Thing", key("p", "3"), vec![Action::Remove(at("n"))]);
        taken.returning = Returning::New;
        let written = block_on(store.update(taken)).unwrap();
        assert!(is_done(&written) && written.item.is_some());
        assert_eq!(stored(store, "3"), Some(map(&[])));
    });
}

#[test]
fn a_failed_update_changes_nothing() {
    each(|store| {
        store_item(store, "1", &[("t", "x".into()), ("n", number(1))]);
        let cases = [
            (Action::Add(at("t"), 1.into()), "`t` is a text in the item"),
            (Action::Append(at("n"), vec![]), "`n` is a number in the item"),
            (Action::Set(at("no").step(Step::Name("x".into())), number(1)), "`no.x`"),
            (Action::Set(at("pk"), "q".into()), "`pk` is part of the item's key"),
            (Action::Remove(at("sk")), "`sk` is part of the item's key"),
            (Action::Set(at("_type"), "Other".into()), "`_type` is the tag of the item's entity"),
            (Action::Remove(at("_type")), "`_type` is the tag of the item's entity"),
        ];
        let before = stored(store, "1");
        for (action, message) in cases {
            let set = Action::Set(at("new"), number(1));
            let error = update(store, "1", vec![set, action]).unwrap_err();
            assert!(error.is_invalid_request());
            assert!(error.to_string().contains(message), "{error}");
            assert_eq!(stored(store, "1"), before);
        }
        // Setting the tag to the same value is allowed.
        let tag = Action::Set(at("_type"), "Thing".into());
        assert!(is_done(&update(store, "1", vec![tag]).unwrap()));
    });
}

#[test]
fn an_item_that_grows_over_the_limit_is_refused() {
    each(|store| {
        store_item(store, "1", &[("t", "x".repeat(300_000).into())]);
        let grow = |length| vec![Action::Set(at("more"), "y".repeat(length).into())];
        let error = update(store, "1", grow(200_000)).unwrap_err();
        assert!(error.is_too_large());
        assert!(error.to_string().contains("Thing `p / 1` has 500"), "{error}");
        assert_eq!(stored(store, "1").unwrap().len(), 1);
        let written = update(store, "1", grow(10_000)).unwrap();
        assert_eq!(written.cost, Cost::write(303.0));
        // The larger of the two sizes is charged.
        let shrunk = update(store, "1", vec![Action::Remove(at("t"))]).unwrap();
        assert_eq!(shrunk.cost, Cost::write(303.0));
    });
}

#[test]
fn updates_change_index_entries() {
    each(|store| {
        let on = |pk: &str| {
            let items = query(store, &TABLE, Some(&GSI), pk).items;
            items.iter().map(|item| item.text("sk").unwrap().to_owned()).collect::<Vec<_>>()
        };
        for sk in ["1", "2"] {
            store_item(store, sk, &[("gpk", "a".into()), ("gsk", sk.into())]);
        }
        assert_eq!((on("a"), on("b")), (vec!["1".into(), "2".into()], vec![]));
        let moved = update(store, "1", vec![Action::Set(at("gpk"), "b".into())]).unwrap();
        assert_eq!(moved.cost, Cost::write(3.0));
        assert_eq!((on("a"), on("b")), (vec!["2".to_owned()], vec!["1".to_owned()]));
        update(store, "2", vec![Action::Remove(at("gsk"))]).unwrap();
        assert!(on("a").is_empty());
        let set = |name, value: &str| Action::Set(at(name), value.into());
        update(store, "2", vec![set("gsk", "0"), set("gpk", "b")]).unwrap();
        assert_eq!(on("b"), ["2", "1"]);
    });
}

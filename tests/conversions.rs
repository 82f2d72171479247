//! Every form in which the value of a field and the argument of a key can be given: one table, whose rows have
//! to compile, and to mean the same as the owned value.

#![allow(clippy::needless_borrows_for_generic_args, reason = "borrowed forms are what is tested")]

use jiff::{Timestamp, civil::Date};
use monotable::expr::Action;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Debug, Index)]
struct ByKind;

#[derive(Debug, Table)]
#[table(indexes(ByKind))]
#[allow(dead_code, clippy::large_enum_variant)]
enum Store {
    Thing(Thing),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Store, pk = "THING#{id}", sk = "{number}")]
#[access(by_kind, index = ByKind, pk = "KIND#{kind}", sk = "{place}#{rank}")]
struct Thing {
    id: String,
    number: u32,
    kind: Kind,
    place: Option<String>,
    rank: Option<u8>,
    text: String,
    boxed: Box<str>,
    #[serde(with = "shared_text")]
    shared: Arc<str>,
    cow: Cow<'static, str>,
    note: Option<String>,
    boxed_note: Option<Box<str>>,
    count: u64,
    limit: Option<u64>,
    day: Date,
    at: Option<Timestamp>,
    is_open: bool,
    color: Option<Color>,
    owner: Owner,
    shipping: Address,
    billing: Option<Address>,
    labels: Vec<String>,
    aliases: Option<Vec<String>>,
    sizes: Vec<u32>,
    #[serde(default, with = "monotable::set")]
    tags: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyPart)]
enum Kind {
    Tool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyPart)]
struct Owner(String);

/// serde stores an `Arc` only with its feature `rc`.
mod shared_text {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::sync::Arc;

    pub fn serialize<S: Serializer>(text: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
        (**text).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(from).map(Arc::from)
    }
}

/// A type of which monotable knows nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Color {
    Red,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Document)]
struct Address {
    street: String,
    zip: Option<String>,
}

fn address() -> Address {
    Address { street: "Main Street 1".into(), zip: Some("10115".into()) }
}

fn at() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn day() -> Date {
    jiff::civil::date(2026, 11, 2)
}

/// Returns what an update changes.
macro_rules! actions {
    ($($change:tt)*) => {{
        let update = Thing::key("t", 1).update().$($change)*;
        update.request(&Embedded::in_memory()).unwrap().actions
    }};
}

/// For each form of the value of a field: it can be used wherever a value can, and it means the same as the
/// owned value.
macro_rules! fields {
    ($($field:ident = $owned:expr; $($form:expr),* $(,)?;)*) => {$({
        let _: Vec<Action> = actions!(set(Thing::$field, $owned));
        $({
            let form = concat!(stringify!($field), " as ", stringify!($form));
            assert_eq!(
                actions!(set(Thing::$field, $form)),
                actions!(set(Thing::$field, $owned)),
                "set {form}"
            );
            assert_eq!(
                actions!(set_if_absent(Thing::$field, $form)),
                actions!(set_if_absent(Thing::$field, $owned)),
                "set_if_absent {form}"
            );
            let same = [
                (Thing::$field.eq($form), Thing::$field.eq($owned)),
                (Thing::$field.ne($form), Thing::$field.ne($owned)),
                (Thing::$field.is_in([$form]), Thing::$field.is_in([$owned])),
                (Thing::$field.is_in(vec![$form]), Thing::$field.is_in(vec![$owned])),
            ];
            for (given, owned) in same {
                assert_eq!(given.expr().unwrap(), owned.expr().unwrap(), "{form}");
            }
        })*
    })*};
}

#[test]
fn values_of_fields() {
    let text = "red".to_owned();
    let (boxed, shared): (Box<str>, Arc<str>) = ("red".into(), "red".into());
    let borrowed = Cow::Borrowed(text.as_str());
    let some = Some(text.clone());
    let list = vec!["a".to_owned(), "b".to_owned()];
    let slices: &[&str] = &["a", "b"];
    let tags = BTreeSet::from(["a".to_owned()]);
    let red = Color::Red;
    let owner = Owner("ann".into());
    fields! {
        TEXT = text.clone();
            &text, &&text, text.as_str(), &text.as_str(), boxed.clone(), &boxed, shared.clone(),
            &shared, borrowed.clone(), &borrowed;
        TEXT = "x".to_owned(); "x", &"x", 'x', "x".to_string();
        BOXED = boxed.clone();
            &boxed, &*boxed, text.clone(), &text, text.as_str(), shared.clone(), &shared,
            borrowed.clone(), &borrowed;
        SHARED = shared.clone();
            &shared, &*shared, text.clone(), &text, text.as_str(), boxed.clone(), &boxed,
            borrowed.clone(), &borrowed;
        COW = Cow::<'static, str>::from("red");
            "red", text.clone(), &text, text.as_str(), boxed.clone(), &boxed, shared.clone(), &shared,
            &Cow::<'static, str>::from("red");
        NOTE = some.clone();
            &some, some.as_ref(), some.as_deref(), some.as_deref().as_ref(), Some(&text), Some("red"),
            Some(&*boxed), Some(boxed.clone()), Some(&shared), Some(borrowed.clone()),
            text.clone(), &text, &&text, text.as_str(), "red", boxed.clone(), &shared, &borrowed;
        NOTE = None::<String>; None::<&str>, None::<&String>, &None::<String>;
        NOTE = Some("x".to_owned()); 'x', Some('x'), ["x"].first(), "x".chars().next();
        BOXED_NOTE = Some(boxed.clone()); &boxed, Some(&boxed), Some("red"), some.as_deref(), &text, "red";
        COUNT = 7_u64; 7, &7, &&7;
        LIMIT = Some(7_u64); 7, &7, Some(7), Some(&7), &Some(7), Some(7).as_ref(), [7].first();
        LIMIT = None::<u64>; None::<&u64>, &None::<u64>;
        DAY = day(); &day(), &&day();
        AT = Some(at()); at(), &at(), Some(&at()), &Some(at());
        IS_OPEN = true; true, &true;
        COLOR = Some(Color::Red); Color::Red, &red, Some(&red), &Some(Color::Red);
        OWNER = owner.clone(); &owner, &&owner;
        SHIPPING = address(); &address(), &&address();
        BILLING = Some(address()); address(), &address(), Some(&address()), &Some(address());
        LABELS = list.clone();
            &list, list.as_slice(), ["a", "b"], &["a", "b"], slices, ["a".to_owned(), "b".to_owned()];
        ALIASES = Some(list.clone());
            list.clone(), &list, list.as_slice(), ["a", "b"], &["a", "b"], slices,
            Some(&list), Some(list.as_slice()), Some(["a", "b"]), Some(slices), &Some(list.clone());
        SIZES = vec![1_u32, 2]; &vec![1, 2], [1, 2], &[1, 2], [&1, &2], [1_u32, 2].as_slice();
        TAGS = tags.clone(); &tags;
    }
}

#[test]
fn ends_of_ranges_of_fields() {
    let (a, b) = ("a".to_owned(), "b".to_owned());
    let owned = Thing::TEXT.between(a.clone(), b.clone());
    let given = [
        Thing::TEXT.between("a", "b"),
        Thing::TEXT.between(&a, b.as_str()),
        Thing::TEXT.between('a', Cow::Borrowed("b")),
    ];
    for given in given {
        assert_eq!(given.expr().unwrap(), owned.expr().unwrap());
    }
    let owned = Thing::LIMIT.between(Some(1_u64), Some(2_u64));
    for given in [Thing::LIMIT.between(1, 2), Thing::LIMIT.between(&1, Some(&2))] {
        assert_eq!(given.expr().unwrap(), owned.expr().unwrap());
    }
    assert_eq!(
        Thing::DAY.lt(&day()).expr().unwrap(),
        Thing::DAY.lt(day()).expr().unwrap(),
        "one end"
    );
}

#[test]
fn elements() {
    let owned = vec!["a".to_owned(), "b".to_owned()];
    let all = actions!(append(Thing::LABELS, owned.clone()));
    assert_eq!(actions!(append(Thing::LABELS, &owned)), all);
    assert_eq!(actions!(append(Thing::LABELS, ["a", "b"])), all);
    assert_eq!(actions!(append(Thing::LABELS, &["a", "b"])), all);
    assert_eq!(actions!(append(Thing::LABELS, owned.iter().map(String::as_str))), all);
    let all = actions!(union(Thing::TAGS, owned.clone()));
    assert_eq!(actions!(union(Thing::TAGS, &owned)), all);
    assert_eq!(actions!(union(Thing::TAGS, ["a", "b"])), all);
    let has = Thing::LABELS.contains("a");
    assert_eq!(Thing::LABELS.contains(&"a".to_owned()).expr().unwrap(), has.expr().unwrap());
    let at = actions!(set(Thing::LABELS.at(0), "a".to_owned()));
    assert_eq!(actions!(set(Thing::LABELS.at(0), "a")), at);
    let zip = actions!(set(Thing::SHIPPING.then(Address::ZIP), Some("1".to_owned())));
    assert_eq!(actions!(set(Thing::SHIPPING.then(Address::ZIP), Some("1"))), zip);
}

#[test]
fn fields_of_an_index_key() {
    let place = Some("here".to_owned());
    let owned =
        actions!(set_index_key(Thing::BY_KIND_KEY, (Kind::Tool, place.clone(), Some(1_u8))));
    let given = [
        actions!(set_index_key(Thing::BY_KIND_KEY, (&Kind::Tool, place.as_deref(), 1))),
        actions!(set_index_key(Thing::BY_KIND_KEY, (Kind::Tool, &place, Some(1)))),
        actions!(set_index_key(Thing::BY_KIND_KEY, (Kind::Tool, "here", &1))),
    ];
    for given in given {
        assert_eq!(given, owned);
    }
    let none = actions!(set_index_key(Thing::BY_KIND_KEY, (Kind::Tool, None::<&str>, 1)));
    let removed = none
        .iter()
        .any(|action| matches!(action, Action::Remove(path) if path.to_string() == "place"));
    assert!(removed, "{none:?}");
}

#[test]
fn arguments_of_keys() {
    let text = "t".to_owned();
    let (boxed, shared): (Box<str>, Arc<str>) = ("t".into(), "t".into());
    let owned = Thing::key(text.clone(), 1);
    let number = 1_u32;
    let given = [
        Thing::key("t", 1),
        Thing::key(&text, &number),
        Thing::key(&"t", 1),
        Thing::key(text.as_str(), 1),
        Thing::key(Cow::Borrowed("t"), 1),
        Thing::key(&Cow::Borrowed("t"), 1),
        Thing::key(&boxed, 1),
        Thing::key(boxed, 1),
        Thing::key(&shared, 1),
        Thing::key(shared, 1),
        Thing::key('t', 1),
    ];
    for given in given {
        assert_eq!(given, owned);
    }
    for query in [Thing::by_kind(Kind::Tool), Thing::by_kind(&Kind::Tool)] {
        let sent = |query: monotable::Query<Thing, _, ByKind>| {
            query.request().unwrap().unwrap().keys.texts().unwrap().0.to_owned()
        };
        assert_eq!(&*sent(query), "KIND#Tool");
    }
}

#[test]
fn cursors() {
    let query = || Thing::by_kind(Kind::Tool);
    let none: Option<monotable::Cursor> = None;
    let starts = [query().after(&none), query().after(none.clone()), query().after(None)];
    for query in starts {
        assert!(query.request().is_ok());
    }
    let cursor = |text: &str| text.parse::<monotable::Cursor>();
    let error = cursor("no cursor").unwrap_err();
    assert!(error.is_invalid_cursor(), "{error}");
    let _ = |cursor: monotable::Cursor| [query().after(&cursor), query().after(cursor)];
}

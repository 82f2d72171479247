use super::*;
use crate::value::{Number, from_map};

fn number(value: i64) -> Value {
    Value::Number(value.into())
}

fn text(value: &str) -> Value {
    value.into()
}

fn map(entries: &[(&str, Value)]) -> Map {
    let mut map = Map::new();
    for (name, value) in entries {
        map.insert(*name, value.clone());
    }
    map
}

fn texts(values: &[&str]) -> Value {
    Value::Set(Set::Text(values.iter().map(|value| (*value).to_owned()).collect()))
}

/// An attribute of each kind.
fn item() -> Map {
    map(&[
        ("null", Value::Null),
        ("bool", true.into()),
        ("number", number(7)),
        ("float", Value::Number(Number::from_f64(7.0).unwrap())),
        ("text", text("grüße")),
        ("bytes", Value::Bytes(vec![1, 2, 3])),
        ("list", vec![number(1), text("two"), Value::Null, map(&[("x", number(9))]).into()].into()),
        ("map", map(&[("a", number(1)), ("b", text("c")), ("n", Value::Null)]).into()),
        ("texts", texts(&["a", "b"])),
        ("numbers", Value::Set(Set::Numbers([1, 2].map(Number::from).into()))),
        ("blobs", Value::Set(Set::Bytes([vec![1], vec![2]].into()))),
    ])
}

const NAMES: [&str; 12] = [
    "absent", "null", "bool", "number", "float", "text", "bytes", "list", "map", "texts",
    "numbers", "blobs",
];

fn at(name: &'static str) -> Path {
    Path::attribute(name)
}

/// The attributes of which an expression holds.
fn holding(expr: impl Fn(Path) -> Expr) -> Vec<&'static str> {
    let item = item();
    let names = NAMES.into_iter().filter(|name| expr(at(name)).holds(Some(&item))).collect();
    let without_item = expr(at("number")).holds(None);
    assert_eq!(without_item, expr(at("absent")).holds(Some(&item)));
    assert_eq!(without_item, expr(at("number")).holds_encoded(None).unwrap());
    names
}

fn all_but(names: &[&str]) -> Vec<&'static str> {
    NAMES.into_iter().filter(|name| !names.contains(name)).collect()
}

#[test]
fn equality_is_of_values_whatever_their_kind() {
    let cases = [
        (number(7), vec!["number", "float"]),
        (Value::Number(Number::from_f64(7.5).unwrap()), vec![]),
        (text("grüße"), vec!["text"]),
        (Value::Null, vec!["null"]),
        (true.into(), vec!["bool"]),
        (false.into(), vec![]),
        (Value::Bytes(vec![1, 2, 3]), vec!["bytes"]),
        (vec![number(1), number(2), number(3)].into(), vec![]),
        (texts(&["b", "a"]), vec!["texts"]),
        (vec![text("a"), text("b")].into(), vec![]),
        // Whatever the order.
        (map(&[("n", Value::Null), ("b", text("c")), ("a", number(1))]).into(), vec!["map"]),
        (map(&[("n", Value::Null), ("b", text("c"))]).into(), vec![]),
    ];
    for (value, expected) in cases {
        let compare = |comparison| {
            let value = value.clone();
            holding(move |path| Expr::Compare(path, comparison, value.clone()))
        };
        assert_eq!(compare(Comparison::Eq), expected, "{value:?}");
        // What is absent or of another kind is not equal.
        assert_eq!(compare(Comparison::Ne), all_but(&expected), "{value:?}");
    }
}

#[test]
fn order_is_between_numbers_texts_and_bytes() {
    use Comparison::{Ge, Gt, Le, Lt};
    let cases = [
        (number(7), [vec![], vec!["number", "float"], vec![], vec!["number", "float"]]),
        (number(8), [vec!["number", "float"], vec!["number", "float"], vec![], vec![]]),
        (number(-1), [vec![], vec![], vec!["number", "float"], vec!["number", "float"]]),
        (text("grüße"), [vec![], vec!["text"], vec![], vec!["text"]]),
        (text("grz"), [vec![], vec![], vec!["text"], vec!["text"]]),
        (Value::Bytes(vec![1, 2]), [vec![], vec![], vec!["bytes"], vec!["bytes"]]),
        (Value::Bytes(vec![2]), [vec!["bytes"], vec!["bytes"], vec![], vec![]]),
        (Value::Null, [vec![], vec![], vec![], vec![]]),
        (true.into(), [vec![], vec![], vec![], vec![]]),
        (vec![].into(), [vec![], vec![], vec![], vec![]]),
        (texts(&["a", "b"]), [vec![], vec![], vec![], vec![]]),
    ];
    for (value, expected) in cases {
        let found = [Lt, Le, Gt, Ge]
            .map(|comparison| holding(|path| Expr::Compare(path, comparison, value.clone())));
        assert_eq!(found, expected, "{value:?}");
    }
}

#[test]
fn between_includes_both_ends() {
    let between =
        |from: Value, to: Value| holding(move |path| Expr::Between(path, from.clone(), to.clone()));
    assert_eq!(between(number(7), number(9)), ["number", "float"]);
    assert_eq!(between(number(1), number(7)), ["number", "float"]);
    assert!(between(number(8), number(9)).is_empty());
    assert!(between(number(9), number(1)).is_empty());
    assert_eq!(between(text("a"), text("z")), ["text"]);
    assert_eq!(between(Value::Bytes(vec![]), Value::Bytes(vec![9])), ["bytes"]);
    assert!(between(Value::Null, Value::Null).is_empty());
    assert!(between(number(1), text("z")).is_empty());
}

#[test]
fn one_of_is_equality_with_any() {
    let one_of = |values: Vec<Value>| holding(move |path| Expr::In(path, values.clone()));
    assert!(one_of(vec![]).is_empty());
    assert_eq!(one_of(vec![number(1), number(7), Value::Null]), ["null", "number", "float"]);
    assert_eq!(one_of(vec![text("grüße"), text("x")]), ["text"]);
}

#[test]
fn beginnings_are_of_texts() {
    let begins = |start: &str| {
        let start = start.to_owned();
        holding(move |path| Expr::BeginsWith(path, start.clone()))
    };
    assert_eq!(begins(""), ["text"]);
    assert_eq!(begins("grü"), ["text"]);
    assert!(begins("rü").is_empty());
}

#[test]
fn containing_is_of_texts_bytes_lists_and_sets() {
    let contains = |part: Value| holding(move |path| Expr::Contains(path, part.clone()));
    assert_eq!(contains(text("üß")), ["text"]);
    assert_eq!(contains(text("")), ["text"]);
    assert_eq!(contains(text("two")), ["list"]);
    assert_eq!(contains(text("a")), ["texts"]);
    assert_eq!(contains(number(1)), ["list", "numbers"]);
    assert_eq!(contains(Value::Null), ["list"]);
    assert_eq!(contains(Value::Bytes(vec![2])), ["bytes", "blobs"]);
    assert_eq!(contains(Value::Bytes(vec![2, 3])), ["bytes"]);
    assert_eq!(contains(Value::Bytes(vec![])), ["bytes"]);
    assert_eq!(contains(map(&[("x", number(9))]).into()), ["list"]);
    assert!(contains(Value::Bytes(vec![3, 2])).is_empty());
    assert!(contains(texts(&["a"])).is_empty());
    assert!(contains(true.into()).is_empty());
}

#[test]
fn sizes_are_of_what_has_parts() {
    use Comparison::{Eq, Ge, Lt, Ne};
    let size = |comparison, size| holding(move |path| Expr::Size(path, comparison, size));
    let sized = ["text", "bytes", "list", "map", "texts", "numbers", "blobs"];
    assert_eq!(size(Ge, 0), sized);
    // Bytes, not characters.
    assert_eq!(size(Eq, 7), ["text"]);
    assert_eq!(size(Eq, 3), ["bytes", "map"]);
    assert_eq!(size(Eq, 2), ["texts", "numbers", "blobs"]);
    assert_eq!(size(Lt, 4), ["bytes", "map", "texts", "numbers", "blobs"]);
    // What has no size has not this one.
    assert_eq!(size(Ne, 4), all_but(&["list"]));
}

#[test]
fn null_exists() {
    assert_eq!(holding(Expr::Exists), all_but(&["absent"]));
    assert_eq!(holding(Expr::Absent), ["absent"]);
}

#[test]
fn paths_lead_into_maps_and_lists() {
    let item = item();
    let name = |path: Path, name: &'static str| path.step(Step::Name(name.into()));
    let index = |path: Path, index| path.step(Step::Index(index));
    let exists = |path: Path| Expr::Exists(path).holds(Some(&item));
    assert!(exists(name(at("map"), "a")));
    assert!(exists(name(at("map"), "n")));
    assert!(exists(index(at("list"), 2)));
    assert!(exists(name(index(at("list"), 3), "x")));
    for path in [
        name(at("map"), "z"),
        name(name(at("map"), "a"), "z"),
        name(at("absent"), "a"),
        name(at("list"), "0"),
        index(at("list"), 4),
        index(at("map"), 0),
        index(at("texts"), 0),
    ] {
        assert!(!exists(path.clone()), "{path}");
        assert!(Expr::Absent(path).holds(Some(&item)));
    }
    let nested = name(index(at("list"), 3), "x");
    assert!(Expr::Compare(nested, Comparison::Gt, number(8)).holds(Some(&item)));
}

#[test]
fn expressions_are_joined() {
    let [yes, no] = [Expr::Exists(at("text")), Expr::Absent(at("text"))];
    let item = item();
    let holds = |expr: Expr| expr.holds(Some(&item));
    assert!(holds(Expr::And(vec![])));
    assert!(!holds(Expr::Or(vec![])));
    assert!(holds(Expr::And(vec![yes.clone(), yes.clone()])));
    assert!(!holds(Expr::And(vec![yes.clone(), no.clone()])));
    assert!(holds(Expr::Or(vec![no.clone(), yes.clone()])));
    assert!(!holds(Expr::Or(vec![no.clone(), no.clone()])));
    assert!(holds(Expr::Not(Box::new(no.clone()))));
    assert!(!holds(Expr::Not(Box::new(yes.clone()))));
    // Not "of another kind", but the opposite of a comparison that does not hold.
    let less = Expr::Compare(at("text"), Comparison::Lt, number(1));
    assert!(!holds(less.clone()) && holds(Expr::Not(Box::new(less))));
}

#[test]
fn encoded_items_are_looked_into_on_demand() {
    let mut item = item();
    for name in ["texts", "numbers", "blobs"] {
        item.remove(name);
    }
    let bytes = from_map(&item).unwrap();
    let exprs = NAMES.into_iter().flat_map(|name| {
        [
            Expr::Exists(at(name)),
            Expr::Compare(at(name), Comparison::Eq, number(7)),
            Expr::Compare(at(name), Comparison::Ne, text("grüße")),
            Expr::Contains(at(name), number(1)),
            Expr::Size(at(name), Comparison::Eq, 3),
            Expr::Exists(at(name).step(Step::Name("a".into()))),
        ]
    });
    for expr in exprs {
        let expected = expr.holds(Some(&item));
        assert_eq!(expr.holds_encoded(Some(&bytes)).unwrap(), expected, "{expr:?}");
    }
    let damaged = &bytes[..bytes.len() - 1];
    assert!(Expr::Exists(at("absent")).holds_encoded(Some(damaged)).is_err());
    let decided = Expr::Or(vec![Expr::Exists(at("null")), Expr::Exists(at("absent"))]);
    assert!(decided.holds_encoded(Some(damaged)).unwrap());
}

#[test]
fn joins_are_flat() {
    let [a, b, c] = ["a", "b", "c"].map(|name| Expr::Exists(at(name)));
    let all = vec![a.clone(), b.clone(), c.clone()];
    assert_eq!(a.clone().and(b.clone()).and(c.clone()), Expr::And(all.clone()));
    assert_eq!(a.clone().and(b.clone().and(c.clone())), Expr::And(all.clone()));
    assert_eq!(a.clone().or(b.clone().or(c.clone())), Expr::Or(all));
    let mixed = a.clone().or(b.clone()).and(c.clone());
    assert_eq!(mixed, Expr::And(vec![Expr::Or(vec![a, b]), c]));
}

//! Enums, in each of serde's representations, and what serde flattens.

use super::*;

#[test]
fn enums() {
    for v in [
        External::Unit,
        External::New(7),
        External::Option(None),
        External::Option(Some(1)),
        External::Pair(1, "x".to_owned()),
        External::Struct { a: 1, b: None },
        External::Struct { a: 1, b: Some(inner()) },
        External::Nested(Box::new(External::Nested(Box::new(External::Unit)))),
    ] {
        everywhere(v);
    }
    for v in [
        Internal::Unit,
        Internal::New(inner()),
        Internal::Struct { a: 10.0, b: vec![inner()] },
        // Past 64 bits, where serde's buffer for tagged enums knows no integers.
        Internal::Struct { a: 1e20, b: vec![] },
        Internal::Struct { a: -1.234_567_890_123_456_7e25, b: vec![] },
        Internal::Struct { a: 9.9e125, b: vec![] },
    ] {
        everywhere(v);
    }
    for v in [
        Adjacent::Unit,
        Adjacent::New(5),
        Adjacent::Pair(1, -5),
        Adjacent::Struct { a: 1, b: Some("x".to_owned()) },
    ] {
        everywhere(v);
    }
    for v in [
        Untagged::Bool(true),
        Untagged::Unsigned(7),
        Untagged::Signed(-1),
        Untagged::Float(0.5),
        Untagged::Float(1e30),
        Untagged::Text(String::new()),
        Untagged::List(vec![Untagged::Unit, Untagged::Bool(false)]),
        Untagged::Struct { a: 1 },
        Untagged::Map(BTreeMap::from([("x".to_owned(), Untagged::Unsigned(1))])),
        Untagged::Unit,
    ] {
        everywhere(v);
    }
}

/// serde keeps such an enum as it is stored until it knows the variant. A document does not say which texts are binary data,
/// so there the characters of the base64 text are read.
#[test]
fn binary_data_in_enums_that_serde_buffers() {
    let data = |c: &[u8]| One { v: Buffered::Data { c: ByteBuf::from(c) } };
    let (item, text) = (data(&[1, 2]), data(b"AQI="));
    let expected = value::item_to_map(&item).unwrap();
    every_format!(|F| match F::NAME {
        "JSON" => {
            let stored = F::write(&item).unwrap();
            assert_eq!(F::read::<One<Buffered>>(&stored).as_ref(), Ok(&text));
        }
        _ => check::<F, _>(&item, &expected),
    });
}

#[test]
fn wide_integers_in_enums() {
    everywhere_but_json(External::New(u64::MAX), "v.New");
    everywhere_but_json(Adjacent::New(u64::MAX), "v.content");
    everywhere_but_json(Adjacent::Pair(1, i64::MIN), "v.content[1]");
    everywhere_but_json(Untagged::Unsigned(u64::MAX), "v");
    everywhere_but_json(Untagged::Signed(i64::MIN), "v");
}

#[test]
fn how_variants_are_stored() {
    stored_as(External::Unit, text("Unit"));
    stored_as(External::New(1), map([("New", number(1))]));
    stored_as(External::Option(None), map([("Option", Value::Null)]));
    let pair = || Value::List(vec![number(1), text("x")]);
    stored_as(External::Pair(1, "x".to_owned()), map([("Pair", pair())]));
    let fields = map([("a", number(1)), ("b", Value::Null)]);
    stored_as(External::Struct { a: 1, b: None }, map([("Struct", fields)]));
    stored_as(Internal::Unit, map([("kind", text("Unit"))]));
    let pair = Value::List(vec![number(1), number(-5)]);
    stored_as(Adjacent::Pair(1, -5), map([("kind", text("Pair")), ("content", pair)]));
    stored_as(Untagged::Unsigned(1), number(1));
}

#[test]
fn variants_are_items_too() {
    item(External::New(1));
    item(External::Option(None));
    item(External::Pair(1, "x".to_owned()));
    item(External::Struct { a: 1, b: None });
    item(Internal::Unit);
    item(Internal::New(Inner { n: 1, text: None }));
    item(Adjacent::Unit);
    item(Adjacent::Struct { a: 1, b: None });
    item(Untagged::Struct { a: 1 });
    item(Some(inner()));
}

#[test]
fn flattened() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Outer {
        id: u64,
        #[serde(flatten)]
        inner: Inner,
        #[serde(flatten)]
        tagged: Adjacent,
        #[serde(flatten)]
        rest: BTreeMap<String, Untagged>,
    }

    let list = Untagged::List(vec![Untagged::Signed(-1), Untagged::Unit]);
    let rest =
        BTreeMap::from([("list".to_owned(), list), ("float".to_owned(), Untagged::Float(0.5))]);
    let outer = || Outer { id: 7, inner: inner(), tagged: Adjacent::New(1), rest: BTreeMap::new() };
    item(outer());
    item(Outer { rest, ..outer() });
    everywhere(outer());
    everywhere_but_json(Outer { id: u64::MAX, ..outer() }, "v.id");

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Values {
        #[serde(flatten)]
        rest: BTreeMap<String, Value>,
    }
    let list = Value::List(vec![number(-1), number(1), Value::Null]);
    item(Values {
        rest: BTreeMap::from([("list".to_owned(), list), ("text".to_owned(), text("x"))]),
    });
}

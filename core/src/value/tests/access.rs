//! Parts of an encoded item, and maps.

use super::*;

fn item() -> Vec<u8> {
    from_map(&map([
        ("pk", "ORDER#1".into()),
        ("sk", "".into()),
        ("total", number(1299)),
        ("tags", Value::List(vec!["a".into(), number(0.5f64.to_bits())])),
        ("address", map([("city", "Köln".into())]).into()),
        ("none", Value::Null),
    ]))
    .unwrap()
}

#[test]
fn attributes() {
    let item = item();
    assert_eq!(attribute(&item, "pk").unwrap(), Some("ORDER#1".into()));
    assert_eq!(attribute(&item, "total").unwrap(), Some(number(1299)));
    assert_eq!(attribute(&item, "address").unwrap(), Some(map([("city", "Köln".into())]).into()));
    assert_eq!(attribute(&item, "none").unwrap(), Some(Value::Null));
    assert_eq!(attribute(&item, "city").unwrap(), None);
    assert_eq!(attribute(&item, "").unwrap(), None);
    assert!(attribute(&[], "pk").is_err());
}

#[test]
fn texts() {
    let item = item();
    assert_eq!(text(&item, "pk"), Some("ORDER#1"));
    assert_eq!(text(&item, "sk"), Some(""));
    assert_eq!(text(&item, "total"), None);
    assert_eq!(text(&item, "p"), None);
    assert_eq!(text(&[], "pk"), None);
    let long = "x".repeat(1000);
    assert_eq!(text(&to_bytes(&Item { v: &long }).unwrap(), "v"), Some(long.as_str()));
}

#[test]
fn projections_keep_the_items_order() {
    let item = item();
    let all = to_map(&item).unwrap();
    let projected = project(&item, &["address", "pk", "absent", "tags", "pk"]).unwrap();
    let names: Vec<String> =
        to_map(&projected).unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["pk", "tags", "address"]);
    assert_eq!(attribute(&projected, "tags").unwrap().as_ref(), all.get("tags"));
    // Its size is its own.
    let mut kept = all.clone();
    for name in ["sk", "total", "none"] {
        kept.remove(name);
    }
    assert_eq!(projected, from_map(&kept).unwrap());
    assert_eq!(project(&item, &[]).unwrap(), from_map(&Map::new()).unwrap());
    assert!(project(&item[..item.len() - 1], &[]).is_err());
}

#[test]
fn maps() {
    let mut map = map([("a", number(1)), ("b", number(2)), ("c", number(3))]);
    assert_eq!(map.insert("b", "two"), Some(number(2)));
    assert_eq!(map.insert("d", true), None);
    assert_eq!(map.remove("a"), Some(number(1)));
    assert_eq!(map.remove("a"), None);
    if let Some(value) = map.get_mut("c") {
        *value = Value::Null;
    }
    let entries: Vec<_> = map.iter().collect();
    assert_eq!(entries, [("b", &"two".into()), ("c", &Value::Null), ("d", &true.into())]);
    assert_eq!(map.len(), 3);
    assert!(!map.is_empty());
    assert_eq!(format!("{map:?}"), r#"{"b": "two", "c": Null, "d": true}"#);
}

#[test]
fn maps_are_equal_whatever_their_order() {
    let ab = map([("a", number(1)), ("b", number(2))]);
    assert_eq!(ab, map([("b", number(2)), ("a", Number::from_f64(1.0).unwrap().into())]));
    assert_ne!(ab, map([("a", number(1))]));
    assert_ne!(ab, map([("a", number(1)), ("c", number(2))]));
    assert_ne!(ab, map([("a", number(2)), ("b", number(1))]));
}

#[test]
fn kinds() {
    let kinds: Vec<_> = to_map(&item()).unwrap().iter().map(|(_, value)| value.kind()).collect();
    assert_eq!(kinds, ["text", "text", "number", "list", "map", "null"]);
    assert_eq!(Value::from("x").as_text(), Some("x"));
    assert_eq!(number(1).as_text(), None);
    assert_eq!(number(1).as_number(), Some(1.into()));
}

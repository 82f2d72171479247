//! An item as a whole: its key attributes, and what is copied of it or moved out.

use serde_bytes::ByteBuf;

use super::*;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Inner {
    n: i32,
    text: Option<String>,
}

fn inner() -> Inner {
    Inner { n: -5, text: Some("x".to_owned()) }
}

#[test]
fn keys_and_tag_come_beside_the_fields() {
    let attributes = [("pk", "ORDER#1"), ("kind", "Order")];
    let fields = inner();
    let keyed = monotable_core::backend::Keyed::new(&attributes, &fields);
    let item = Attributes::encode(&keyed).unwrap();
    assert_eq!(item.as_map().len(), 4);
    assert_eq!(item.text("kind"), Some("Order"));
    assert_eq!(item.text("n"), None);
    assert_eq!(item.text("none"), None);
    assert_eq!(item.decode::<Inner>().unwrap(), inner());
}

#[test]
fn the_map_is_copied_only_if_it_is_shared() {
    let item = Attributes::encode(&inner()).unwrap();
    let before: *const AttributeValue = &item.as_map()["text"];
    let other = item.clone();
    assert_eq!(item, other);
    drop(other);
    let map = item.into_map();
    assert!(std::ptr::eq(before, &map["text"]));
    assert_eq!(format!("{:?}", Attributes::from(map)), "Attributes(2)");
}

#[test]
fn texts_are_moved_out_of_an_item_that_nobody_else_holds() {
    #[derive(Deserialize)]
    struct Blobs {
        text: String,
        blob: ByteBuf,
    }
    let item = HashMap::from([
        ("pk".to_owned(), super::text("ORDER#1")),
        ("text".to_owned(), super::text("x")),
        ("blob".to_owned(), bytes(&[1])),
    ]);
    let mut item = Attributes::from(item);
    let (text, blob) = match (&item.as_map()["text"], &item.as_map()["blob"]) {
        (AttributeValue::S(text), AttributeValue::B(blob)) => {
            (text.as_ptr(), blob.as_ref().as_ptr())
        }
        other => panic!("{other:?}"),
    };
    let other = item.clone();
    let copied = item.take::<Blobs>().unwrap();
    assert_ne!(copied.text.as_ptr(), text);
    assert_eq!(item, other);
    drop(other);
    let moved = item.take::<Blobs>().unwrap();
    assert_eq!((moved.text.as_ptr(), moved.blob.as_ptr()), (text, blob));
    // The type does not know the key, so it is there for messages still.
    assert_eq!(item.text("pk"), Some("ORDER#1"));
}

//! Bugs of other libraries. Each has a test that shows that monotable does not have it. The comment
//! on a test describes the bug.
//!
//! Some of these bugs cannot be written with monotable, because they do not compile: scans, gaps in
//! a key, and some updates. Their tests are in `ui/`.

#[path = "peers/since.rs"]
mod since;
#[path = "peers/writes.rs"]
mod writes;

use monotable::Cursor;
use monotable::prelude::*;
use monotable_tests::{Order, OrderItem, Shop, item, order};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = City, pk = "a#{a}#c_{c}", sk = "ROW")]
struct Joined {
    a: String,
    c: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = City, pk = "MALL#{mall}", sk = "UNIT#{building}#{unit}")]
#[access(units)]
#[access(members, index = ByMember, pk = "MEMBER#{member}", sk = "{building}#{unit}")]
struct Unit {
    mall: String,
    building: String,
    unit: i16,
    member: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = City, pk = "PLACE#{id}", sk = "work#{n}")]
#[access(work)]
struct Work {
    id: String,
    n: u8,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = City, pk = "PLACE#{id}", sk = "workshop#{n}")]
struct Workshop {
    id: String,
    n: u8,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = City, pk = "BIG", sk = "{id}", allow(static_partition))]
#[access(in_order)]
struct Big {
    id: u128,
}

#[derive(Debug, Index)]
struct ByMember;

#[derive(Debug, Table)]
#[table(indexes(ByMember))]
#[allow(dead_code)]
enum City {
    Joined(Joined),
    Unit(Unit),
    Work(Work),
    Workshop(Workshop),
    Big(Big),
}

fn city() -> Table<City, Embedded> {
    City::on(Embedded::in_memory())
}

fn unit(building: &str, unit: i16) -> Unit {
    Unit { mall: "M".into(), building: building.into(), unit, member: None }
}

/// Row 1: a separator inside a value gives two different tuples the same key.
#[tokio::test]
async fn row_1_delimiters_do_not_collide() {
    let city = city();
    let one = Joined { a: "1#c_2".into(), c: "3".into() };
    let two = Joined { a: "1".into(), c: "2#c_3".into() };
    one.create().send(&city).await.unwrap();
    two.create().send(&city).await.unwrap();
    assert_eq!(Joined::get("1#c_2", "3").send(&city).await.unwrap(), Some(one));
    assert_eq!(Joined::get("1", "2#c_3").send(&city).await.unwrap(), Some(two));
}

/// Row 2: keys are converted to lower case, so that `Abc` and `aBC` overwrite each other.
#[tokio::test]
async fn row_2_case_is_kept() {
    let shop = Shop::on(Embedded::in_memory());
    for id in ["Abc", "aBC", "abc"] {
        order("C", id).create().send(&shop).await.unwrap();
        assert_eq!(Order::get("C", id).send(&shop).await.unwrap().unwrap().order_id, id);
    }
    assert_eq!(Order::by_customer("C").count(&shop).await.unwrap(), 3);
}

/// Row 3: -1 is padded to `000-1`, and 9 sorts after 10.
#[tokio::test]
async fn row_3_numbers_keep_their_order() {
    let city = city();
    for n in [9, 10, -1, 0, i16::MIN, i16::MAX, -10] {
        unit("B", n).put().send(&city).await.unwrap();
    }
    let found = Unit::units("M").eq("B").all(&city).await.unwrap();
    let found: Vec<i16> = found.into_iter().map(|unit| unit.unit).collect();
    assert_eq!(found, [i16::MIN, -10, -1, 0, 9, 10, i16::MAX]);
}

/// Row 4: `<= building B` does not include the units of B, and `> B` does.
#[tokio::test]
async fn row_4_ranges_on_an_earlier_part_take_what_continues_it() {
    let city = city();
    for building in ["A", "B", "BB", "C"] {
        unit(building, 1).put().send(&city).await.unwrap();
        unit(building, 2).put().send(&city).await.unwrap();
    }
    let buildings = async |units: Vec<Unit>| -> Vec<String> {
        units.into_iter().map(|unit| unit.building).collect()
    };
    let up_to = Unit::units("M").range(..="B").all(&city).await.unwrap();
    assert_eq!(buildings(up_to).await, ["A", "A", "B", "B"]);
    use std::ops::Bound::{Excluded, Unbounded};
    let above = Unit::units("M").range((Excluded("B"), Unbounded)).all(&city).await.unwrap();
    assert_eq!(buildings(above).await, ["BB", "BB", "C", "C"]);
}

/// Row 7: an item without the attribute gets an index key nevertheless, so that all such items are
/// in one partition.
#[tokio::test]
async fn row_7_a_missing_part_leaves_the_item_out_of_the_index() {
    let city = city();
    unit("B", 1).put().send(&city).await.unwrap();
    let mut member = unit("B", 2);
    member.member = Some("X".into());
    member.put().send(&city).await.unwrap();
    assert_eq!(Unit::members("X").count(&city).await.unwrap(), 1);
    // No text that could stand for a missing value finds the other item.
    for text in ["None", "null", "undefined", "_", "#"] {
        assert_eq!(Unit::members(text).count(&city).await.unwrap(), 0);
    }
    assert!(Unit::members("").count(&city).await.unwrap_err().is_invalid_key());
}

/// Row 8: a query of `work` reads `workshop` too. A filter hides these items, but they are charged.
#[tokio::test]
async fn row_8_a_prefix_of_a_name_is_not_read() {
    let city = city();
    for n in 0..4 {
        Work { id: "P".into(), n }.put().send(&city).await.unwrap();
        Workshop { id: "P".into(), n }.put().send(&city).await.unwrap();
    }
    let page = Work::work("P").page_size(4).page(&city).await.unwrap();
    assert_eq!((page.items.len(), page.cursor), (4, None));
}

/// Row 11: integers are padded on write and not on read, so that they never match.
#[tokio::test]
async fn row_11_reads_and_writes_encode_alike() {
    let shop = Shop::on(Embedded::in_memory());
    let stored = item("O", 7, "p");
    stored.put().send(&shop).await.unwrap();
    assert_eq!(OrderItem::get("O", 7, "p").send(&shop).await.unwrap(), Some(stored.clone()));
    let stored = [stored];
    assert_eq!(OrderItem::in_order("O").eq(7).all(&shop).await.unwrap(), stored);
    assert_eq!(OrderItem::in_order("O").range(7..8).all(&shop).await.unwrap(), stored);
}

/// Row 12: a short page is mistaken for the last one.
#[tokio::test]
async fn row_12_only_a_missing_cursor_is_the_end() {
    let shop = Shop::on(Embedded::in_memory());
    for n in 0..250 {
        order("C", &format!("{n:03}")).put().send(&shop).await.unwrap();
    }
    let all = Order::by_customer("C").page_size(7).limit(240).all(&shop).await.unwrap();
    assert_eq!(all.len(), 240);
}

/// Row 13: numbers that do not fit into `i64` become strings in a cursor.
#[tokio::test]
async fn row_13_cursors_keep_big_numbers() {
    /// The greatest integer of 38 digits, which is the most that DynamoDB stores.
    const WIDEST: u128 = 10u128.pow(38) - 1;
    let city = city();
    for id in [0, u128::from(u64::MAX), WIDEST - 1, WIDEST] {
        Big { id }.put().send(&city).await.unwrap();
    }
    let mut found = Vec::new();
    let mut cursor: Option<Cursor> = None;
    loop {
        let page = Big::in_order().page_size(1).after(cursor).page(&city).await.unwrap();
        found.extend(page.items.into_iter().map(|big| big.id));
        let Some(next) = page.cursor else { break };
        cursor = Some(next.to_string().parse().unwrap());
    }
    assert_eq!(found, [0, u128::from(u64::MAX), WIDEST - 1, WIDEST]);
}

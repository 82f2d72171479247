//! The promises of keys, over random templates and random values.
//!
//! Each property runs 10,000 cases; `MONOTABLE_SCALE` asks for so many times as many.

mod shapes;
mod values;

use super::*;
use crate::request::SortKeys;
use proptest::prelude::*;
use shapes::{Shape, shapes, text_shapes};
use std::ops::Bound;
use values::{POOL, Value, texts};

fn picks() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..POOL, 3)
}

fn selects(sort: Option<&SortKeys>, key: &str) -> bool {
    match sort {
        None => false,
        Some(SortKeys::All) => true,
        Some(SortKeys::Equals(wanted)) => key == wanted,
        Some(SortKeys::BeginsWith(prefix)) => key.starts_with(prefix.as_str()),
        Some(SortKeys::Between(lower, upper)) => {
            assert!(!lower.is_empty() && !upper.is_empty(), "stores take no empty key");
            lower.as_str() <= key && key <= upper.as_str()
        }
    }
}

/// Ranges are of values, whichever way round the keys are.
fn in_range(value: &Value, (lower, upper): &(Bound<Value>, Bound<Value>)) -> bool {
    let above = match lower {
        Bound::Included(bound) => value >= bound,
        Bound::Excluded(bound) => value > bound,
        Bound::Unbounded => true,
    };
    let below = match upper {
        Bound::Included(bound) => value <= bound,
        Bound::Excluded(bound) => value < bound,
        Bound::Unbounded => true,
    };
    above && below
}

fn part_bound(bound: &Bound<Value>) -> Bound<&dyn PartValue> {
    match bound {
        Bound::Included(value) => Bound::Included(value.part()),
        Bound::Excluded(value) => Bound::Excluded(value.part()),
        Bound::Unbounded => Bound::Unbounded,
    }
}

fn config() -> ProptestConfig {
    let scale: u32 = std::env::var("MONOTABLE_SCALE").map_or(1, |text| text.parse().unwrap());
    ProptestConfig { cases: 10_000 * scale, failure_persistence: None, ..Default::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn other_parts_give_another_key_and_keys_sort_as_their_parts(
        shape in shapes(), a in picks(), b in picks(),
    ) {
        let (a, b) = (shape.tuple(&a), shape.tuple(&b));
        if let (Some(x), Some(y)) = (shape.key(&a), shape.key(&b)) {
            prop_assert_eq!(x.cmp(&y), shape.compare(&a, &b), "{:?} {:?}", x, y);
            prop_assert!(x.is_ascii());
            prop_assert!(!x.contains('$') && !x.contains("~~"));
        }
    }

    #[test]
    fn a_key_reads_back_as_its_parts(shape in shapes(), pick in picks()) {
        let tuple = shape.tuple(&pick);
        if let Some(key) = shape.key(&tuple) {
            let parts = KeyParts::cut([(&key, shape.template), ("", &[])], Encoding::Escaped).unwrap();
            for (field, value) in tuple.iter().enumerate() {
                prop_assert_eq!(&value.read_like(&parts, field as u16), value);
            }
        }
    }

    #[test]
    fn the_key_of_a_prefix_is_a_prefix_of_the_key(text in texts(1), cut in 0_usize..20) {
        let cut = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let encode = |text: &str| { let mut out = String::new(); text::escape(text, &mut out); out };
        prop_assert!(encode(&text).starts_with(&encode(&text[..cut])));
    }

    #[test]
    fn a_prefix_selects_what_a_filter_selects(
        shape in text_shapes(), pool in prop::collection::vec(picks(), 12), prefix in texts(0), at in 0_usize..3,
    ) {
        let texts: Vec<_> = (0..shape.columns.len()).filter(|i| shape.columns[*i].is_text()).collect();
        let at = texts[at % texts.len()];
        let rows: Vec<_> = pool.iter().map(|pick| shape.tuple(pick)).collect();
        let bound = &rows[0][..at];
        let Some(_) = shape.key(&rows[0]) else { return Ok(()) };
        let mut plan = shape.plan(bound);
        plan.begins_with(&prefix).unwrap();
        for row in &rows {
            let Some(key) = shape.key(row) else { continue };
            let wanted = row[..at] == *bound
                && matches!(&row[at], Value::Text(text) if text.starts_with(&prefix));
            prop_assert_eq!(selects(plan.sort_keys().as_ref(), &key), wanted, "{:?} {:?}", key, plan.sort_keys());
        }
    }

    #[test]
    fn a_range_of_a_raw_key_selects_what_a_filter_selects(
        shape in shapes().prop_filter("raw", Shape::can_be_raw),
        pool in prop::collection::vec(picks(), 12),
        at in 0_usize..3,
        ends in (0..POOL, 0..3, 0..POOL, 0..3),
    ) {
        let at = at % shape.columns.len();
        let column = &shape.columns[at];
        // Of text, it does not compile.
        if column.is_text() {
            return Ok(());
        }
        let end = |i: usize, kind| match kind {
            0 => Bound::Included(column.values[i].clone()),
            1 => Bound::Excluded(column.values[i].clone()),
            _ => Bound::Unbounded,
        };
        let range = (end(ends.0, ends.1), end(ends.2, ends.3));
        let rows: Vec<_> = pool.iter().map(|pick| shape.tuple(pick)).collect();
        let bound = &rows[0][..at];
        let Ok(mut plan) = shape.plan_in(Encoding::Raw, bound) else { return Ok(()) };
        plan.range(part_bound(&range.0), part_bound(&range.1)).unwrap();
        let sort = plan.sort_keys();
        for row in &rows {
            let Some(key) = shape.key_in(Encoding::Raw, row) else { continue };
            let wanted = row[..at] == *bound && in_range(&row[at], &range);
            prop_assert_eq!(selects(sort.as_ref(), &key), wanted, "{:?} {:?} {:?}", key, sort, range);
        }
    }

    #[test]
    fn a_range_selects_what_a_filter_selects(
        shape in shapes(),
        pool in prop::collection::vec(picks(), 12),
        at in 0_usize..3,
        ends in (0..POOL, 0..3, 0..POOL, 0..3),
    ) {
        let at = at % shape.columns.len();
        let column = &shape.columns[at];
        let end = |i: usize, kind| match kind {
            0 => Bound::Included(column.values[i].clone()),
            1 => Bound::Excluded(column.values[i].clone()),
            _ => Bound::Unbounded,
        };
        let range = (end(ends.0, ends.1), end(ends.2, ends.3));
        let rows: Vec<_> = pool.iter().map(|pick| shape.tuple(pick)).collect();
        let bound = &rows[0][..at];
        let mut plan = shape.plan(bound);
        plan.range(part_bound(&range.0), part_bound(&range.1)).unwrap();
        let sort = plan.sort_keys();
        if let Some(SortKeys::Between(lower, upper)) = &sort {
            // Nothing of another entity: both ends have the entity's own prefix.
            let prefix = literal_prefix(shape.template);
            prop_assert!(lower.starts_with(prefix) && upper.starts_with(prefix));
        }
        for row in &rows {
            let Some(key) = shape.key(row) else { continue };
            let wanted = row[..at] == *bound && in_range(&row[at], &range);
            prop_assert_eq!(selects(sort.as_ref(), &key), wanted, "{:?} {:?} {:?}", key, sort, range);
        }
    }
}

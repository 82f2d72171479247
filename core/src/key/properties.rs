//! The promises of keys, over random templates and random values.
//!
//! Each property runs 10,000 cases; `MONOTABLE_SCALE` asks for so many times as many.

mod columns;
mod shapes;
mod values;

use super::*;
use crate::query::Given;
use columns::{POOL, texts};
use proptest::prelude::*;
use shapes::{Shape, shapes, text_shapes};
use std::ops::Bound;
use values::Value;

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

fn part_bound(bound: &Bound<Value>) -> Bound<Given<'_>> {
    bound.as_ref().map(|value| Given::Part(value.part()))
}

fn config() -> ProptestConfig {
    let scale: u32 = std::env::var("MONOTABLE_SCALE").map_or(1, |text| text.parse().unwrap());
    ProptestConfig { cases: 10_000 * scale, failure_persistence: None, ..Default::default() }
}

/// The literal that a text of the column must not begin with.
fn literal_before_column(shape: &Shape, column: usize) -> &'static str {
    let is_it = |segment: &Segment| matches!(segment, Segment::Part(spec) if usize::from(spec.field) == column);
    let at = shape.template.iter().position(is_it).unwrap();
    literal_before(shape.template, at)
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
    fn a_text_that_repeats_the_literal_before_it_is_refused(
        shape in text_shapes(), pick in picks(), at in 0_usize..3, text in texts(0),
    ) {
        let texts: Vec<_> = (0..shape.columns.len()).filter(|i| shape.columns[*i].is_text()).collect();
        let at = texts[at % texts.len()];
        let mut tuple = shape.tuple(&pick);
        let Some(_) = shape.key(&tuple) else { return Ok(()) };
        let literal = literal_before_column(&shape, at);
        tuple[at] = Value::Text(format!("{literal}{text}"));
        let is_refused = !literal.is_empty();
        prop_assert_eq!(shape.repeats(at, &tuple[at]), is_refused);
        for encoding in [Encoding::Escaped, Encoding::Raw] {
            prop_assert!(!is_refused || shape.key_in(encoding, &tuple).is_none());
            let bound = shape.plan_in(encoding, &tuple[..=at]);
            prop_assert!(!is_refused || bound.unwrap_err().is_invalid_key());
        }
    }

    #[test]
    fn a_bucket_is_written_as_the_time_down_to_its_unit(time in columns::times(1)) {
        let written = |value: &dyn PartValue, class, format| {
            let mut out = String::new();
            let spec = PartSpec { field: 0, name: "at", format, class };
            spec.write(value, Encoding::Escaped, "", &mut out).map(|()| out).unwrap()
        };
        let buckets: [(Unit, Class, &dyn PartValue); 3] = [
            (Unit::Second, Second::CLASS, &Second::from(time)),
            (Unit::Millisecond, Millisecond::CLASS, &Millisecond::from(time)),
            (Unit::Microsecond, Microsecond::CLASS, &Microsecond::from(time)),
        ];
        for (unit, class, bucket) in buckets {
            let cut_off = written(&time, Class::Time, Format::OWN.unit(unit));
            prop_assert_eq!(&written(&time, Class::Time, Format::OWN.bucket(unit)), &cut_off);
            prop_assert_eq!(&written(bucket, Class::Time, Format::OWN.bucket(unit)), &cut_off);
            prop_assert_eq!(&written(bucket, class, Format::OWN), &cut_off);
            // A civil time has the same bucket, without the zone.
            let civil = civil::utc(time);
            let cut_off = written(&civil, Class::DateTime, Format::OWN.unit(unit));
            prop_assert_eq!(&written(bucket, Class::DateTime, Format::OWN.bucket(unit)), &cut_off);
            // Larger units follow from a smaller bucket.
            for larger in [Unit::Year, Unit::Day, Unit::Minute, Unit::Second] {
                let format = Format::OWN.bucket(larger);
                prop_assert_eq!(written(bucket, Class::Time, format), written(&time, Class::Time, format));
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
        if shape.repeats(at, &Value::Text(prefix.clone())) {
            prop_assert!(plan.begins_with(&prefix).unwrap_err().is_invalid_key());
            return Ok(());
        }
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
        // Of text and of a character, it does not compile.
        if column.is_text() || matches!(column.values[0], Value::Char(_)) {
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
        if bound.iter().enumerate().any(|(at, value)| shape.repeats(at, value)) {
            return Ok(());
        }
        let mut plan = shape.plan(bound);
        let repeats = |end: &Bound<Value>| match end {
            Bound::Included(value) | Bound::Excluded(value) => shape.repeats(at, value),
            Bound::Unbounded => false,
        };
        let ranged = plan.range(part_bound(&range.0), part_bound(&range.1));
        if repeats(&range.0) || repeats(&range.1) {
            prop_assert!(ranged.unwrap_err().is_invalid_key());
            return Ok(());
        }
        ranged.unwrap();
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

    #[test]
    fn bounds_are_no_longer_than_keys_may_be_whatever_the_limit(
        shape in shapes(),
        pool in prop::collection::vec(picks(), 12),
        at in 0_usize..3,
        ends in (0..POOL, 0..3, 0..POOL, 0..3),
        most in prop_oneof![1_usize..80, Just(1023), Just(1024)],
        // Often a limit that a key just meets or just misses.
        near in prop::option::of((0_usize..12, 0_usize..4)),
    ) {
        let at = at % shape.columns.len();
        let column = &shape.columns[at];
        let rows: Vec<_> = pool.iter().map(|pick| shape.tuple(pick)).collect();
        let keys: Vec<_> = rows.iter().map(|row| shape.key(row)).collect();
        let most = match near.and_then(|(row, less)| Some((keys[row].as_ref()?.len() + 1).saturating_sub(less))) {
            Some(most) if most > 0 => most,
            _ => most,
        };
        let Some((prefix, segment)) = shape.prefix(&rows[0], at) else { return Ok(()) };
        let Some(Segment::Part(spec)) = shape.template.get(segment) else { unreachable!() };
        let text = |value: &Value| {
            let mut text = String::new();
            let spec = PartSpec { format: spec.format.or_empty(), ..*spec };
            spec.write(value.part(), Encoding::Escaped, "", &mut text).unwrap();
            text
        };
        let end = |i: usize, kind| match kind {
            0 => Bound::Included(column.values[i].clone()),
            1 => Bound::Excluded(column.values[i].clone()),
            _ => Bound::Unbounded,
        };
        let range = (end(ends.0, ends.1), end(ends.2, ends.3));
        let (mut lower, mut upper) = (range.0.as_ref().map(text), range.1.as_ref().map(text));
        if column.format.descending {
            std::mem::swap(&mut lower, &mut upper);
        }
        let fits = |bound: &Bound<String>| match bound {
            // The plan refuses a part that does not fit, unless it is empty.
            Bound::Included(text) | Bound::Excluded(text) => text.is_empty() || prefix.len() + text.len() <= most,
            Bound::Unbounded => true,
        };
        if !fits(&lower) || !fits(&upper) {
            return Ok(());
        }
        let bounds = Bounds::new(&prefix, shape.template, segment, most);
        let interval = bounds.interval(lower.as_ref().map(|s| &**s), upper.as_ref().map(|s| &**s));
        if let Some(SortKeys::Between(lower, upper)) = &interval {
            prop_assert!(lower.len() <= most && upper.len() <= most, "{most} {interval:?}");
            prop_assert!(!lower.is_empty() && !upper.is_empty(), "{interval:?}");
        }
        for (row, key) in rows.iter().zip(&keys) {
            let Some(key) = key.as_ref().filter(|key| key.len() <= most) else { continue };
            let wanted = row[..at] == rows[0][..at] && in_range(&row[at], &range);
            let selected = selects(interval.as_ref(), key);
            prop_assert_eq!(selected, wanted, "{:?} {:?} {} {:?}", key, range, most, interval);
        }
    }
}

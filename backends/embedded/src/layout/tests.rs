use super::*;
use crate::testing::{Random, key};
use monotable_core::request::{AttributeKeys, AttributeRange, Position, SortKeys};
use monotable_core::value::Value;
use std::ops::RangeBounds as _;

/// A random text. The bytes that the layout treats specially are frequent in it.
fn text(random: &mut Random) -> String {
    let length = random.below(5);
    let mut text = String::new();
    for _ in 0..length {
        text.push(*random.pick(&[
            '\0',
            '\u{1}',
            '\u{2}',
            '#',
            'a',
            'b',
            '~',
            '\u{ff}',
            '\u{10ffff}',
        ]));
    }
    text
}

#[test]
fn rows_are_in_the_order_of_their_keys_and_can_be_read_back() {
    let mut random = Random::new(1);
    for _ in 0..20_000 {
        let one = (text(&mut random), text(&mut random));
        let other = (text(&mut random), text(&mut random));
        let (a, b) = (row(&one.0, &one.1), row(&other.0, &other.1));
        assert_eq!(a.cmp(&b), one.cmp(&other), "{one:?} {other:?}");
        assert_eq!(read_row(&a), Some(one));
    }
}

#[test]
fn entries_are_in_the_order_of_index_sort_key_then_row() {
    let mut random = Random::new(2);
    for _ in 0..20_000 {
        let mut make = || {
            let index = *random.pick(&["a", "ab", "b"]);
            let [ipk, isk, pk, sk] = [(); 4].map(|()| text(&mut random));
            (index, ipk, isk, pk, sk)
        };
        let (one, other) = (make(), make());
        let bytes =
            |e: &(&str, String, String, String, String)| entry(e.0, &e.1, &e.2, &row(&e.3, &e.4));
        assert_eq!(bytes(&one).cmp(&bytes(&other)), one.cmp(&other), "{one:?} {other:?}");
        let read = bytes(&one);
        let (isk, found) = read_entry(&read).unwrap();
        assert_eq!((isk, read_row(found).unwrap()), (one.2, (one.3, one.4)));
        assert_eq!(row_of_entry(&read), Some(found));
    }
}

#[test]
fn ranges_select_what_a_filter_selects() {
    let mut random = Random::new(3);
    for _ in 0..20_000 {
        let [pk, other, sk, from, to, last] = [(); 6].map(|()| text(&mut random));
        let other = if random.chance(70) { pk.clone() } else { other };
        let (from, to) = if from <= to { (from, to) } else { (to, from) };
        let sort = match random.below(4) {
            0 => SortKeys::All,
            1 => SortKeys::Equals(from.clone()),
            2 => SortKeys::BeginsWith(from.clone()),
            _ => SortKeys::Between(from.clone(), to.clone()),
        };
        let descending = random.chance(50);
        let primary = key(&text(&mut random), &text(&mut random));
        let after = random.chance(50).then(|| Position::in_index(last.clone(), primary.clone()));
        let matches = pk == other
            && match &sort {
                SortKeys::All => true,
                SortKeys::Equals(text) => sk == *text,
                SortKeys::BeginsWith(text) => sk.starts_with(text.as_str()),
                SortKeys::Between(from, to) => (from..=to).contains(&&sk),
            };
        let behind = |order: std::cmp::Ordering| {
            after.is_none() || if descending { order.is_lt() } else { order.is_gt() }
        };
        let holds = |range: &KeyRange, key: &[u8]| {
            range.bounds().is_some_and(|bounds| bounds.contains::<[u8]>(key))
        };

        let range = rows(&pk, &sort, after.as_ref(), descending);
        let expected = matches && behind(sk.cmp(&last));
        assert_eq!(holds(&range, &row(&other, &sk)), expected, "{pk:?} {other:?} {sk:?} {sort:?}");

        let range = entries("i", &pk, &sort, after.as_ref(), descending).unwrap();
        let row_key = key(&text(&mut random), &text(&mut random));
        let expected = matches && behind((&sk, &row_key).cmp(&(&last, &primary)));
        let found = entry("i", &other, &sk, &row(&row_key.pk, &row_key.sk));
        assert_eq!(holds(&range, &found), expected, "{pk:?} {other:?} {sk:?} {sort:?}");
        let elsewhere = entry("j", &other, &sk, &row(&row_key.pk, &row_key.sk));
        assert!(!holds(&range, &elsewhere));
    }
}

/// Values in few forms, so that equal ones are frequent.
fn value(random: &mut Random, is_text: bool) -> Value {
    if is_text {
        return Value::Text(text(random));
    }
    let numbers = [
        "0",
        "1",
        "-1",
        "10",
        "-10",
        "1.5",
        "-1.5",
        "1.05",
        "100",
        "0.1",
        "-0.1",
        "9",
        "99",
        "-99",
        "1e-130",
        "-1e-130",
        "9.99e125",
        "-9.99e125",
        "12345678901234567890123456789012345678",
        "1.0000000000000000000000000000000000001",
        "340282366920938463463374607431768211455",
    ];
    Value::Number(random.pick(&numbers).parse().unwrap())
}

/// Compares values as keys do.
fn compare(one: &[Value], other: &[Value]) -> std::cmp::Ordering {
    let both = one.iter().zip(other).map(|(one, other)| match (one, other) {
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        (Value::Number(one), Value::Number(other)) => one.cmp(other),
        _ => unreachable!("values of one attribute have one type"),
    });
    both.fold(std::cmp::Ordering::Equal, |order, next| order.then(next))
}

#[test]
fn entries_of_attributes_are_in_the_order_of_their_values() {
    let mut random = Random::new(9);
    for _ in 0..20_000 {
        let is_text = [random.chance(50), random.chance(50), random.chance(50)];
        let mut make = || {
            let values = is_text.map(|is_text| value(&mut random, is_text));
            (values, row(&text(&mut random), &text(&mut random)))
        };
        let (one, other) = (make(), make());
        let bytes = |(values, row): &([Value; 3], Vec<u8>)| {
            attribute_entry("i", &values[..1], &values[1..], row)
        };
        let expected = compare(&one.0, &other.0).then(one.1.cmp(&other.1));
        assert_eq!(bytes(&one).cmp(&bytes(&other)), expected, "{one:?} {other:?}");
        assert_eq!(row_of_entry(&bytes(&one)), Some(one.1.as_slice()));
    }
}

#[test]
fn ranges_of_attributes_select_what_a_filter_selects() {
    let mut random = Random::new(10);
    for _ in 0..40_000 {
        let is_text = [random.chance(50), random.chance(50)];
        let mut pair = || is_text.map(|is_text| value(&mut random, is_text));
        let (stored, wanted, last) = (pair(), pair(), pair());
        let partition = Value::from("p");
        let mut keys = AttributeKeys::of_partition(vec![partition.clone()]);
        let bound = random.below(2);
        keys.sort = wanted[..bound].to_vec();
        let mut ends = [0, 1].map(|_| value(&mut random, is_text[bound]));
        ends.sort_by(|one, other| compare(std::slice::from_ref(one), std::slice::from_ref(other)));
        let [least, most] = ends;
        keys.range = Some(match random.below(7) {
            0 => AttributeRange::AtLeast(least),
            1 => AttributeRange::MoreThan(least),
            2 => AttributeRange::AtMost(most),
            3 => AttributeRange::LessThan(most),
            4 if is_text[bound] => AttributeRange::BeginsWith(text(&mut random)),
            _ => AttributeRange::Between(least, most),
        });
        if random.chance(10) {
            keys.range = None;
        }
        let descending = random.chance(50);
        let (primary, row_key) = (key("p", &text(&mut random)), key("p", &text(&mut random)));
        let after =
            random.chance(50).then(|| Position::in_attributes(last.to_vec(), primary.clone()));
        let order = compare(&stored, &last).then(row_key.cmp(&primary));
        let behind = after.is_none() || if descending { order.is_lt() } else { order.is_gt() };
        let expected = behind
            && compare(&stored[..bound], &keys.sort).is_eq()
            && keys.range.as_ref().is_none_or(|range| range.contains(&stored[bound]));
        let range = attribute_entries("i", &keys, after.as_ref(), descending).unwrap();
        let row = row(&row_key.pk, &row_key.sk);
        let found = attribute_entry("i", std::slice::from_ref(&partition), &stored, &row);
        let holds = |key: &[u8]| range.bounds().is_some_and(|bounds| bounds.contains::<[u8]>(key));
        assert_eq!(holds(&found), expected, "{stored:?} {keys:?} {after:?}");
        let elsewhere = attribute_entry("i", &[Value::from("q")], &stored, &row);
        assert!(!holds(&elsewhere));
    }
}

#[test]
fn bytes_that_are_not_a_key_are_not_read_as_one() {
    for bytes in [&b""[..], b"a", b"a\0", b"a\0\x02b", b"\0", b"a\0\xFF", b"a\0\x01\xFF"] {
        assert_eq!(read_row(bytes), None, "{bytes:?}");
        assert_eq!(row_of_entry(bytes), None, "{bytes:?}");
    }
}

#[test]
fn a_position_on_an_index_needs_a_primary_key() {
    let position = Position::in_table(String::new());
    let error = entries("i", "pk", &SortKeys::All, Some(&position), false).unwrap_err();
    assert!(error.is_invalid_request());
}

#[test]
fn the_stores_own_keys_differ_from_all_others() {
    let mut random = Random::new(8);
    let until = due_until(i64::MAX);
    let holds = |range: &KeyRange, key: &[u8]| range.bounds().unwrap().contains::<[u8]>(key);
    for _ in 0..20_000 {
        let [index, ipk, isk, pk, sk] = [(); 5].map(|()| text(&mut random));
        let row = row(&pk, &sk);
        let entry = entry(&index, &ipk, &isk, &row);
        assert!(!row.starts_with(&token("")) && !entry.starts_with(&token("")));
        assert_eq!(read_due(&entry), None);
        assert!(!holds(&until, &entry));
        // No query reads them either.
        let due = due_item(random.below(1000) as i64, &row);
        assert_eq!(read_due(&due), Some(Due::Item(&row)));
        assert!(!holds(&entries(&index, &ipk, &SortKeys::All, None, false).unwrap(), &due));
        assert!(!holds(&rows(&pk, &SortKeys::All, None, false), &token(&sk)));
    }
    assert_eq!(read_due(&due_token(7, "t")), Some(Due::Token("t")));
    assert_eq!(read_due(&token("t")), None);
}

#[test]
fn everything_up_to_now_has_expired_and_nothing_later() {
    let times = [i64::MIN, -1000, -1, 0, 1, 255, 256, 1_800_000_000, i64::MAX - 1];
    for now in times {
        let range = due_until(now);
        for time in times {
            let bounds = range.bounds().unwrap();
            for key in [due_item(time, &row("p", "1")), due_token(time, "t")] {
                assert_eq!(bounds.contains::<[u8]>(&key), time <= now, "{time} {now}");
            }
        }
    }
}

//! Sizes by DynamoDB's rules, worked out by hand.

use super::*;

fn of(value: impl Into<Value>) -> usize {
    let map = map([("name", value.into())]);
    let counted = size(&from_map(&map).unwrap()).unwrap();
    assert_eq!(map_size(&map).unwrap(), counted, "{map:?}");
    counted - "name".len()
}

fn of_number(value: impl Into<Number>) -> usize {
    of(Value::Number(value.into()))
}

fn of_float(value: f64) -> usize {
    of_number(Number::from_f64(value).unwrap())
}

#[test]
fn scalars() {
    assert_eq!(of(Value::Null), 1);
    assert_eq!(of(true), 1);
    assert_eq!(of(""), 0);
    assert_eq!(of("Grüße"), 7);
    assert_eq!(of(Value::Bytes(vec![0; 300])), 300);
}

#[test]
fn integers() {
    assert_eq!(of_number(0), 1);
    assert_eq!(of_number(7), 2);
    assert_eq!(of_number(42), 2);
    assert_eq!(of_number(123), 3);
    assert_eq!(of_number(-123), 4);
    // Trailing zeros are trimmed.
    assert_eq!(of_number(1000), 2);
    assert_eq!(of_number(1_010_000), 3);
    assert_eq!(of_number(u64::MAX), 11);
    assert_eq!(of_number(i64::MIN), 12);
    assert_eq!(of_number(WIDEST), 20);
    assert_eq!(of_number(-(WIDEST as i128)), 21);
    assert_eq!(of_number(10u128.pow(38)), 2);
}

#[test]
fn floats() {
    assert_eq!(of_float(0.0), 1);
    assert_eq!(of_float(-0.0), 1);
    assert_eq!(of_float(10.0), of_number(10));
    assert_eq!(of_float(0.5), 2);
    assert_eq!(of_float(-0.25), 3);
    assert_eq!(of_float(52.520008), 5);
    assert_eq!(of_float(0.0000001), 2);
    assert_eq!(of_float(1e125), 2);
    assert_eq!(of_float(-1.5e125), 3);
    assert_eq!(of_float(1.0 / 3.0), 9);
    assert_eq!(of_float(9_007_199_254_740_992.0), 9);
    assert_eq!(of_float(1e-130), 2);
}

#[test]
fn containers() {
    assert_eq!(of(Value::List(Vec::new())), 3);
    assert_eq!(of(Map::new()), 3);
    // 3, and 1 for each element, and 2 + 1 + 4.
    assert_eq!(of(Value::List(vec![number(1), Value::Null, "text".into()])), 3 + 3 + 7);
    // The names count too.
    assert_eq!(of(map([("a", number(1)), ("bcd", "x".into())])), 3 + 2 + (1 + 2) + (3 + 1));
    let nested = Value::List(vec![map([("a", Value::List(vec![Value::Null]))]).into()]);
    assert_eq!(of(nested), 3 + 1 + (3 + 1 + 1 + (3 + 1 + 1)));
}

#[test]
fn items() {
    #[derive(Serialize)]
    struct Order {
        pk: &'static str,
        total: u32,
        note: Option<String>,
        paid: bool,
    }
    assert_eq!(size(&from_map(&Map::new()).unwrap()).unwrap(), 0);
    let mut order = Order { pk: "ORDER#1", total: 1299, note: None, paid: true };
    // What is not stored counts for nothing.
    assert_eq!(size(&to_bytes(&order).unwrap()).unwrap(), (2 + 7) + (5 + 3) + (4 + 1));
    order.note = Some("gift".to_owned());
    assert_eq!(size(&to_bytes(&order).unwrap()).unwrap(), (2 + 7) + (5 + 3) + (4 + 4) + (4 + 1));
}

#[test]
fn the_short_way_to_count_a_floats_digits_is_right() {
    // Any six decimal places, and neighbours that have many more digits.
    let mut state = 1u64;
    for _ in 0..2000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let places = [1.0, 10.0, 100.0, 1e4, 1e6, 1e7][(state >> 8) as usize % 6];
        let value = (state >> 20 >> (state & 31)) as f64 / places;
        for value in [value, value.next_up(), value.next_down().abs()] {
            let text = format!("{value:e}");
            let digits = text.split('e').next().unwrap().replace('.', "");
            let digits = digits.trim_start_matches('0').len();
            assert_eq!(of_float(value), digits.div_ceil(2) + 1, "{value}");
        }
    }
}

#[test]
fn numbers_as_text() {
    for (text, size) in [
        ("0", 1),
        ("-0", 1),
        ("0.00", 1),
        ("7", 2),
        ("-123", 4),
        ("1010000", 3),
        ("-0.25", 3),
        ("52.520008", 5),
        ("1.5E+100", 2),
        ("-1.5e-100", 3),
        // A float has not so many digits.
        ("12345678901234567890.123456789", 16),
        ("99999999999999999999999999999999999999", 20),
    ] {
        assert_eq!(front::number_size(text), size, "{text}");
        let number: Number = text.parse().unwrap();
        assert_eq!(of_number(number), size, "{text}");
    }
}

#[test]
fn values_that_are_nested_too_deep_have_no_size() {
    let nested = |levels| (0..levels).fold(Value::Null, |value, _| Value::List(vec![value]));
    assert_eq!(map_size(&map([("v", nested(128))])).unwrap(), 1 + 128 * 4 + 1);
    let error = map_size(&map([("v", nested(129))])).unwrap_err();
    assert_eq!(error.message(), "nested too deep");
}

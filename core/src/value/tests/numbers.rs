//! Equality, order and arithmetic of numbers, across the forms in which they are held.

use std::cmp::Ordering;

use super::Number;

fn float(value: f64) -> Number {
    Number::from_f64(value).unwrap()
}

/// Numbers in ascending order, with equal ones in one row. Large floats are not the powers of two
/// that they are in memory, but their shortest decimals.
fn ascending() -> Vec<Vec<Number>> {
    vec![
        vec![float(f64::MIN)],
        vec![float(-2f64.powi(128))],
        vec![float((-2f64.powi(127)).next_down())],
        vec![i128::MIN.into()],
        vec![(i128::MIN + 1).into()],
        vec![float(-2f64.powi(127)), (-17_014_118_346_046_923i128 * 10i128.pow(22)).into()],
        vec![float((-2f64.powi(127)).next_up())],
        vec![float(i64::MIN as f64), (-9_223_372_036_854_776_000i128).into()],
        vec![i64::MIN.into()],
        vec![(-9_007_199_254_740_993i64).into()],
        vec![float(-9_007_199_254_740_992.0), (-9_007_199_254_740_992i64).into()],
        vec![float(-10.5)],
        vec![(-10).into(), float(-10.0)],
        vec![float(-9.5)],
        vec![(-1i8).into(), float(-1.0)],
        vec![float(-5e-324)],
        vec![0u8.into(), 0i128.into(), float(0.0), float(-0.0)],
        vec![float(5e-324)],
        vec![float(0.1)],
        vec![1u8.into(), float(1.0)],
        vec![10u64.into(), 10i32.into(), float(10.0)],
        vec![float(10.5)],
        vec![11usize.into()],
        vec![float(9_007_199_254_740_992.0), 9_007_199_254_740_992u64.into()],
        vec![9_007_199_254_740_993u64.into()],
        vec![u64::MAX.into()],
        vec![(u128::from(u64::MAX) + 1).into()],
        vec![float(u64::MAX as f64), 18_446_744_073_709_552_000u128.into()],
        vec![float(2f64.powi(127)), (17_014_118_346_046_923u128 * 10u128.pow(22)).into()],
        vec![i128::MAX.into()],
        vec![(1u128 << 127).into()],
        vec![float(2f64.powi(128).next_down())],
        vec![u128::MAX.into()],
        vec![float(2f64.powi(128))],
        vec![float(f64::MAX)],
    ]
}

#[test]
fn equality_and_order_are_exact() {
    let rows = ascending();
    for (i, row) in rows.iter().enumerate() {
        for (j, other) in rows.iter().enumerate() {
            for (a, b) in row.iter().flat_map(|a| other.iter().map(move |b| (a, b))) {
                assert_eq!(a.cmp(b), i.cmp(&j), "{a} and {b}");
                assert_eq!(a == b, i == j);
                assert_eq!(a.partial_cmp(b), Some(i.cmp(&j)));
            }
        }
    }
}

#[test]
fn only_finite_floats_are_numbers() {
    assert_eq!(Number::from_f64(f64::NAN), None);
    assert_eq!(Number::from_f64(f64::INFINITY), None);
    assert_eq!(Number::from_f64(f64::NEG_INFINITY), None);
}

#[test]
fn display_is_decimal_and_exact() {
    assert_eq!(Number::from(i128::MIN).to_string(), i128::MIN.to_string());
    assert_eq!(Number::from(u128::MAX).to_string(), u128::MAX.to_string());
    assert_eq!(float(10.0).to_string(), "10");
    assert_eq!(float(-0.5).to_string(), "-0.5");
    assert_eq!(float(1e300).to_string(), "1e300");
    assert_eq!(float(1e20).to_string(), "100000000000000000000");
    for value in [0.1, 1e21, 1e-7, 9.99e-8, f64::MAX, f64::MIN_POSITIVE, 5e-324, 1.0 / 3.0] {
        assert_eq!(float(value).to_string().parse(), Ok(value));
    }
}

#[test]
fn conversions_are_exact_or_none() {
    for number in ascending().into_iter().flatten() {
        for equal in [
            number.as_u64().map(Number::from),
            number.as_i64().map(Number::from),
            number.as_u128().map(Number::from),
            number.as_i128().map(Number::from),
        ] {
            assert!(equal.is_none_or(|equal| equal == number), "{number}");
        }
    }
    assert_eq!(float(10.0).as_u64(), Some(10));
    assert_eq!(float(10.5).as_u64(), None);
    assert_eq!(float(-1.0).as_u128(), None);
    assert_eq!(float(-1.0).as_i64(), Some(-1));
    assert_eq!(Number::from(i128::MIN).as_i128(), Some(i128::MIN));
    assert_eq!(Number::from(u128::MAX).as_i128(), None);
    assert_eq!(float(2f64.powi(128)).as_u128(), None);
    assert_eq!(Number::from(u64::MAX).to_f64(), u64::MAX as f64);
}

#[test]
fn sums_and_differences() {
    let add = |a: i128, b: i128| Number::from(a).checked_add(b.into());
    let sub = |a: i128, b: i128| Number::from(a).checked_sub(b.into());
    for (a, b) in [(0, 0), (5, 3), (3, 5), (-3, 5), (3, -5), (-3, -5), (i128::MAX, i128::MIN)] {
        assert_eq!(add(a, b), Some((a + b).into()));
    }
    for (a, b) in [(0, 0), (5, 3), (3, 5), (-3, 5), (3, -5), (-3, -5), (i128::MIN, i128::MIN)] {
        assert_eq!(sub(a, b), Some((a - b).into()));
    }
    // Beyond `i128`, and back.
    assert_eq!(sub(i128::MAX, i128::MIN), Some(u128::MAX.into()));
    assert_eq!(Number::from(u128::MAX).checked_add(i128::MIN.into()), Some(i128::MAX.into()));
    assert_eq!(
        Number::from(1u128 << 127).checked_sub(u128::MAX.into()),
        Some((i128::MIN + 1).into())
    );
    // Out of range.
    assert_eq!(Number::from(u128::MAX).checked_add(1.into()), None);
    assert_eq!(add(i128::MIN, -1), None);
    assert_eq!(Number::from(0).checked_sub(u128::MAX.into()), None);
    // Floats.
    assert_eq!(float(0.5).checked_add(1.into()), Some(float(1.5)));
    assert_eq!(Number::from(1).checked_sub(float(0.5)), Some(float(0.5)));
    assert_eq!(float(f64::MAX).checked_add(float(f64::MAX)), None);
}

#[test]
fn ties_are_decided_by_what_truncation_cut_off() {
    assert_eq!(Number::from(10).cmp(&float(10.25)), Ordering::Less);
    assert_eq!(Number::from(-10).cmp(&float(-10.25)), Ordering::Greater);
}

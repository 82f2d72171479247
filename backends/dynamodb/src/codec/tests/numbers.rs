//! Numbers keep their value, whatever type writes and reads them.

use super::super::number::of_f64;
use super::*;
use monotable_core::value::Number;

#[test]
fn integers_and_floats_read_as_each_other() {
    assert_eq!(read::<f64>(number("3")).unwrap(), 3.0);
    assert_eq!(read::<f32>(number("-3")).unwrap(), -3.0);
    for three in ["3", "3.0", "0.3E1", "30e-1", "+3", "003.00"] {
        assert_eq!(read::<u8>(number(three)).unwrap(), 3);
        assert_eq!(read::<i128>(number(three)).unwrap(), 3);
        assert_eq!(read::<f32>(number(three)).unwrap(), 3.0);
    }
    assert_eq!(read::<i64>(number("-3E+3")).unwrap(), -3000);
    assert_eq!(read::<u128>(number("1E+38")).unwrap(), 10u128.pow(38));
    assert_eq!(read::<i128>(number("-1E+38")).unwrap(), -(10i128.pow(38)));
    assert_eq!(read::<u8>(number("-0")).unwrap(), 0);
    for refused in ["3.5", "256", "-1", "1E+39", "1E-1"] {
        assert!(read::<u8>(number(refused)).is_err(), "{refused}");
    }
    assert!(read::<i64>(number("9223372036854775808")).is_err());
    assert!(read::<u128>(number("1E+39")).is_err());
}

#[test]
fn numbers_of_no_known_type() {
    let any = |text: &str| read::<value::Value>(number(text)).unwrap().as_number().unwrap();
    assert_eq!(any("7"), value::Number::from(7));
    assert_eq!(any("-7.0"), value::Number::from(-7));
    assert_eq!(any("0.5"), value::Number::from_f64(0.5).unwrap());
    let wide = 10u128.pow(38) - 1;
    assert_eq!(any(&wide.to_string()), value::Number::from(wide));
    assert_eq!(any(&format!("-{wide}")), value::Number::from(-(wide as i128)));
    let json = read::<serde_json::Value>(number("100000000000000000000")).unwrap();
    assert_eq!(json, serde_json::json!(1e20));
}

#[test]
fn decimals_have_one_form() {
    for (text, expected) in [
        ("0", "0"),
        ("-0.000", "0"),
        ("+1", "1"),
        ("12.50", "12.5"),
        ("0012.5", "12.5"),
        ("12.5e1", "125"),
        ("-125E-1", "-12.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0.0000001", "0.0000001"),
        ("0.00000001", "1e-8"),
        ("0.0000000125", "1.25e-8"),
        ("1E21", "1000000000000000000000"),
        ("1.5E38", "150000000000000000000000000000000000000"),
        ("1.5E39", "1.5e39"),
        (
            "9.9999999999999999999999999999999999999E125",
            "9.9999999999999999999999999999999999999e125",
        ),
        ("-1E-130", "-1e-130"),
        ("12345678901234567890.123456789012345678", "12345678901234567890.123456789012345678"),
        ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
        ("1000000000000000000000000000000000000000000", "1e42"),
    ] {
        assert_eq!(stored(AsDecimal(text.to_owned())), number(expected), "{text}");
        assert_eq!(stored(AsDecimal(expected.to_owned())), number(expected), "{text}");
    }
    let refused = |text: &str| refusal([AsDecimal(text.to_owned())]);
    for text in ["", "-", ".", "e1", "1e", "1e+", "1e1.5", "--1", "1 ", "0x1", "1_0", "NaN", "٣"] {
        assert_eq!(refused(text), "attribute `v[0]`: not a decimal number", "{text}");
    }
    let long = "1".repeat(39);
    for text in [long.clone(), format!("0.{long}"), format!("1{}1", "0".repeat(500))] {
        assert!(refused(&text).contains("38 significant digits"), "{}", refused(&text));
    }
    for text in ["1e126", "-1e126", "9.9e-131", "1e99999", "1e-99999999999"] {
        assert!(refused(text).contains("1E-130"), "{}", refused(text));
    }
    assert_eq!(stored(AsDecimal(format!("1{}e-300", "0".repeat(300)))), number("1"));
}

#[test]
fn decimals_are_numbers() {
    let pi = "3.1415926535897932384626433832795028841";
    assert_eq!(stored(AsDecimal(pi.to_owned())), number(pi));
    assert_eq!(read::<AsDecimal>(number(pi)).unwrap(), AsDecimal(pi.to_owned()));
    assert_eq!(stored(AsDecimal("1.50".to_owned())), number("1.5"));
    // It reads numbers that other types have written, as they are.
    assert_eq!(read::<AsDecimal>(number("5")).unwrap(), AsDecimal("5".to_owned()));
    assert_eq!(read::<Option<AsDecimal>>(NULL).unwrap(), None);
    assert_eq!(read::<AsDecimal>(text("5")).unwrap(), AsDecimal("5".to_owned()));
    assert_eq!(misread::<AsDecimal>(list([])), "attribute `v`: found list, expected a string");
    // Types read digits, and not all of them exponents.
    let digits = format!("1{}", "0".repeat(42));
    assert_eq!(read::<AsDecimal>(number("1e42")).unwrap(), AsDecimal(digits));
    let refused = |text: &str| refusal([AsDecimal(text.to_owned())]);
    assert_eq!(refused("five"), "attribute `v[0]`: not a decimal number");
    assert!(refused(&"7".repeat(39)).contains("38 significant digits"));
    assert!(refused("1e126").contains("from 1E-130"));
}

#[test]
fn a_float_is_written_as_the_decimal_that_it_reads_from() {
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..20_000 {
        let value = f64::from_bits(random.u64(..));
        if (1e-130..1e126).contains(&value.abs()) {
            let text = of_f64(value);
            assert_eq!(text.parse(), Ok(value));
            assert_eq!(Number::from_f64(value), Some(text.parse().unwrap()));
        }
    }
}

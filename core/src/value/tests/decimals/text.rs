//! Numbers from text and as text, case by case.

use super::{Number, decimal, float};

#[test]
fn reads_and_writes() {
    for (text, shown) in [
        ("-12.50", "-12.5"),
        ("1E-7", "0.0000001"),
        ("1E-8", "1e-8"),
        ("-1.250e-10", "-1.25e-10"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0012.0300", "12.03"),
        ("1e20", "100000000000000000000"),
        ("1e100", "1e100"),
        ("-12e99", "-1.2e100"),
        ("0.1234567890123456789012345678901234567", "0.1234567890123456789012345678901234567"),
        (
            "9.9999999999999999999999999999999999999E+125",
            "9.9999999999999999999999999999999999999e125",
        ),
    ] {
        assert_eq!(decimal(text).to_string(), shown);
        assert_eq!(decimal(shown), decimal(text));
    }
    assert_eq!(decimal("1e-10").to_plain(), "0.0000000001");
    assert_eq!(decimal("-12e39").to_plain(), format!("-12{}", "0".repeat(39)));
    assert_eq!(float(1e-9).to_plain(), "0.000000001");
    // Integers may have as many digits as fit.
    assert_eq!(decimal(&u128::MAX.to_string()), u128::MAX.into());
    assert_eq!(decimal(&i128::MIN.to_string()), i128::MIN.into());
}

#[test]
fn refused() {
    let message = |text: &str| text.parse::<Number>().unwrap_err().to_string();
    for text in [
        "",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1e1.5",
        "1.2.3",
        "1_000",
        "0x10",
        " 1",
        "1 ",
        "--1",
        "+-1",
        "NaN",
        "inf",
        "-Infinity",
        "1,5",
        "１",
    ] {
        assert_eq!(message(text), "not a decimal number", "{text}");
    }
    let digits = "a number of more than 38 significant digits";
    assert_eq!(message("0.123456789012345678901234567890123456789"), digits);
    assert_eq!(message(&format!("{}1", "9".repeat(39))), digits);
    assert_eq!(message(&format!("1{}.1", "0".repeat(60_000))), digits);
    let range = "a number out of range: its magnitude must be from 1E-130 to below 1E+126";
    for text in ["1e126", "-1e126", "9.99e-131", "1e-131", "1e99999999999999999999", "1e-40000"] {
        assert_eq!(message(text), range, "{text}");
    }
    assert_eq!(message(&"9".repeat(39)), digits);
    assert_eq!(message(&format!("{}e-200", "1".repeat(38))), range);
}

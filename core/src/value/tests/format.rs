//! The bytes. These tests fail only if items already on disk can no longer be read.

use super::*;

fn value_bytes(value: impl Serialize) -> Vec<u8> {
    to_bytes(&Item { v: value }).unwrap()[7..].to_vec()
}

#[test]
fn items() {
    assert_eq!(from_map(&Map::new()).unwrap(), [1, 0, 0, 0, 0]);
    #[derive(Serialize)]
    struct Order {
        id: &'static str,
        total: u32,
    }
    let bytes = to_bytes(&Order { id: "A1", total: 1299 }).unwrap();
    assert_eq!(bytes, *b"\x01\x0c\0\0\0\x02id\x82A1\x05total\x11\x13\x05");
}

#[test]
fn scalars() {
    assert_eq!(value_bytes(()), [0x01]);
    assert_eq!(value_bytes(false), [0x02]);
    assert_eq!(value_bytes(true), [0x03]);
    assert_eq!(value_bytes(""), [0x80]);
    assert_eq!(value_bytes("ab"), [0x82, b'a', b'b']);
    assert_eq!(value_bytes("x".repeat(127))[..2], [0xff, b'x']);
    assert_eq!(value_bytes("x".repeat(128))[..4], [0x04, 0x80, 0x01, b'x']);
    assert_eq!(value_bytes(Blob(vec![9, 8])), [0x05, 2, 9, 8]);
    assert_eq!(value_bytes(1.5), [0x08, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f]);
    assert_eq!(value_bytes(1.5f32), value_bytes(1.5));
    assert_eq!(value_bytes(10.0), [0x4a], "a whole number is an integer");
    assert_eq!(value_bytes(-0.0), [0x40]);
}

#[test]
fn integers() {
    assert_eq!(value_bytes(0), [0x40]);
    assert_eq!(value_bytes(63), [0x7f]);
    assert_eq!(value_bytes(64), [0x10, 64]);
    assert_eq!(value_bytes(255), [0x10, 255]);
    assert_eq!(value_bytes(256), [0x11, 0, 1]);
    assert_eq!(value_bytes(65_536), [0x12, 0, 0, 1, 0]);
    assert_eq!(value_bytes(1u64 << 32), [0x13, 0, 0, 0, 0, 1, 0, 0, 0]);
    assert_eq!(
        value_bytes(u64::MAX as u128 + 1)[..],
        [&[0x14][..], &[0; 8], &[1], &[0; 7]].concat()
    );
    assert_eq!(value_bytes(-1), [0x18, 0]);
    assert_eq!(value_bytes(-256), [0x18, 255]);
    assert_eq!(value_bytes(-257), [0x19, 0, 1]);
    assert_eq!(value_bytes(i64::from(i32::MIN)), [0x1a, 255, 255, 255, 127]);
    assert_eq!(value_bytes(i64::MIN), [0x1b, 255, 255, 255, 255, 255, 255, 255, 127]);
    let widest = (WIDEST - 1).to_le_bytes();
    assert_eq!(value_bytes(-(WIDEST as i128))[..], [&[0x1c][..], &widest].concat());
    // The type does not matter, only the number.
    assert_eq!(value_bytes(5i128), value_bytes(5u8));
    assert_eq!(value_bytes(-5i128), value_bytes(-5i8));
}

#[test]
fn decimals() {
    let decimal = |text: &str| value_bytes(text.parse::<Number>().unwrap());
    assert_eq!(decimal("0.5"), [0x20, 0xff, 0xff, 0x45]);
    assert_eq!(decimal("-12.50"), [0x20, 0xff, 0xff, 0x18, 124]);
    assert_eq!(decimal("19.99"), [0x20, 0xfe, 0xff, 0x11, 0xcf, 0x07]);
    assert_eq!(decimal("1e125"), [0x20, 0x7d, 0x00, 0x41]);
    assert_eq!(decimal("1e-130"), [0x20, 0x7e, 0xff, 0x41]);
    let coefficient = 12345678901234567890123456789012345678u128;
    let bytes = coefficient.to_le_bytes();
    assert_eq!(
        decimal(&format!("{coefficient}e-1")),
        [&[0x20, 0xff, 0xff, 0x14][..], &bytes].concat()
    );
    let bytes = (coefficient - 1).to_le_bytes();
    assert_eq!(
        decimal(&format!("-{coefficient}e-1")),
        [&[0x20, 0xff, 0xff, 0x1c][..], &bytes].concat()
    );
    // One that is an integer is stored as one.
    assert_eq!(decimal("12.00"), [0x4c]);
    assert_eq!(decimal("-1e3"), [0x19, 0xe7, 0x03]);
    assert_eq!(decimal("3e38"), value_bytes(3 * 10u128.pow(38)));
    assert_eq!(decimal("4e38"), [0x20, 38, 0, 0x44]);
}

#[test]
fn sets() {
    #[derive(Serialize)]
    struct Set<T: Serialize>(#[serde(with = "crate::set")] T);

    assert_eq!(value_bytes(Set(["b", "ab"])), [0x30, 5, 0, 0, 0, 0x82, b'a', b'b', 0x81, b'b']);
    assert_eq!(value_bytes(Set([300, -1, 7])), [0x31, 6, 0, 0, 0, 0x18, 0, 0x47, 0x11, 44, 1]);
    assert_eq!(
        value_bytes(Set([Blob(vec![9]), Blob(vec![8])])),
        [0x32, 6, 0, 0, 0, 0x05, 1, 8, 0x05, 1, 9]
    );
}

#[test]
fn decimals_in_another_form_than_written_are_read() {
    for bytes in [&[0x20, 0, 0, 0x4c][..], &[0x20, 1, 0, 0x10, 12], &[0x20, 0xff, 0xff, 0x10, 120]]
    {
        let item = [&[1, 0, 0, 0, 0, 1, b'v'], bytes].concat();
        let expected = if bytes[1] == 1 { 120u8 } else { 12 };
        assert_eq!(from_bytes::<Item<u8>>(&item).unwrap().v, expected);
        assert_eq!(attribute(&item, "v").unwrap(), Some(number(expected)));
    }
}

#[test]
fn containers() {
    assert_eq!(value_bytes([1, 2]), [0x06, 2, 0, 0, 0, 0x41, 0x42]);
    assert_eq!(value_bytes(Item { v: 1 }), [0x07, 3, 0, 0, 0, 1, b'v', 0x41]);
    assert_eq!(value_bytes(Vec::<u8>::new()), [0x06, 0, 0, 0, 0]);
}

#[test]
fn lengths_in_a_longer_form_than_needed_are_read() {
    let item =
        [&[1, 0, 0, 0, 0][..], &[0x81, 0x80, 0x00, b'v'], &[0x04, 0x81, 0x00, b'x']].concat();
    assert_eq!(from_bytes::<Item<String>>(&item).unwrap().v, "x");
}

//! Strings, escapes and places in a text.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{Cursor, Invalid, Quoted, write_string};

/// The text of a JSON string.
fn read(json: &str) -> Result<String, Invalid> {
    Cursor::new(json).string()?.text().map(|text| text.into_owned())
}

#[test]
fn strings_are_read_as_serde_json_reads_them() {
    let mut random = fastrand::Rng::with_seed(11);
    let pieces = [
        "a", "é", "🦀", "\\n", "\\\\", "\\\"", "\\/", "\\b", "\\f", "\\r", "\\t", "\\u0041",
        "\\ud83e", "\\udd80", "\\u00e9", "\\u12", "\\x", "\\", "\u{1}", "\u{7f}", "        ",
        "12345678", "\\u+123",
    ];
    let mut right = 0;
    for _ in 0..50_000 {
        let text: String =
            (0..random.usize(0..9)).map(|_| pieces[random.usize(0..pieces.len())]).collect();
        let json = format!("\"{text}\"");
        let wanted: Result<String, _> = serde_json::from_str(&json);
        right += usize::from(wanted.is_ok());
        // A string that ends early is followed by something else, which serde_json refuses.
        let mut cursor = Cursor::new(&json);
        let read = cursor.string().and_then(|text| text.text().map(|text| text.into_owned()));
        let read =
            read.and_then(|text| if cursor.rest().is_empty() { Ok(text) } else { Err(Invalid) });
        assert_eq!(read.ok(), wanted.ok(), "{json}");
    }
    assert!((5_000..45_000).contains(&right), "{right}");
}

#[test]
fn written_strings_are_read_back() {
    let mut random = fastrand::Rng::with_seed(12);
    for _ in 0..20_000 {
        let text: String = (0..random.usize(0..20))
            .map(|_| match random.u8(0..4) {
                0 => char::from(random.u8(0..128)),
                1 => random.char(..),
                2 => ['"', '\\', '\n', '\u{1f}', '/'][random.usize(0..5)],
                _ => 'x',
            })
            .collect();
        let mut json = String::new();
        write_string(&mut json, &text);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        assert_eq!(read(&json).unwrap(), text);
    }
}

#[test]
fn a_special_byte_is_found_at_every_place() {
    for special in ['"', '\\', '\u{0}', '\u{1f}'] {
        for place in 0..40 {
            let text = "x\u{80}\u{7f}é ".chars().cycle().take(place).chain([special]);
            let text: String = text.chain("zz\"".chars()).collect();
            let found = super::escape::first_special(text.as_bytes(), 0);
            assert_eq!(found, text.find(special).unwrap(), "{text:?}");
        }
    }
    assert_eq!(super::escape::first_special(b"no special byte", 0), 15);
    assert_eq!(super::escape::first_special(b"", 3), 3);
}

#[test]
fn values_are_skipped() {
    let values = [
        "1",
        "-1.5e3",
        "null",
        "true",
        r#""a\"b""#,
        "[]",
        "{}",
        r#"{"a":[1,{"b":"]}"}],"c":null}"#,
    ];
    for value in values {
        for after in ["", ",1", "]", " }"] {
            let text = format!(" {value}{after}");
            let mut cursor = Cursor::new(&text);
            cursor.skip().unwrap();
            assert_eq!(cursor.rest(), after, "{text}");
        }
    }
    // What is no value is refused, or moved over: both end.
    for odd in ["\u{c}", "\u{0}", "é", "\u{b}1", "\u{7f}\u{c}"] {
        assert!(Cursor::new(odd).skip().is_ok(), "{odd:?}");
    }
    for wrong in ["", " ", "]", ",", "[1", "\"a", r#"{"a":"#, ":"] {
        assert!(Cursor::new(wrong).skip().is_err(), "{wrong}");
    }
}

#[test]
fn objects_are_read_name_by_name() {
    let mut cursor = Cursor::new(r#" { "a" : true , "b\n":false}x"#);
    let mut found = Vec::new();
    let mut first = true;
    cursor.expect(b'{').unwrap();
    while cursor.next(b'}', &mut first).unwrap() {
        found.push((cursor.name().unwrap(), cursor.bool().unwrap()));
    }
    let name = |raw, escaped| Quoted { raw, escaped };
    assert_eq!(found, [(name("a", false), true), (name("b\\n", true), false)]);
    assert_eq!(found[1].0.plain(), Err(Invalid));
    assert_eq!(cursor.rest(), "x");
    let mut first = false;
    assert_eq!(Cursor::new("1").next(b'}', &mut first), Err(Invalid));
    assert_eq!(Cursor::new("nul").bool(), Err(Invalid));
}

//! The `id` of a document: its sort key in characters that Cosmos DB allows.
//!
//! Letters, digits, `-`, `.` and `:` stay as they are, and `#` becomes `~`. Every other byte becomes `_` and two
//! upper-case hexadecimal digits, and so does an escaped byte of a key (`%XX` and `~XX`). So an id has none of the
//! characters that Cosmos DB forbids (`/`, `\`, `?`, `#`), and the key can be read from it. The ids `.` and `..`
//! would change the path of a request, so their characters are escaped, too.

use monotable_core::key::Encoding;
use monotable_core::{Error, Kind, Result};
use std::fmt::Write as _;

/// The most bytes of an id.
pub(crate) const MOST: usize = 1023;

/// Returns the id of the document that has this sort key.
///
/// # Errors
///
/// `InvalidKey` if the id is too long.
pub(crate) fn of_sort_key(key: &str, encoding: Encoding) -> Result<String> {
    let id = escaped(key, encoding);
    match id.len() {
        0..=MOST => Ok(id),
        length => {
            let message = format!(
                "the sort key `{key}` has an id of {length} bytes, and Cosmos DB takes {MOST}: shorten its parts, or \
                 use letters and digits in them, because every other character takes three bytes"
            );
            Err(Error::new(Kind::InvalidKey, message))
        }
    }
}

/// Returns the key in the characters of ids, of any length.
pub(crate) fn escaped(key: &str, encoding: Encoding) -> String {
    let mut id = String::with_capacity(key.len() + 8);
    if key == "." || key == ".." {
        return key.replace('.', "_2E");
    }
    for byte in key.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b':' => {
                id.push(char::from(byte))
            }
            b'#' => id.push('~'),
            // The two digits of the escaped byte follow.
            b'%' | b'~' if encoding == Encoding::Escaped => id.push('_'),
            // Writing to a text does not fail.
            other => write!(id, "_{other:02X}").unwrap_or_default(),
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the key whose id this is. The library does not need it, but it shows that nothing is lost.
    fn key_of(id: &str, encoding: Encoding) -> String {
        let mut key = Vec::new();
        let mut bytes = id.bytes();
        while let Some(byte) = bytes.next() {
            match byte {
                b'~' => key.push(b'#'),
                b'_' => {
                    let digits: Vec<u8> = bytes.by_ref().take(2).collect();
                    let digits = String::from_utf8(digits).unwrap();
                    let byte = u8::from_str_radix(&digits, 16).unwrap();
                    match (byte, encoding) {
                        (0..=0x25, Encoding::Escaped) => key.extend(format!("%{byte:02X}").bytes()),
                        (0x7e.., Encoding::Escaped) => key.extend(format!("~{byte:02X}").bytes()),
                        _ => key.push(byte),
                    }
                }
                other => key.push(other),
            }
        }
        String::from_utf8(key).unwrap()
    }

    /// A key as core renders it: components of escaped text.
    fn escaped_key(parts: &[Vec<u8>]) -> String {
        let part = |part: &Vec<u8>| {
            let mut text = String::new();
            for byte in part {
                match byte {
                    0..=0x25 => write!(text, "%{byte:02X}").unwrap(),
                    0x7e.. => write!(text, "~{byte:02X}").unwrap(),
                    other => text.push(char::from(*other)),
                }
            }
            text
        };
        parts.iter().map(part).collect::<Vec<_>>().join("#")
    }

    fn is_allowed(id: &str) -> bool {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-.:~_".contains(c);
        id.chars().all(allowed) && id != "." && id != ".."
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_key_is_read_from_its_id(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..5)) {
            let key = escaped_key(&parts);
            let id = escaped(&key, Encoding::Escaped);
            prop_assert!(is_allowed(&id), "{id}");
            prop_assert_eq!(key_of(&id, Encoding::Escaped), key);
        }

        #[test]
        fn a_raw_key_is_read_from_its_id(key in ".{1,60}") {
            let id = escaped(&key, Encoding::Raw);
            prop_assert!(is_allowed(&id), "{id}");
            prop_assert_eq!(key_of(&id, Encoding::Raw), key);
        }
    }

    #[test]
    fn every_byte_has_its_own_form() {
        for encoding in [Encoding::Escaped, Encoding::Raw] {
            let keys = (0..=u8::MAX).filter_map(|byte| match encoding {
                Encoding::Escaped => Some(escaped_key(&[vec![byte]])),
                Encoding::Raw => (byte < 0x80).then(|| char::from(byte).to_string()),
            });
            for key in keys {
                let id = escaped(&key, encoding);
                assert!(is_allowed(&id), "{id}");
                assert_eq!(key_of(&id, encoding), key);
            }
        }
    }

    #[test]
    fn usual_keys_stay_readable() {
        let id = |key| of_sort_key(key, Encoding::Escaped).unwrap();
        assert_eq!(id("PROFILE"), "PROFILE");
        assert_eq!(id("ORDER#ORD-001"), "ORDER~ORD-001");
        assert_eq!(id("2026-06-01T10:00:00Z#a/b?c"), "2026-06-01T10:00:00Z~a_2Fb_3Fc");
        assert_eq!(id("A%20B~C3~A9"), "A_20B_C3_A9");
        assert_eq!(id("."), "_2E");
        assert_eq!(id(".."), "_2E_2E");
    }

    #[test]
    fn the_limit_is_1023_bytes_of_the_id() {
        let id = |key: &str| of_sort_key(key, Encoding::Escaped);
        assert_eq!(id(&"a".repeat(1023)).unwrap().len(), 1023);
        assert!(id(&"a".repeat(1024)).unwrap_err().is_invalid_key());
        assert_eq!(id(&"_".repeat(341)).unwrap().len(), 1023);
        let error = id(&"_".repeat(342)).unwrap_err();
        assert!(error.is_invalid_key() && error.to_string().contains("1026 bytes"), "{error}");
    }
}

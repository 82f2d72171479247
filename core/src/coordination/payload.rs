//! The payload of once-only work as a short text.
//!
//! The hash is SipHash-2-4 with 128 bits and a fixed key, of a canonical form of the value. A payload is compared with
//! one other only, which has the same key, so two different payloads of one key pass as equal by accident once in 2^128
//! times. Whoever wants to make two such payloads on purpose chooses both of them and the key, and gets the answer to
//! the first one for the second one. So a hash that withstands attackers would protect nobody. The payload itself would
//! be exact, but would count for the limit of the item and for the cost of each read, and would be stored for longer than
//! some data may be.

use crate::error::{Error, Kind, Result};
use crate::value::{Map, Set, Value, to_value};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Serialize;
use siphasher::sip128::{Hasher128 as _, SipHasher24};
use std::hash::Hasher as _;

/// Texts with another beginning were made in another way, and are not compared.
const VERSION: &str = "1:";

/// Returns the payload as a text of fixed length. Equal values have the same text on every machine, in whichever order a
/// map has its entries.
pub(super) fn fingerprint<T: Serialize + ?Sized>(payload: &T) -> Result<String> {
    let value = to_value(payload).map_err(|error| {
        let message = format!("the payload cannot be encoded: {error}");
        Error::new(Kind::Encode, message).with_source(error)
    })?;
    let mut hasher = SipHasher24::new_with_keys(0x6d6f_6e6f_7461_626c, 0x6f6e_6365_2e76_3131);
    one(&value, &mut hasher);
    let hash = hasher.finish128().as_bytes();
    Ok(format!("{VERSION}{}", BASE64_URL_SAFE_NO_PAD.encode(hash)))
}

/// Returns whether two payloads are known to differ.
pub(super) fn differ(a: &str, b: &str) -> bool {
    a.starts_with(VERSION) && b.starts_with(VERSION) && a != b
}

// Not with the `Hash` of std's types, which is not the same on every machine.
fn one(value: &Value, hasher: &mut SipHasher24) {
    match value {
        Value::Null => hasher.write(b"0"),
        Value::Bool(false) => hasher.write(b"f"),
        Value::Bool(true) => hasher.write(b"t"),
        // The text of a number is that of its value: `1` and `1.0` are the same.
        Value::Number(number) => bytes(b'n', number.to_string().as_bytes(), hasher),
        Value::Text(text) => bytes(b's', text.as_bytes(), hasher),
        Value::Bytes(all) => bytes(b'b', all, hasher),
        Value::List(values) => {
            begin(b'l', values.len(), hasher);
            values.iter().for_each(|value| one(value, hasher));
        }
        Value::Map(entries) => map(entries, hasher),
        Value::Set(Set::Text(set)) => {
            begin(b'S', set.len(), hasher);
            set.iter().for_each(|text| bytes(b's', text.as_bytes(), hasher));
        }
        Value::Set(Set::Numbers(set)) => {
            begin(b'N', set.len(), hasher);
            set.iter().for_each(|number| bytes(b'n', number.to_string().as_bytes(), hasher));
        }
        Value::Set(Set::Bytes(set)) => {
            begin(b'B', set.len(), hasher);
            set.iter().for_each(|all| bytes(b'b', all, hasher));
        }
    }
}

/// A map by the order of its names.
fn map(entries: &Map, hasher: &mut SipHasher24) {
    let mut sorted: Vec<_> = entries.iter().collect();
    sorted.sort_unstable_by_key(|(name, _)| *name);
    begin(b'm', sorted.len(), hasher);
    for (name, value) in sorted {
        bytes(b's', name.as_bytes(), hasher);
        one(value, hasher);
    }
}

/// The kind and the length before it make the form of each value different from that of every other one.
fn bytes(kind: u8, content: &[u8], hasher: &mut SipHasher24) {
    begin(kind, content.len(), hasher);
    hasher.write(content);
}

fn begin(kind: u8, length: usize, hasher: &mut SipHasher24) {
    hasher.write(&[kind]);
    hasher.write(&(length as u64).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet, HashMap};

    fn of<T: Serialize + ?Sized>(payload: &T) -> String {
        fingerprint(payload).unwrap()
    }

    #[test]
    fn equal_values_have_one_text_in_any_order_of_entries() {
        let names = || (0..40).map(|number| (number.to_string(), number));
        let sorted: BTreeMap<_, _> = names().collect();
        for _ in 0..20 {
            // Each map has another order.
            assert_eq!(of(&names().collect::<HashMap<_, _>>()), of(&sorted));
        }
        #[derive(Serialize)]
        struct Before {
            a: u8,
            b: &'static str,
        }
        #[derive(Serialize)]
        struct After {
            b: String,
            a: u64,
        }
        assert_eq!(of(&Before { a: 1, b: "x" }), of(&After { b: "x".into(), a: 1 }));
        assert_eq!(of(&1), of(&1.0));
    }

    #[test]
    fn different_values_have_different_texts() {
        let all = [
            of(&()),
            of(&false),
            of(&true),
            of(&0),
            of("0"),
            of(""),
            of(&["ab", "c"]),
            of(&["a", "bc"]),
            of(&["abc"]),
            of(&[["a"], ["b"]]),
            of(&(["a", "b"],)),
            of(&Vec::<u8>::new()),
            of(&BTreeMap::<u8, u8>::new()),
            of(&BTreeMap::from([("a", "b")])),
            of(&BTreeMap::from([("a", "b"), ("c", "d")])),
            of(&0.5),
            of(&-1),
        ];
        let distinct: BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    /// Stored records have these texts, so they must never change. A new form needs a new version.
    #[test]
    fn the_text_is_the_same_for_ever() {
        assert_eq!(of("order 1"), TEXT);
        assert_eq!(of(&BTreeMap::from([("total", 4_500)])), MAP);
    }

    const TEXT: &str = "1:WoByfRXQt5hDObQvvC-LcQ";
    const MAP: &str = "1:38iJbm4wFAg3zzZDTPcHhQ";

    #[test]
    fn other_versions_are_not_compared() {
        assert!(differ("1:a", "1:b"));
        assert!(!differ("1:a", "1:a") && !differ("1:a", "2:b") && !differ("", "1:b"));
    }

    #[test]
    fn what_no_store_holds_is_refused() {
        assert!(fingerprint(&f64::NAN).unwrap_err().is_encode());
    }
}

//! Converts answers to text.

use monotable::{Error, Result};
use monotable_tests::club::{self, unique};
use monotable_tests::{Customer, Order, OrderItem};
use std::fmt::Debug;

/// Returns the text of a result. For an error, this is its kind, its stored item and its reasons.
pub fn shown<T: Debug>(result: Result<T>) -> String {
    match result {
        Ok(value) => without_versions(&format!("{value:?}")),
        Err(error) => without_versions(&failed(&error)),
    }
}

fn failed(error: &Error) -> String {
    let mut text = format!("{:?}", error.kind());
    macro_rules! current {
        ($($entity:ty)*) => {$(
            if let Some(current) = error.current::<$entity>() {
                text.push_str(&format!(" {current:?}"));
            }
        )*};
    }
    current!(Customer Order OrderItem);
    current!(club::Member club::Account club::Session club::Seat club::Counter);
    current!(unique::Member unique::Account unique::Session unique::Seat unique::Counter);
    for reason in error.reasons() {
        text.push_str(&format!("; {}", reason.as_ref().map_or_else(String::new, failed)));
    }
    text
}

/// Replaces versions. They are times, so they differ between the two sides. Only whether a version
/// is 0 is compared.
fn without_versions(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = ["version: ", "revision: "].iter().filter_map(|it| rest.find(it)).min() {
        let value = at + rest[at..].find(' ').map_or(0, |space| space + 1);
        let digits = rest[value..].bytes().take_while(u8::is_ascii_digit).count();
        out.push_str(&rest[..value]);
        out.push_str(if &rest[value..value + digits] == "0" { "0" } else { "V" });
        rest = &rest[value + digits..];
    }
    out + rest
}

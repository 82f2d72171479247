//! Sizes by DynamoDB's published rules, which [`monotable_core::value::size`] lists.
//!
//! Of sets they say nothing but what their elements count.

use aws_sdk_dynamodb::types::AttributeValue;

/// The size of a value, without its name.
pub(super) fn value(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(text) => number(text),
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        AttributeValue::Ss(texts) => texts.iter().map(String::len).sum(),
        AttributeValue::Ns(numbers) => numbers.iter().map(|text| number(text)).sum(),
        AttributeValue::Bs(blobs) => blobs.iter().map(|bytes| bytes.as_ref().len()).sum(),
        AttributeValue::L(values) => {
            3 + values.iter().map(|inner| 1 + self::value(inner)).sum::<usize>()
        }
        AttributeValue::M(values) => {
            let entries = values.iter().map(|(name, inner)| 1 + name.len() + self::value(inner));
            3 + entries.sum::<usize>()
        }
        // Bool and null, and whatever comes that this version of the SDK does not know.
        _ => 1,
    }
}

/// A byte for every two significant digits, one more, and one for a sign. Zeros before and after
/// the others are not significant.
fn number(text: &str) -> usize {
    let mut significant = 0;
    let mut zeros = 0;
    for byte in text.bytes() {
        match byte {
            b'0' if significant == 0 => {}
            b'0' => zeros += 1,
            b'1'..=b'9' => {
                significant += zeros + 1;
                zeros = 0;
            }
            b'e' | b'E' => break,
            _ => {}
        }
    }
    let sign = usize::from(significant > 0 && text.starts_with('-'));
    usize::div_ceil(significant, 2) + 1 + sign
}

//! Arrays of bytes as key parts, in hexadecimal digits.

use super::class::Class;
use super::part::{KeyPart, kind};
use super::reader::KeyText;
use super::writer::KeyWriter;
use crate::error::Result;

#[diagnostic::do_not_recommend]
impl<const N: usize> KeyPart for [u8; N] {
    const CLASS: Class = Class::Hex { bytes: count(N) };
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        let digits = self.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        out.out.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
        Ok(())
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        let mut bytes = [0; N];
        let (pairs, rest) = text.as_str().as_bytes().as_chunks::<2>();
        if pairs.len() != N || !rest.is_empty() {
            return Err(text.error(format_args!(
                "does not have two hexadecimal digits for each of {N} bytes"
            )));
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            let (Some(high), Some(low)) = (digit(*high), digit(*low)) else {
                return Err(text.error("is not in lower-case hexadecimal digits"));
            };
            *byte = high << 4 | low;
        }
        Ok(bytes)
    }
}

/// Returns the number of bytes, which a key part can have. The compiler reports another number.
const fn count(bytes: usize) -> u16 {
    assert!(bytes > 0, "a key part is not empty, and `[u8; 0]` is: give the array a length");
    // Two digits for each byte.
    assert!(
        bytes <= super::limits::PARTITION_KEY_BYTES / 2,
        "the array is longer than any key can be: at most 1024 bytes fit"
    );
    bytes as u16
}

const fn digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

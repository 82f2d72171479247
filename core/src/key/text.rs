//! Text in keys. It is escaped to ASCII, which keeps its order and its prefixes, and never contains the
//! separator.

use std::borrow::Cow;

/// Appends the escaped text: bytes 0x00-0x25 as `%XX`, 0x7E-0xFF as `~XX`, the rest as they are.
///
/// `%` is the greatest byte of the first group and `~` the least of the second. So the escaped text
/// sorts like the original bytes, and never contains `#` and `$`.
pub(super) fn escape(text: &str, out: &mut String) {
    const HEX: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    if text.bytes().all(is_plain) {
        out.push_str(text);
        return;
    }
    for byte in text.bytes() {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push(if byte < 0x26 { '%' } else { '~' });
            for digit in [byte >> 4, byte & 15] {
                out.extend(HEX.get(usize::from(digit)));
            }
        }
    }
}

const fn is_plain(byte: u8) -> bool {
    matches!(byte, 0x26..=0x7D)
}

/// Returns the text that was escaped, or `None` if this is not an escaped text.
pub(super) fn unescape(escaped: &str) -> Option<Cow<'_, str>> {
    if escaped.bytes().all(is_plain) {
        return Some(Cow::Borrowed(escaped));
    }
    let mut bytes = Vec::with_capacity(escaped.len());
    let mut rest = escaped.bytes();
    while let Some(byte) = rest.next() {
        if is_plain(byte) {
            bytes.push(byte);
            continue;
        }
        let value = (hex(rest.next()?)? << 4) | hex(rest.next()?)?;
        let belongs = match byte {
            b'%' => value < 0x26,
            b'~' => value > 0x7D,
            _ => false,
        };
        if !belongs {
            return None;
        }
        bytes.push(value);
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

const fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

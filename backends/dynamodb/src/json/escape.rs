//! The escapes of JSON strings.

use super::Invalid;

/// The index of the first byte from `at` on that ends a plain part of a string: a quote, a backslash or a
/// control character. It is the length of the text if there is none.
#[inline]
pub(super) fn first_special(bytes: &[u8], at: usize) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let Some(rest) = bytes.get(at..) else { return at };
    let (words, tail) = rest.as_chunks::<8>();
    let mut at = at;
    for word in words {
        // Eight bytes at once. The subtraction sets the high bit of each byte that is 0, and perhaps of
        // bytes above it, which does not matter for the lowest.
        let word = u64::from_le_bytes(*word);
        let (quote, slash) = (word ^ (ONES * u64::from(b'"')), word ^ (ONES * u64::from(b'\\')));
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (slash.wrapping_sub(ONES) & !slash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        let found = found & HIGH;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at + tail.iter().position(|byte| is_special(*byte)).unwrap_or(tail.len())
}

#[inline]
fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// The text that the content of a string stands for.
///
/// # Errors
///
/// If an escape is unknown, or is half of a surrogate pair.
#[cold]
pub(super) fn unescape(raw: &str) -> Result<String, Invalid> {
    let mut text = String::with_capacity(raw.len());
    let mut parts = raw.split('\\');
    text.push_str(parts.next().unwrap_or_default());
    while let Some(part) = parts.next() {
        let mut rest = part.chars();
        match rest.next() {
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('/') => text.push('/'),
            Some('"') => text.push('"'),
            Some('u') => {
                let (unit, after) = unit(rest.as_str())?;
                rest = after.chars();
                if let Some(char) = char::from_u32(unit.into()) {
                    text.push(char);
                } else {
                    if !after.is_empty() {
                        return Err(Invalid);
                    }
                    let low = parts.next().and_then(|low| low.strip_prefix('u')).ok_or(Invalid)?;
                    let (low, after) = self::unit(low)?;
                    let pair = char::decode_utf16([unit, low]).next();
                    text.push(pair.and_then(Result::ok).ok_or(Invalid)?);
                    rest = after.chars();
                }
            }
            // Two backslashes: the part between them is empty, and the next part is plain.
            None => {
                text.push('\\');
                rest = parts.next().ok_or(Invalid)?.chars();
            }
            Some(_) => return Err(Invalid),
        }
        text.push_str(rest.as_str());
    }
    Ok(text)
}

/// The four hexadecimal digits that a text begins with, and the rest.
fn unit(text: &str) -> Result<(u16, &str), Invalid> {
    let (digits, rest) = text.split_at_checked(4).ok_or(Invalid)?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Invalid);
    }
    let unit = u16::from_str_radix(digits, 16).map_err(|_| Invalid)?;
    Ok((unit, rest))
}

/// Writes a text as a JSON string, with its quotes.
pub(crate) fn write_string(out: &mut String, text: &str) {
    out.push('"');
    write_content(out, text);
    out.push('"');
}

/// Writes a text as the content of a JSON string, without quotes.
#[inline]
pub(crate) fn write_content(out: &mut String, text: &str) {
    match text.split_at_checked(first_special(text.as_bytes(), 0)) {
        Some((plain, "")) => out.push_str(plain),
        Some((plain, rest)) => {
            out.push_str(plain);
            write_escaped(out, rest);
        }
        // A special byte is a character of its own, so this is never expected.
        None => write_escaped(out, text),
    }
}

#[cold]
fn write_escaped(out: &mut String, text: &str) {
    for char in text.chars() {
        match char {
            '"' | '\\' | '\0'..='\x1f' => write_escape(out, char),
            char => out.push(char),
        }
    }
}

/// Writes a character that cannot stand in a string.
fn write_escape(out: &mut String, char: char) {
    const HEX: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    match char {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        other => {
            let code = other as usize;
            out.push_str("\\u00");
            for digit in [code >> 4, code & 15] {
                out.push(HEX.get(digit).copied().unwrap_or('0'));
            }
        }
    }
}

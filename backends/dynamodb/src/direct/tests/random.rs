//! Random items, their JSON in random styles, and random damage.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use fastrand::Rng;
use std::collections::HashMap;

type Map = HashMap<String, AttributeValue>;

/// Makes items and texts.
pub(super) struct Maker {
    pub(super) random: Rng,
    /// Whether texts have escapes and white space that DynamoDB does not send.
    odd: bool,
}

impl Maker {
    pub(super) fn new(seed: u64) -> Self {
        Maker { random: Rng::with_seed(seed), odd: false }
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.random.usize(..all.len())]
    }

    fn text(&mut self) -> String {
        match self.random.u8(..6) {
            0 => {
                self.pick(&["", "Order", "true", "a\"b\\c/d", "\n\t\u{1}\u{7f}", "🦀é"]).to_owned()
            }
            1 => (0..self.random.usize(..6)).map(|_| self.random.char(..)).collect(),
            _ => (0..self.random.usize(..24)).map(|_| self.random.alphanumeric()).collect(),
        }
    }

    fn name(&mut self) -> String {
        match self.random.u8(..12) {
            0 => self.text(),
            1 => "é\"".to_owned(),
            _ => self.pick(&["pk", "sk", "_type", "n", "i", "f", "list", "map", "kind"]).to_owned(),
        }
    }

    fn digits(&mut self) -> String {
        match self.random.u8(..8) {
            0 => self.random.i64(..).to_string(),
            1 => f64::from_bits(self.random.u64(..)).to_string(),
            2 => self.random.i128(..).to_string(),
            3 => format!("{}E{}", self.random.i32(..), self.random.i16(-140..140)),
            4 => format!("{}.{}", self.random.u64(..), self.random.u64(..)),
            5 => self.pick(&["0", "-0", "007", "1.50", "+1", "1e5", "x", "", "0.1"]).to_owned(),
            _ => self.random.i32(-100..1000).to_string(),
        }
    }

    fn blob(&mut self) -> Blob {
        let bytes: Vec<u8> = (0..self.random.usize(..9)).map(|_| self.random.u8(..)).collect();
        Blob::new(bytes)
    }

    fn few<T>(&mut self, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.random.usize(..4)).map(|_| one(self)).collect()
    }

    fn value(&mut self, depth: u8) -> AttributeValue {
        match self.random.u8(..if depth == 0 { 9 } else { 13 }) {
            0 => AttributeValue::Null(true),
            1 => AttributeValue::Bool(self.random.bool()),
            2 => AttributeValue::B(self.blob()),
            3 => AttributeValue::Ss(self.few(Self::text)),
            4 => AttributeValue::Ns(self.few(Self::digits)),
            5 => AttributeValue::Bs(self.few(Self::blob)),
            6 => AttributeValue::N(self.digits()),
            7 | 8 => AttributeValue::S(self.text()),
            9 | 10 => AttributeValue::L(self.few(|this| this.value(depth - 1))),
            _ => AttributeValue::M(
                self.few(|this| (this.name(), this.value(depth - 1))).into_iter().collect(),
            ),
        }
    }

    pub(super) fn item(&mut self) -> Map {
        let most = if self.random.u8(..20) == 0 { 50 } else { 9 };
        let count = self.random.usize(..most);
        let depth = if self.random.u8(..50) == 0 { 20 } else { 3 };
        // Many attributes need many names.
        let name = |this: &mut Self, at: usize| {
            if at > 8 { format!("attribute{at}") } else { this.name() }
        };
        (0..count).map(|at| (name(self, at), self.value(depth))).collect()
    }

    /// An item like this one, with its attributes in the same order, and a few that are missing, new or changed.
    pub(super) fn alike(&mut self, item: &Map) -> Map {
        let mut alike = item.clone();
        alike.retain(|_, _| self.random.u8(..8) > 0);
        for value in alike.values_mut() {
            if self.random.u8(..4) == 0 {
                *value = self.value(2);
            }
        }
        if self.random.u8(..4) == 0 {
            alike.insert(self.name(), self.value(2));
        }
        alike
    }

    /// The JSON of an item. Half of the items are as DynamoDB writes them.
    pub(super) fn json(&mut self, item: &Map) -> String {
        self.odd = self.random.bool();
        let mut out = String::new();
        self.write_map(&mut out, item);
        out
    }

    fn write_map(&mut self, out: &mut String, map: &Map) {
        self.list(out, ['{', '}'], map.iter(), |this, out, (name, value)| {
            this.write_text(out, name);
            this.space(out);
            out.push(':');
            this.write_value(out, value);
        });
    }

    fn write_value(&mut self, out: &mut String, value: &AttributeValue) {
        let ty = match value {
            AttributeValue::S(_) => "S",
            AttributeValue::N(_) => "N",
            AttributeValue::B(_) => "B",
            AttributeValue::Bool(_) => "BOOL",
            AttributeValue::Null(_) => "NULL",
            AttributeValue::L(_) => "L",
            AttributeValue::M(_) => "M",
            AttributeValue::Ss(_) => "SS",
            AttributeValue::Ns(_) => "NS",
            _ => "BS",
        };
        self.space(out);
        out.push('{');
        self.space(out);
        out.push_str(&format!("\"{ty}\""));
        self.space(out);
        out.push(':');
        self.space(out);
        let base64 = |blob: &Blob| aws_smithy_types::base64::encode(blob.as_ref());
        match value {
            AttributeValue::S(text) => self.write_text(out, text),
            // Numbers and binary data have no escapes.
            AttributeValue::N(digits) => out.push_str(&format!("\"{digits}\"")),
            AttributeValue::B(blob) => out.push_str(&format!("\"{}\"", base64(blob))),
            AttributeValue::Bool(value) | AttributeValue::Null(value) => {
                out.push_str(&value.to_string());
            }
            AttributeValue::L(values) => {
                self.list(out, ['[', ']'], values.iter(), |this, out, value| {
                    this.write_value(out, value);
                });
            }
            AttributeValue::M(map) => self.write_map(out, map),
            AttributeValue::Ss(texts) => {
                self.list(out, ['[', ']'], texts.iter(), |this, out, text| {
                    this.write_text(out, text);
                });
            }
            AttributeValue::Ns(all) => {
                self.list(out, ['[', ']'], all.iter(), |_, out, digits| {
                    out.push_str(&format!("\"{digits}\""));
                });
            }
            AttributeValue::Bs(blobs) => {
                self.list(out, ['[', ']'], blobs.iter(), |_, out, blob| {
                    out.push_str(&format!("\"{}\"", base64(blob)));
                });
            }
            _ => {}
        }
        self.space(out);
        out.push('}');
    }

    fn list<T>(
        &mut self,
        out: &mut String,
        [open, close]: [char; 2],
        all: impl Iterator<Item = T>,
        mut one: impl FnMut(&mut Self, &mut String, T),
    ) {
        out.push(open);
        for (at, element) in all.enumerate() {
            if at > 0 {
                out.push(',');
            }
            self.space(out);
            one(self, out, element);
            self.space(out);
        }
        out.push(close);
    }

    fn space(&mut self, out: &mut String) {
        if self.odd && self.random.u8(..6) == 0 {
            out.push_str([" ", "\n", "\r\n\t "][self.random.usize(..3)]);
        }
    }

    fn write_text(&mut self, out: &mut String, text: &str) {
        out.push('"');
        for char in text.chars() {
            match char {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                char if char < ' ' || (self.odd && self.random.u8(..8) == 0) => {
                    for unit in char.encode_utf16(&mut [0; 2]) {
                        out.push_str(&format!("\\u{unit:04x}"));
                    }
                }
                '/' if self.odd => out.push_str("\\/"),
                char => out.push(char),
            }
        }
        out.push('"');
    }

    /// Damages a text in one to three places.
    pub(super) fn damage(&mut self, text: &mut Vec<u8>) {
        for _ in 0..self.random.usize(1..4) {
            let at = self.random.usize(..=text.len());
            let to = (at + self.random.usize(..12)).min(text.len());
            match self.random.u8(..8) {
                0 => text.truncate(at),
                1 => {
                    text.drain(at..to);
                }
                2 => {
                    let part: Vec<u8> = text[at..to].to_vec();
                    let other = self.random.usize(..=text.len());
                    text.splice(other..other, part);
                }
                3 if at < text.len() => text[at] = self.random.u8(..),
                4 if at < text.len() => text[at] ^= 1 << self.random.u8(..8),
                _ => {
                    let piece = self.pick(&[
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "\\",
                        "null",
                        "true",
                        "false",
                        "{}",
                        "\\u",
                        "\\ud800",
                        "0",
                        "{\"S\":\"\"}",
                        "{\"N\":1}",
                        "{\"S\":null}",
                        "\"pk\":",
                        "\u{0}",
                        "{\"SS\":[]}",
                        "\"Item\":{}",
                        "{\"X\":\"\"}",
                        "{\"NULL\":false}",
                        ",\"S\":\"\"",
                    ]);
                    text.splice(at..at, piece.bytes());
                }
            }
        }
    }
}

//! `Bookmark`: how the end of a page becomes a cursor, and a cursor becomes a position again.

use super::attributes::{AttributeKeys, AttributeRange, bytes, check_value};
use super::cursor::{Cursor, VERSION, invalid};
use super::{Position, PrimaryKey, Query, QueryKeys, SortKeys};
use crate::error::{Error, Kind, Result};
use crate::key::{PARTITION_KEY_BYTES, SORT_KEY_BYTES};
use crate::schema::{KeyAttribute, KeyType};
use crate::value::Value;
use siphasher::sip::SipHasher13;
use std::hash::{Hash as _, Hasher as _};

/// What a query has in common with all its cursors. It is created once for each page, before the
/// request is sent.
#[derive(Debug)]
pub(crate) struct Bookmark {
    fingerprint: u64,
    sort: Known,
    /// The texts that every primary key of the query's entity begins with.
    literals: [&'static str; 2],
    is_index: bool,
}

/// What every sort key of a query has in common.
#[derive(Debug)]
enum Known {
    /// The text that each begins with.
    Text(String),
    /// The values of the first attributes, and the attributes after them.
    Attributes(Vec<Value>, &'static [KeyAttribute]),
}

impl Bookmark {
    /// Creates the bookmark of a query for an entity whose primary keys begin with `literals`.
    pub(crate) fn of(query: &Query, literals: [&'static str; 2]) -> Self {
        Bookmark {
            fingerprint: fingerprint(query),
            sort: Known::of(query),
            literals,
            is_index: query.index.is_some(),
        }
    }

    /// The cursor of a page that ended at `last`.
    pub(crate) fn cursor(&self, last: &Position) -> Result<Cursor> {
        match self.payload(last) {
            Some(payload) => Ok(Cursor { fingerprint: self.fingerprint, payload }),
            None => Err(Error::new(Kind::Decode, "the page ended at a key outside the query")),
        }
    }

    fn payload(&self, last: &Position) -> Option<Vec<u8>> {
        let mut payload = Vec::with_capacity(32);
        let mut push = |key: &str, known: &str| -> Option<()> {
            let rest = key.strip_prefix(known)?;
            payload.extend(u16::try_from(rest.len()).ok()?.to_be_bytes());
            payload.extend(rest.as_bytes());
            Some(())
        };
        match &self.sort {
            Known::Text(prefix) => push(last.sort(), prefix)?,
            Known::Attributes(known, rest) => {
                let values = last.attributes().strip_prefix(known.as_slice())?;
                if values.len() != rest.len() {
                    return None;
                }
                for value in values {
                    match value {
                        Value::Text(text) => push(text, "")?,
                        Value::Number(number) => push(&number.to_string(), "")?,
                        _ => return None,
                    }
                }
            }
        }
        if let Some(key) = last.primary() {
            let [pk, sk] = self.literals;
            push(&key.pk, pk)?;
            push(&key.sk, sk)?;
        }
        Some(payload)
    }

    /// The position of a cursor in the query, which reads these keys.
    pub(crate) fn position(&self, cursor: &Cursor, keys: &QueryKeys) -> Result<Position> {
        if cursor.fingerprint != self.fingerprint {
            return Err(invalid(
                "belongs to another query: give it to the query that it came from, with the same keys and direction",
            ));
        }
        let mut payload = Payload(cursor.payload.as_slice());
        let position = self.read(&mut payload, keys).filter(|_| payload.0.is_empty());
        position.ok_or_else(|| invalid("has no position in this query"))
    }

    /// Reads a position. Only a forged cursor can have keys that no store has.
    fn read(&self, from: &mut Payload<'_>, keys: &QueryKeys) -> Option<Position> {
        let [pk, sk] = self.literals;
        let primary = |from: &mut Payload<'_>| {
            let key = PrimaryKey { pk: from.take(pk)?, sk: from.take(sk)? };
            let fits = (1..=PARTITION_KEY_BYTES).contains(&key.pk.len())
                && (1..=SORT_KEY_BYTES).contains(&key.sk.len());
            fits.then_some(key)
        };
        match (&self.sort, keys) {
            (Known::Text(prefix), QueryKeys::Texts { sort, .. }) => {
                let key = from.take(prefix)?;
                if !(1..=SORT_KEY_BYTES).contains(&key.len()) || !sort.contains(&key) {
                    return None;
                }
                Some(match self.is_index {
                    true => Position::in_index(key, primary(from)?),
                    false => Position::in_table(key),
                })
            }
            (Known::Attributes(known, rest), QueryKeys::Attributes(keys)) => {
                let mut values = known.clone();
                for attribute in *rest {
                    let text = from.take("")?;
                    let value = match attribute.ty {
                        KeyType::Text => Value::Text(text),
                        KeyType::Number => Value::Number(text.parse().ok()?),
                    };
                    check_value(attribute, &value).ok()?;
                    // Not their sum: DynamoDB takes an update after which they are longer together.
                    if bytes(&value) > SORT_KEY_BYTES {
                        return None;
                    }
                    values.push(value);
                }
                let next = values.get(known.len());
                let is_in = keys
                    .range
                    .as_ref()
                    .is_none_or(|range| next.is_some_and(|value| range.contains(value)));
                if !is_in {
                    return None;
                }
                Some(Position::in_attributes(values, primary(from)?))
            }
            _ => None,
        }
    }
}

/// What is not read yet of a payload.
struct Payload<'a>(&'a [u8]);

impl Payload<'_> {
    /// Reads a text that begins with `known`.
    fn take(&mut self, known: &str) -> Option<String> {
        let (length, after) = self.0.split_first_chunk::<2>()?;
        let (text, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        self.0 = after;
        Some(format!("{known}{}", std::str::from_utf8(text).ok()?))
    }
}

impl Known {
    fn of(query: &Query) -> Self {
        match &query.keys {
            QueryKeys::Texts { sort, .. } => Known::Text(known_prefix(sort)),
            QueryKeys::Attributes(keys) => {
                let attributes = query.index.and_then(|index| query.table.key_attributes(index));
                let sort = attributes.map_or(&[][..], |attributes| attributes.sort);
                let rest = sort.get(keys.sort.len()..).unwrap_or_default();
                Known::Attributes(keys.sort.clone(), rest)
            }
        }
    }
}

/// The text that all sort keys of a query begin with.
fn known_prefix(sort: &SortKeys) -> String {
    match sort {
        SortKeys::All => String::new(),
        SortKeys::Equals(key) | SortKeys::BeginsWith(key) => key.clone(),
        SortKeys::Between(lower, upper) => {
            let common = lower.chars().zip(upper.chars()).take_while(|(a, b)| a == b);
            common.map(|(a, _)| a).collect()
        }
    }
}

/// The identity of a query: a hash of everything that decides which items it reads, and in which order.
fn fingerprint(query: &Query) -> u64 {
    // The keys of the hash are part of the format: cursors with other keys would be refused.
    let mut hasher = SipHasher13::new_with_keys(0x6d6f_6e6f_7461_626c, u64::from(VERSION));
    let mut text = |text: &str| {
        hasher.write_u64(text.len() as u64);
        hasher.write(text.as_bytes());
    };
    text(query.table.name);
    text(query.entity);
    text(query.index.map_or("", |index| index.name));
    match &query.keys {
        QueryKeys::Texts { pk, sort } => {
            text(pk);
            let (kind, keys) = match sort {
                SortKeys::All => ("all", ["", ""]),
                SortKeys::Equals(key) => ("equals", [key.as_str(), ""]),
                SortKeys::BeginsWith(key) => ("begins_with", [key.as_str(), ""]),
                SortKeys::Between(lower, upper) => ("between", [lower.as_str(), upper.as_str()]),
            };
            text(kind);
            keys.into_iter().for_each(&mut text);
        }
        QueryKeys::Attributes(keys) => attribute_texts(keys, text),
    }
    query.descending.hash(&mut hasher);
    hasher.finish()
}

/// Calls `text` with everything that decides which values of attributes a query reads.
fn attribute_texts(keys: &AttributeKeys, mut text: impl FnMut(&str)) {
    for (kind, values) in [("partition", &keys.partition), ("sort", &keys.sort)] {
        text(kind);
        values.iter().for_each(|value| attribute_text(value, &mut text));
    }
    let (kind, values) = match &keys.range {
        None => return text("all"),
        Some(AttributeRange::AtLeast(value)) => (">=", vec![value]),
        Some(AttributeRange::MoreThan(value)) => (">", vec![value]),
        Some(AttributeRange::AtMost(value)) => ("<=", vec![value]),
        Some(AttributeRange::LessThan(value)) => ("<", vec![value]),
        Some(AttributeRange::Between(least, most)) => ("between", vec![least, most]),
        Some(AttributeRange::BeginsWith(prefix)) => {
            text("begins_with");
            return text(prefix);
        }
    };
    text(kind);
    values.into_iter().for_each(|value| attribute_text(value, &mut text));
}

fn attribute_text(value: &Value, text: &mut impl FnMut(&str)) {
    match value {
        Value::Text(value) => {
            text("text");
            text(value);
        }
        Value::Number(number) => {
            text("number");
            text(&number.to_string());
        }
        // Such a key was refused.
        other => text(other.kind()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{IndexDef, TableDef};

    /// Returns whether a cursor with these texts, as only a forged one can have, is accepted by a query of an index
    /// with a text and a number in its sort key, of which the text is at least `b`.
    fn accepts_attributes(texts: &[&str]) -> bool {
        const SORT: &[KeyAttribute] = &[
            KeyAttribute::new("name", KeyType::Text),
            KeyAttribute::new("round", KeyType::Number),
        ];
        let bookmark = Bookmark {
            fingerprint: 1,
            sort: Known::Attributes(vec![Value::from("bound")], SORT),
            literals: ["MATCH#", "MATCH"],
            is_index: true,
        };
        let mut keys = AttributeKeys::of_partition(vec![Value::from("north")]);
        keys.sort.push(Value::from("bound"));
        keys.range = Some(AttributeRange::AtLeast(Value::from("b")));
        let mut payload = Vec::new();
        for text in texts {
            payload.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
            payload.extend(text.bytes());
        }
        let keys = QueryKeys::from(keys);
        match bookmark.position(&Cursor { fingerprint: 1, payload }, &keys) {
            Ok(position) => {
                assert_eq!(position.attributes().len(), 3);
                // The cursor of this position is the same one.
                let again = bookmark.cursor(&position).unwrap();
                assert_eq!(bookmark.position(&again, &keys).unwrap(), position);
                true
            }
            Err(error) => {
                assert!(error.is_invalid_cursor(), "{error:?}");
                false
            }
        }
    }

    #[test]
    fn attributes_that_no_key_has_are_refused() {
        let long = "c".repeat(1024 - "bound".len() - 2);
        assert!(accepts_attributes(&["b", "-1.50", "1", ""]));
        assert!(accepts_attributes(&[&long, "7", "1", ""]));
        assert!(accepts_attributes(&[&(long.clone() + "c"), "7", "1", ""]));
        let longer = "c".repeat(1025);
        let digits = "1".repeat(39);
        for texts in [
            &["a", "1", "1", ""][..],
            &["", "1", "1", ""],
            &["b", "x", "1", ""],
            &["b", "", "1", ""],
            &["b", &digits, "1", ""],
            &["b", "1e126", "1", ""],
            &[&longer, "7", "1", ""],
            &["b", "1", "1"],
            &["b", "1", "1", "", ""],
            &["b"],
            &[],
        ] {
            assert!(!accepts_attributes(texts), "{texts:?}");
        }
    }

    #[test]
    fn every_value_of_a_query_is_in_its_fingerprint() {
        static INDEX: IndexDef =
            IndexDef::new("by", ["", ""], crate::schema::Projection::All).attributes();
        static TABLE: TableDef = TableDef::new(
            "Cup",
            ["pk", "sk", "_type"],
            crate::key::Encoding::Escaped,
            &[&INDEX],
            &[],
        );
        let of = |partition: &[Value], sort: &[Value], range: Option<AttributeRange>| {
            let mut query = Query::new(&TABLE, "Match", "by", String::new(), SortKeys::All);
            query.index = Some(&INDEX);
            let mut keys = AttributeKeys::of_partition(partition.to_vec());
            (keys.sort, keys.range) = (sort.to_vec(), range);
            query.keys = keys.into();
            fingerprint(&query)
        };
        let (one, two) = (Value::from("1"), Value::Number(1.into()));
        let pair = [one.clone(), two.clone()];
        let all = [
            of(&[], &[], None),
            of(&pair[..1], &[], None),
            of(&pair[1..], &[], None),
            of(&pair, &[], None),
            of(&pair[..1], &pair[1..], None),
            of(&[], &pair, None),
            of(&pair, &[], Some(AttributeRange::AtLeast(one.clone()))),
            of(&pair, &[], Some(AttributeRange::MoreThan(one.clone()))),
            of(&pair, &[], Some(AttributeRange::AtMost(one.clone()))),
            of(&pair, &[], Some(AttributeRange::LessThan(one.clone()))),
            of(&pair, &[], Some(AttributeRange::LessThan(two.clone()))),
            of(&pair, &[], Some(AttributeRange::Between(one.clone(), one.clone()))),
            of(&pair, &[], Some(AttributeRange::BeginsWith("1".to_owned()))),
        ];
        for (at, print) in all.iter().enumerate() {
            assert!(!all[..at].contains(print), "{at}");
        }
    }

    /// Returns whether a cursor with these texts, as only a forged one can have, is accepted.
    fn accepts(is_index: bool, texts: &[&str]) -> bool {
        let bookmark = Bookmark {
            fingerprint: 1,
            sort: Known::Text(String::new()),
            literals: ["", ""],
            is_index,
        };
        let mut payload = Vec::new();
        for text in texts {
            payload.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
            payload.extend(text.bytes());
        }
        let keys = QueryKeys::Texts { pk: "p".to_owned(), sort: SortKeys::All };
        match bookmark.position(&Cursor { fingerprint: 1, payload }, &keys) {
            Ok(_) => true,
            Err(error) => {
                assert!(error.is_invalid_cursor(), "{error:?}");
                false
            }
        }
    }

    #[test]
    fn keys_that_no_store_has_are_refused() {
        let (sort, partition) = ("s".repeat(1024), "p".repeat(2048));
        assert!(accepts(false, &[&sort]) && accepts(true, &["a", &partition, &sort]));
        assert!(!accepts(false, &[""]) && !accepts(false, &[&(sort.clone() + "s")]));
        for texts in [
            ["", "p", "s"],
            ["a", "", "s"],
            ["a", "p", ""],
            ["a", &(partition + "p"), "s"],
            ["a", "p", &(sort + "s")],
        ] {
            assert!(!accepts(true, &texts), "{texts:?}");
        }
    }
}

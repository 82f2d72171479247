//! The sort keys of the members of a collection.

use crate::error::{Error, Kind, Result};
use crate::key::{Encoding, KeyParts, Segment};
use crate::query::plan::{Plan, literals};
use crate::request::{self, Bookmark, Cursor, Position, SortKeys};
use crate::schema::{CollectionDef, MemberDef};

/// The sort keys of each member in one partition, in the order of the members.
#[derive(Debug, Clone, Default)]
pub(super) struct Ranges {
    members: Vec<SortKeys>,
    /// A text that is greater than all that can follow a prefix.
    greatest: &'static str,
}

impl Ranges {
    /// `pk` is the partition key.
    pub(super) fn new(collection: &CollectionDef, pk: &str) -> Result<Self> {
        let encoding = collection.table.encoding;
        let sort_keys = |member: &MemberDef| {
            let [template, sk] = member.key;
            let known = KeyParts::cut([(pk, template)], encoding)?;
            let mut prefix = String::new();
            for segment in sk {
                match segment {
                    Segment::Literal(text) => prefix.push_str(text),
                    Segment::Part(part) => match known.text_like(part) {
                        Some(text) => prefix.push_str(text),
                        None => return Ok(SortKeys::with_prefix(&prefix)),
                    },
                }
            }
            Ok(SortKeys::Equals(prefix))
        };
        let greatest = match encoding {
            // No encoded key contains it.
            Encoding::Escaped => "~~",
            // The last character.
            Encoding::Raw => "\u{10FFFF}",
        };
        let members = collection.members.iter().map(sort_keys).collect::<Result<_>>()?;
        Ok(Ranges { members, greatest })
    }

    /// The least range that has the sort keys of all members.
    pub(super) fn cover(&self) -> SortKeys {
        if let [one] = self.members.as_slice() {
            return one.clone();
        }
        let ends: Vec<_> = self.members.iter().map(|keys| self.ends(keys)).collect();
        let lower = ends.iter().map(|(lower, _)| *lower).min().unwrap_or_default();
        let upper = ends.iter().map(|(_, upper)| upper.as_str()).max().unwrap_or_default();
        // A member without a literal has all sort keys.
        if lower.is_empty() {
            return SortKeys::All;
        }
        SortKeys::Between(lower.to_owned(), upper.to_owned())
    }

    /// The place of the member whose items are read last.
    pub(super) fn last(&self, descending: bool) -> Option<usize> {
        let places = 0..self.members.len();
        let begin = |place: &usize| self.members.get(*place).map(|keys| self.ends(keys).0);
        if descending { places.min_by_key(begin) } else { places.max_by_key(begin) }
    }
}

impl Ranges {
    /// The cursor after this position for the query of all items of one member, which its access pattern
    /// makes.
    pub(super) fn cursor(
        &self,
        collection: &CollectionDef,
        member: usize,
        plan: &Plan,
        position: &Position,
    ) -> Result<Cursor> {
        let (Some(def), Some(sort)) = (collection.members.get(member), self.members.get(member))
        else {
            return Err(Error::new(Kind::InvalidCursor, "there is no such member"));
        };
        let (table, pk) = (collection.table, plan.partition_key().to_owned());
        let mut query = request::Query::new(table, def.entity.name, "", pk, sort.clone());
        query.index = collection.index;
        query.descending = plan.is_descending();
        Bookmark::of(&query, literals(def.entity, def.is_mixed)).cursor(position)
    }

    /// A member whose sort keys can be among those of this member, if there is one.
    pub(super) fn among(&self, member: usize) -> Option<usize> {
        let (from, to) = self.ends(self.members.get(member)?);
        let meets = |keys: &SortKeys| {
            let (lower, upper) = self.ends(keys);
            from.is_empty() || lower.is_empty() || (lower <= to.as_str() && from <= upper.as_str())
        };
        self.members
            .iter()
            .enumerate()
            .find(|(at, keys)| *at != member && meets(keys))
            .map(|(at, _)| at)
    }

    /// Whether the sort key is one of this member.
    pub(super) fn has(&self, member: usize, sk: &str) -> bool {
        self.members.get(member).is_some_and(|keys| keys.contains(sk))
    }

    /// The first and the last of the sort keys.
    fn ends<'a>(&self, keys: &'a SortKeys) -> (&'a str, String) {
        match keys {
            SortKeys::All => ("", String::new()),
            SortKeys::Equals(key) => (key, key.clone()),
            SortKeys::BeginsWith(prefix) => (prefix, format!("{prefix}{}", self.greatest)),
            SortKeys::Between(lower, upper) => (lower, upper.clone()),
        }
    }
}

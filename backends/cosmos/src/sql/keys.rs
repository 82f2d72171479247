//! The stretch of keys that a query reads, its order and where it goes on.

use super::{Parameters, property};
use crate::document::names;
use monotable_core::Result;
use monotable_core::request::SortKeys;

/// Where a page begins: after the item with these values of the properties by which the query is ordered.
#[derive(Debug)]
pub(crate) struct After<'a> {
    /// The properties and the values, the most significant first.
    pub(crate) places: Vec<(&'a str, &'a str)>,
    pub(crate) descending: bool,
}

/// Returns the conditions on the sort key.
pub(crate) fn condition(
    attribute: &str,
    sort: &SortKeys,
    parameters: &mut Parameters,
) -> Result<Option<String>> {
    let place = property(attribute);
    Ok(match sort {
        SortKeys::All => None,
        SortKeys::Equals(key) => Some(format!("{place} = {}", parameters.text(key)?)),
        SortKeys::BeginsWith(prefix) => {
            Some(format!("STARTSWITH({place}, {})", parameters.text(prefix)?))
        }
        SortKeys::Between(first, last) => {
            let (first, last) = (parameters.text(first)?, parameters.text(last)?);
            Some(format!("{place} >= {first} AND {place} <= {last}"))
        }
    })
}

impl After<'_> {
    /// Returns the condition that an item is after the position, in the order of the query.
    pub(crate) fn condition(&self, parameters: &mut Parameters) -> Result<String> {
        let sign = if self.descending { '<' } else { '>' };
        let mut condition = String::new();
        // a > x OR (a = x AND (b > y OR (b = y AND c > z)))
        for (attribute, value) in self.places.iter().rev() {
            let (place, value) = (property(attribute), parameters.text(value)?);
            condition = match condition.is_empty() {
                true => format!("{place} {sign} {value}"),
                false => format!("({place} {sign} {value} OR ({place} = {value} AND {condition}))"),
            };
        }
        Ok(condition)
    }
}

/// Returns the order of a query by these properties.
pub(crate) fn order(attributes: &[&str], descending: bool) -> String {
    let direction = if descending { "DESC" } else { "ASC" };
    let places = attributes.iter().map(|attribute| format!("{} {direction}", property(attribute)));
    places.collect::<Vec<_>>().join(", ")
}

/// Returns the order of a query of all partitions. The SDK merges their pages, and can plan this itself if the
/// properties are names after a dot. For any other form it asks the service for a plan first.
pub(crate) fn merged_order(attributes: &[&str], descending: bool) -> String {
    let direction = if descending { "DESC" } else { "ASC" };
    let places = attributes.iter().map(|attribute| {
        let place = match is_plain(attribute) {
            true => format!("c.{}", names::stored(attribute)),
            false => property(attribute),
        };
        format!("{place} {direction}")
    });
    places.collect::<Vec<_>>().join(", ")
}

/// Returns whether a name can be written after a dot.
fn is_plain(name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(is_word)
        && !KEYWORDS.iter().any(|keyword| name.eq_ignore_ascii_case(keyword))
}

/// The keywords of the language, which are no names.
const KEYWORDS: [&str; 40] = [
    "and",
    "array",
    "as",
    "asc",
    "between",
    "by",
    "cross",
    "desc",
    "distinct",
    "escape",
    "exists",
    "false",
    "for",
    "from",
    "group",
    "having",
    "in",
    "inner",
    "is",
    "join",
    "left",
    "let",
    "like",
    "limit",
    "not",
    "null",
    "offset",
    "or",
    "order",
    "over",
    "rank",
    "right",
    "select",
    "set",
    "top",
    "true",
    "udf",
    "undefined",
    "value",
    "where",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_all_partitions_has_names_where_it_can() {
        let order = merged_order(&["gsi1sk", "order", "my-pk", "ttl"], true);
        assert_eq!(order, "c.gsi1sk DESC, c['order'] DESC, c['my-pk'] DESC, c.ttl_ DESC");
    }
}

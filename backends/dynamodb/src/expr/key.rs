//! Renders key condition expressions.

use super::Placeholders;
use crate::codec::value_to_attribute;
use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::request::{AttributeKeys, AttributeRange, Query, QueryKeys, SortKeys};
use monotable_core::schema::{IndexKeys, KeyAttributes};
use monotable_core::{Error, Kind, Result};

/// Renders the key condition of a query.
///
/// # Errors
///
/// `Encode` if the value of an attribute cannot be stored; `InvalidRequest` if the query has keys of another form
/// than its index.
pub(crate) fn key_condition(request: &Query, to: &mut Placeholders) -> Result<String> {
    let table = request.table;
    let keys = request.index.map(|index| table.index_keys(index));
    match (&request.keys, keys) {
        (QueryKeys::Texts { pk, sort }, None) => Ok(texts([table.pk, table.sk], pk, sort, to)),
        (QueryKeys::Texts { pk, sort }, Some(IndexKeys::Texts { pk: hash, sk: range })) => {
            Ok(texts([hash, range], pk, sort, to))
        }
        (QueryKeys::Attributes(keys), Some(IndexKeys::Attributes(names))) => {
            attributes(&names, keys, to)
        }
        _ => Err(Error::new(
            Kind::InvalidRequest,
            "the query has keys of another form than the table or the index that it reads",
        )),
    }
}

/// One condition for each attribute, from left to right.
fn attributes(
    names: &KeyAttributes,
    keys: &AttributeKeys,
    to: &mut Placeholders,
) -> Result<String> {
    let mut conditions = Vec::new();
    let partition = names.partition.iter().zip(&keys.partition);
    for (attribute, value) in partition.chain(names.sort.iter().zip(&keys.sort)) {
        let name = to.name(attribute.name);
        conditions.push(format!("{name} = {}", to.value(value_to_attribute(value)?)));
    }
    if let (Some(range), Some(next)) = (&keys.range, names.sort.get(keys.sort.len())) {
        let name = to.name(next.name);
        let mut compared = |by: &str, value| -> Result<String> {
            Ok(format!("{name} {by} {}", to.value(value_to_attribute(value)?)))
        };
        conditions.push(match range {
            AttributeRange::AtLeast(value) => compared(">=", value)?,
            AttributeRange::MoreThan(value) => compared(">", value)?,
            AttributeRange::AtMost(value) => compared("<=", value)?,
            AttributeRange::LessThan(value) => compared("<", value)?,
            AttributeRange::Between(least, most) => {
                let least = compared("BETWEEN", least)?;
                format!("{least} AND {}", to.value(value_to_attribute(most)?))
            }
            AttributeRange::BeginsWith(text) => {
                format!("begins_with({name}, {})", to.value(AttributeValue::S(text.clone())))
            }
        });
    }
    Ok(conditions.join(" AND "))
}

fn texts([pk, sk]: [&str; 2], key: &str, sort: &SortKeys, to: &mut Placeholders) -> String {
    let text = |key: &str| AttributeValue::S(key.to_owned());
    let pk = to.name(pk);
    let partition = to.value(text(key));
    let sort = match sort {
        SortKeys::All => return format!("{pk} = {partition}"),
        SortKeys::Equals(key) => format!("{} = {}", to.name(sk), to.value(text(key))),
        SortKeys::BeginsWith(prefix) => {
            format!("begins_with({}, {})", to.name(sk), to.value(text(prefix)))
        }
        SortKeys::Between(lower, upper) => {
            let sk = to.name(sk);
            let (lower, upper) = (to.value(text(lower)), to.value(text(upper)));
            format!("{sk} BETWEEN {lower} AND {upper}")
        }
    };
    format!("{pk} = {partition} AND {sort}")
}

//! Renders key condition expressions.

use super::Placeholders;
use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::request::{Query, SortKeys};

/// Renders the key condition of a query.
pub(crate) fn key_condition(request: &Query, to: &mut Placeholders) -> String {
    let table = request.table;
    let [pk, sk] = match request.index {
        Some(index) => table.index_keys(index),
        None => [table.pk, table.sk],
    };
    let text = |key: &str| AttributeValue::S(key.to_owned());
    let pk = to.name(pk);
    let partition = to.value(text(&request.pk));
    let sort = match &request.sort {
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

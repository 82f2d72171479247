//! The record of stores that versions before key locks made.

use super::Record;
use monotable_core::value::{self, ValueError};
use serde::Deserialize;
use std::fmt::Write as _;

#[derive(Deserialize)]
struct Schema {
    table: String,
    pk: String,
    sk: String,
    tag: String,
    encoding: String,
    indexes: Vec<Index>,
}

#[derive(Deserialize)]
struct Index {
    name: String,
    pk: String,
    sk: String,
    projection: String,
    /// Sorted by name.
    include: Vec<String>,
}

/// Returns such a record with the lines of a key lock. It has none of entities.
pub(super) fn record(bytes: &[u8]) -> Result<Record, ValueError> {
    let Schema { table, pk, sk, tag, encoding, indexes } = value::from_bytes(bytes)?;
    let mut lock = format!(
        "table pk = {pk}\ntable sk = {sk}\ntable tag = {tag}\ntable encoding = {encoding}\n"
    );
    for Index { name, pk, sk, projection, include } in indexes {
        let include = match include.as_slice() {
            [] if projection == "include" => "()".to_owned(),
            [] => String::new(),
            names => format!("({})", names.join(", ")),
        };
        // Writing to a `String` cannot fail.
        let _ = write!(
            lock,
            "index {name} pk = {pk}\nindex {name} sk = {sk}\n\
             index {name} projection = {projection}{include}\n"
        );
    }
    Ok(Record { table, lock })
}

//! Comparing an existing table with the declared one.

use super::declare::{self, Declared};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, KeySchemaElement, Projection, ProjectionType, TableDescription,
};
use monotable_core::schema::{IndexDef, TableDef};
use monotable_core::{Error, Kind, Result};
use std::collections::BTreeSet;

/// Compares the keys and the declared indexes. Additional indexes are allowed, and so is an index that
/// projects all attributes where fewer are declared.
///
/// # Errors
///
/// `SchemaMismatch`, with all differences.
pub(super) fn compare(table: &TableDef, name: &str, found: &TableDescription) -> Result<()> {
    let types = found.attribute_definitions();
    let mut differences = Vec::new();
    let declared = declare::table_keys(table);
    keys("the table's keys", &declared, found.key_schema(), types, &mut differences);
    for index in table.indexes {
        match stored(found, index) {
            Some(stored) if stored.is_local == index.is_local => {
                compare_index(table, index, &stored, types, &mut differences);
            }
            stored => differences.push(missing(index, stored.is_some())),
        }
    }
    if differences.is_empty() {
        return Ok(());
    }
    let message = format!(
        "table `{name}` in DynamoDB differs from the declared `{}`: {}; nothing was changed. \
         Declare the table as it is stored, change it in DynamoDB, or use another name",
        table.name,
        differences.join(", ")
    );
    Err(Error::new(Kind::SchemaMismatch, message))
}

/// An index of the table in DynamoDB.
struct Stored<'a> {
    is_local: bool,
    keys: &'a [KeySchemaElement],
    projection: Option<&'a Projection>,
}

/// Returns the index with the name of a declared one.
fn stored<'a>(found: &'a TableDescription, index: &IndexDef) -> Option<Stored<'a>> {
    let name = Some(index.name);
    let global = found.global_secondary_indexes().iter().find(|it| it.index_name() == name);
    let local = found.local_secondary_indexes().iter().find(|it| it.index_name() == name);
    let global = global.map(|index| (false, index.key_schema(), index.projection()));
    let local = local.map(|index| (true, index.key_schema(), index.projection()));
    let (is_local, keys, projection) = global.or(local)?;
    Some(Stored { is_local, keys, projection })
}

/// Describes an index that does not exist as it is declared. `is_other` is whether one of its name does.
fn missing(index: &IndexDef, is_other: bool) -> String {
    let name = index.name;
    // The only one that a later change of the table cannot mend.
    let late = "DynamoDB makes a local index only together with its table, so make it global, or copy the items \
                to a new table";
    match (index.is_local, is_other) {
        (false, true) => format!("index `{name}` is local in DynamoDB and declared as global"),
        (false, false) => format!("index `{name}` is declared but does not exist"),
        (true, true) => {
            format!("index `{name}` is global in DynamoDB and declared as local ({late})")
        }
        (true, false) => {
            format!("local index `{name}` is declared but does not exist ({late})")
        }
    }
}

fn compare_index(
    table: &TableDef,
    index: &IndexDef,
    stored: &Stored<'_>,
    types: &[AttributeDefinition],
    differences: &mut Vec<String>,
) {
    let what = format!("the keys of index `{}`", index.name);
    keys(&what, &declare::index_keys(table, index), stored.keys, types, differences);
    let Some(names) = stored_projection(stored.projection) else { return };
    let stored = words(Some(&names));
    let declared = declare::projected(table, index).map(BTreeSet::from_iter);
    if declared.as_ref() != Some(&names) {
        let declared = words(declared.as_ref());
        differences.push(format!(
            "index `{}` projects {stored} in DynamoDB and {declared} in the declaration",
            index.name
        ));
    }
}

/// The attributes that an index projects besides the keys; `None` if it projects all.
fn stored_projection(projection: Option<&Projection>) -> Option<BTreeSet<&str>> {
    let projection = projection?;
    match projection.projection_type() {
        Some(ProjectionType::All) => None,
        _ => Some(projection.non_key_attributes().iter().map(String::as_str).collect()),
    }
}

fn words(names: Option<&BTreeSet<&str>>) -> String {
    match names {
        None => "all attributes".to_owned(),
        Some(names) if names.is_empty() => "only keys".to_owned(),
        Some(names) => {
            let names: Vec<&str> = names.iter().copied().collect();
            format!("keys and `{}`", names.join("`, `"))
        }
    }
}

/// Compares the attributes of keys, with their roles, types and order.
fn keys(
    what: &str,
    declared: &[Declared],
    stored: &[KeySchemaElement],
    types: &[AttributeDefinition],
    differences: &mut Vec<String>,
) {
    let declared: Vec<String> = declared.iter().map(shown).collect();
    let declared = declared.join(", ");
    let stored: Vec<String> = stored.iter().map(|key| described(key, types)).collect();
    let stored = stored.join(", ");
    if stored != declared {
        differences
            .push(format!("{what} are {stored} in DynamoDB and {declared} in the declaration"));
    }
}

fn shown((attribute, role): &Declared) -> String {
    let ty = declare::scalar(attribute.ty);
    format!("`{}` ({}, {})", attribute.name, role.as_str(), ty.as_str())
}

fn described(key: &KeySchemaElement, types: &[AttributeDefinition]) -> String {
    let name = key.attribute_name();
    let of = types.iter().find(|of| of.attribute_name() == name);
    let of = of.map_or("?", |of| of.attribute_type().as_str());
    format!("`{name}` ({}, {of})", key.key_type().as_str())
}

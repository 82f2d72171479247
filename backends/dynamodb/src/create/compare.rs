//! Comparing an existing table with the declared one.

use super::declare;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, GlobalSecondaryIndexDescription, KeySchemaElement, Projection,
    ProjectionType, TableDescription,
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
    keys("the table's keys", [table.pk, table.sk], found.key_schema(), types, &mut differences);
    for index in table.indexes {
        let stored = found.global_secondary_indexes().iter();
        match stored.into_iter().find(|stored| stored.index_name() == Some(index.name)) {
            Some(stored) => compare_index(table, index, stored, types, &mut differences),
            None => differences.push(missing(index, found)),
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

fn missing(index: &IndexDef, found: &TableDescription) -> String {
    let mut local = found.local_secondary_indexes().iter();
    if local.any(|stored| stored.index_name() == Some(index.name)) {
        format!("index `{}` is local in DynamoDB and declared as global", index.name)
    } else {
        format!("index `{}` is declared but does not exist", index.name)
    }
}

fn compare_index(
    table: &TableDef,
    index: &IndexDef,
    stored: &GlobalSecondaryIndexDescription,
    types: &[AttributeDefinition],
    differences: &mut Vec<String>,
) {
    let what = format!("the keys of index `{}`", index.name);
    keys(&what, [index.pk, index.sk], stored.key_schema(), types, differences);
    let Some(names) = stored_projection(stored.projection()) else { return };
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

/// Compares a partition key and a sort key. Declared keys are always texts.
fn keys(
    what: &str,
    declared: [&str; 2],
    stored: &[KeySchemaElement],
    types: &[AttributeDefinition],
    differences: &mut Vec<String>,
) {
    let [pk, sk] = declared;
    let declared = format!("`{pk}` (HASH, S), `{sk}` (RANGE, S)");
    let stored: Vec<String> = stored.iter().map(|key| described(key, types)).collect();
    let stored = stored.join(", ");
    if stored != declared {
        differences
            .push(format!("{what} are {stored} in DynamoDB and {declared} in the declaration"));
    }
}

fn described(key: &KeySchemaElement, types: &[AttributeDefinition]) -> String {
    let name = key.attribute_name();
    let of = types.iter().find(|of| of.attribute_name() == name);
    let of = of.map_or("?", |of| of.attribute_type().as_str());
    format!("`{name}` ({}, {of})", key.key_type().as_str())
}

//! The declaration of a table, as parameters of `CreateTable`.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, GlobalSecondaryIndex, KeySchemaElement, KeyType, LocalSecondaryIndex,
    Projection, ProjectionType, ScalarAttributeType,
};
use monotable_core::schema::{IndexDef, TableDef};

/// The definitions of all key attributes. Each attribute is defined once.
pub(super) fn attributes(table: &TableDef) -> Result<Vec<AttributeDefinition>, BuildError> {
    let indexes = table.indexes.iter().flat_map(|index| table.index_keys(index));
    let mut names: Vec<&str> = Vec::new();
    for name in [table.pk, table.sk].into_iter().chain(indexes) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let text = ScalarAttributeType::S;
    let definition = |name| AttributeDefinition::builder().attribute_name(name);
    names.into_iter().map(|name| definition(name).attribute_type(text.clone()).build()).collect()
}

/// The schema of a partition key and a sort key.
pub(super) fn keys([pk, sk]: [&str; 2]) -> Result<Vec<KeySchemaElement>, BuildError> {
    let key =
        |name: &str, role| KeySchemaElement::builder().attribute_name(name).key_type(role).build();
    Ok(vec![key(pk, KeyType::Hash)?, key(sk, KeyType::Range)?])
}

/// The declared global indexes.
pub(super) fn global(table: &TableDef) -> Result<Vec<GlobalSecondaryIndex>, BuildError> {
    let indexes = table.indexes.iter().filter(|index| !index.is_local).map(|index| {
        GlobalSecondaryIndex::builder()
            .index_name(index.name)
            .set_key_schema(Some(keys(table.index_keys(index))?))
            .projection(projection(table, index))
            .build()
    });
    indexes.collect()
}

/// The declared local indexes.
pub(super) fn local(table: &TableDef) -> Result<Vec<LocalSecondaryIndex>, BuildError> {
    let indexes = table.indexes.iter().filter(|index| index.is_local).map(|index| {
        LocalSecondaryIndex::builder()
            .index_name(index.name)
            .set_key_schema(Some(keys(table.index_keys(index))?))
            .projection(projection(table, index))
            .build()
    });
    indexes.collect()
}

fn projection(table: &TableDef, index: &IndexDef) -> Projection {
    let projection = Projection::builder();
    let projection = match projected(table, index) {
        None => projection.projection_type(ProjectionType::All),
        Some(names) if names.is_empty() => projection.projection_type(ProjectionType::KeysOnly),
        Some(names) => {
            let names = names.into_iter().map(ToOwned::to_owned).collect();
            let projection = projection.projection_type(ProjectionType::Include);
            projection.set_non_key_attributes(Some(names))
        }
    };
    projection.build()
}

/// The attributes that an index projects besides all keys; `None` if it projects all.
pub(super) fn projected(table: &TableDef, index: &IndexDef) -> Option<Vec<&'static str>> {
    let mut names = table.projected(index)?;
    // Keys are always projected. They are not named, because DynamoDB limits the number of names.
    let keys = table.index_keys(index);
    names.retain(|name| ![table.pk, table.sk].contains(name) && !keys.contains(name));
    Some(names)
}

//! The declaration of a table, as parameters of `CreateTable`.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, GlobalSecondaryIndex, KeySchemaElement, KeyType as Role,
    LocalSecondaryIndex, Projection, ProjectionType, ScalarAttributeType,
};
use monotable_core::schema::{IndexDef, IndexKeys, KeyAttribute, KeyType, TableDef};

/// A key attribute, with its role.
pub(super) type Declared = (KeyAttribute, Role);

/// The keys of a table.
pub(super) fn table_keys(table: &TableDef) -> Vec<Declared> {
    texts(table.pk, table.sk)
}

/// The keys of an index.
pub(super) fn index_keys(table: &TableDef, index: &IndexDef) -> Vec<Declared> {
    match table.index_keys(index) {
        IndexKeys::Attributes(keys) => {
            let all = |keys: &[KeyAttribute], role: Role| {
                keys.iter().map(|key| (*key, role.clone())).collect::<Vec<_>>()
            };
            [all(keys.partition, Role::Hash), all(keys.sort, Role::Range)].concat()
        }
        IndexKeys::Texts { pk, sk } => texts(pk, sk),
        _ => Vec::new(),
    }
}

fn texts(pk: &'static str, sk: &'static str) -> Vec<Declared> {
    let text = |name| KeyAttribute::new(name, KeyType::Text);
    vec![(text(pk), Role::Hash), (text(sk), Role::Range)]
}

/// The type of a key attribute in DynamoDB.
pub(super) fn scalar(ty: KeyType) -> ScalarAttributeType {
    match ty {
        KeyType::Number => ScalarAttributeType::N,
        _ => ScalarAttributeType::S,
    }
}

/// The definitions of all key attributes. Each attribute is defined once.
pub(super) fn attributes(table: &TableDef) -> Result<Vec<AttributeDefinition>, BuildError> {
    let indexes = table.indexes.iter().flat_map(|index| index_keys(table, index));
    let mut all: Vec<KeyAttribute> = Vec::new();
    for (attribute, _) in table_keys(table).into_iter().chain(indexes) {
        if !all.contains(&attribute) {
            all.push(attribute);
        }
    }
    let definition = |it: KeyAttribute| {
        AttributeDefinition::builder().attribute_name(it.name).attribute_type(scalar(it.ty)).build()
    };
    all.into_iter().map(definition).collect()
}

/// The schema of keys.
pub(super) fn keys(keys: Vec<Declared>) -> Result<Vec<KeySchemaElement>, BuildError> {
    let key = |(attribute, role): Declared| {
        KeySchemaElement::builder().attribute_name(attribute.name).key_type(role).build()
    };
    keys.into_iter().map(key).collect()
}

/// The declared global indexes.
pub(super) fn global(table: &TableDef) -> Result<Vec<GlobalSecondaryIndex>, BuildError> {
    let indexes = table.indexes.iter().filter(|index| !index.is_local).map(|index| {
        GlobalSecondaryIndex::builder()
            .index_name(index.name)
            .set_key_schema(Some(keys(index_keys(table, index))?))
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
            .set_key_schema(Some(keys(index_keys(table, index))?))
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
    let keys = table.index_key_names(index);
    // Keys are always projected. They are not named, because DynamoDB limits the number of names.
    names.retain(|name| ![table.pk, table.sk].contains(name) && !keys.contains(name));
    Some(names)
}

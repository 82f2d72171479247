//! Comparing an existing container with what the table needs.

use super::declare::Declared;
use crate::container::{is_path_of, shown_paths};
use crate::paths;
use azure_data_cosmos::models::{
    CompositeIndexProperty, ContainerProperties, IndexingMode, IndexingPolicy, TimeToLive,
};
use monotable_core::schema::TableDef;
use monotable_core::{Error, Kind, Result};

/// Compares the partition key, the time to live and the indexed paths. More may be indexed than is declared.
///
/// # Errors
///
/// `SchemaMismatch`, with all differences.
pub(super) fn compare(
    table: &TableDef,
    container: &str,
    declared: &Declared,
    found: &ContainerProperties,
) -> Result<()> {
    let mut differences = Vec::new();
    let partition_key: Vec<String> =
        found.partition_key.paths().iter().map(|path| path.clone().into_owned()).collect();
    if !is_path_of(&partition_key, declared.partition_key) {
        let declared = paths::partition_key(declared.partition_key);
        let found = shown_paths(&partition_key);
        differences.push(format!(
            "the partition key is {found} in Cosmos DB and `{declared}` in the declaration"
        ));
    }
    differences.extend(time_to_live(declared, &found.default_ttl));
    // The service indexes everything if a container has no policy.
    if let Some(policy) = &found.indexing_policy {
        differences.extend(indexing(declared, policy));
    }
    if differences.is_empty() {
        return Ok(());
    }
    let message = format!(
        "{container} in Cosmos DB differs from the declared `{}`: {}; nothing was changed. Change the container in Cosmos \
         DB or the declaration, or use another container",
        table.name,
        differences.join(", ")
    );
    Err(Error::new(Kind::SchemaMismatch, message))
}

fn time_to_live(declared: &Declared, found: &TimeToLive) -> Option<String> {
    match (found, declared.expires) {
        (TimeToLive::Forever, Some(why)) => Some(format!(
            "the time to live is off in Cosmos DB, so expired items would never be deleted, and {why} (set the \
             container's default time to live to -1)"
        )),
        (TimeToLive::Seconds(seconds), _) => Some(format!(
            "the default time to live is {seconds} seconds in Cosmos DB, after which all items would be deleted, and \
             the declaration has none (set the container's default time to live to -1)"
        )),
        _ => None,
    }
}

fn indexing(declared: &Declared, found: &IndexingPolicy) -> Option<String> {
    if found.indexing_mode == Some(IndexingMode::None) {
        return Some(
            "nothing is indexed in Cosmos DB (set the indexing mode to consistent)".into(),
        );
    }
    let included = || found.included_paths.iter().map(|rule| rule.path.as_str());
    let excluded = || found.excluded_paths.iter().map(|rule| rule.path.as_str());
    let missing = declared.values().filter(|path| !paths::is_indexed(path, included(), excluded()));
    let missing: Vec<String> = missing.map(|path| format!("`{path}`")).collect();
    let paths = (!missing.is_empty()).then(|| {
        let included: Vec<String> = included().map(|path| format!("`{path}`")).collect();
        format!(
            "the paths {} are not indexed in Cosmos DB, where the policy includes {}",
            missing.join(" and "),
            if included.is_empty() { "none".to_owned() } else { included.join(" and ") }
        )
    });
    let missing = declared.orders.iter().filter(|order| !has_composite(found, order));
    let missing: Vec<String> = missing.map(|order| format!("`{}`", order.join(", "))).collect();
    let composites = (!missing.is_empty()).then(|| {
        format!("there is no composite index of {} in Cosmos DB", missing.join(" and none of "))
    });
    match (paths, composites) {
        (Some(paths), Some(composites)) => Some(format!("{paths}, and {composites}")),
        (paths, composites) => paths.or(composites),
    }
}

/// Returns whether there is a composite index for queries by this order. One that has all properties in descending
/// order serves both directions as well.
fn has_composite(policy: &IndexingPolicy, order: &[String]) -> bool {
    let serves = |properties: &[CompositeIndexProperty]| {
        let is_same = |(found, wanted): (&CompositeIndexProperty, &String)| {
            paths::names(&found.path) == paths::names(wanted)
        };
        properties.len() == order.len()
            && properties.iter().zip(order).all(is_same)
            && properties.windows(2).all(|pair| matches!(pair, [a, b] if a.order == b.order))
    };
    policy.composite_indexes.iter().any(|composite| serves(&composite.properties))
}

//! Creating the containers of a table, and comparing existing ones with it.

mod compare;
mod declare;

use crate::client::Inner;
use crate::container::{Container, Named};
use crate::error::{error, of_container};
use crate::indexes::Access;
use crate::paths;
use azure_data_cosmos::CosmosError;
use azure_data_cosmos::models::ThroughputProperties;
use azure_data_cosmos::options::CreateContainerOptions;
use declare::Declared;
use monotable_core::schema::TableDef;
use monotable_core::{Error, Kind, Result};

/// Creates the container of the table and those of its indexes if they do not exist.
pub(crate) async fn create(backend: &Inner, table: &TableDef) -> Result<()> {
    let named = &backend.indexed;
    let throughput = backend.throughput.as_ref();
    let all = table.indexes.iter().filter(|index| !index.is_local);
    let mut fan_out = Vec::new();
    let mut beside = Vec::new();
    for index in all {
        match backend.indexes.of(index)? {
            Access::FanOut => fan_out.push(*index),
            Access::Container(container) => {
                beside.push((container, Declared::of_index(table, index, named)));
            }
        }
    }
    let own = Declared::of_table(table, fan_out.into_iter(), !beside.is_empty(), named);
    ensure(table, &backend.container, &own, throughput).await?;
    for (container, declared) in beside {
        ensure(table, container, &declared, throughput).await?;
    }
    Ok(())
}

/// Creates a container if it does not exist, and compares it with what is declared if it does.
async fn ensure(
    table: &TableDef,
    container: &Container,
    declared: &Declared,
    throughput: Option<&ThroughputProperties>,
) -> Result<()> {
    let found = match (container.properties().await, container.place()) {
        (Err(error), Some(place)) if error.is_table_missing() => {
            match start(place, declared, throughput).await {
                Ok(()) => return Ok(()),
                // Another process was faster.
                Err(failed) if failed.status().is_conflict() => container.properties().await?,
                Err(failed) => return Err(refused(place, declared, failed)),
            }
        }
        (found, _) => found?,
    };
    compare::compare(table, &container.shown(), declared, &found)
}

async fn start(
    place: &Named,
    declared: &Declared,
    throughput: Option<&ThroughputProperties>,
) -> Result<(), CosmosError> {
    let properties = declared.properties(&place.name);
    let mut options = CreateContainerOptions::default();
    if let Some(throughput) = throughput {
        options = options.with_throughput(throughput.clone());
    }
    Box::pin(place.database.create_container(properties, Some(options))).await?;
    Ok(())
}

/// Explains why a container cannot be created.
fn refused(place: &Named, declared: &Declared, failed: CosmosError) -> Error {
    let container = &place.name;
    let database = place.database.name().unwrap_or("?");
    let status = failed.status();
    let (kind, message) = if status.is_not_found() {
        let message = format!(
            "database `{database}` does not exist, so container `{container}` cannot be created: create the database \
             first (`az cosmosdb sql database create --account-name NAME --resource-group GROUP --name {database}`), \
             because it may have a throughput that its containers share"
        );
        (Kind::TableMissing, message)
    } else if status.is_forbidden() && failed.is_from_wire() {
        let mut arguments =
            format!("--partition-key-path {}", paths::partition_key(declared.partition_key));
        let properties = declared.properties(container);
        if declared.expires.is_some() {
            arguments.push_str(" --ttl -1");
        }
        if let Ok(policy) = serde_json::to_string(&properties.indexing_policy) {
            arguments = format!("{arguments} --idx '{policy}'");
        }
        let message = format!(
            "these credentials may not create container `{container}` (403), as is always so with a credential of Entra \
             ID: create it with the account's key, or by `az cosmosdb sql container create --account-name NAME \
             --resource-group GROUP --database-name {database} --name {container} {arguments}`"
        );
        (Kind::Unauthorized, message)
    } else if failed.is_from_wire() {
        return of_container(&format!("container `{container}`"), failed);
    } else {
        return error(failed);
    };
    Error::new(kind, message).with_source(failed)
}

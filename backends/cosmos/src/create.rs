//! Creating a container, and comparing an existing one with the table.

use crate::client::Inner;
use monotable_core::Result;
use monotable_core::schema::TableDef;

/// Creates the container if it does not exist.
pub(crate) async fn create(backend: &Inner, _table: &TableDef) -> Result<()> {
    backend.container.client().await?;
    Ok(())
}

//! The container of a handle: one that the user brings, or one that is looked up by its name at the first request.

use crate::error::error;
use azure_data_cosmos::clients::{ContainerClient, DatabaseClient};
use monotable_core::Result;
use std::sync::Arc;
use tokio::sync::OnceCell;

/// A container.
#[derive(Clone)]
pub(crate) enum Container {
    /// The user's client of it.
    Given(Box<ContainerClient>),
    /// A name in a database. The client is made by the first request, because the SDK asks the service for the
    /// container's partition key then.
    Named(Arc<Named>),
}

/// A container that is looked up by its name.
pub(crate) struct Named {
    pub(crate) database: DatabaseClient,
    pub(crate) name: String,
    client: OnceCell<ContainerClient>,
}

impl Container {
    pub(crate) fn given(client: ContainerClient) -> Self {
        Container::Given(Box::new(client))
    }

    pub(crate) fn named(database: DatabaseClient, name: String) -> Self {
        Container::Named(Arc::new(Named { database, name, client: OnceCell::new() }))
    }

    /// Returns the name, if it is known: the SDK does not tell that of a client.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Container::Given(_) => None,
            Container::Named(named) => Some(&named.name),
        }
    }

    /// Returns the client.
    pub(crate) async fn client(&self) -> Result<&ContainerClient> {
        match self {
            Container::Given(client) => Ok(client),
            Container::Named(named) => {
                let open = || async {
                    let Named { database, name, .. } = &**named;
                    Box::pin(database.container_client(name.as_str(), None)).await.map_err(error)
                };
                named.client.get_or_try_init(open).await
            }
        }
    }
}

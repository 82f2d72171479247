//! The containers of a handle: clients that the user brings, or names that are looked up by the first request.

use crate::document::names;
use crate::error::{error, of_container};
use crate::paths;
use azure_data_cosmos::clients::{ContainerClient, DatabaseClient};
use azure_data_cosmos::models::ContainerProperties;
use monotable_core::schema::IndexDef;
use monotable_core::{Error, Kind, Result};
use std::sync::Arc;
use tokio::sync::OnceCell;

/// A container. Its clones share what was learnt of it.
#[derive(Clone)]
pub(crate) struct Container {
    source: Source,
    opened: Arc<OnceCell<Opened>>,
}

/// Where the client comes from.
#[derive(Clone)]
enum Source {
    /// The user has made it.
    Given(ContainerClient),
    /// The SDK makes it of a name. It asks the service for the container then, so this is done by the first request.
    Named(Named),
    /// There is a name and no database, because the handle was made of a client of one container.
    Lost(Arc<str>),
}

/// A container that is looked up by its name.
#[derive(Clone)]
pub(crate) struct Named {
    pub(crate) database: Arc<DatabaseClient>,
    pub(crate) name: Arc<str>,
}

/// A container that exists.
struct Opened {
    client: ContainerClient,
    /// The paths of its partition key.
    partition_key: Vec<String>,
    /// The property by which it is partitioned, if it is one of the document itself.
    property: Option<String>,
}

impl Container {
    pub(crate) fn given(client: ContainerClient) -> Self {
        Self::of(Source::Given(client))
    }

    pub(crate) fn named(database: DatabaseClient, name: String) -> Self {
        Self::of(Source::Named(Named { database: Arc::new(database), name: name.into() }))
    }

    /// Returns another container of the same database.
    pub(crate) fn beside(&self, name: String) -> Self {
        Self::of(match &self.source {
            Source::Named(Named { database, .. }) => {
                Source::Named(Named { database: Arc::clone(database), name: name.into() })
            }
            Source::Given(_) | Source::Lost(_) => Source::Lost(name.into()),
        })
    }

    fn of(source: Source) -> Self {
        Container { source, opened: Arc::default() }
    }

    /// Returns the name, if it is known: the SDK does not tell that of a client.
    pub(crate) fn name(&self) -> Option<&str> {
        match &self.source {
            Source::Given(_) => None,
            Source::Named(Named { name, .. }) | Source::Lost(name) => Some(name),
        }
    }

    /// Returns the name and the database, with which the container can be created.
    pub(crate) fn place(&self) -> Option<&Named> {
        match &self.source {
            Source::Named(named) => Some(named),
            _ => None,
        }
    }

    /// Returns the client.
    ///
    /// # Errors
    ///
    /// `TableMissing` if there is no such container.
    pub(crate) async fn any_client(&self) -> Result<&ContainerClient> {
        Ok(&self.opened().await?.client)
    }

    /// Returns the client of a container that is partitioned by this attribute.
    ///
    /// In a container with another partition key, reads would find nothing, in silence.
    ///
    /// # Errors
    ///
    /// `SchemaMismatch` if it has another partition key.
    pub(crate) async fn client(&self, attribute: &str) -> Result<&ContainerClient> {
        let opened = self.opened().await?;
        match opened.property.as_deref() == Some(&*names::stored(attribute)) {
            true => Ok(&opened.client),
            false => Err(self.other_partition_key(attribute, &opened.partition_key)),
        }
    }

    /// Returns the client of the container of an index.
    ///
    /// # Errors
    ///
    /// `SchemaMismatch` if it is not partitioned by the index's partition key.
    pub(crate) async fn client_of(&self, index: &IndexDef) -> Result<&ContainerClient> {
        let opened = self.opened().await?;
        if opened.property.as_deref() == Some(&*names::stored(index.pk)) {
            return Ok(&opened.client);
        }
        let message = format!(
            "{} of index `{}` is partitioned by {} and has to be partitioned by `{}`: nothing was sent. The partition key \
             of a container cannot be changed: give `index_in` the name of another container, which \
             `create_if_missing` creates",
            self.shown(),
            index.name,
            shown_paths(&opened.partition_key),
            paths::partition_key(index.pk),
        );
        Err(Error::new(Kind::SchemaMismatch, message))
    }

    fn other_partition_key(&self, attribute: &str, found: &[String]) -> Error {
        let message = format!(
            "{} is partitioned by {} and the declared partition key is `{}`: nothing was sent. The partition key of a \
             container cannot be changed: create another container, or declare the table as `#[table(pk = \"..\")]` with \
             the name of this one's",
            self.shown(),
            shown_paths(found),
            paths::partition_key(attribute),
        );
        Error::new(Kind::SchemaMismatch, message)
    }

    /// Returns the container for a message.
    pub(crate) fn shown(&self) -> String {
        self.name().map_or_else(|| "the container".to_owned(), |name| format!("container `{name}`"))
    }

    /// Asks the service for the container's settings.
    pub(crate) async fn properties(&self) -> Result<ContainerProperties> {
        let client = self.any_client().await?;
        self.read(client).await
    }

    async fn read(&self, client: &ContainerClient) -> Result<ContainerProperties> {
        let answer = Box::pin(client.read(None)).await;
        let answer = answer.map_err(|failed| of_container(&self.shown(), failed))?;
        answer.into_model().map_err(error)
    }

    async fn opened(&self) -> Result<&Opened> {
        self.opened.get_or_try_init(|| Box::pin(self.open())).await
    }

    async fn open(&self) -> Result<Opened> {
        let client = match &self.source {
            Source::Given(client) => client.clone(),
            Source::Named(Named { database, name }) => {
                let client = database.container_client(name.to_string(), None).await;
                client.map_err(|failed| of_container(&self.shown(), failed))?
            }
            Source::Lost(name) => {
                let message = format!(
                    "container `{name}` of an index has no database, because the handle was made of a client of one \
                     container: give the index a client, too, with `.index(..)`, or make the handle by \
                     `Cosmos::in_database`"
                );
                return Err(Error::new(Kind::InvalidRequest, message));
            }
        };
        let properties = self.read(&client).await?;
        let partition_key = properties.partition_key.paths();
        let partition_key: Vec<_> =
            partition_key.iter().map(|path| path.clone().into_owned()).collect();
        let property = property_of(&partition_key);
        Ok(Opened { client, partition_key, property })
    }
}

/// Returns whether a container with these paths is partitioned by the attribute.
pub(crate) fn is_path_of(found: &[String], attribute: &str) -> bool {
    property_of(found).as_deref() == Some(&*names::stored(attribute))
}

/// Returns the property by which a container with these paths is partitioned, if it is one property of the document.
fn property_of(found: &[String]) -> Option<String> {
    let [path] = found else { return None };
    match &mut *paths::names(path) {
        [name] => Some(std::mem::take(name)),
        _ => None,
    }
}

/// Returns the paths of a partition key for a message.
pub(crate) fn shown_paths(found: &[String]) -> String {
    let all: Vec<String> = found.iter().map(|path| format!("`{path}`")).collect();
    all.join(" and ")
}

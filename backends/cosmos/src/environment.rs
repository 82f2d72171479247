//! `Cosmos::from_env`: the account, the credentials and the container from environment variables.

use crate::Cosmos;
use crate::error::error;
use azure_core::credentials::{Secret, TokenCredential};
use azure_data_cosmos::options::Region;
use azure_data_cosmos::{AccountEndpoint, AccountReference, CosmosClient, RoutingStrategy};
use azure_identity::{
    ClientSecretCredential, DeveloperToolsCredential, ManagedIdentityCredential,
    ManagedIdentityCredentialOptions, UserAssignedId, WorkloadIdentityCredential,
};
use monotable_core::backend::FromEnv;
use monotable_core::{Error, Kind, Result};
use std::sync::Arc;

const ENDPOINT: &str = "MONOTABLE_COSMOS_ENDPOINT";
const KEY: &str = "MONOTABLE_COSMOS_KEY";
const DATABASE: &str = "MONOTABLE_COSMOS_DATABASE";
const CONTAINER: &str = "MONOTABLE_COSMOS_CONTAINER";
const REGION: &str = "MONOTABLE_COSMOS_REGION";

impl Cosmos {
    /// Returns a handle of the container that the environment names.
    ///
    /// | variable | |
    /// |---|---|
    /// | `MONOTABLE_COSMOS_ENDPOINT` | the account, such as `https://NAME.documents.azure.com/` |
    /// | `MONOTABLE_COSMOS_DATABASE` | the name of the database, which has to exist |
    /// | `MONOTABLE_COSMOS_CONTAINER` | the name of the container |
    /// | `MONOTABLE_COSMOS_KEY` | a key of the account; without it, a credential of Entra ID is used |
    /// | `MONOTABLE_COSMOS_REGION` | where the program runs, such as `West Europe`, so that the nearest region of the account is used; the default is `REGION_NAME`, which Azure Functions and App Service set |
    ///
    /// Without a key, the credential is the first of these for which there are variables:
    ///
    /// 1. a workload identity of Kubernetes: `AZURE_FEDERATED_TOKEN_FILE`, `AZURE_TENANT_ID`, `AZURE_CLIENT_ID`;
    /// 2. a service principal: `AZURE_CLIENT_SECRET`, `AZURE_TENANT_ID`, `AZURE_CLIENT_ID`;
    /// 3. the managed identity of Azure Functions, App Service and Container Apps, which set `IDENTITY_ENDPOINT`, or that
    ///    of a virtual machine with `AZURE_TOKEN_CREDENTIALS=ManagedIdentityCredential`; `AZURE_CLIENT_ID` chooses one
    ///    that is assigned by you;
    /// 4. the developer who has signed in with `az login` or `azd auth login`.
    ///
    /// The SDK asks the account for its regions. Create the handle once and keep it, because it has the client with its
    /// connections. In a function, [`Warm`](monotable_core::Warm) keeps it.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](monotable_core::Error::is_invalid_request) if a variable is missing or wrong; the message
    /// names it. [`is_unauthorized`](monotable_core::Error::is_unauthorized) or
    /// [`is_unavailable`](monotable_core::Error::is_unavailable) if the account does not answer as it should.
    pub async fn from_env() -> Result<Self> {
        let endpoint =
            needed(ENDPOINT, "the account's address, `https://NAME.documents.azure.com/`")?;
        let database = needed(DATABASE, "the name of the database")?;
        let container = needed(CONTAINER, "the name of the container")?;
        let address: AccountEndpoint = endpoint.parse().map_err(|failed| {
            let message = format!(
                "`{ENDPOINT}` is no address: set it to that of the account, `https://NAME.documents.azure.com/`, and \
                 not to a connection string"
            );
            Error::new(Kind::InvalidRequest, message).with_source(failed)
        })?;
        let account = match variable(KEY) {
            Some(key) => AccountReference::with_authentication_key(address, Secret::new(key)),
            None => AccountReference::with_credential(address, credential()?),
        };
        let strategy = match variable(REGION).or_else(|| variable("REGION_NAME")) {
            Some(region) => RoutingStrategy::ProximityTo(Region::from(region)),
            None => RoutingStrategy::PreferredRegions(Vec::new()),
        };
        let client = Box::pin(CosmosClient::builder().build(account, strategy)).await;
        Ok(Cosmos::in_database(client.map_err(error)?.database_client(database), container))
    }
}

impl FromEnv for Cosmos {
    async fn from_env() -> Result<Self> {
        Cosmos::from_env().await
    }
}

/// Returns a credential of Entra ID.
fn credential() -> Result<Arc<dyn TokenCredential>> {
    let client = variable("AZURE_CLIENT_ID");
    let is_managed = variable("IDENTITY_ENDPOINT").is_some()
        || variable("AZURE_TOKEN_CREDENTIALS").is_some_and(|it| it == "ManagedIdentityCredential");
    let made: azure_core::Result<Arc<dyn TokenCredential>> =
        if variable("AZURE_FEDERATED_TOKEN_FILE").is_some() {
            WorkloadIdentityCredential::new(None).map(|it| it as _)
        } else if let Some(secret) = variable("AZURE_CLIENT_SECRET") {
            let what = "which a service principal needs beside `AZURE_CLIENT_SECRET`";
            let tenant = needed("AZURE_TENANT_ID", &format!("the tenant's id, {what}"))?;
            let client = needed("AZURE_CLIENT_ID", &format!("the application's id, {what}"))?;
            ClientSecretCredential::new(&tenant, client, Secret::new(secret), None)
                .map(|it| it as _)
        } else if is_managed {
            let user_assigned_id = client.map(UserAssignedId::ClientId);
            let options =
                ManagedIdentityCredentialOptions { user_assigned_id, ..Default::default() };
            ManagedIdentityCredential::new(Some(options)).map(|it| it as _)
        } else {
            DeveloperToolsCredential::new(None).map(|it| it as _)
        };
    made.map_err(|failed| {
        let message = format!(
            "there is no credential of Entra ID ({failed}): set `{KEY}` to a key of the account, or the variables that \
             `Cosmos::from_env` lists"
        );
        Error::new(Kind::InvalidRequest, message).with_source(failed)
    })
}

/// Returns a variable that is not empty.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn needed(name: &str, what: &str) -> Result<String> {
    variable(name).ok_or_else(|| {
        Error::new(Kind::InvalidRequest, format!("`{name}` is not set: set it to {what}"))
    })
}

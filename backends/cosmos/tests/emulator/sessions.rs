//! Sessions: a second client, in a region that the writes have not reached, sees them with the session of the first.

use azure_data_cosmos::{AccountReference, CosmosClient, CosmosRuntimeBuilder, RoutingStrategy};
use azure_data_cosmos_driver::in_memory_emulator::{
    ConsistencyLevel, InMemoryEmulatorHttpClient, VirtualAccountConfig, VirtualRegion,
};
use monotable::prelude::*;
use monotable_cosmos::{Cosmos, Session};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const EAST: &str = "https://eastus.emulator.local";
const WEST: &str = "https://westus.emulator.local";

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "PAGE#{page}")]
#[access(pages)]
struct Note {
    id: String,
    page: u32,
}

/// An account with two regions. Nothing that is written reaches the second one.
fn account() -> Arc<InMemoryEmulatorHttpClient> {
    let regions = [("East US", EAST), ("West US", WEST)];
    let regions = regions.map(|(name, url)| VirtualRegion::new(name, url.parse().unwrap()));
    let config = VirtualAccountConfig::new(regions.to_vec()).unwrap();
    let config = config.with_consistency(ConsistencyLevel::Session);
    let server = Arc::new(InMemoryEmulatorHttpClient::new(config));
    server.store().create_database("db");
    server.store().create_container("db", "notes", "/pk".into());
    server.store().pause_replication("West US");
    server
}

/// Another client, as another machine has it.
async fn client(server: &Arc<InMemoryEmulatorHttpClient>, region: &'static str) -> Cosmos {
    let runtime = CosmosRuntimeBuilder::from(server.runtime_builder()).build().await.unwrap();
    let account = AccountReference::with_authentication_key(EAST.parse().unwrap(), "a2V5");
    let strategy = RoutingStrategy::ProximityTo(region.into());
    let client = CosmosClient::builder().with_runtime(runtime).build(account, strategy).await;
    Cosmos::in_database(client.unwrap().database_client("db"), "notes")
}

#[tokio::test]
async fn the_session_of_another_client_shows_its_writes() {
    let server = account();
    let first = client(&server, "East US").await;
    let notes = Notes::on(first.clone());
    let note = Note { id: "a".into(), page: 1 };
    note.create().send(&notes).await.unwrap();
    assert_eq!(Note::get("a", 1_u32).send(&notes).await.unwrap(), Some(note.clone()));

    // Without the session, the other region does not know of it.
    let unaware = Notes::on(client(&server, "West US").await);
    assert_eq!(Note::get("a", 1_u32).send(&unaware).await.unwrap(), None);
    assert_eq!(Note::pages("a").all(&unaware).await.unwrap(), []);

    // It travels as a text.
    let cookie = first.session().to_string();
    let session: Session = cookie.parse().unwrap();
    assert_eq!(session, first.session());
    let aware = Notes::on(client(&server, "West US").await.with_session(&session));
    assert_eq!(Note::get("a", 1_u32).send(&aware).await.unwrap(), Some(note.clone()));
    assert_eq!(Note::pages("a").all(&aware).await.unwrap(), [note]);
}

#[tokio::test]
async fn a_session_includes_what_was_only_read() {
    let server = account();
    let first = Notes::on(client(&server, "East US").await);
    let note = Note { id: "a".into(), page: 1 };
    note.create().send(&first).await.unwrap();

    let reader = client(&server, "East US").await;
    assert_eq!(Note::pages("a").count(&Notes::on(reader.clone())).await.unwrap(), 1);
    let aware = client(&server, "West US").await.with_session(&reader.session());
    assert_eq!(Note::get("a", 1_u32).send(&Notes::on(aware)).await.unwrap(), Some(note));
}

#[test]
fn a_text_that_is_no_session_is_refused() {
    let error = "C001".parse::<Session>().unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert_eq!(
        error.to_string(),
        "`C001` is no session: it comes from `Cosmos::session`, as a text"
    );
    assert_eq!("".parse::<Session>().unwrap(), Session::default());
}

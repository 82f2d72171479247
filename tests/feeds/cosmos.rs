//! The change feed of Cosmos DB: the latest versions of items. Intermediate versions and deletions are not told.

use crate::journal::{Account, Journal};
use monotable::change::{FeedPosition, LatestVersions, StartFrom};
use monotable::prelude::*;
use monotable::{Backend, ChangeFeed, Latest, Table};
use monotable_tests::{scaled, seed};
use std::collections::BTreeMap;

const WRITES: usize = 2_000;
const ACCOUNTS: u32 = 40;

fn account(change: &Latest<Journal>) -> &Account {
    let Journal::Account(account) = &change.item else { panic!("{change:?}") };
    account
}

/// A reader dies at random points between writes. It is told of the last version of each item, and the versions of an item come
/// in order.
#[tokio::test]
async fn each_item_is_told_in_order_and_none_is_lost() {
    let (store, _keep) = monotable_tests::cosmos::store().await;
    latest_versions(Journal::on(store)).await;
}

async fn latest_versions<B: Backend + ChangeFeed<Mode = LatestVersions>>(table: Table<Journal, B>) {
    let seed = seed(0x636f_736d);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let mut written = BTreeMap::new();
    let mut told = BTreeMap::new();
    let (mut saved, mut deaths) = (StartFrom::Oldest, 0);
    let mut changes = table.changes(saved.clone());
    let mut is_caught_up = false;
    let mut version = 0;
    while version < scaled(WRITES) as u64 || !is_caught_up {
        for _ in 0..random.usize(0..10) {
            if version == scaled(WRITES) as u64 {
                break;
            }
            version += 1;
            let id = random.u32(0..ACCOUNTS);
            if random.u8(0..4) == 0 && written.contains_key(&id) {
                let update = Account::key(id).update().set(Account::VERSION, version);
                update.send(&table).await.unwrap();
            } else {
                Account { id, version }.put().send(&table).await.unwrap();
            }
            written.insert(id, version);
        }
        let page = changes.next_page().await.unwrap();
        // A reader that dies has handled some of the page, and not kept its position.
        let dies = random.u8(0..5) == 0;
        let handled = if dies { page.changes.len() / 2 } else { page.changes.len() };
        for change in &page.changes[..handled] {
            let Account { id, version } = account(change);
            let before = told.insert(*id, (*version, change.id.clone()));
            if let Some((before, name)) = before {
                // The same change may come again, and has the same name.
                let is_again = before == *version;
                assert!(before < *version || deaths > 0, "account {id}: {before}, then {version}");
                assert_eq!(is_again, name == change.id);
            }
        }
        if dies {
            deaths += 1;
            changes = table.changes(saved.clone());
            is_caught_up = false;
        } else {
            is_caught_up = page.is_caught_up;
            saved = StartFrom::After(FeedPosition::new(page.position.to_string()));
        }
    }
    let told: BTreeMap<_, _> = told.into_iter().map(|(id, (version, _))| (id, version)).collect();
    println!("{deaths} deaths");
    assert!(deaths > 10);
    assert_eq!(told, written);
}

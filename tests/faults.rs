//! Tests with faults between the typed API and a store: lost answers, reset connections,
//! throttling, and batches of which the store executes only a part.
//!
//! Each test is a generic function over a store. It writes through a layer that injects faults, and
//! reads directly from the store to see what really happened. `MONOTABLE_SCALE` multiplies the
//! number of rounds, and `MONOTABLE_SEED` changes the random numbers.

#[path = "faults/batches.rs"]
mod batches;
#[path = "faults/collections.rs"]
mod collections;
#[path = "faults/counters.rs"]
mod counters;
#[path = "faults/pauses.rs"]
mod pauses;
#[path = "faults/reads.rs"]
mod reads;
#[path = "faults/single.rs"]
mod single;
#[path = "faults/transactions.rs"]
mod transactions;

use monotable::HeldBy;
use monotable::prelude::*;
use monotable::testing::dynamodb::TestStore;
use monotable_tests::layer::{Faults, Layer, Ready};
use monotable_tests::{Store, scaled, seed};

/// Declares all tests for one store.
macro_rules! suite {
    ($store:ident, $new:expr) => {
        suite! { @tests $store, $new;
            batches: no_acknowledged_write_is_lost, the_rest_can_be_sent_until_all_is_written;
            reads: get_many_finds_all_or_names_the_rest, get_many_waits_for_a_throttled_store, get_many_returns_what_was_read;
            transactions:
                clones_of_a_transaction_are_made_once,
                guarded_creates_are_made_once,
                a_second_guarded_create_finds_the_item_of_the_first;
            single:
                a_second_create_finds_the_item_of_the_first,
                a_versioned_put_is_not_made_twice,
                a_resent_update_with_recognizes_its_own_write,
                a_resent_update_with_of_a_guard_recognizes_its_own_write,
                a_reset_write_is_never_made;
            counters: every_acknowledged_increment_is_stored_once, every_acknowledged_update_with_is_stored_once;
            collections: collections_are_deleted_completely, expired_items_are_deleted_too, items_created_again_keep_their_values, queries_are_deleted_completely;
            pauses: of_batches, of_reads, of_update_with;
        }
    };
    (@tests $store:ident, $new:expr; $($topic:ident: $($test:ident),*;)*) => {
        mod $store {
            $($(
                // Several threads, so that the tasks of a test run at the same time.
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $test() {
                    if let Some((store, _keep)) = $new {
                        crate::$topic::$test(store).await;
                    }
                }
            )*)*
        }
    };
}

suite!(embedded, Some((monotable::Embedded::in_memory(), ())));
suite!(dynamodb_local, crate::dynamodb_local().await);

async fn dynamodb_local() -> Option<(Layer<Ready, DynamoDb>, TestStore)> {
    let store = monotable_tests::dynamodb_local().await?;
    Some((Layer::new(Ready::default(), store.clone()), store))
}

/// Returns two tables on one store: one with injected faults, and one without.
fn tables<S: HeldBy<B> + HeldBy<Layer<Faults, B>>, B: Store>(
    faults: &Faults,
    store: &B,
) -> (Table<S, Layer<Faults, B>>, Table<S, B>) {
    (S::on(Layer::new(faults.clone(), store.clone())), S::on(store.clone()))
}

/// Returns a seed for each round.
fn seeds(default: usize) -> impl Iterator<Item = u64> {
    let first = seed(1);
    println!("seeds from {first}");
    let count = scaled(default) as u64;
    (0..count).map(move |at| first.wrapping_add(at))
}

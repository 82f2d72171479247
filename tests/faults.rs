//! Faults between the typed layer and a store: answers that are lost, connections that are reset,
//! stores that ask for fewer calls or get to a part of a batch.
//!
//! Each test is a generic function of a store. It writes through a layer that makes the faults, and
//! looks at the store itself for what really happened. `MONOTABLE_SCALE` asks for so many
//! times as many rounds, `MONOTABLE_SEED` for other ones.

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

use monotable::prelude::*;
use monotable::{Backend, HeldBy};
use monotable_tests::layer::{Faults, Layer, Ready};
use monotable_tests::{dynamodb, scaled, seed};

/// Each test for each store.
macro_rules! suite {
    ($store:ident, $new:expr) => {
        suite! { @tests $store, $new;
            batches: nothing_acknowledged_is_lost, a_rest_is_sent_until_all_is_written;
            reads: get_many_finds_all_or_names_the_rest, get_many_waits_for_a_throttled_store;
            transactions:
                clones_happen_once,
                guarded_creates_happen_once,
                a_single_guarded_create_is_found_when_resent;
            single:
                a_create_is_found_when_resent,
                a_versioned_put_is_not_made_twice,
                a_rewrite_knows_itself_when_resent,
                a_guarded_rewrite_knows_itself_when_resent,
                a_reset_write_never_happened;
            counters: increments_that_were_acknowledged, rewrites_that_were_acknowledged;
            collections: deleted_to_the_end, what_is_past_its_time_goes_too;
            pauses: of_batches, of_reads, of_rewrites;
        }
    };
    (@tests $store:ident, $new:expr; $($topic:ident: $($test:ident),*;)*) => {
        mod $store {
            $($(
                // Several threads, so that tasks that a test spawns really run at once.
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $test() {
                    if let Some(store) = $new {
                        crate::$topic::$test(store).await;
                    }
                }
            )*)*
        }
    };
}

suite!(embedded, Some(monotable::Embedded::in_memory()));
suite!(dynamodb_local, crate::dynamodb_local().await);

async fn dynamodb_local() -> Option<Layer<Ready, DynamoDb>> {
    let store = DynamoDb::new(dynamodb::client().await?, dynamodb::table_name());
    Some(Layer::new(Ready::default(), store))
}

/// The table behind faults, and as it is.
fn tables<S: HeldBy<B> + HeldBy<Layer<Faults, B>>, B: Backend>(
    faults: &Faults,
    store: &B,
) -> (Table<S, Layer<Faults, B>>, Table<S, B>) {
    (S::on(Layer::new(faults.clone(), store.clone())), S::on(store.clone()))
}

/// A seed for each round.
fn seeds(default: usize) -> impl Iterator<Item = u64> {
    let first = seed(1);
    println!("seeds from {first}");
    let count = scaled(default) as u64;
    (0..count).map(move |at| first.wrapping_add(at))
}

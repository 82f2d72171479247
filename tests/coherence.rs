//! Checks that, after each write, every index holds exactly what a rebuild from the items would
//! hold.
//!
//! The test makes random writes of many kinds, to the store and to a plain map of entities. After
//! each write, the stored item and its index entries must be the same as after a put of the entity
//! in the map. The writes are puts, updates by key, updates of entities that were loaded earlier,
//! moves and transactions. A write that would make an index stale has to be refused and must change
//! nothing.
//!
//! The derive generates the keys of an entity as const data, together with functions that read its
//! fields. So a test cannot create a schema at run time. There is one entity for each way in which
//! a field can feed a key, and there are random entities, which are generated as source code, see
//! [`schemas`].
//!
//! `MONOTABLE_SCALE` multiplies the number of steps, and `MONOTABLE_SEED` changes the random
//! numbers.

#[macro_use]
#[path = "coherence/case.rs"]
mod case;
#[path = "coherence/check.rs"]
mod check;
#[path = "coherence/entities.rs"]
mod entities;
#[path = "coherence/plan.rs"]
mod plan;
#[path = "coherence/run.rs"]
mod run;
#[path = "coherence/schemas.rs"]
mod schemas;
#[path = "coherence/values.rs"]
mod values;

use entities::*;
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::layer::{Layer, Ready, Whole};
use monotable_tests::{Store, scaled, seed};

#[tokio::test]
async fn embedded_in_memory() {
    every_entity(Embedded::in_memory(), 20_000, true).await;
}

#[tokio::test]
async fn dynamodb_local() {
    let Some(store) = monotable_tests::dynamodb_local().await else { return };
    every_entity(Layer::new(Ready::default(), store.clone()), 2_000, true).await;
}

#[tokio::test]
async fn cosmos() {
    let (store, _keep) = monotable_tests::cosmos::store().await;
    every_entity(Whole(store), 2_000, false).await;
}

/// Runs the steps of all entities, or without `is_whole` of those that need neither transactions across partitions nor
/// indexes of attributes, and without transactions and moves. All are in one table, with the same number of steps for each entity.
macro_rules! each {
    ($zoo:ident, $steps:ident, $seed:ident, $is_whole:ident: $($entity:ident)*) => {{
        let share = $steps.div_ceil([$(stringify!($entity)),*].len());
        $(run::run::<$entity, _>(&$zoo, share, $seed, $is_whole).await;)*
    }};
}

async fn every_entity<B: Store + CrossPartitionTransactions>(
    backend: B,
    steps: usize,
    is_whole: bool,
) {
    let steps = scaled(steps);
    let seed = seed(0x6d6f_6e6f);
    println!("seed {seed}");
    let zoo = Zoo::on(backend);
    each! { zoo, steps, seed, is_whole:
        Single Pair Triple Mixed Optional Defaulted Bucketed Logged OwnWhen OtherWhen SomeWhen
        Shared Ending Unique Locked Seat Same Renamed Either Queue Twice
        R0 R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11
    }
}

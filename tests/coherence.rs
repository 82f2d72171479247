//! Checks that, after each write, every index holds exactly what a rebuild from the items would
//! hold.
//!
//! The test makes random writes of many kinds, to the store and to a plain map of entities. After
//! each one, the stored item and its index entries must be what a put of the map's entity would
//! write, whether the write was a put, a blind update, an update of an entity that was loaded long
//! ago, a move or a transaction. A write that would make an index stale has to be refused and
//! change nothing.
//!
//! An entity's keys are const data that the derive writes together with the functions that read its
//! fields, so schemas cannot be made up at run time. Random ones are generated as source, see
//! [`schemas`]; besides, there is one entity for each way in which a field can feed a key.
//!
//! `MONOTABLE_SCALE` asks for so many times as many steps, `MONOTABLE_SEED` for
//! other ones.

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
use monotable_tests::layer::{Layer, Ready};
use monotable_tests::{dynamodb, scaled, seed};

#[tokio::test]
async fn embedded_in_memory() {
    every_entity(Embedded::in_memory(), 20_000).await;
}

#[tokio::test]
async fn dynamodb_local() {
    let Some(client) = dynamodb::client().await else { return };
    let store = DynamoDb::new(client, dynamodb::table_name());
    every_entity(Layer::new(Ready::default(), store), 2_000).await;
}

/// Runs each entity for its share of the steps, all of them in one table.
macro_rules! each {
    ($zoo:ident, $steps:ident, $seed:ident: $($entity:ident)*) => {{
        let share = $steps.div_ceil([$(stringify!($entity)),*].len());
        $(run::run::<$entity, _>(&$zoo, share, $seed).await;)*
    }};
}

async fn every_entity<B: CrossPartitionTransactions>(backend: B, steps: usize) {
    let steps = scaled(steps);
    let seed = seed(0x6d6f_6e6f);
    println!("seed {seed}");
    let zoo = Zoo::on(backend);
    each! { zoo, steps, seed:
        Single Pair Triple Mixed Optional Defaulted Bucketed Logged OwnWhen OtherWhen SomeWhen
        Shared Ending Unique Locked Seat Same Renamed
        R0 R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11
    }
}

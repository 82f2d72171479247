//! Compares the embedded store with DynamoDB Local, and with Cosmos DB. Both get the same random requests and have to
//! give the same answers.
//!
//! `MONOTABLE_SCALE` multiplies the number of operations, and `MONOTABLE_SEED` changes them.
//! Without DynamoDB Local, the tests are skipped, with a message on standard error.

mod attributes;
mod plain;
mod typed;

use monotable::DynamoDb;
use monotable::testing::dynamodb::TestStore;
use monotable_tests::layer::{Layer, Ready};
use monotable_tests::{scaled, seed};
use std::fmt::Debug;

/// The test ends after this many differences, because more of them would show nothing new.
const ENOUGH: usize = 10;

/// The differences that were found.
#[derive(Debug, Default)]
struct Differences(usize);

impl Differences {
    /// Returns whether the two answers to an operation are the same. Records a difference.
    fn same<T: Debug + PartialEq>(&mut self, at: usize, what: &str, ours: &T, theirs: &T) -> bool {
        if ours != theirs {
            println!("operation {at}: {what}\n  embedded: {ours:?}\n  other:    {theirs:?}\n");
            self.0 += 1;
        }
        assert!(self.0 < ENOUGH, "{} differences: see above", self.0);
        ours == theirs
    }

    fn none(&self) {
        assert_eq!(self.0, 0, "differences: see above");
    }
}

/// Returns a DynamoDB backend with a table name of its own, and what deletes the table when it is
/// dropped. Returns `None` if the test has to be skipped.
async fn dynamodb_local() -> Option<(Layer<Ready, DynamoDb>, TestStore)> {
    let store = monotable_tests::dynamodb_local().await?;
    Some((Layer::new(Ready::default(), store.clone()), store))
}

fn operations() -> usize {
    scaled(5_000)
}

/// Returns the random numbers of a run.
fn random() -> fastrand::Rng {
    let seed = seed(0x6d6f_6e6f);
    println!("seed {seed}");
    fastrand::Rng::with_seed(seed)
}

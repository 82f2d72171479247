//! Compares the embedded store with DynamoDB: both get the same random requests and have to give
//! the same answers.
//!
//! `MONOTABLE_SCALE` asks for so many times as many operations, `MONOTABLE_SEED` for other ones.
//! Where there is no DynamoDB, the tests are skipped, and standard error says so.

mod plain;
mod typed;

use monotable::DynamoDb;
use monotable_tests::layer::{Layer, Ready};
use monotable_tests::{dynamodb, scaled, seed};
use std::fmt::Debug;

/// The test ends after this many differences: more would tell nothing new.
const ENOUGH: usize = 10;

/// What differs, and where.
#[derive(Debug, Default)]
struct Differences(usize);

impl Differences {
    /// Whether the two answers to an operation are the same; a difference is recorded.
    fn same<T: Debug + PartialEq>(&mut self, at: usize, what: &str, ours: &T, theirs: &T) -> bool {
        if ours != theirs {
            println!("operation {at}: {what}\n  embedded: {ours:?}\n  DynamoDB: {theirs:?}\n");
            self.0 += 1;
        }
        assert!(self.0 < ENOUGH, "{} differences: see above", self.0);
        ours == theirs
    }

    fn none(&self) {
        assert_eq!(self.0, 0, "differences: see above");
    }
}

/// Makes a table for one test; `None`, with a message on standard error, where there is no Docker.
async fn dynamodb_local() -> Option<Layer<Ready, DynamoDb>> {
    let store = DynamoDb::new(dynamodb::client().await?, dynamodb::table_name());
    Some(Layer::new(Ready::default(), store))
}

fn operations() -> usize {
    scaled(5_000)
}

/// The random numbers of a run.
fn random() -> fastrand::Rng {
    let seed = seed(0x6d6f_6e6f);
    println!("seed {seed}");
    fastrand::Rng::with_seed(seed)
}

//! Checks that a collection reads exactly the items of its members, for random tables and collections.
//!
//! Several entities share partitions of the table, of a global index and of a local index, with random literals and
//! templates of sort keys. A collection is a struct of some of them. For random items, the one request of each
//! collection has to read the items of its members and no others, and the collection has to be what a filter by type
//! selects of the whole partition. Which collections may compile is decided by a rule of this test, and compared with
//! the checks of the derive.
//!
//! The tables and collections are generated as source code, see [`schemas`]. `MONOTABLE_SCALE` multiplies the
//! number of stores with random items, and `MONOTABLE_SEED` changes them.

#[path = "collections/proof.rs"]
mod proof;
#[path = "collections/random.rs"]
#[rustfmt::skip]
#[allow(clippy::pedantic, unused_imports, reason = "which kinds of members there are depends on the seed")]
mod random;
#[path = "collections/reads.rs"]
mod reads;
#[path = "collections/sample.rs"]
mod sample;
#[path = "collections/schemas.rs"]
mod schemas;

use monotable_tests::{scaled, seed};

#[tokio::test]
async fn a_collection_is_a_filter_of_its_partition() {
    let seed = seed(0x6d6f_6e6f);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    for _ in 0..scaled(STORES) {
        random::each_table(&mut random).await;
    }
}

/// How many stores each table gets.
const STORES: usize = 8;

//! One table, many entity types: typed single-table access for DynamoDB, Cosmos DB and an embedded
//! store.

pub use monotable_core::*;

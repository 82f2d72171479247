//! DynamoDB Streams by polling: the feed of changes of a table.

mod backend;
mod call;
mod client;
mod error;
mod lineage;
mod position;
mod reader;

pub use client::DynamoDbStreams;
pub use reader::StreamReader;

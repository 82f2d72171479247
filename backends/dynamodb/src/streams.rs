//! DynamoDB Streams by polling: the feed of changes of a table.

mod backend;
mod call;
mod error;
mod lineage;
mod position;
mod reader;

pub use backend::DynamoDbStreams;
pub use reader::StreamReader;

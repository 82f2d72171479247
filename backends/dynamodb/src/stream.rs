//! DynamoDB Streams: the events of AWS Lambda functions.

mod event;
mod record;
#[cfg(test)]
mod tests;
mod time;
mod transcode;

pub use event::{StreamAnswer, StreamEvent};
#[cfg(feature = "streams")]
pub(crate) use record::Records;

//! JSON documents as a format of core's codec: serde straight to the text of a document, and back.
//!
//! JSON has no sets and no binary data. A set is stored as a sorted list without duplicates, and binary data as
//! base64 text. Its numbers are floats of 64 bits in Cosmos DB, so integers beyond 2^53 and decimals of more than 15
//! digits are refused. What serde_json does well (escaping, finding the end of a value) is left to it.

mod input;
mod output;
mod stored;

pub(crate) use input::Node;
pub(crate) use output::Writer;
pub(crate) use stored::{as_bytes, as_set, stored};

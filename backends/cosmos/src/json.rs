//! JSON documents as a format of core's codec: serde straight to the text of a document, and back.
//!
//! JSON has no sets and no binary data. A set is stored as a sorted list without duplicates, and binary data as
//! base64 text. Its numbers are floats of 64 bits in Cosmos DB, so integers beyond 2^53 and decimals of more than 15
//! digits are refused. serde_json reads the text, and core's rules say what its values become.

mod node;
mod output;
mod relay;
mod stored;

pub(crate) use node::Node;
pub(crate) use output::Writer;
pub(crate) use relay::{Attributes, Json, decode, name_of};
pub(crate) use stored::{as_bytes, as_set, stored};

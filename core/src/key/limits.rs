//! How long keys may be.
//!
//! A key is rendered without a backend: neither a `Key` nor the range of a query has one. So its length is
//! checked twice. Here it is compared with the longest key that any store takes, and the error shows
//! the template. When a request is sent, its keys are compared with the `Limits` of the backend, which
//! may be lower.

use super::template::{Segment, Template};
use crate::error::{Error, Kind, Result};

/// The length of the longest partition key that any store takes, in bytes.
pub(crate) const PARTITION_KEY_BYTES: usize = 2048;

/// The length of the longest sort key that any store takes, in bytes.
pub(crate) const SORT_KEY_BYTES: usize = 1024;

/// Checks the length of a partition key, before any I/O.
pub(crate) fn check_partition_key(key: &str, template: Template) -> Result<()> {
    check(key, template, "partition key", PARTITION_KEY_BYTES)
}

/// Checks the length of a sort key, before any I/O.
pub(crate) fn check_sort_key(key: &str, template: Template) -> Result<()> {
    check(key, template, "sort key", SORT_KEY_BYTES)
}

fn check(key: &str, template: Template, what: &str, most: usize) -> Result<()> {
    let fault = if key.is_empty() {
        "is empty, and stores refuse empty keys: add a literal to its template".to_owned()
    } else if key.len() > most {
        format!("is {} bytes long, and stores take {most}: shorten its parts", key.len())
    } else {
        return Ok(());
    };
    let pattern = pattern(template);
    Err(Error::new(Kind::InvalidKey, format!("the {what} `{pattern}` {fault}")))
}

/// Returns the template as it was written, without the formats of its parts.
fn pattern(template: Template) -> String {
    let mut text = String::new();
    for segment in template {
        match segment {
            Segment::Literal(literal) => text.push_str(literal),
            Segment::Part(spec) => {
                text.push('{');
                text.push_str(spec.name);
                text.push('}');
            }
        }
    }
    text
}

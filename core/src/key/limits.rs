//! How long keys may be.

use super::template::{Segment, Template};
use crate::error::{Error, Kind, Result};

/// The longest keys that a store takes, in bytes. No store takes empty keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyLimits {
    /// The longest partition key.
    pub partition: usize,
    /// The longest sort key.
    pub sort: usize,
}

/// The limits that typed requests check. They are one constant, so that a backend's own limits can
/// take its place.
pub(crate) const KEY_LIMITS: KeyLimits = KeyLimits::DYNAMODB;

impl KeyLimits {
    /// [DynamoDB's](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
    pub const DYNAMODB: KeyLimits = KeyLimits { partition: 2048, sort: 1024 };

    /// Checks the length of a partition key, before any I/O.
    pub(crate) fn check_partition(self, key: &str, template: Template) -> Result<()> {
        check(key, template, "partition key", self.partition)
    }

    /// Checks the length of a sort key, before any I/O.
    pub(crate) fn check_sort(self, key: &str, template: Template) -> Result<()> {
        check(key, template, "sort key", self.sort)
    }
}

/// Checks a partition key against [`KEY_LIMITS`].
pub(crate) fn check_partition_key(key: &str, template: Template) -> Result<()> {
    KEY_LIMITS.check_partition(key, template)
}

/// Checks a sort key against [`KEY_LIMITS`].
pub(crate) fn check_sort_key(key: &str, template: Template) -> Result<()> {
    KEY_LIMITS.check_sort(key, template)
}

fn check(key: &str, template: Template, what: &str, most: usize) -> Result<()> {
    let fault = if key.is_empty() {
        "is empty, and stores take no empty key: give it a literal".to_owned()
    } else if key.len() > most {
        format!("is {} bytes long, and stores take {most}: shorten its parts", key.len())
    } else {
        return Ok(());
    };
    let pattern = pattern(template);
    Err(Error::new(Kind::InvalidKey, format!("the {what} `{pattern}` {fault}")))
}

/// The template as it was written, formats left out.
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

//! Rendering a whole key from a template.

use super::part::PartValue;
use super::template::{Encoding, PartSpec, Segment, Template};
use crate::error::{Error, Kind, Result};

/// DynamoDB's limit for a partition key, and Cosmos DB's; in bytes.
const MAX_PARTITION_KEY: usize = 2048;
/// DynamoDB's limit for a sort key, in bytes. Cosmos DB's, for an id, is one less.
pub(crate) const MAX_SORT_KEY: usize = 1024;

/// Renders a template, taking each part where it comes from; `None` when one is absent.
pub(crate) fn render<'p>(
    template: &[Segment],
    parts: impl Fn(&PartSpec) -> Option<&'p dyn PartValue>,
    encoding: Encoding,
) -> Result<Option<String>> {
    let mut out = String::with_capacity(48);
    for segment in template {
        match segment {
            Segment::Literal(text) => out.push_str(text),
            Segment::Part(spec) => match parts(spec) {
                Some(part) => spec.write(part, encoding, &mut out)?,
                None => return Ok(None),
            },
        }
    }
    Ok(Some(out))
}

/// Checks a partition key against the stores' limits, before any I/O.
pub(crate) fn check_partition_key(key: &str, template: Template) -> Result<()> {
    check(key, template, "partition key", MAX_PARTITION_KEY)
}

/// Checks a sort key against the stores' limits, before any I/O.
pub(crate) fn check_sort_key(key: &str, template: Template) -> Result<()> {
    check(key, template, "sort key", MAX_SORT_KEY)
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

//! Expressions as DynamoDB's text.
//!
//! Names and values always stand in an expression by placeholder, so that no reserved word, dot or
//! value can be read as part of it. Placeholders are numbered within one request: there is no
//! counter that requests share.

mod condition;
mod key;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use condition::{check, condition};
pub(crate) use key::key_condition;
pub(crate) use update::update;

use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::expr::{Path, Step};
use monotable_core::{Error, Kind, Result};
use std::collections::HashMap;
use std::fmt::{self, Write as _};

/// DynamoDB's limit on the bytes of one expression, without what its placeholders stand for.
const LIMIT: usize = 4096;

/// Refuses an expression that is longer than DynamoDB takes. `what` is what it is of.
///
/// # Errors
///
/// `TooLarge`, before any I/O.
pub(crate) fn check_length(
    expression: &str,
    what: impl fmt::Display,
    text: Option<&str>,
) -> Result<()> {
    let length = text.map_or(0, str::len);
    if length <= LIMIT {
        return Ok(());
    }
    let message = format!(
        "{what}: the {expression} expression is {length} bytes, over DynamoDB's limit of {LIMIT}: \
         name fewer fields and values in it; where it compares all fields of an entity, a version \
         field takes their place"
    );
    Err(Error::new(Kind::TooLarge, message))
}

/// The names and values of one request's expressions.
#[derive(Debug, Default)]
pub(crate) struct Placeholders {
    names: Vec<String>,
    values: Vec<AttributeValue>,
    /// The placeholder of `[]`, if there is one yet.
    empty_list: Option<String>,
}

impl Placeholders {
    /// The placeholder of a name: `#0`. The same name has the same one.
    pub(crate) fn name(&mut self, name: &str) -> String {
        let known = self.names.iter().position(|known| known == name);
        let at = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        format!("#{at}")
    }

    /// The placeholder of a value: `:0`.
    pub(crate) fn value(&mut self, value: AttributeValue) -> String {
        self.values.push(value);
        format!(":{}", self.values.len() - 1)
    }

    /// The placeholder of the empty list.
    fn empty_list(&mut self) -> String {
        match &self.empty_list {
            Some(known) => known.clone(),
            None => {
                let empty = self.value(AttributeValue::L(Vec::new()));
                self.empty_list.insert(empty).clone()
            }
        }
    }

    /// A path: `#0.#1[2]`.
    fn path(&mut self, path: &Path) -> String {
        let mut text = self.name(path.root());
        for step in path.steps() {
            // Writing to a `String` does not fail.
            let _ = match step {
                Step::Name(name) => write!(text, ".{}", self.name(name)),
                Step::Index(at) => write!(text, "[{at}]"),
            };
        }
        text
    }

    /// What the placeholders of names stand for. DynamoDB refuses an empty map.
    pub(crate) fn names(&self) -> Option<HashMap<String, String>> {
        let names = self.names.iter().enumerate();
        (!self.names.is_empty())
            .then(|| names.map(|(at, name)| (format!("#{at}"), name.clone())).collect())
    }

    /// What the placeholders of values stand for. DynamoDB refuses an empty map.
    pub(crate) fn into_values(self) -> Option<HashMap<String, AttributeValue>> {
        let values = self.values.into_iter().enumerate();
        let values: HashMap<_, _> = values.map(|(at, value)| (format!(":{at}"), value)).collect();
        (!values.is_empty()).then_some(values)
    }
}

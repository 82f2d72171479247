//! Renders expressions in DynamoDB's syntax.
//!
//! Names and values are always placeholders in an expression, so that no reserved word, dot or value can
//! become part of its syntax. Placeholders are numbered within one request, and requests share no
//! counter.

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

/// DynamoDB's limit on the bytes of one expression. The names and values of placeholders do not count.
const LIMIT: usize = 4096;

/// Refuses an expression that is longer than DynamoDB allows. `what` names the request in the message.
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
         use fewer fields and values in it, or, if it compares all fields of an entity, add a version \
         field to the entity"
    );
    Err(Error::new(Kind::TooLarge, message))
}

/// The names and values of one request's expressions.
#[derive(Debug, Default)]
pub(crate) struct Placeholders {
    names: Vec<String>,
    values: Vec<AttributeValue>,
    /// The placeholder of `[]`, if there is one already.
    empty_list: Option<String>,
}

impl Placeholders {
    /// Returns the placeholder of a name, such as `#0`. Each name has one placeholder.
    pub(crate) fn name(&mut self, name: &str) -> String {
        let known = self.names.iter().position(|known| known == name);
        let at = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        format!("#{at}")
    }

    /// Returns a new placeholder of a value, such as `:0`.
    pub(crate) fn value(&mut self, value: AttributeValue) -> String {
        self.values.push(value);
        format!(":{}", self.values.len() - 1)
    }

    /// Returns the placeholder of the empty list.
    fn empty_list(&mut self) -> String {
        match &self.empty_list {
            Some(known) => known.clone(),
            None => {
                let empty = self.value(AttributeValue::L(Vec::new()));
                self.empty_list.insert(empty).clone()
            }
        }
    }

    /// Renders a path, such as `#0.#1[2]`.
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

    /// Renders a list of attributes, such as `#0, #1`.
    pub(crate) fn list(&mut self, names: &[&str]) -> String {
        let names: Vec<_> = names.iter().map(|name| self.name(name)).collect();
        names.join(", ")
    }

    /// The names of the placeholders; `None` if there are none, because DynamoDB refuses an empty map.
    pub(crate) fn names(&self) -> Option<HashMap<String, String>> {
        let names = self.names.iter().enumerate();
        (!self.names.is_empty())
            .then(|| names.map(|(at, name)| (format!("#{at}"), name.clone())).collect())
    }

    /// The values of the placeholders; `None` if there are none, because DynamoDB refuses an empty map.
    pub(crate) fn into_values(self) -> Option<HashMap<String, AttributeValue>> {
        let values = self.values.into_iter().enumerate();
        let values: HashMap<_, _> = values.map(|(at, value)| (format!(":{at}"), value)).collect();
        (!values.is_empty()).then_some(values)
    }
}

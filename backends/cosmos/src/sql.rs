//! Queries as parameterised SQL.
//!
//! Every value is a parameter, and every name is a quoted property (`c['name']`), so no text of a user becomes part of a
//! query.

mod filter;
mod keys;
mod path;

pub(crate) use filter::{Exactness, filter, raw};
pub(crate) use keys::{After, condition, merged_order, order};
pub(crate) use path::{pointer, property};

use azure_data_cosmos::Query;
use monotable_core::{Error, Kind, Result};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// The parameters of a query, in the order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct Parameters(Vec<Box<RawValue>>);

impl Parameters {
    /// Adds a value, and returns the name of its parameter.
    pub(crate) fn add(&mut self, value: Box<RawValue>) -> String {
        self.0.push(value);
        format!("@p{}", self.0.len())
    }

    /// Adds a text.
    pub(crate) fn text(&mut self, text: &str) -> Result<String> {
        let value = to_raw_value(text);
        Ok(self.add(value.map_err(|error| Error::new(Kind::Encode, error.to_string()))?))
    }

    /// Returns the query with its parameters.
    pub(crate) fn query(self, text: String) -> Result<Query> {
        let mut query = Query::from(text);
        for (place, value) in self.0.into_iter().enumerate() {
            let name = format!("@p{}", place + 1);
            query = query.with_parameter(name, Parameter(value)).map_err(|error| {
                Error::new(Kind::Encode, "a parameter of a query cannot be written")
                    .with_source(error)
            })?;
        }
        Ok(query)
    }
}

/// A parameter's value.
#[derive(Serialize)]
struct Parameter(Box<RawValue>);

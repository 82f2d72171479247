//! Conditions of core in SQL, with the same meaning.
//!
//! A comparison in SQL is undefined if the property is absent or has another type, and the negation of undefined is
//! undefined, too. A condition of core is always true or false. So each comparison is beside a test of the type, which
//! makes it false.
//!
//! A few conditions have no exact form in SQL: the size of a text (in bytes here, in characters there), and the order of
//! texts with characters from U+E000 on (by bytes here, by UTF-16 units there). They are left out of the query so that
//! it returns all items that may match, and the items are compared again with core's evaluator.

use super::Parameters;
use super::path::place;
use crate::json::{Writer, stored};
use monotable_core::expr::{Comparison, Expr, Path};
use monotable_core::value::{Value, front};
use monotable_core::{Error, Kind, Result};
use serde_json::value::RawValue;

/// Whether a query returns exactly the items that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exactness {
    /// It does.
    Exact,
    /// It may return more, which have to be compared again.
    AtLeast,
}

/// Renders a filter.
pub(crate) fn filter(filter: &Expr, parameters: &mut Parameters) -> Result<(String, Exactness)> {
    let mut rendering = Rendering { parameters, exactness: Exactness::Exact };
    let sql = rendering.expr(filter, true)?;
    Ok((sql, rendering.exactness))
}

struct Rendering<'a> {
    parameters: &'a mut Parameters,
    exactness: Exactness,
}

impl Rendering<'_> {
    /// Renders a condition. If it is not `positive`, it is inside of a negation.
    fn expr(&mut self, expr: &Expr, positive: bool) -> Result<String> {
        Ok(match expr {
            Expr::Compare(path, Comparison::Eq, value) => self.equal(path, value)?,
            Expr::Compare(path, Comparison::Ne, value) => {
                format!("NOT {}", self.equal(path, value)?)
            }
            Expr::Compare(path, comparison, value) => {
                self.ordered(path, *comparison, value, positive)?
            }
            Expr::Between(path, from, to) => {
                let from = self.ordered(path, Comparison::Ge, from, positive)?;
                let to = self.ordered(path, Comparison::Le, to, positive)?;
                format!("({from} AND {to})")
            }
            Expr::In(path, values) => {
                let equal = values.iter().map(|value| self.equal(path, value));
                any(equal.collect::<Result<_>>()?)
            }
            Expr::BeginsWith(path, start) => {
                let (place, start) = (place(path), self.parameters.text(start)?);
                format!("(IS_STRING({place}) AND STARTSWITH({place}, {start}))")
            }
            Expr::Contains(path, part) => self.contains(path, part)?,
            // Cosmos DB counts characters.
            Expr::Size(path, comparison, _) => {
                let place = place(path);
                let sized =
                    format!("(IS_STRING({place}) OR IS_ARRAY({place}) OR IS_OBJECT({place}))");
                let sized = if *comparison == Comparison::Ne { "true".to_owned() } else { sized };
                self.at_least(sized, positive)
            }
            Expr::Exists(path) => format!("IS_DEFINED({})", place(path)),
            Expr::Absent(path) => format!("NOT IS_DEFINED({})", place(path)),
            Expr::And(all) => {
                let all = all.iter().map(|expr| self.expr(expr, positive));
                all_of(all.collect::<Result<_>>()?)
            }
            Expr::Or(exprs) => {
                let exprs = exprs.iter().map(|expr| self.expr(expr, positive));
                any(exprs.collect::<Result<_>>()?)
            }
            Expr::Not(expr) => format!("(NOT {})", self.expr(expr, !positive)?),
            other => {
                let message =
                    format!("a filter with {other:?} is not known to the Cosmos DB backend");
                return Err(Error::new(Kind::Unsupported, message));
            }
        })
    }

    /// Returns a condition that holds for all items that may match, or within a negation for none.
    fn at_least(&mut self, condition: String, positive: bool) -> String {
        self.exactness = Exactness::AtLeast;
        if positive { condition } else { "false".to_owned() }
    }

    fn equal(&mut self, path: &Path, value: &Value) -> Result<String> {
        let place = place(path);
        let value = stored(value);
        let test = match value {
            Value::Null => return Ok(format!("IS_NULL({place})")),
            Value::Bool(_) => "IS_BOOL",
            Value::Number(_) => "IS_NUMBER",
            Value::Text(_) => "IS_STRING",
            Value::List(_) => "IS_ARRAY",
            _ => "IS_OBJECT",
        };
        Ok(format!("({test}({place}) AND {place} = {})", self.value(&value)?))
    }

    fn ordered(
        &mut self,
        path: &Path,
        comparison: Comparison,
        value: &Value,
        positive: bool,
    ) -> Result<String> {
        let place = place(path);
        let sign = match comparison {
            Comparison::Lt => "<",
            Comparison::Le => "<=",
            Comparison::Gt => ">",
            _ => ">=",
        };
        Ok(match value {
            Value::Number(_) => {
                format!("(IS_NUMBER({place}) AND {place} {sign} {})", self.value(value)?)
            }
            Value::Text(text) if text.chars().all(|c| c < '\u{d7ff}') => {
                format!("(IS_STRING({place}) AND {place} {sign} {})", self.value(value)?)
            }
            Value::Text(_) => self.at_least(format!("IS_STRING({place})"), positive),
            Value::Bytes(_) => return Err(of_bytes(path, "cannot be compared by order")),
            // Other values have no order.
            _ => "false".to_owned(),
        })
    }

    fn contains(&mut self, path: &Path, part: &Value) -> Result<String> {
        if let Value::Bytes(_) = part {
            return Err(of_bytes(path, "cannot be searched"));
        }
        let place = place(path);
        let value = self.value(part)?;
        let element = format!("(IS_ARRAY({place}) AND ARRAY_CONTAINS({place}, {value}))");
        Ok(match part {
            Value::Text(_) => {
                format!("({element} OR (IS_STRING({place}) AND CONTAINS({place}, {value})))")
            }
            _ => element,
        })
    }

    fn value(&mut self, value: &Value) -> Result<String> {
        Ok(self.parameters.add(raw(value)?))
    }
}

/// Returns a value as JSON.
pub(crate) fn raw(value: &Value) -> Result<Box<RawValue>> {
    let mut out = Writer::default();
    let text = front::write_value(&mut out, value).and_then(|()| out.into_text());
    let text = text.map_err(|error| Error::new(Kind::Encode, error.to_string()))?;
    RawValue::from_string(text).map_err(|error| Error::new(Kind::Encode, error.to_string()))
}

fn of_bytes(path: &Path, what: &str) -> Error {
    let message = format!(
        "`{path}` is binary data, which Cosmos DB stores as base64 text: it {what} there; compare it with `eq`"
    );
    Error::new(Kind::Unsupported, message)
}

fn any(conditions: Vec<String>) -> String {
    joined(conditions, " OR ", "false")
}

fn all_of(conditions: Vec<String>) -> String {
    joined(conditions, " AND ", "true")
}

fn joined(conditions: Vec<String>, with: &str, none: &str) -> String {
    match conditions.as_slice() {
        [] => none.to_owned(),
        [one] => one.clone(),
        all => format!("({})", all.join(with)),
    }
}

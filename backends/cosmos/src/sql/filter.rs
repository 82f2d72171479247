//! Conditions of core in SQL, with the same meaning.
//!
//! A comparison in SQL is undefined if the property is absent or has another type, and the negation of undefined is
//! undefined, too. A condition of core is always true or false. So each comparison is beside a test of the type, which
//! makes it false.
//!
//! A few conditions have no exact form in SQL: the size of a text (in bytes here, in characters there), the order of
//! texts with characters from U+E000 on (by bytes here, by UTF-16 units there), the order of binary data, which is stored
//! as text, and numbers that no document can hold. Only what is known of them is in the query, so that it returns all items
//! that may match, and the items are compared again with core's evaluator.

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
            Expr::Compare(path, Comparison::Eq, value) => self.equal(path, value, positive),
            Expr::Compare(path, Comparison::Ne, value) => {
                format!("(NOT {})", self.equal(path, value, !positive))
            }
            Expr::Compare(path, comparison, value) => {
                self.ordered(path, *comparison, value, positive)
            }
            Expr::Between(path, from, to) => {
                let from = self.ordered(path, Comparison::Ge, from, positive);
                let to = self.ordered(path, Comparison::Le, to, positive);
                format!("({from} AND {to})")
            }
            Expr::In(path, values) => self.is_in(path, values, positive),
            Expr::BeginsWith(path, start) => {
                let (place, start) = (place(path), self.parameters.text(start)?);
                format!("(IS_STRING({place}) AND STARTSWITH({place}, {start}))")
            }
            Expr::Contains(path, part) => self.contains(path, part, positive),
            // Cosmos DB counts characters.
            Expr::Size(path, comparison, _) => {
                let place = place(path);
                let sized =
                    format!("(IS_STRING({place}) OR IS_ARRAY({place}) OR IS_OBJECT({place}))");
                let sized = if *comparison == Comparison::Ne { "true".to_owned() } else { sized };
                self.at_least(sized, positive)
            }
            Expr::Exists(path) => format!("IS_DEFINED({})", place(path)),
            Expr::Absent(path) => format!("(NOT IS_DEFINED({}))", place(path)),
            Expr::And(all) => {
                let all = all.iter().map(|expr| self.expr(expr, positive));
                joined(&all.collect::<Result<Vec<_>>>()?, " AND ", "true")
            }
            Expr::Or(exprs) => {
                let exprs = exprs.iter().map(|expr| self.expr(expr, positive));
                any(&exprs.collect::<Result<Vec<_>>>()?)
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

    fn equal(&mut self, path: &Path, value: &Value, positive: bool) -> String {
        let (place, value) = (place(path), stored(value));
        match (test(&value), self.value(&value)) {
            (test, _) if test == NULL => format!("{test}({place})"),
            (test, Some(value)) => format!("({test}({place}) AND {place} = {value})"),
            (test, None) => self.at_least(format!("{test}({place})"), positive),
        }
    }

    /// Renders the comparison with each of the values. Those of one type are a list of SQL, and no chain of comparisons.
    fn is_in(&mut self, path: &Path, values: &[Value], positive: bool) -> String {
        let place = place(path);
        let (mut all, mut lists) = (Vec::new(), Vec::<(&str, Vec<String>)>::new());
        for value in values {
            let value = stored(value);
            let test = match value {
                Value::Number(_) | Value::Text(_) => test(&value),
                _ => {
                    all.push(self.equal(path, &value, positive));
                    continue;
                }
            };
            let Some(value) = self.value(&value) else {
                all.push(self.at_least(format!("{test}({place})"), positive));
                continue;
            };
            match lists.iter_mut().find(|(known, _)| *known == test) {
                Some((_, list)) => list.push(value),
                None => lists.push((test, vec![value])),
            }
        }
        for (test, list) in lists {
            all.push(format!("({test}({place}) AND {place} IN ({}))", list.join(", ")));
        }
        any(&all)
    }

    fn ordered(
        &mut self,
        path: &Path,
        comparison: Comparison,
        value: &Value,
        positive: bool,
    ) -> String {
        let place = place(path);
        let sign = match comparison {
            Comparison::Lt => "<",
            Comparison::Le => "<=",
            Comparison::Gt => ">",
            _ => ">=",
        };
        let is_ordered = match value {
            Value::Number(_) => true,
            // With other characters, the order of UTF-16 is not that of bytes.
            Value::Text(text) => text.chars().all(|c| c < '\u{e000}'),
            Value::Bytes(_) => false,
            // Other values have no order.
            _ => return "false".to_owned(),
        };
        let test = test(&stored(value));
        match is_ordered.then(|| self.value(value)).flatten() {
            Some(value) => format!("({test}({place}) AND {place} {sign} {value})"),
            None => self.at_least(format!("{test}({place})"), positive),
        }
    }

    fn contains(&mut self, path: &Path, part: &Value, positive: bool) -> String {
        let place = place(path);
        let Some(value) = self.value(part) else {
            return self.at_least(format!("IS_ARRAY({place})"), positive);
        };
        let element = format!("(IS_ARRAY({place}) AND ARRAY_CONTAINS({place}, {value}))");
        match part {
            Value::Text(_) => {
                format!("({element} OR (IS_STRING({place}) AND CONTAINS({place}, {value})))")
            }
            Value::Bytes(_) => {
                self.at_least(format!("({element} OR IS_STRING({place}))"), positive)
            }
            _ => element,
        }
    }

    /// Adds a value. Returns `None` if no document can hold it.
    fn value(&mut self, value: &Value) -> Option<String> {
        Some(self.parameters.add(raw(value).ok()?))
    }
}

const NULL: &str = "IS_NULL";

/// Returns the function that tests whether a property has the type of a value.
fn test(value: &Value) -> &'static str {
    match value {
        Value::Null => NULL,
        Value::Bool(_) => "IS_BOOL",
        Value::Number(_) => "IS_NUMBER",
        Value::Text(_) => "IS_STRING",
        Value::List(_) => "IS_ARRAY",
        _ => "IS_OBJECT",
    }
}

/// Returns a value as JSON.
pub(crate) fn raw(value: &Value) -> Result<Box<RawValue>> {
    let mut out = Writer::default();
    let text = front::write_value(&mut out, value).map(|()| out.into_text());
    let text = text.map_err(|error| Error::new(Kind::Encode, error.to_string()))?;
    RawValue::from_string(text).map_err(|error| Error::new(Kind::Encode, error.to_string()))
}

fn any(conditions: &[String]) -> String {
    joined(conditions, " OR ", "false")
}

fn joined(conditions: &[String], with: &str, none: &str) -> String {
    match conditions {
        [] => none.to_owned(),
        [one] => one.clone(),
        all => format!("({})", all.join(with)),
    }
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;

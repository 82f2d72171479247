//! The evaluation of conditions on items.

use super::condition::{Comparison, Expr};
use super::path::{Path, Step};
use crate::value::{self, Map, Set, Value, ValueError};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::convert::Infallible;

impl Expr {
    /// Returns whether the condition holds for `item`. If there is no item, every path is absent.
    #[must_use]
    pub fn holds(&self, item: Option<&Map>) -> bool {
        match self.holds_of(&item) {
            Ok(holds) => holds,
            Err(never) => match never {},
        }
    }

    /// Returns whether the condition holds for an item in the binary form of [`value`]. Only the
    /// attributes that the answer depends on are decoded.
    ///
    /// # Errors
    ///
    /// If the bytes of such an attribute are damaged.
    pub fn holds_encoded(&self, item: Option<&[u8]>) -> Result<bool, ValueError> {
        self.holds_of(&item)
    }

    fn holds_of<A: Attributes>(&self, item: &A) -> Result<bool, A::Error> {
        let of =
            |path, test: &dyn Fn(&Value) -> bool| look(item, path, |value| value.is_some_and(test));
        match self {
            Expr::Compare(path, Comparison::Ne, other) => {
                look(item, path, |value| value.is_none_or(|value| value != other))
            }
            Expr::Compare(path, comparison, other) => {
                of(path, &|value| compare(value, *comparison, other))
            }
            Expr::Between(path, from, to) => of(path, &|value| {
                compare(value, Comparison::Ge, from) && compare(value, Comparison::Le, to)
            }),
            Expr::In(path, values) => of(path, &|value| values.contains(value)),
            Expr::BeginsWith(path, start) => {
                of(path, &|value| value.as_text().is_some_and(|text| text.starts_with(start)))
            }
            Expr::Contains(path, part) => of(path, &|value| contains(value, part)),
            Expr::Size(path, comparison, size) => {
                look(item, path, |value| match value.and_then(value_size) {
                    Some(found) => comparison.accepts(found.cmp(size)),
                    None => *comparison == Comparison::Ne,
                })
            }
            Expr::Exists(path) => look(item, path, |value| value.is_some()),
            Expr::Absent(path) => look(item, path, |value| value.is_none()),
            Expr::And(all) => {
                for expr in all {
                    if !expr.holds_of(item)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Expr::Or(any) => {
                for expr in any {
                    if expr.holds_of(item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Expr::Not(expr) => Ok(!expr.holds_of(item)?),
        }
    }
}

/// An item whose attributes can be read: a decoded one, or one in the binary form.
trait Attributes {
    /// The error if an attribute cannot be read.
    type Error;

    fn attribute(&self, name: &str) -> Result<Option<Cow<'_, Value>>, Self::Error>;
}

impl Attributes for Option<&Map> {
    type Error = Infallible;

    fn attribute(&self, name: &str) -> Result<Option<Cow<'_, Value>>, Infallible> {
        Ok(self.and_then(|item| item.get(name)).map(Cow::Borrowed))
    }
}

impl Attributes for Option<&[u8]> {
    type Error = ValueError;

    fn attribute(&self, name: &str) -> Result<Option<Cow<'_, Value>>, ValueError> {
        let Some(item) = self else { return Ok(None) };
        Ok(value::attribute(item, name)?.map(Cow::Owned))
    }
}

/// Returns whether the value at `path` passes the test. An absent value is `None`.
fn look<A: Attributes>(
    item: &A,
    path: &Path,
    test: impl FnOnce(Option<&Value>) -> bool,
) -> Result<bool, A::Error> {
    let root = item.attribute(path.root())?;
    Ok(test(root.as_deref().and_then(|root| follow(root, path.steps()))))
}

fn follow<'a>(value: &'a Value, steps: &[Step]) -> Option<&'a Value> {
    steps.iter().try_fold(value, |value, step| step.of(value))
}

impl Comparison {
    fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Comparison::Eq => ordering.is_eq(),
            Comparison::Ne => ordering.is_ne(),
            Comparison::Lt => ordering.is_lt(),
            Comparison::Le => ordering.is_le(),
            Comparison::Gt => ordering.is_gt(),
            Comparison::Ge => ordering.is_ge(),
        }
    }
}

/// Compares two values. All values can be equal or not equal; only numbers, texts and bytes have an
/// order, each among themselves.
fn compare(value: &Value, comparison: Comparison, other: &Value) -> bool {
    match comparison {
        Comparison::Eq => value == other,
        Comparison::Ne => value != other,
        _ => order(value, other).is_some_and(|ordering| comparison.accepts(ordering)),
    }
}

fn order(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => Some(one.cmp(other)),
        (Value::Text(one), Value::Text(other)) => Some(one.cmp(other)),
        (Value::Bytes(one), Value::Bytes(other)) => Some(one.cmp(other)),
        _ => None,
    }
}

fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::List(elements), part) => elements.contains(part),
        (Value::Text(text), Value::Text(part)) => text.contains(part.as_str()),
        (Value::Bytes(bytes), Value::Bytes(part)) => {
            part.is_empty() || bytes.windows(part.len()).any(|window| window == part)
        }
        (Value::Set(Set::Text(elements)), Value::Text(part)) => elements.contains(part),
        (Value::Set(Set::Numbers(elements)), Value::Number(part)) => elements.contains(part),
        (Value::Set(Set::Bytes(elements)), Value::Bytes(part)) => elements.contains(part),
        _ => false,
    }
}

/// Returns the size of a value, as [`Expr::Size`] compares it; `None` if such a value has no size.
fn value_size(value: &Value) -> Option<u64> {
    let size = match value {
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(elements) => elements.len(),
        Value::Map(entries) => entries.len(),
        Value::Set(Set::Text(elements)) => elements.len(),
        Value::Set(Set::Numbers(elements)) => elements.len(),
        Value::Set(Set::Bytes(elements)) => elements.len(),
        Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    };
    u64::try_from(size).ok()
}

#[cfg(test)]
mod tests;

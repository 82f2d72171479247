//! Queries of an index whose keys are attributes of the items: what binds a part, and the plan.

use super::{Plan, Selected, literals};
use crate::error::{Error, Kind, Result};
use crate::expr::Expr;
use crate::field::{FieldDef, IntoValue};
use crate::key::{text_above, text_below};
use crate::query::remaining::Given;
use crate::request::{
    self, AttributeKeys, AttributeRange, QueryKeys, SortKeys, check_value, compare,
};
use crate::schema::{EntityDef, IndexDef, KeyAttribute, KeyAttributes, TableDef};
use crate::value::{Value, ValueError};
use std::ops::Bound;

/// The value of an attribute of the partition key, for the derives.
#[doc(hidden)]
#[derive(Debug)]
pub struct AttributeArg(Result<Value, ValueError>);

/// Returns the value of an attribute that holds field `F`. For the derives.
#[doc(hidden)]
pub fn attribute_arg<F: FieldDef<T>, T>(value: impl IntoValue<F, T>) -> AttributeArg {
    AttributeArg(F::to_value(&value.into_value()))
}

impl Plan {
    /// Reads a partition of an index whose keys are attributes.
    pub(in crate::query) fn of_attributes(
        table: &'static TableDef,
        entity: &'static EntityDef,
        index: Option<&'static IndexDef>,
        pattern: &'static str,
        partition: Vec<AttributeArg>,
    ) -> Result<Self> {
        let attributes = index.and_then(|index| table.key_attributes(index));
        let attributes = attributes.ok_or_else(|| not_such_an_index(entity))?;
        let values = attributes.partition.iter().zip(partition);
        let values = values.map(|(attribute, AttributeArg(value))| key_value(attribute, value));
        let keys = AttributeKeys::of_partition(values.collect::<Result<_>>()?);
        let mut request =
            request::Query::new(table, entity.name, pattern, String::new(), SortKeys::All);
        request.index = index;
        request.keys = keys.into();
        let mut plan = Plan::of_partition(request);
        plan.expires = entity.rules.expires;
        // All entities on the index have the same attributes, and share its partitions.
        plan.is_mixed = index.is_some_and(|index| table.shares_index(index));
        plan.literals = literals(entity, plan.is_mixed);
        Ok(plan)
    }

    /// The keys of the query so far, and the attributes of the index.
    fn attributes(&mut self) -> Result<(&mut AttributeKeys, KeyAttributes)> {
        let attributes = self.index().and_then(|index| self.request.table.key_attributes(index));
        match (&mut self.request.keys, attributes) {
            (QueryKeys::Attributes(keys), Some(attributes)) => Ok((keys, attributes)),
            // The types of `Query` exclude this.
            _ => Err(Error::new(Kind::InvalidRequest, "the keys of this index are no attributes")),
        }
    }

    /// The attribute that is bound next.
    fn next_attribute(&mut self) -> Result<&'static KeyAttribute> {
        let (keys, attributes) = self.attributes()?;
        // The types of `Query` exclude that there is none.
        let next = attributes.sort.get(keys.sort.len());
        next.ok_or_else(|| Error::new(Kind::InvalidRequest, "the sort key has no attribute left"))
    }

    pub(super) fn attribute_eq(&mut self, value: Result<Value, ValueError>) -> Result<()> {
        let value = key_value(self.next_attribute()?, value)?;
        self.attributes()?.0.sort.push(value);
        Ok(())
    }

    pub(super) fn attribute_begins_with(&mut self, text: &str) -> Result<()> {
        if !text.is_empty() {
            self.attributes()?.0.range = Some(AttributeRange::BeginsWith(text.to_owned()));
        }
        Ok(())
    }

    pub(super) fn attribute_range(
        &mut self,
        lower: Bound<Given<'_>>,
        upper: Bound<Given<'_>>,
    ) -> Result<()> {
        let attribute = self.next_attribute()?;
        let (lower, upper) = (bound(attribute, lower)?, bound(attribute, upper)?);
        match range(lower, upper) {
            Some(range) => self.attributes()?.0.range = range,
            None => self.selected = Selected::Nothing,
        }
        // A bound is as long as a key at most.
        let (keys, attributes) = self.attributes()?;
        keys.check(&attributes)
    }

    /// The keys to read; `None` if none can match.
    pub(super) fn attribute_keys(&self) -> Result<Option<QueryKeys>> {
        let keys = &self.request.keys;
        if let Some(index) = self.request.index
            && let Some(attributes) = self.request.table.key_attributes(index)
            && let QueryKeys::Attributes(keys) = keys
        {
            keys.check(&attributes)?;
        }
        Ok(match self.selected {
            Selected::Nothing => None,
            _ => Some(keys.clone()),
        })
    }
}

/// Refuses a filter that asks for an attribute of the key, as DynamoDB does.
pub(super) fn check_filter(filter: &Expr, keys: &KeyAttributes) -> Result<()> {
    let mut found = None;
    filter.paths(&mut |path| {
        found = found.or_else(|| keys.iter().find(|it| it.name == path.root()));
    });
    let Some(attribute) = found else { return Ok(()) };
    let message = format!(
        "the filter asks for `{}`, which is in the key that the query reads, and stores filter only by other attributes: bind it with `eq`, `range` or `begins_with`",
        attribute.name
    );
    Err(Error::new(Kind::InvalidRequest, message))
}

fn not_such_an_index(entity: &EntityDef) -> Error {
    let message = format!("the keys of `{}` on this index are no attributes", entity.name);
    Error::new(Kind::InvalidRequest, message)
}

/// Returns the value that the attribute has to have.
fn key_value(attribute: &KeyAttribute, value: Result<Value, ValueError>) -> Result<Value> {
    let value = encoded(attribute, value)?;
    check_value(attribute, &value)?;
    Ok(value)
}

fn encoded(attribute: &KeyAttribute, value: Result<Value, ValueError>) -> Result<Value> {
    value.map_err(|error| {
        let message = format!("a value for `{}` cannot be stored: {error}", attribute.name);
        Error::new(Kind::Encode, message).with_source(error)
    })
}

/// Returns one end of a range. An empty text is before every text, and is no end.
fn bound(attribute: &KeyAttribute, end: Bound<Given<'_>>) -> Result<Bound<Value>> {
    let value = |given| match given {
        Given::Value(value) => {
            let value = encoded(attribute, value)?;
            if value.as_text() != Some("") {
                check_value(attribute, &value)?;
            }
            Ok(value)
        }
        // The types of `Query` exclude this.
        Given::Part(_) => Err(Error::new(Kind::InvalidRequest, "a key part is no attribute")),
    };
    Ok(match end {
        Bound::Included(given) => Bound::Included(value(given)?),
        Bound::Excluded(given) => Bound::Excluded(value(given)?),
        Bound::Unbounded => Bound::Unbounded,
    })
}

/// Returns the values within the bounds; `None` if there are none, and `Some(None)` if they are all.
fn range(lower: Bound<Value>, upper: Bound<Value>) -> Option<Option<AttributeRange>> {
    let is_empty = |value: &Value| value.as_text() == Some("");
    // No attribute is an empty text.
    let lower = match lower {
        Bound::Included(value) | Bound::Excluded(value) if is_empty(&value) => Bound::Unbounded,
        lower => lower,
    };
    Some(Some(match (lower, upper) {
        (_, Bound::Included(value) | Bound::Excluded(value)) if is_empty(&value) => return None,
        (Bound::Unbounded, Bound::Unbounded) => return Some(None),
        (Bound::Included(value), Bound::Unbounded) => AttributeRange::AtLeast(value),
        (Bound::Excluded(value), Bound::Unbounded) => AttributeRange::MoreThan(value),
        (Bound::Unbounded, Bound::Included(value)) => AttributeRange::AtMost(value),
        (Bound::Unbounded, Bound::Excluded(value)) => AttributeRange::LessThan(value),
        (lower, upper) => {
            let (least, most) = (included(lower, true)?, included(upper, false)?);
            if compare(&least, &most)?.is_gt() {
                return None;
            }
            AttributeRange::Between(least, most)
        }
    }))
}

/// Returns the first or last value within one end of a range; `None` if there is none.
fn included(end: Bound<Value>, up: bool) -> Option<Value> {
    match end {
        Bound::Included(value) => Some(value),
        Bound::Excluded(Value::Number(number)) => number.neighbour(up).map(Value::Number),
        Bound::Excluded(Value::Text(text)) if up => Some(Value::Text(text_above(&text))),
        Bound::Excluded(Value::Text(text)) => text_below(&text).map(Value::Text),
        _ => None,
    }
}

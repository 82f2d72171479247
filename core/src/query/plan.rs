//! `Plan`: the key parts and settings of a query. It is the part of `Query` that needs no type
//! parameters, and so is compiled only once.

mod attributes;
mod page;
mod partition;

pub use attributes::{AttributeArg, attribute_arg};

use crate::backend::Origin;
use crate::error::{Error, Kind, Result};
use crate::expr::Expr;
use crate::key::{
    Bounds, PartSpec, PartValue, SORT_KEY_BYTES, Segment, Source, Template, Unit,
    check_partition_key, check_sort_key, literal_before, literal_prefix, render,
};
use crate::query::remaining::Given;
use crate::request::{self, Cursor, QueryKeys, SortKeys};
use crate::schema::{EntityDef, IndexDef, TableDef};
use std::ops::Bound;

/// An argument of an access pattern, which is a part of its partition key.
#[derive(Debug)]
pub struct Arg<'a> {
    field: u16,
    /// The bucket's unit, if the argument is a bucket of the field.
    unit: Option<Unit>,
    part: Option<&'a dyn PartValue>,
}

/// A field's value, from [`KeyPart::as_part`](crate::key::KeyPart). For the derives.
#[doc(hidden)]
#[must_use]
pub fn arg(field: u16, part: Option<&dyn PartValue>) -> Arg<'_> {
    Arg { field, unit: None, part }
}

/// A bucket of a field. For the derives.
#[doc(hidden)]
#[must_use]
pub fn bucket_arg(field: u16, unit: Unit, part: Option<&dyn PartValue>) -> Arg<'_> {
    Arg { field, unit: Some(unit), part }
}

impl Arg<'_> {
    /// Whether the argument has the value of this part. A whole value has every part of its field, and
    /// a bucket only the part of its unit.
    fn gives(&self, spec: &PartSpec) -> bool {
        self.field == spec.field && (self.unit.is_none() || self.unit == spec.format.bucket_unit())
    }
}

/// Which of the sort keys that begin with the bound parts a query reads.
#[derive(Debug, Clone)]
enum Selected {
    /// All of them. If all parts are bound, this is one key.
    Prefix,
    /// Those in a range of the next part.
    Range(SortKeys),
    /// None, because the range is empty.
    Nothing,
}

/// The key parts and settings of a query.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// The request for a page, in which the sort keys, the selection and the position are not set yet.
    request: request::Query,
    /// Whether the items can expire.
    expires: bool,
    /// Holds for the items of entities, if guards of unique values can be among the items.
    are_entities: Option<Expr>,
    /// Whether items of other entities can be among those that are read.
    is_mixed: bool,
    /// The texts that the primary key of every item begins with.
    literals: [&'static str; 2],
    template: Template,
    /// The segment of the sort key that is bound next.
    at: usize,
    /// The sort key so far.
    prefix: String,
    /// Texts of sort-key parts whose field is in the partition key, too, with their segments.
    known: Vec<(usize, String)>,
    selected: Selected,
    limit: Option<usize>,
    page_size: Option<usize>,
    after: Option<Cursor>,
    includes_expired: bool,
}

impl Plan {
    pub(crate) fn new(
        table: &'static TableDef,
        entity: &'static EntityDef,
        index: Option<&'static IndexDef>,
        pattern: &'static str,
        [pk, sk]: [Template; 2],
        is_mixed: bool,
        args: &[Arg<'_>],
    ) -> Result<Self> {
        let arg = |spec: &PartSpec| args.iter().find(|arg| arg.gives(spec))?.part;
        for segment in pk {
            if let Segment::Part(spec) = segment
                && let Some(part) = arg(spec)
            {
                exact(spec, part)?;
            }
        }
        let rendered = render(pk, arg, table.encoding, Source::Given)?.unwrap_or_default();
        check_partition_key(&rendered, pk)?;
        let mut request = request::Query::new(table, entity.name, pattern, rendered, SortKeys::All);
        request.index = index;
        let mut plan = Plan {
            request,
            expires: entity.rules.expires,
            are_entities: None,
            is_mixed,
            literals: literals(entity, is_mixed),
            template: sk,
            at: 0,
            prefix: String::with_capacity(48),
            known: Vec::new(),
            selected: Selected::Prefix,
            limit: None,
            page_size: None,
            after: None,
            includes_expired: false,
        };
        for (at, segment) in sk.iter().enumerate() {
            if let Segment::Part(spec) = segment
                && let Some(part) = arg(spec)
            {
                let mut text = String::new();
                spec.write(part, table.encoding, literal_before(sk, at), &mut text)?;
                plan.known.push((at, text));
            }
        }
        plan.advance();
        Ok(plan)
    }

    /// Adds literals and known parts to the prefix, up to the next part that has to be bound.
    fn advance(&mut self) {
        while let Some(segment) = self.template.get(self.at) {
            match segment {
                Segment::Literal(text) => self.prefix.push_str(text),
                Segment::Part(_) => match self.known.iter().find(|(at, _)| *at == self.at) {
                    Some((_, text)) => self.prefix.push_str(text),
                    None => return,
                },
            }
            self.at += 1;
        }
    }

    fn next(&self) -> Result<&'static PartSpec> {
        match self.template.get(self.at) {
            Some(Segment::Part(spec)) => Ok(spec),
            // The types of `Query` exclude this.
            _ => Err(Error::new(Kind::InvalidRequest, "the sort key has no part left to bind")),
        }
    }

    pub(crate) fn eq(&mut self, given: Given<'_>) -> Result<()> {
        let part = match given {
            Given::Part(part) => part,
            Given::Value(value) => return self.attribute_eq(value),
        };
        let spec = self.next()?;
        exact(spec, part)?;
        let literal = literal_before(self.template, self.at);
        spec.write(part, self.request.table.encoding, literal, &mut self.prefix)?;
        self.at += 1;
        self.advance();
        Ok(())
    }

    pub(crate) fn begins_with(&mut self, text: &str) -> Result<()> {
        if let QueryKeys::Attributes(_) = self.request.keys {
            return self.attribute_begins_with(text);
        }
        let spec = self.next()?;
        if !text.is_empty() {
            let (encoding, literal) =
                (self.request.table.encoding, literal_before(self.template, self.at));
            spec.write(&text.to_owned(), encoding, literal, &mut self.prefix)?;
        }
        Ok(())
    }

    pub(crate) fn range(&mut self, lower: Bound<Given<'_>>, upper: Bound<Given<'_>>) -> Result<()> {
        if let QueryKeys::Attributes(_) = self.request.keys {
            return self.attribute_range(lower, upper);
        }
        let spec = self.next()?;
        let literal = literal_before(self.template, self.at);
        // An empty text is before every text. So it is allowed as a bound, even if it is not allowed
        // as a part.
        let bound = PartSpec { format: spec.format.or_empty(), ..*spec };
        let encode = |end: Bound<Given<'_>>| -> Result<Bound<String>> {
            let text = |given: Given<'_>| {
                let Given::Part(part) = given else { return Err(no_texts()) };
                exact(spec, part)?;
                let mut text = String::new();
                bound.write(part, self.request.table.encoding, literal, &mut text)?;
                if !text.is_empty() {
                    check_sort_key(&format!("{}{text}", self.prefix), self.template)?;
                }
                Ok(text)
            };
            Ok(match end {
                Bound::Included(part) => Bound::Included(text(part)?),
                Bound::Excluded(part) => Bound::Excluded(text(part)?),
                Bound::Unbounded => Bound::Unbounded,
            })
        };
        let (mut lower, mut upper) = (encode(lower)?, encode(upper)?);
        if spec.format.descending {
            std::mem::swap(&mut lower, &mut upper);
        }
        let bounds = Bounds::new(&self.prefix, self.template, self.at, SORT_KEY_BYTES);
        let keys = bounds.interval(lower.as_ref().map(|s| &**s), upper.as_ref().map(|s| &**s));
        self.selected = keys.map_or(Selected::Nothing, Selected::Range);
        Ok(())
    }

    /// The sort keys to read; `None` if none can match.
    pub(crate) fn sort_keys(&self) -> Option<SortKeys> {
        match &self.selected {
            Selected::Prefix if self.at < self.template.len() => {
                Some(SortKeys::with_prefix(&self.prefix))
            }
            Selected::Prefix => Some(SortKeys::Equals(self.prefix.clone())),
            Selected::Range(keys) => Some(keys.clone()),
            Selected::Nothing => None,
        }
    }

    /// The keys to read; `None` if none can match.
    fn keys(&self) -> Result<Option<QueryKeys>> {
        let QueryKeys::Texts { pk, .. } = &self.request.keys else {
            return self.attribute_keys();
        };
        let Some(sort) = self.sort_keys() else { return Ok(None) };
        // The bounds of a range were checked when it was bound.
        if let SortKeys::Equals(key) | SortKeys::BeginsWith(key) = &sort {
            check_sort_key(key, self.template)?;
        }
        Ok(Some(QueryKeys::Texts { pk: pk.clone(), sort }))
    }

    /// Reads in descending order of the sort key, or in ascending order.
    pub(crate) fn set_descending(&mut self, descending: bool) {
        self.request.descending = descending;
    }

    /// Uses strongly consistent reads.
    pub(crate) fn set_consistent(&mut self) {
        self.request.consistent = true;
    }

    /// Whether it uses strongly consistent reads.
    pub(crate) fn is_consistent(&self) -> bool {
        self.request.consistent
    }

    /// Also finds items that have expired.
    pub(crate) fn include_expired(&mut self) {
        self.includes_expired = true;
    }

    /// The text of the partition key.
    pub(crate) fn partition_key(&self) -> &str {
        self.request.keys.texts().map_or("", |(pk, _)| pk)
    }

    /// The partition and what is read of it, for messages.
    pub(crate) fn shown(&self) -> String {
        match &self.request.keys {
            QueryKeys::Texts { pk, .. } => format!("partition `{pk}`"),
            keys => format!("`{keys}`"),
        }
    }

    /// Whether it reads in descending order of the sort key.
    pub(crate) fn is_descending(&self) -> bool {
        self.request.descending
    }

    /// The index that the query runs on.
    pub(crate) fn index(&self) -> Option<&'static IndexDef> {
        self.request.index
    }

    /// Limits the matching items over all pages.
    pub(crate) fn set_limit(&mut self, items: usize) {
        self.limit = Some(items);
    }

    /// Limits the items that are read for a page.
    pub(crate) fn set_page_size(&mut self, items: usize) {
        self.page_size = Some(items);
    }

    /// Continues at a cursor, or begins at the start.
    pub(crate) fn set_after(&mut self, cursor: Option<Cursor>) {
        self.after = cursor;
    }

    /// Reads only these attributes and the keys. An index returns those of them that it projects.
    pub(crate) fn set_attributes(&mut self, mut names: Vec<&'static str>) {
        let request::Query { table, index, .. } = &self.request;
        let mut keys = vec![table.pk, table.sk];
        if let Some(index) = index {
            // A local index has the partition key of the table.
            let own = table.index_key_names(index);
            keys.extend(own.into_iter().filter(|name| *name != table.pk));
            if let Some(projected) = table.projected(index) {
                names.retain(|name| projected.contains(name));
            }
        }
        // A key can be a field.
        names.retain(|name| !keys.contains(name));
        keys.extend(names);
        self.request.attributes = Some(keys.into());
    }

    /// Adds a condition that has to hold for the returned items.
    pub(crate) fn add_filter(&mut self, condition: Expr) {
        condition.require(&mut self.request.filter);
    }

    /// The entity and the access pattern that the user called.
    pub(crate) fn origin(&self) -> Origin {
        Origin::Pattern(self.request.entity, self.request.pattern)
    }
}

/// The texts that the primary key of every item begins with which a query of the entity reads.
pub(super) fn literals(entity: &EntityDef, is_mixed: bool) -> [&'static str; 2] {
    if is_mixed { [""; 2] } else { [literal_prefix(entity.pk), literal_prefix(entity.sk)] }
}

fn no_texts() -> Error {
    let message = "the keys of this index are attributes, and have no partition key as a text";
    Error::new(Kind::InvalidRequest, message)
}

/// Refuses a value with a higher precision than its part, which would silently become another value.
fn exact(spec: &PartSpec, part: &dyn PartValue) -> Result<()> {
    if spec.format.is_bucket || part.is_exact_part(spec.format) {
        return Ok(());
    }
    Err(spec.error(
        "has a higher precision than the key, which would shift the bound: round it to the template's precision",
    ))
}

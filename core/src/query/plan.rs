//! `Plan`: the key parts and settings of a query. It is the part of `Query` that needs no type
//! parameters, and so is compiled only once.

mod attributes;

pub use attributes::{AttributeArg, attribute_arg};

use crate::backend::{Item, Origin, item_key, item_place};
use crate::error::{Error, Kind, Result};
use crate::expiry::is_alive;
use crate::expr::{Comparison, Expr, Path};
use crate::key::{
    Bounds, PartSpec, PartValue, SORT_KEY_BYTES, Segment, Source, Template, Unit,
    check_partition_key, check_sort_key, literal_before, literal_prefix, render,
};
use crate::query::remaining::Given;
use crate::request::{self, Bookmark, Cursor, Position, QueryKeys, Select, SortKeys};
use crate::schema::{EntityDef, IndexDef, IndexKeys, KeyAttribute, TableDef};
use crate::value::{Map, Value};
use std::num::NonZeroUsize;
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

    /// Reads the whole partition: the items of all entities.
    ///
    /// # Errors
    ///
    /// `InvalidRequest` if the query has settings, which would be lost.
    pub(crate) fn into_partition(self, pattern: &'static str) -> Result<Self> {
        let request::Query { table, index, entity, filter, descending, consistent, keys, .. } =
            self.request;
        // A partition of attributes is no value.
        let QueryKeys::Texts { pk, .. } = keys else { return Err(no_texts()) };
        let settings = [self.limit, self.page_size];
        if filter.is_some()
            || descending
            || consistent
            || self.after.is_some()
            || settings.iter().any(Option::is_some)
        {
            let message = "the query has settings, and a partition has none: call `partition` on the access pattern alone";
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        let mut request = request::Query::new(table, entity, pattern, pk, SortKeys::All);
        request.index = index;
        Ok(Plan::of_partition(request))
    }

    /// Reads the items of all entities. `request` names the partition.
    pub(crate) fn of_partition(request: request::Query) -> Self {
        let request::Query { table, index, keys, .. } = &request;
        let pk = keys.texts().map_or("", |(pk, _)| pk);
        // The guard of another item can be in the partition.
        let guards = table.entities.iter().flat_map(|entity| entity.rules.unique);
        let guards = guards.filter(|unique| pk.starts_with(literal_prefix(unique.pk)));
        let guards: Vec<_> = guards.map(|unique| Value::from(unique.name)).collect();
        let are_entities = (!guards.is_empty() && index.is_none())
            .then(|| Expr::Not(Box::new(Expr::In(Path::attribute(table.tag), guards))));
        Plan {
            expires: table.expires(),
            are_entities,
            is_mixed: false,
            request,
            literals: ["", ""],
            template: &[],
            at: 0,
            prefix: String::new(),
            known: Vec::new(),
            selected: Selected::Range(SortKeys::All),
            limit: None,
            page_size: None,
            after: None,
            includes_expired: false,
        }
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

    /// Reads the sort keys of the partition that begin with the text.
    pub(crate) fn begins_with_text(&mut self, text: &str) {
        self.selected = Selected::Range(SortKeys::with_prefix(text));
    }

    /// Reads the sort keys of the partition that are in the range of texts.
    pub(crate) fn text_range(&mut self, lower: Bound<&str>, upper: Bound<&str>) {
        let keys = SortKeys::in_text_range(lower, upper);
        self.selected = keys.map_or(Selected::Nothing, Selected::Range);
    }

    /// Leaves out items that are of no entity of the table.
    pub(crate) fn skip_unknown(&mut self) {
        let table = self.request.table;
        let names = table.entities.iter().map(|entity| Value::from(entity.name)).collect();
        self.add_filter(Expr::In(Path::attribute(table.tag), names));
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

    /// Reads these sort keys of a partition, as a request of `name`.
    pub(crate) fn in_range(mut self, name: &'static str, keys: SortKeys) -> Self {
        self.request.entity = name;
        self.request.pattern = "of";
        self.selected = Selected::Range(keys);
        self
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

    /// The request for the next page, and the data for its cursor; `None` if no item can match.
    pub(crate) fn request(&self, select: Select) -> Result<Option<(request::Query, Bookmark)>> {
        let filter = self.whole_filter()?;
        let max_items = match (self.limit, self.page_size) {
            (Some(0), _) => return Err(zero("limit")),
            (_, Some(0)) => return Err(zero("page_size")),
            // With a filter, more items than the limit may have to be read. The filters for expired
            // items and for guards do not count here, because these are few.
            (_, page) if self.request.filter.is_some() || self.is_mixed => page,
            (Some(limit), Some(page)) => Some(limit.min(page)),
            (limit, page) => limit.or(page),
        };
        let Some(keys) = self.keys()? else { return Ok(None) };
        let mut request = request::Query {
            keys,
            max_items: max_items.and_then(NonZeroUsize::new),
            select,
            filter,
            ..self.request.clone()
        };
        let bookmark = Bookmark::of(&request, self.literals);
        if let Some(cursor) = &self.after {
            request.after = Some(bookmark.position(cursor, &request.keys)?);
        }
        Ok(Some((request, bookmark)))
    }

    /// The condition that an item has to meet besides its keys, if the query has a filter.
    pub(crate) fn condition(&self) -> Result<Option<Expr>> {
        if self.request.filter.is_some() { self.whole_filter() } else { Ok(None) }
    }

    /// The filter of the query, combined with the conditions that items have not expired and are entities.
    fn whole_filter(&self) -> Result<Option<Expr>> {
        let request::Query { table, index, filter: own, .. } = &self.request;
        let alive = is_alive(table, self.expires);
        let mut filter = alive.filter(|_| !self.includes_expired);
        if let Some(are_entities) = &self.are_entities {
            are_entities.clone().require(&mut filter);
        }
        if self.is_mixed {
            let tag = Path::attribute(table.tag);
            let name = Value::from(self.request.entity);
            Expr::Compare(tag, Comparison::Eq, name).require(&mut filter);
        }
        let Some(own) = own else { return Ok(filter) };
        // The types of `Query` exclude this for fields of entities.
        if let Some(index) = index
            && let Some(projected) = table.projected(index)
        {
            let mut missing = None;
            own.paths(&mut |path| {
                if !projected.contains(&path.root()) {
                    missing = Some(path.root());
                }
            });
            if let Some(field) = missing {
                let message = format!(
                    "the filter asks for `{field}`, which index `{}` does not project: add it to \
                     the index's `include(..)`, or query an index that projects all",
                    index.name
                );
                return Err(Error::new(Kind::InvalidRequest, message));
            }
        }
        if let Some(keys) = index.and_then(|index| table.key_attributes(index)) {
            attributes::check_filter(own, &keys)?;
        }
        own.clone().require(&mut filter);
        Ok(filter)
    }

    /// How many of a page's items are within the query's limit.
    pub(crate) fn within_limit(&self, items: usize) -> usize {
        self.limit.map_or(items, |limit| items.min(limit))
    }

    /// The position of an item in the query's result.
    ///
    /// # Errors
    ///
    /// `Decode` if the item has no keys. Without its position, the query would seem to end here.
    pub(crate) fn position_of<D: Item>(&self, item: &D) -> Result<Position> {
        let table = self.request.table;
        let position = || {
            let primary = item_key(table, item)?;
            Some(match self.request.index {
                Some(index) => match table.index_keys(index) {
                    IndexKeys::Attributes(attributes) => {
                        let item: Map = item.decode().ok()?;
                        let value = |it: &KeyAttribute| item.get(it.name).cloned();
                        let values = attributes.sort.iter().map(value).collect::<Option<_>>()?;
                        Position::in_attributes(values, primary)
                    }
                    IndexKeys::Texts { sk, .. } => {
                        Position::in_index(item.text(sk)?.to_owned(), primary)
                    }
                },
                None => Position::in_table(primary.sk),
            })
        };
        position().ok_or_else(|| {
            Error::new(
                Kind::Decode,
                "has no key that can be read, so the query cannot go on after it",
            )
            .of_item(&item_place(table, item))
        })
    }

    /// Continues after a page. Returns whether there may be more to read.
    pub(crate) fn advance_past(&mut self, items: usize, cursor: Option<&Cursor>) -> bool {
        self.reduce_limit(items);
        if self.limit == Some(0) {
            return false;
        }
        self.after = cursor.cloned();
        self.after.is_some()
    }

    /// Takes items that were returned off the limit.
    pub(crate) fn reduce_limit(&mut self, items: usize) {
        if let Some(limit) = &mut self.limit {
            *limit = limit.saturating_sub(items);
        }
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

fn zero(what: &str) -> Error {
    Error::new(Kind::InvalidRequest, format!("{what} is 0: ask for at least one item"))
}

//! Plans that read all entities of a partition.

use super::{Plan, Selected, no_texts};
use crate::error::{Error, Kind, Result};
use crate::expr::{Expr, Path};
use crate::key::literal_prefix;
use crate::request::{self, QueryKeys, SortKeys};
use crate::schema::RECORDS_IN_PARTITIONS;
use crate::value::Value;
use std::ops::Bound;

impl Plan {
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
        // So can be the items of coordination.
        let records = if table.coordinates { RECORDS_IN_PARTITIONS } else { &[] };
        let others = guards.map(|unique| unique.name).chain(records.iter().copied());
        let others: Vec<_> = others.map(Value::from).collect();
        let are_entities = (!others.is_empty() && index.is_none())
            .then(|| Expr::Not(Box::new(Expr::In(Path::attribute(table.tag), others))));
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

    /// Reads these sort keys of a partition, as a request of `name`.
    pub(crate) fn in_range(mut self, name: &'static str, keys: SortKeys) -> Self {
        self.request.entity = name;
        self.request.pattern = "of";
        self.selected = Selected::Range(keys);
        self
    }
}

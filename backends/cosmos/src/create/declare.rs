//! The containers that a table needs, derived from its templates: partition key, time to live, and what is indexed.

use crate::paths;
use azure_data_cosmos::models::{
    CompositeIndex, CompositeIndexOrder, CompositeIndexProperty, ContainerProperties, IndexingMode,
    IndexingPolicy, TimeToLive,
};
use monotable_core::expr::Path;
use monotable_core::schema::{EntityDef, IndexDef, TableDef};

/// What a container has to have.
pub(super) struct Declared {
    /// The attribute by which it is partitioned.
    pub(super) partition_key: &'static str,
    /// Why documents in it expire, if some do.
    pub(super) expires: Option<&'static str>,
    /// The properties whose values are indexed, as paths without their last segment.
    pub(super) indexed: Vec<String>,
    /// Fields that the user named. They may be documents or lists, so everything in them is indexed, too.
    pub(super) named: Vec<String>,
    /// The properties by which queries order their items together.
    pub(super) orders: Vec<Vec<String>>,
}

impl Declared {
    /// Returns what the container of a table needs. `fan_out` are the global indexes whose queries run on it, and
    /// `is_followed` is whether workers keep other indexes in containers of their own.
    pub(super) fn of_table<'a>(
        table: &TableDef,
        fan_out: impl Iterator<Item = &'a IndexDef>,
        is_followed: bool,
        named: &[Path],
    ) -> Self {
        let mut declared = Declared::with([table.pk, table.sk], table, named);
        declared.partition_key = table.pk;
        if is_followed && declared.expires.is_none() {
            declared.expires = Some("notes of deletions for the workers of indexes expire");
        }
        for index in table.indexes.iter().filter(|index| index.is_local) {
            declared.add(&[index.sk]);
            declared.orders.push(properties(&[index.sk, table.sk]));
        }
        for index in fan_out {
            declared.add(&[index.pk, index.sk]);
            declared.orders.push(properties(&[index.sk, table.pk, table.sk]));
        }
        declared
    }

    /// Returns what the container of an index needs.
    pub(super) fn of_index(table: &TableDef, index: &IndexDef, named: &[Path]) -> Self {
        let mut declared = Declared::with([table.pk, table.sk], table, named);
        declared.expires.get_or_insert("what the worker notes about former entries expires");
        declared.partition_key = index.pk;
        declared.add(&[index.pk, index.sk]);
        declared.orders.push(properties(&[index.sk, table.pk, table.sk]));
        declared
    }

    fn with(keys: [&str; 2], table: &TableDef, named: &[Path]) -> Self {
        let expires = table.expires();
        let mut declared = Declared {
            partition_key: "",
            expires: expires.then_some("entities of the declaration expire"),
            indexed: Vec::new(),
            named: Vec::new(),
            orders: Vec::new(),
        };
        declared.add(&keys);
        // Where the items of several entities are mixed, queries ask for the name of one. Queries of partitions leave
        // out the guards of unique values and the items of coordination.
        let is_mixed = |entity: &EntityDef| {
            let on_index = entity.indexes.iter().any(|key| key.is_mixed);
            entity.is_mixed || on_index || !entity.rules.unique.is_empty()
        };
        if table.coordinates || table.entities.iter().any(|entity| is_mixed(entity)) {
            declared.add(&[table.tag]);
        }
        if expires {
            declared.add(&[table.ttl]);
        }
        declared.named = named.iter().map(paths::property).collect();
        declared
    }

    fn add(&mut self, attributes: &[&str]) {
        for path in properties(attributes) {
            if !self.indexed.contains(&path) {
                self.indexed.push(path);
            }
        }
    }

    /// Returns the paths whose values have to be indexed.
    pub(super) fn values(&self) -> impl Iterator<Item = String> {
        let named = self.named.iter().filter(|path| !self.indexed.contains(path));
        self.indexed.iter().chain(named).map(|path| format!("{path}/?"))
    }

    /// Returns the settings with which the container is created.
    pub(super) fn properties(&self, name: &str) -> ContainerProperties {
        let partition_key = paths::partition_key(self.partition_key);
        let properties = ContainerProperties::new(name.to_owned(), partition_key.into());
        let properties = properties.with_indexing_policy(self.policy());
        match self.expires {
            // Items have a time to live of their own, or none.
            Some(_) => properties.with_default_ttl(TimeToLive::NoDefault),
            None => properties,
        }
    }

    fn policy(&self) -> IndexingPolicy {
        let mut policy = IndexingPolicy::default().with_indexing_mode(IndexingMode::Consistent);
        policy.automatic = true;
        for path in self.values() {
            policy = policy.with_included_path(path);
        }
        for path in &self.named {
            policy = policy.with_included_path(format!("{path}/*"));
        }
        policy = policy.with_excluded_path("/*");
        for order in &self.orders {
            // One serves both directions.
            let ascending = |path: &String| {
                CompositeIndexProperty::new(path.clone(), CompositeIndexOrder::Ascending)
            };
            let mut composite = CompositeIndex::default();
            composite.properties = order.iter().map(ascending).collect();
            policy = policy.with_composite_index(composite);
        }
        policy
    }
}

fn properties(attributes: &[&str]) -> Vec<String> {
    let path = |attribute: &&str| paths::property(&Path::named((*attribute).to_owned()));
    attributes.iter().map(path).collect()
}

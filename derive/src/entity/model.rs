//! The model of an entity: its attributes, with names resolved to fields.

use super::when::When;
use crate::attr::{Allowed, path_name};
use crate::field::{Field, Owner};
use crate::template::{Placeholder, Template};
use syn::{Ident, Path, Visibility};

pub(crate) struct Entity<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    /// The facade crate.
    pub(crate) krate: Path,
    /// The name that is stored in its items.
    pub(crate) name: String,
    pub(crate) table: Path,
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) primary: Keys,
    /// The access pattern on the primary key.
    pub(crate) primary_pattern: Option<Ident>,
    pub(crate) indexes: Vec<IndexKey>,
    /// The keys that consist of attributes.
    pub(crate) attribute_keys: Vec<AttributeKey>,
    /// The field that is its version.
    pub(crate) version: Option<usize>,
    /// The field that says when it expires.
    pub(crate) ttl: Option<usize>,
    /// The field that has the time at which it was created.
    pub(crate) created: Option<usize>,
    /// The field that has the time of the last write.
    pub(crate) updated: Option<usize>,
    pub(crate) unique: Vec<Unique>,
    /// The key space with whose entities it shares its keys.
    pub(crate) shares: Option<Path>,
}

/// A template whose fields are positions in the entity.
pub(crate) type Resolved = Template<usize>;
/// A part of a template.
pub(crate) type Part = Placeholder<usize>;

/// The templates of the primary key, or of the key on one index.
pub(crate) struct Keys {
    pub(crate) pk: Resolved,
    pub(crate) sk: Resolved,
    pub(crate) allowed: Allowed,
    /// Whether items of other entities can be among those that a query reads.
    pub(crate) is_mixed: bool,
}

pub(crate) struct IndexKey {
    pub(crate) index: Path,
    pub(crate) pattern: Option<Ident>,
    /// Its templates. On a local index, the partition key's is that of the primary key.
    pub(crate) keys: Keys,
    pub(crate) when: Vec<When>,
    /// Its number among the entity's keys on the index, from 1.
    pub(crate) number: usize,
    /// Whether it is the only one.
    pub(crate) is_alone: bool,
    /// Where the option `pk` is, or the attribute that has none.
    pub(crate) at: Path,
    /// Whether it has no template for the partition key of its own. Then the index has to be local.
    pub(crate) is_local: bool,
}

/// A key on an index that consists of attributes of the items.
pub(crate) struct AttributeKey {
    pub(crate) index: Path,
    pub(crate) pattern: Option<Ident>,
    /// The fields of the partition key and of the sort key, by position.
    pub(crate) partition: Vec<usize>,
    pub(crate) sort: Vec<usize>,
}

/// A unique constraint.
pub(crate) struct Unique {
    /// Where it is declared.
    pub(crate) at: Path,
    /// The name that is stored in its guards.
    pub(crate) name: String,
    pub(crate) fields: Vec<usize>,
    /// The templates of the guards' key.
    pub(crate) pk: Resolved,
    pub(crate) sk: Resolved,
}

impl Entity<'_> {
    /// The struct and its fields.
    pub(crate) fn owner(&self) -> Owner<'_> {
        Owner { ident: self.ident, vis: self.vis, krate: &self.krate, fields: &self.fields }
    }

    /// Whether the field is part of the primary key.
    pub(crate) fn is_primary(&self, field: usize) -> bool {
        self.primary.parts().any(|part| part.field == field)
    }

    /// Whether the field is part of any key.
    pub(crate) fn is_key(&self, field: usize) -> bool {
        self.is_primary(field)
            || self.indexes.iter().any(|on| on.keys.parts().any(|part| part.field == field))
    }

    /// Whether the field is an attribute in the key of an index.
    pub(crate) fn is_attribute(&self, field: usize) -> bool {
        let mut keys = self.attribute_keys.iter();
        keys.any(|on| on.partition.contains(&field) || on.sort.contains(&field))
    }

    /// Whether the field has a unique constraint.
    pub(crate) fn is_unique(&self, field: usize) -> bool {
        self.unique.iter().any(|unique| unique.fields.contains(&field))
    }

    /// Whether the guards of a unique constraint are in the partitions of their items: the partition keys have the
    /// same template.
    pub(crate) fn has_guard_in_partition(&self, unique: &Unique) -> bool {
        unique.pk.segments == self.primary.pk.segments
    }

    /// Whether the field is part of any key, or of a guard's.
    pub(crate) fn is_part(&self, field: usize) -> bool {
        self.is_key(field) || self.is_unique(field)
    }

    /// Returns the indexes with a condition on the field.
    pub(crate) fn indexes_by(&self, field: usize) -> impl Iterator<Item = &Path> {
        let decided = move |on: &&IndexKey| on.when.iter().any(|when| when.field == field);
        self.indexes.iter().filter(decided).map(|on| &on.index)
    }

    /// Returns the patterns with the keys on indexes that they run on; `None` is the primary key.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (&Ident, &Keys, Option<&IndexKey>)> {
        let primary = self.primary_pattern.iter().map(|name| (name, &self.primary, None));
        let indexes = self
            .indexes
            .iter()
            .filter_map(|on| on.pattern.as_ref().map(|name| (name, &on.keys, Some(on))));
        primary.chain(indexes)
    }

    /// Returns the keys on the same index as this one, which is among them.
    pub(crate) fn on_same_index<'a>(&'a self, on: &IndexKey) -> impl Iterator<Item = &'a IndexKey> {
        let index = path_name(&on.index);
        self.indexes.iter().filter(move |other| path_name(&other.index) == index)
    }
}

/// Numbers the keys on each index.
pub(crate) fn number(keys: &mut [IndexKey]) {
    let names: Vec<_> = keys.iter().map(|on| path_name(&on.index)).collect();
    for (at, on) in keys.iter_mut().enumerate() {
        let name = path_name(&on.index);
        on.number = 1 + names.iter().take(at).filter(|before| **before == name).count();
        on.is_alone = names.iter().filter(|other| **other == name).count() == 1;
    }
}

impl Entity<'_> {
    /// Returns the names of all access patterns.
    pub(crate) fn pattern_names(&self) -> impl Iterator<Item = &Ident> {
        let of_attributes = self.attribute_keys.iter().filter_map(|on| on.pattern.as_ref());
        self.patterns().map(|(name, _, _)| name).chain(of_attributes)
    }
}

impl IndexKey {
    /// Returns the templates of the attributes that items have for this key.
    pub(crate) fn written(&self) -> impl Iterator<Item = &Resolved> {
        let pk = (!self.is_local).then_some(&self.keys.pk);
        pk.into_iter().chain([&self.keys.sk])
    }

    /// Returns the fields that decide whether there is a key, without repetitions.
    pub(crate) fn deciding(&self) -> Vec<usize> {
        let mut fields = Vec::new();
        for when in &self.when {
            if !fields.contains(&when.field) {
                fields.push(when.field);
            }
        }
        fields
    }
}

impl Keys {
    /// Returns the parts of both templates, in order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.pk.parts().chain(self.sk.parts())
    }
}

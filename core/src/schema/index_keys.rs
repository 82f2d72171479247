//! Which attributes hold the keys of an index of a table.

use super::attributes::{IndexKeys, KeyAttribute, KeyAttributes};
use super::def::{EntityDef, IndexDef, KeysAre, TableDef};
use super::proof::same;

impl EntityDef {
    /// Returns the attributes of its key on the index, if the index has attributes as its keys and the entity
    /// has a key on it.
    pub(super) const fn key_attributes(&self, index: &str) -> Option<KeyAttributes> {
        let mut keys = self.indexes;
        while let [on, rest @ ..] = keys {
            if let Some(attributes) = on.attributes
                && same(on.index.name, index)
            {
                return Some(attributes);
            }
            keys = rest;
        }
        None
    }

    /// Returns whether it stores fields in all of these attributes, now or under a former name, so that its items are
    /// in an index of them.
    pub(super) const fn stores_all(&self, attributes: &KeyAttributes) -> bool {
        self.stores(attributes.partition) && self.stores(attributes.sort)
    }

    const fn stores(&self, mut attributes: &[KeyAttribute]) -> bool {
        while let [attribute, rest @ ..] = attributes {
            let (mut found, mut fields) = (false, self.fields);
            while let [field, others @ ..] = fields {
                found = found || same(field, attribute.name);
                fields = others;
            }
            let mut aliases = self.aliases;
            while let [(former, _), others @ ..] = aliases {
                found = found || same(former, attribute.name);
                aliases = others;
            }
            if !found {
                return false;
            }
            attributes = rest;
        }
        true
    }
}

impl TableDef {
    /// Returns in what form the keys on an index of this table are stored, with their attributes.
    ///
    /// If the keys are attributes of its items, the entities on the index declare them. The compiler checks that
    /// they declare the same ones, and that there is such an entity.
    #[must_use]
    pub const fn index_keys(&self, index: &IndexDef) -> IndexKeys {
        match self.key_attributes(index) {
            Some(attributes) => IndexKeys::Attributes(attributes),
            None if index.is_local => IndexKeys::Texts { pk: self.pk, sk: index.sk },
            None => IndexKeys::Texts { pk: index.pk, sk: index.sk },
        }
    }

    /// Returns the attributes of the keys on an index, if they are attributes of its items.
    pub(crate) const fn key_attributes(&self, index: &IndexDef) -> Option<KeyAttributes> {
        if let KeysAre::Texts = index.keys_are {
            return None;
        }
        let mut entities = self.entities;
        while let [entity, rest @ ..] = entities {
            if let Some(attributes) = entity.key_attributes(index.name) {
                return Some(attributes);
            }
            entities = rest;
        }
        // The checks of the table refuse this.
        Some(KeyAttributes::new(&[], &[]))
    }

    /// Returns the names of the attributes that hold the keys on an index.
    #[must_use]
    pub fn index_key_names(&self, index: &IndexDef) -> Vec<&'static str> {
        match self.index_keys(index) {
            IndexKeys::Texts { pk, sk } => vec![pk, sk],
            IndexKeys::Attributes(attributes) => attributes.iter().map(|it| it.name).collect(),
        }
    }

    /// Returns whether items of several entities are in an index whose keys are attributes of its items.
    pub(crate) fn shares_index(&self, index: &IndexDef) -> bool {
        let on_it = |entity: &&&EntityDef| entity.key_attributes(index.name).is_some();
        index.keys_are == KeysAre::Attributes && self.entities.iter().filter(on_it).nth(1).is_some()
    }
}

//! Roles: what an update can do with a field, and which fields it has to set together.

use super::model::{Entity, IndexKey};
use crate::case::snake;
use syn::Ident;
use syn::ext::IdentExt as _;

pub(crate) enum Role {
    Plain,
    PrimaryKey,
    FeedsIndex,
    /// Writing a key of the index in this place needs these fields besides.
    Stale {
        index: usize,
        missing: Vec<usize>,
    },
    Version,
    Unique,
    Expires,
    /// Says when the item expires, and the guards of its unique fields with it.
    GuardsExpire,
}

/// Fields that an update by key sets together, so that an index stays true.
pub(crate) struct IndexKeyFields {
    /// `GSI1_KEY`.
    pub(crate) constant: Ident,
    /// The index's place in the entity's list.
    pub(crate) index: usize,
    pub(crate) fields: Vec<usize>,
}

/// The most fields of a [`IndexKeyFields`]; core has tuples of as many.
const MOST: usize = 8;

impl Entity<'_> {
    pub(crate) fn role(&self, field: usize) -> Role {
        if self.is_primary(field) {
            return Role::PrimaryKey;
        } else if self.version == Some(field) {
            return Role::Version;
        } else if self.is_unique(field) {
            return Role::Unique;
        }
        if self.ttl == Some(field) && !self.unique.is_empty() {
            return Role::GuardsExpire;
        }
        let missing = self.indexes.iter().map(|on| self.missing(field, on));
        let stale = missing.enumerate().find(|(_, missing)| !missing.is_empty());
        if let Some((index, missing)) = stale {
            Role::Stale { index, missing }
        } else if self.feeds_index(field) {
            Role::FeedsIndex
        } else if self.ttl == Some(field) {
            Role::Expires
        } else {
            Role::Plain
        }
    }

    /// Whether the field is part of an index key or decides whether there is one.
    pub(crate) fn feeds_index(&self, field: usize) -> bool {
        self.indexes.iter().any(|on| on.is_fed_by(field))
    }

    /// The fields besides this one that have to be known to write the index key that it feeds:
    /// an attribute needs all of its own parts, and the fields that decide whether there is a key.
    fn missing(&self, field: usize, on: &IndexKey) -> Vec<usize> {
        let decides = on.when.iter().any(|when| when.field == field);
        let templates = [&on.keys.pk, &on.keys.sk].into_iter();
        let written: Vec<_> = templates
            .filter(|template| decides || template.parts().any(|part| part.field == field))
            .collect();
        if written.is_empty() {
            return Vec::new();
        }
        let parts = written.iter().flat_map(|template| template.parts()).map(|part| part.field);
        let parts = parts.filter(|part| !self.is_known_by_key(*part));
        // If a field is in the primary key, an update by key knows its key part, but not its value.
        let deciding = on.when.iter().map(|when| when.field);
        let mut missing = Vec::new();
        for part in parts.chain(deciding) {
            if part != field && !missing.contains(&part) {
                missing.push(part);
            }
        }
        missing
    }

    /// Whether the primary key holds the whole value, and not just the bucket that it is in.
    fn is_known_by_key(&self, field: usize) -> bool {
        let mut parts = self.primary.parts();
        parts.any(|part| part.field == field && part.format.bucket().is_none())
    }

    /// One for each index that keeps some field from being set alone, if it can be helped.
    pub(crate) fn together(&self) -> Vec<IndexKeyFields> {
        let roles = || (0..self.fields.len()).map(|field| self.role(field));
        let is_stale = |at: usize| {
            roles().any(|role| matches!(role, Role::Stale { index, .. } if index == at))
        };
        let indexes = self.indexes.iter().enumerate().filter(|(at, _)| is_stale(*at));
        let together = indexes.filter_map(|(index, on)| {
            let fields = self.set_together(on)?;
            let constant = together_name(&on.index.segments.last()?.ident);
            Some(IndexKeyFields { constant, index, fields })
        });
        together.collect()
    }

    /// The fields of an index key that its item's key does not say, and all that these need for
    /// other indexes; `None` if one of them cannot be set, or if they are too many.
    fn set_together(&self, on: &IndexKey) -> Option<Vec<usize>> {
        let deciding = on.when.iter().map(|when| when.field);
        let parts = on.keys.parts().map(|part| part.field);
        let mut fields = Vec::new();
        for field in parts.filter(|part| !self.is_known_by_key(*part)).chain(deciding) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        let mut at = 0;
        while let Some(field) = fields.get(at).copied() {
            if matches!(
                self.role(field),
                Role::PrimaryKey | Role::Unique | Role::Version | Role::GuardsExpire
            ) {
                return None;
            }
            for missing in self.indexes.iter().flat_map(|on| self.missing(field, on)) {
                if !fields.contains(&missing) {
                    fields.push(missing);
                }
            }
            at += 1;
        }
        (2..=MOST).contains(&fields.len()).then_some(fields)
    }
}

/// The constant of the fields of an index's key.
pub(crate) fn together_name(index: &Ident) -> Ident {
    let name = snake(&index.unraw().to_string()).to_uppercase();
    Ident::new(&format!("{name}_KEY"), index.span())
}

impl IndexKey {
    /// Whether the field is part of the key or decides whether there is one.
    fn is_fed_by(&self, field: usize) -> bool {
        self.keys.parts().any(|part| part.field == field)
            || self.when.iter().any(|when| when.field == field)
    }
}

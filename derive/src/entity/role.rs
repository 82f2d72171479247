//! Roles: what an update can do with a field, and which fields it has to set together.

use super::model::{Entity, IndexKey};
use crate::attr::path_name;
use crate::case::snake;
use syn::Ident;
use syn::ext::IdentExt as _;

pub(crate) enum Role {
    Plain,
    PrimaryKey,
    FeedsIndex,
    /// To write the key of the index at this place, these other fields are needed.
    Stale {
        index: usize,
        missing: Vec<usize>,
    },
    Version,
    Created,
    Updated,
    Unique,
    Expires,
    /// It is the time at which the item and the guards of its unique fields expire.
    GuardsExpire,
}

/// The fields that an update by key has to set together, so that the keys of an index stay correct.
pub(crate) struct IndexKeyFields {
    /// `GSI1_KEY`.
    pub(crate) constant: Ident,
    /// The place of the index in the entity's list.
    pub(crate) index: usize,
    pub(crate) fields: Vec<usize>,
}

/// The greatest number of fields of an [`IndexKeyFields`], which is the length of the longest tuple in core.
const MOST: usize = 8;

impl Entity<'_> {
    pub(crate) fn role(&self, field: usize) -> Role {
        if self.is_primary(field) {
            return Role::PrimaryKey;
        } else if self.version == Some(field) {
            return Role::Version;
        } else if self.created == Some(field) {
            return Role::Created;
        } else if self.updated == Some(field) {
            return Role::Updated;
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

    /// Returns whether the field is part of an index key or decides whether there is one.
    pub(crate) fn feeds_index(&self, field: usize) -> bool {
        self.indexes.iter().any(|on| on.is_fed_by(field))
    }

    /// Returns the first index key that has the time of the last write beside fields that an update by key does
    /// not know, with these fields.
    pub(crate) fn updated_beside(&self) -> Option<(&IndexKey, Vec<usize>)> {
        let updated = self.updated?;
        let mut keys = self.indexes.iter().map(|on| (on, self.missing(updated, on)));
        keys.find(|(_, missing)| !missing.is_empty())
    }

    /// Returns the other fields that have to be known to write the index key that this field is part of: all
    /// parts of the attribute, and the fields that decide whether there is a key. If the field decides which of
    /// several keys on the index there is, these are the fields of all of them.
    fn missing(&self, field: usize, on: &IndexKey) -> Vec<usize> {
        let decides = on.when.iter().any(|when| when.field == field);
        let keys: Vec<&IndexKey> =
            if decides { self.on_same_index(on).collect() } else { vec![on] };
        let written: Vec<_> = keys
            .iter()
            .flat_map(|on| on.written())
            .filter(|template| decides || template.parts().any(|part| part.field == field))
            .collect();
        if written.is_empty() {
            return Vec::new();
        }
        let parts = written.iter().flat_map(|template| template.parts()).map(|part| part.field);
        let parts = parts.filter(|part| !self.is_known(*part));
        // If a field is in the primary key, an update by key knows its key part, but not its value.
        let deciding = keys.iter().flat_map(|on| &on.when).map(|when| when.field);
        let mut missing = Vec::new();
        for part in parts.chain(deciding) {
            if part != field && !missing.contains(&part) {
                missing.push(part);
            }
        }
        missing
    }

    /// Returns whether every update knows the key part: from the primary key, or because it sets the field.
    fn is_known(&self, field: usize) -> bool {
        self.is_known_by_key(field) || self.updated == Some(field)
    }

    /// Returns whether the primary key has the whole value, and not only its bucket.
    pub(crate) fn is_known_by_key(&self, field: usize) -> bool {
        let mut parts = self.primary.parts();
        parts.any(|part| part.field == field && part.format.bucket().is_none())
    }

    /// Returns one for each index because of which a field cannot be set alone, if the fields can be set together.
    pub(crate) fn together(&self) -> Vec<IndexKeyFields> {
        let roles = || (0..self.fields.len()).map(|field| self.role(field));
        // If there are several keys on an index, the constant is one for all.
        let first = |at: usize| {
            let on = self.indexes.get(at)?;
            self.indexes.iter().position(|first| path_name(&first.index) == path_name(&on.index))
        };
        let is_stale = |at: usize| {
            let index = |role| match role {
                Role::Stale { index, .. } => first(index),
                _ => None,
            };
            roles().any(|role| index(role) == Some(at))
        };
        let indexes = self.indexes.iter().enumerate().filter(|(at, _)| is_stale(*at));
        let together = indexes.filter_map(|(index, on)| {
            let fields = self.set_together(on)?;
            let constant = together_name(&on.index.segments.last()?.ident);
            Some(IndexKeyFields { constant, index, fields })
        });
        together.collect()
    }

    /// Returns the fields of an index key that are not in the primary key, and the fields that these need for
    /// other indexes; `None` if one of them cannot be set, or if there are too many.
    fn set_together(&self, on: &IndexKey) -> Option<Vec<usize>> {
        let keys = || self.on_same_index(on);
        let deciding = keys().flat_map(|on| &on.when).map(|when| when.field);
        let parts = keys()
            .flat_map(IndexKey::written)
            .flat_map(|template| template.parts())
            .map(|part| part.field);
        let mut fields = Vec::new();
        for field in parts.filter(|part| !self.is_known(*part)).chain(deciding) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        let mut at = 0;
        while let Some(field) = fields.get(at).copied() {
            if matches!(
                self.role(field),
                Role::PrimaryKey
                    | Role::Unique
                    | Role::Version
                    | Role::Created
                    | Role::Updated
                    | Role::GuardsExpire
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

/// Returns the name of the constant for the fields of an index key.
pub(crate) fn together_name(index: &Ident) -> Ident {
    let name = snake(&index.unraw().to_string()).to_uppercase();
    Ident::new(&format!("{name}_KEY"), index.span())
}

impl IndexKey {
    /// Whether the field is part of the key or decides whether there is one.
    fn is_fed_by(&self, field: usize) -> bool {
        self.written().any(|template| template.parts().any(|part| part.field == field))
            || self.when.iter().any(|when| when.field == field)
    }
}

//! Encoding entities, with the keys and other attributes that are stored beside their fields.

use super::key_attributes::check_item;
use super::keys::Keys;
use super::stamps::Stamps;
use crate::backend::{Backend, Keyed};
use crate::error::{Error, Kind, Result};
use crate::expiry;
use crate::key::Source;
use crate::request::PrimaryKey;
use crate::schema::{Entity, Itself as _, Schema};
use crate::value::{self, Map};

/// Encodes an entity with its keys, its tag and its expiry. `version` replaces its own version, and
/// `stamps` its own times.
pub(crate) fn encode<E: Entity, B: Backend>(
    backend: &B,
    entity: &E,
    version: Option<u64>,
    stamps: &Stamps,
) -> Result<(PrimaryKey, B::Item)> {
    let keys = Keys::stamped(entity, stamps, Source::Given)?;
    let table = E::Table::DEF;
    let mut attributes = Vec::with_capacity(3 + keys.index.len());
    attributes.push((table.pk, keys.primary.pk.as_str()));
    attributes.push((table.sk, keys.primary.sk.as_str()));
    attributes.extend(keys.index.iter().map(|(name, key)| (*name, key.as_str())));
    attributes.push((table.tag, E::DEF.name));
    let mut keyed = Keyed::new(&attributes, E::Stored::from_entity(entity));
    let expires = expiry::check(entity.expires()).map_err(|error| error.in_item(&keys.primary))?;
    keyed.expires = expires.map(|at| (table.ttl, at));
    keyed.version = E::DEF.rules.version.zip(version);
    keyed.stamps = stamps.values();
    let item = backend.encode(&keyed).map_err(|error| error.in_item(&keys.primary))?;
    check_item::<E, _>(&item).map_err(|error| error.in_item(&keys.primary))?;
    // An item over the limit is refused before any I/O.
    B::LIMITS.check_item(E::DEF.name, &keys.primary, &item)?;
    Ok((keys.primary, item))
}

/// The primary key of an entity, and the other attributes that a put would write: fields, index keys
/// and the expiry. `stamps` replace its own times.
pub(crate) fn attributes<E: Entity>(entity: &E, stamps: &Stamps) -> Result<(PrimaryKey, Map)> {
    let keys = Keys::stamped(entity, stamps, Source::Stored)?;
    let attributes: Vec<_> = keys.index.iter().map(|(name, key)| (*name, key.as_str())).collect();
    let mut keyed = Keyed::new(&attributes, E::Stored::from_entity(entity));
    let expires = expiry::check(entity.expires()).map_err(|error| error.in_item(&keys.primary))?;
    keyed.expires = expires.map(|at| (E::Table::DEF.ttl, at));
    keyed.stamps = stamps.values();
    let map = value::item_to_map(&keyed)
        .map_err(|error| Error::new(Kind::Encode, error.to_string()).with_source(error))?;
    Ok((keys.primary, map))
}

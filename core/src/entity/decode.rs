//! Decoding items as entities.

use super::key::Key;
use crate::backend::{Readable, item_key, item_place};
use crate::error::{Error, Kind, Result};
use crate::expiry::is_past;
use crate::request::PrimaryKey;
use crate::schema::{Entity, Itself, KeySpace, Make, Schema, TableDef};
use crate::value::{self, Map};

/// Decodes an item as the variant of its table's enum that its tag names.
pub(crate) fn decode_variant<S: Schema, D: Readable>(item: &mut D) -> Result<S> {
    let table = S::DEF;
    let found = match item.text(table.tag) {
        Some(tag) => table.entities.iter().position(|entity| entity.name == tag).ok_or_else(|| {
            let message =
                format!("is stored as `{tag}`, which is not an entity of table `{}`", table.name);
            Error::new(Kind::Decode, message)
        }),
        None => Err(untagged(table)),
    };
    S::make(found.map_err(|error| error.of_item(&item_place(table, item)))?, DecodeEntity(item))
}

/// Decodes an item as the entity that it is asked for.
struct DecodeEntity<'a, D>(&'a mut D);

impl<D: Readable> Make for DecodeEntity<'_, D> {
    fn entity<E: Entity>(self) -> Result<E> {
        decode_entity(self.0)
    }
}

pub(super) fn untagged(table: &TableDef) -> Error {
    Error::new(
        Kind::Decode,
        format!(
            "has no text attribute `{}` with the name of its entity: another program stored it",
            table.tag
        ),
    )
}

/// Decodes an item as an `E`. An item of another entity is an error.
pub(crate) fn decode_entity<E: Entity, D: Readable>(item: &mut D) -> Result<E> {
    let table = E::Table::DEF;
    let entity = match item.text(table.tag) {
        Some(tag) if tag == E::DEF.name => {
            let key = E::KEY_IS_CONVERTED.then(|| item_key(table, item));
            let entity = item.take::<E::Stored>().map(Itself::into_entity);
            match key {
                Some(key) => entity.and_then(|entity| same_key(key, entity)),
                None => entity,
            }
        }
        Some(tag) => {
            Err(Error::new(Kind::Decode, format!("is stored as `{tag}`, not as `{}`", E::DEF.name)))
        }
        None => Err(untagged(table)),
    };
    entity.map_err(|error| error.of_item(&item_place(table, &*item)))
}

/// Decodes an item as the variant of its key space's enum that its tag names.
pub(crate) fn decode_shared<S: KeySpace, D: Readable>(item: &mut D) -> Result<S> {
    let table = S::Table::DEF;
    let found = match item.text(table.tag) {
        Some(tag) => S::DEF.members.iter().position(|name| *name == tag).ok_or_else(|| {
            let message =
                format!("is stored as `{tag}`, which is not an entity of `{}`", S::DEF.name);
            Error::new(Kind::Decode, message)
        }),
        None => Err(untagged(table)),
    };
    S::make(found.map_err(|error| error.of_item(&item_place(table, item)))?, DecodeEntity(item))
}

/// Returns the name of the entity of an item that has a key of `E`, if it is another one with which `E` shares
/// its keys.
pub(crate) fn other_entity<E: Entity, D: Readable>(item: &D) -> Option<&str> {
    item.text(E::Table::DEF.tag).filter(|tag| E::DEF.shares_with(tag))
}

/// Decodes an item, if there is one. Returns `None` for an expired item that the store has not deleted
/// yet, and for an item of an entity with which `E` shares its keys.
pub(crate) fn decode_living<E: Entity, D: Readable>(item: Option<D>) -> Result<Option<E>> {
    let Some(mut item) = item else { return Ok(None) };
    if other_entity::<E, D>(&item).is_some() {
        return Ok(None);
    }
    let entity: E = decode_entity(&mut item)?;
    Ok((!is_past(entity.expires())).then_some(entity))
}

/// Decodes an entity from the attributes that it was encoded to.
pub(crate) fn from_attributes<E: Entity>(attributes: &Map) -> Result<E> {
    value::item_from_map::<E::Stored>(attributes)
        .map(Itself::into_entity)
        .map_err(|error| Error::new(Kind::Decode, error.to_string()).with_source(error))
}

/// Refuses an entity with another key than its item, which would be written and deleted under the wrong
/// key.
fn same_key<E: Entity>(stored: Option<PrimaryKey>, entity: E) -> Result<E> {
    let key = Key::of(&entity).render()?;
    if stored.as_ref() == Some(&key) {
        return Ok(entity);
    }
    Err(Error::new(
        Kind::Decode,
        format!(
            "reads back as `{key}`: the serde function of a part of its key loses some of the value"
        ),
    ))
}

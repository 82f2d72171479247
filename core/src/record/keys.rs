//! An entity as an item: its keys, rendered and checked, and what is written beside its fields.

use crate::backend::Backend;
use crate::error::{Error, Result};
use crate::item::Keyed;
use crate::key::{PartSpec, PartValue, Template, check_partition_key, check_sort_key, render};
use crate::request::PrimaryKey;
use crate::schema::{Entity, IndexKey, Itself as _, Schema};
use crate::value::{self, Map, ValueError};

/// The keys of an entity, rendered and checked.
pub(super) struct Keys {
    pub(super) primary: PrimaryKey,
    /// Attributes of indexes that the entity is in.
    index: Vec<(&'static str, String)>,
}

impl Keys {
    pub(super) fn of<E: Entity>(entity: &E) -> Result<Self> {
        let part = |spec: &PartSpec| entity.part(spec.field);
        let primary = primary::<E>(E::DEF.pk, E::DEF.sk, part)?;
        let mut index = Vec::with_capacity(2 * E::DEF.indexes.len());
        for (at, on) in E::DEF.indexes.iter().enumerate() {
            if !on.when.iter().all(|&field| entity.when(at, field)) {
                continue;
            }
            // Each attribute on its own: an update of one must agree with a put of both.
            for attribute in Attribute::BOTH {
                if let Some(key) = attribute.render::<E>(on, part)? {
                    index.push((attribute.name(on), key));
                }
            }
        }
        Ok(Keys { primary, index })
    }
}

/// A primary key from its templates.
pub(super) fn primary<'p, E: Entity>(
    pk: Template,
    sk: Template,
    part: impl Fn(&PartSpec) -> Option<&'p dyn PartValue> + Copy,
) -> Result<PrimaryKey> {
    let encoding = E::Table::DEF.encoding;
    // A primary key's parts are never absent: its types are no `Option`s.
    let key = PrimaryKey {
        pk: render(pk, part, encoding)?.unwrap_or_default(),
        sk: render(sk, part, encoding)?.unwrap_or_default(),
    };
    check_partition_key(&key.pk, pk)?;
    check_sort_key(&key.sk, sk)?;
    Ok(key)
}

/// One of the two key attributes of an index.
#[derive(Debug, Clone, Copy)]
pub(super) enum Attribute {
    Partition,
    Sort,
}

impl Attribute {
    pub(super) const BOTH: [Attribute; 2] = [Attribute::Partition, Attribute::Sort];

    pub(super) fn name(self, on: &IndexKey) -> &'static str {
        match self {
            Attribute::Partition => on.index.pk,
            Attribute::Sort => on.index.sk,
        }
    }

    pub(super) fn template(self, on: &IndexKey) -> Template {
        match self {
            Attribute::Partition => on.pk,
            Attribute::Sort => on.sk,
        }
    }

    /// The attribute's value, or `None` if a part is absent.
    pub(super) fn render<'p, E: Entity>(
        self,
        on: &IndexKey,
        part: impl Fn(&PartSpec) -> Option<&'p dyn PartValue>,
    ) -> Result<Option<String>> {
        let template = self.template(on);
        let key = || -> Result<Option<String>> {
            let Some(key) = render(template, part, E::Table::DEF.encoding)? else {
                return Ok(None);
            };
            match self {
                Attribute::Partition => check_partition_key(&key, template)?,
                Attribute::Sort => check_sort_key(&key, template)?,
            }
            Ok(Some(key))
        };
        key().map_err(|error: Error| error.on_index(on.index.name))
    }
}

/// Encodes an entity with its keys, its tag, when it expires, and this version instead of its own.
pub(super) fn encode<E: Entity, B: Backend>(
    backend: &B,
    entity: &E,
    version: Option<u64>,
) -> Result<(PrimaryKey, B::Item)> {
    let keys = Keys::of(entity)?;
    let table = E::Table::DEF;
    let mut attributes = Vec::with_capacity(3 + keys.index.len());
    attributes.push((table.pk, keys.primary.pk.as_str()));
    attributes.push((table.sk, keys.primary.sk.as_str()));
    attributes.extend(keys.index.iter().map(|(name, key)| (*name, key.as_str())));
    attributes.push((table.tag, E::DEF.name));
    let mut keyed = Keyed::new(&attributes, E::Stored::of(entity));
    keyed.expires = entity.expires().map(|at| (table.ttl, at));
    keyed.version = E::DEF.rules.version.zip(version);
    let item = backend.encode(&keyed).map_err(|error| error.in_item(&keys.primary))?;
    check_size::<E, B>(&keys.primary, &item)?;
    Ok((keys.primary, item))
}

/// An item over the store's limit is refused before any I/O.
fn check_size<E: Entity, B: Backend>(key: &PrimaryKey, item: &B::Item) -> Result<()> {
    use crate::item::Item as _;
    let (size, most) = (item.size()?, B::LIMITS.item_bytes);
    if size <= most {
        return Ok(());
    }
    Err(Error::new(
        crate::error::Kind::TooLarge,
        format!(
            "{} `{key}` is {size} bytes with its attributes' names, over the limit of {most}: \
             split it into several items",
            E::DEF.name
        ),
    ))
}

/// The attributes of the item that the entity would be written as.
pub(super) fn attributes<E: Entity>(entity: &E, version: Option<u64>) -> Result<Map> {
    let keys = Keys::of(entity)?;
    let encode = |error: ValueError| {
        Error::new(crate::error::Kind::Encode, error.to_string()).with_source(error)
    };
    let attributes: Vec<_> = keys.index.iter().map(|(name, key)| (*name, key.as_str())).collect();
    let mut keyed = Keyed::new(&attributes, E::Stored::of(entity));
    keyed.expires = entity.expires().map(|at| (E::Table::DEF.ttl, at));
    keyed.version = E::DEF.rules.version.zip(version);
    let bytes = value::to_bytes(&keyed).map_err(encode)?;
    value::to_map(&bytes).map_err(encode)
}

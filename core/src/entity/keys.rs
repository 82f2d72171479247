//! The keys of an entity as texts: its primary key, and its keys on indexes.

use super::stamps::Stamps;
use crate::error::{Error, Kind, Result};
use crate::key::{
    PartSpec, PartValue, Segment, Source, Template, check_new, check_partition_key, check_sort_key,
    render,
};
use crate::request::PrimaryKey;
use crate::schema::{Entity, IndexKey, Schema};

/// The keys of an entity, rendered and checked.
pub(crate) struct Keys {
    pub(crate) primary: PrimaryKey,
    /// The key attributes of the indexes that the entity is on, with their values.
    pub(super) index: Vec<(&'static str, String)>,
}

impl Keys {
    /// The keys that the entity has with these times instead of its own.
    pub(super) fn stamped<E: Entity>(entity: &E, stamps: &Stamps, source: Source) -> Result<Self> {
        let part = |spec: &PartSpec| stamps.part(spec.field, || entity.part(spec.field));
        let primary = primary_key::<E>(part, source)?;
        check_one_key(entity)?;
        let mut index = Vec::with_capacity(2 * E::DEF.indexes.len());
        for (at, on) in E::DEF.rendered_keys() {
            if !on.when.iter().all(|&field| entity.when(at, field)) {
                continue;
            }
            // Each attribute is written on its own, because an update may write only one of them, and
            // has to give the same result as a put.
            for attribute in IndexAttribute::written(on) {
                match (attribute.render::<E>(on, part, source), source) {
                    (Ok(Some(key)), _) => index.push((attribute.name(on), key)),
                    (Ok(None), _) => {}
                    // An item that was stored before the index was declared can have a value that is no
                    // part of a key. Then it does not have the key.
                    (Err(_), Source::Stored) => {}
                    (Err(error), Source::Given) => return Err(error),
                }
            }
        }
        Ok(Keys { primary, index })
    }
}

/// Checks that an entity with several keys on one index does not have two of them. Most entities have one.
fn check_one_key<E: Entity>(entity: &E) -> Result<()> {
    let several = || E::DEF.indexes.iter().enumerate().filter(|(_, on)| !on.pattern.is_empty());
    let held = |(at, on): &(usize, &IndexKey)| on.when.iter().all(|&it| entity.when(*at, it));
    for (at, on) in several().filter(held) {
        let mut before = several().take_while(|(other, _)| *other < at).filter(held);
        if before.any(|(_, other)| other.index.name == on.index.name) {
            return Err(two_keys(on));
        }
    }
    Ok(())
}

/// The derive has compared the conditions of the keys as they are written, and a constant can be equal to
/// another one.
pub(crate) fn two_keys(on: &IndexKey) -> Error {
    let message = format!(
        "the item has the key of `{}`, and another key on the same index, too: write conditions in `when(..)` of which only one can hold",
        on.pattern
    );
    Error::new(Kind::InvalidKey, message).on_index(on.index.name)
}

/// Checks the keys on indexes that a write changes. The entity was loaded, and then some of its fields were
/// changed: their texts must not repeat the literals before them.
pub(crate) fn check_changed<E: Entity>(
    entity: &E,
    is_changed: impl Fn(&str) -> bool + Copy,
) -> Result<()> {
    let part = |spec: &PartSpec| entity.part(spec.field);
    let is_new = |spec: &PartSpec| {
        E::DEF.fields.get(usize::from(spec.field)).is_some_and(|name| is_changed(name))
    };
    for (at, on) in E::DEF.rendered_keys() {
        if !on.when.iter().all(|&field| entity.when(at, field)) {
            continue;
        }
        for attribute in IndexAttribute::written(on) {
            let mut fields = attribute.template(on).iter().filter_map(|segment| match segment {
                Segment::Part(spec) => Some(spec),
                Segment::Literal(_) => None,
            });
            if is_changed(attribute.name(on)) || fields.any(is_new) {
                attribute.render::<E>(on, part, Source::Stored)?;
                attribute.check_new::<E>(on, part, is_new)?;
            }
        }
    }
    Ok(())
}

/// Renders the primary key of an entity, whose parts come from `part`.
pub(super) fn primary_key<'p, E: Entity>(
    part: impl Fn(&PartSpec) -> Option<&'p dyn PartValue> + Copy,
    source: Source,
) -> Result<PrimaryKey> {
    // The types of a primary key's parts are never `Option`s, so no derived entity gets the error.
    render_key::<E>([E::DEF.pk, E::DEF.sk], part, source)?.ok_or_else(|| {
        Error::new(Kind::InvalidKey, "a part of the primary key is absent: give it a value")
    })
}

/// Renders the templates of a partition key and a sort key. Returns `None` if a part is absent.
pub(crate) fn render_key<'p, E: Entity>(
    [pk_template, sk_template]: [Template; 2],
    part: impl Fn(&PartSpec) -> Option<&'p dyn PartValue> + Copy,
    source: Source,
) -> Result<Option<PrimaryKey>> {
    let encoding = E::Table::DEF.encoding;
    let render = |template| render(template, part, encoding, source);
    let (Some(pk), Some(sk)) = (render(pk_template)?, render(sk_template)?) else {
        return Ok(None);
    };
    check_partition_key(&pk, pk_template)?;
    check_sort_key(&sk, sk_template)?;
    Ok(Some(PrimaryKey { pk, sk }))
}

/// One of the two key attributes of an index.
#[derive(Debug, Clone, Copy)]
pub(crate) enum IndexAttribute {
    Partition,
    Sort,
}

impl IndexAttribute {
    /// Those that items have for this key. The partition key of a local index is that of the item.
    pub(crate) fn written(on: &IndexKey) -> impl Iterator<Item = IndexAttribute> + use<> {
        let partition = (!on.index.is_local).then_some(IndexAttribute::Partition);
        partition.into_iter().chain([IndexAttribute::Sort])
    }

    pub(crate) fn name(self, on: &IndexKey) -> &'static str {
        match self {
            IndexAttribute::Partition => on.index.pk,
            IndexAttribute::Sort => on.index.sk,
        }
    }

    pub(crate) fn template(self, on: &IndexKey) -> Template {
        match self {
            IndexAttribute::Partition => on.pk,
            IndexAttribute::Sort => on.sk,
        }
    }

    /// Renders the value of the attribute. Returns `None` if a part is absent.
    pub(crate) fn render<'p, E: Entity>(
        self,
        on: &IndexKey,
        part: impl Fn(&PartSpec) -> Option<&'p dyn PartValue>,
        source: Source,
    ) -> Result<Option<String>> {
        let template = self.template(on);
        let key = || -> Result<Option<String>> {
            let encoding = E::Table::DEF.encoding;
            let Some(key) = render(template, part, encoding, source)? else {
                return Ok(None);
            };
            match self {
                IndexAttribute::Partition => check_partition_key(&key, template)?,
                IndexAttribute::Sort => check_sort_key(&key, template)?,
            }
            Ok(Some(key))
        };
        key().map_err(|error: Error| error.on_index(on.index.name))
    }

    /// Checks the values in the key that are new.
    pub(crate) fn check_new<'p, E: Entity>(
        self,
        on: &IndexKey,
        part: impl Fn(&PartSpec) -> Option<&'p dyn PartValue>,
        is_new: impl Fn(&PartSpec) -> bool,
    ) -> Result<()> {
        let checked = check_new(self.template(on), part, E::Table::DEF.encoding, is_new);
        checked.map_err(|error| error.on_index(on.index.name))
    }
}

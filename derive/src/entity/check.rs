//! Rules that span several attributes, one function each.

mod literals;
mod names;
mod rules;

use super::attributes;
use super::model::{Entity, IndexKey, Keys, Resolved};
use crate::attr::path_name;
use crate::ctxt::Ctxt;
use crate::entity::when::{Value, When};
use crate::field;
use crate::template::Unit;
use crate::types::{bare, option_of, shown};
use syn::Type;
use syn::ext::IdentExt as _;

pub(crate) fn check(cx: &Ctxt, entity: &Entity<'_>) {
    field::check::check(cx, &entity.fields, &entity.krate, "an entity");
    field::check::options_read_back(cx, &entity.fields, &entity.krate);
    partition_keys_spread(cx, entity);
    primary_keys_fit(cx, entity);
    parts_stand_once(cx, entity);
    literals::check(cx, entity);
    keys_exclude_each_other(cx, entity);
    names::check(cx, entity);
    key_parts_are_stored(cx, entity);
    primary_keys_are_whole(cx, entity);
    conditions_fit(cx, entity);
    units_are_of_times(cx, entity);
    rules::check(cx, entity);
    attributes::check(cx, entity);
}

/// Refuses a partition key without a placeholder, which would put every item into one partition.
fn partition_keys_spread(cx: &Ctxt, entity: &Entity<'_>) {
    let check = |keys: &Keys, of: &str| {
        let is_static = keys.pk.is_constant() && !keys.allowed.static_partition;
        // A field without its braces is reported as such.
        let is_field = || literals::field(entity, &keys.pk, [&keys.pk, &keys.sk]).is_some();
        if is_static && (keys.allowed.field_as_literal || !is_field()) {
            let message = format!(
                "every `{}` would be in one partition{of}, whose size and throughput are limited: add a placeholder such as `{{{}}}`, or write `allow(static_partition)` if there are few",
                entity.ident.unraw(),
                placeholder(entity, keys),
            );
            cx.error(&keys.pk.text, message);
        }
    };
    check(&entity.primary, "");
    let primary = &entity.primary;
    for on in &entity.indexes {
        // The partition key of a local index is that of the table.
        if on.is_local {
            continue;
        }
        // `same` as one that is reported is not reported.
        let is_same = on.keys.pk.text.value() == primary.pk.text.value();
        if is_same && !primary.allowed.static_partition {
            continue;
        }
        check(&on.keys, &format!(" of index `{}`", path_name(&on.index)));
    }
}

/// Returns the name of a field that could be in a partition key: rather one that is not in the sort key.
fn placeholder(entity: &Entity<'_>, keys: &Keys) -> String {
    let is_part = |at: usize| keys.sk.parts().any(|part| part.field == at);
    let mut fields = entity.fields.iter().enumerate();
    let field = fields.find(|(at, field)| {
        !is_part(*at) && !field.serde.is_skipped && option_of(field.ty).is_none()
    });
    let field = field.map(|(_, field)| field).or(entity.fields.first());
    field.map_or_else(|| "id".to_owned(), |field| field.ident.unraw().to_string())
}

/// The greatest number of fields in a primary key, which is the length of the longest `KeyTuple` of core.
const MOST_KEY_FIELDS: usize = 16;

/// Refuses a primary key that is made of too many fields.
fn primary_keys_fit(cx: &Ctxt, entity: &Entity<'_>) {
    let mut fields: Vec<_> = entity.primary.parts().map(|part| part.field).collect();
    fields.sort_unstable();
    fields.dedup();
    if fields.len() > MOST_KEY_FIELDS {
        let message = format!(
            "a primary key can have {MOST_KEY_FIELDS} fields, but this one has {}: leave some out, or combine them in one field",
            fields.len()
        );
        cx.error(&entity.primary.sk.text, message);
    }
}

/// Checks that no part is twice in one key, because it would be an argument twice.
fn parts_stand_once(cx: &Ctxt, entity: &Entity<'_>) {
    let check = |template: &Resolved| {
        let parts: Vec<_> =
            template.parts().map(|part| (part.field, part.format.bucket())).collect();
        for (at, part) in parts.iter().enumerate() {
            if parts.iter().take(at).any(|before| before == part)
                && let Some(field) = entity.fields.get(part.0)
            {
                let name = field.ident.unraw();
                let message = format!("`{{{name}}}` is twice in one template: keep one");
                cx.error(&template.text, message);
                return;
            }
        }
    };
    check(&entity.primary.pk);
    check(&entity.primary.sk);
    entity.indexes.iter().flat_map(IndexKey::written).for_each(check);
    for unique in &entity.unique {
        check(&unique.pk);
        check(&unique.sk);
    }
}

/// Refuses two keys on one index that an item can both have, because it has one key on an index.
fn keys_exclude_each_other(cx: &Ctxt, entity: &Entity<'_>) {
    for (at, on) in entity.indexes.iter().enumerate() {
        let index = path_name(&on.index);
        let both = |before: &&IndexKey| {
            let exclude = |when: &When| on.when.iter().any(|own| own.excludes(when));
            path_name(&before.index) == index && !before.when.iter().any(exclude)
        };
        let Some(before) = entity.indexes.iter().take(at).find(both) else { continue };
        let exclude = "give each a `when(..)` on one field with other values, such as `when(parent = None)` and `when(parent = Some)`";
        let message = match (&before.pattern, &on.pattern) {
            (Some(a), Some(b)) => format!(
                "`{a}` and `{b}` are both on index `{index}`, where an item has one key: serve both with one pattern, whose sort key begins with what `{b}` selects, or {exclude}, or put `{b}` on another index, which stores every item once more"
            ),
            _ => format!(
                "`{}` has two keys on index `{index}`, where an item has one: keep one, or {exclude}, or use another index, which stores every item once more",
                entity.ident.unraw()
            ),
        };
        match &on.pattern {
            Some(name) => cx.error(name, message),
            None => cx.error(&on.index, message),
        }
    }
}

/// Checks that the parts of a key, and the fields that decide whether there is a key, are always written and
/// read. Otherwise an item that is loaded and put again could be in other indexes.
fn key_parts_are_stored(cx: &Ctxt, entity: &Entity<'_>) {
    for (at, field) in entity.fields.iter().enumerate() {
        let Some((path, name)) = &field.serde.drops else { continue };
        let ident = field.ident.unraw();
        if entity.is_key(at) || entity.is_attribute(at) {
            let message = format!(
                "`{ident}` is part of a key, and `{name}` would leave it out of the item: remove `{name}`"
            );
            cx.error(path, message);
        } else if entity.is_unique(at) {
            let message = format!(
                "`{ident}` is unique, and `{name}` would leave it out of the item: remove `{name}`"
            );
            cx.error(path, message);
        } else if let Some(index) = entity.indexes_by(at).next() {
            let message = format!(
                "`{ident}` decides whether the item is in index `{}`, and `{name}` would leave it out of the item: remove `{name}`",
                path_name(index)
            );
            cx.error(path, message);
        }
    }
}

/// Refuses an `Option` in a primary key, which has all of its parts. The compiler checks this by type; here
/// an `Option` that is written as such gets a better message.
fn primary_keys_are_whole(cx: &Ctxt, entity: &Entity<'_>) {
    for (at, field) in entity.fields.iter().enumerate() {
        if let Some(inner) = option_of(field.ty)
            && entity.is_primary(at)
        {
            let message = format!(
                "`{}` is part of the primary key, which every item has: make it a `{}`, or leave it out of `pk` and `sk`",
                field.ident.unraw(),
                shown(inner)
            );
            cx.error(field.ty, message);
        }
    }
}

/// Types that are neither `Option`s nor times, whatever their paths.
const PLAIN: &[&str] = &[
    "String", "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32",
    "i64", "i128", "isize", "Vec", "Box", "Arc", "Cow", "Uuid", "Ulid", "IpAddr", "Ipv4Addr",
    "Ipv6Addr",
];
/// Types that are calendar dates.
const DATES: &[&str] = &["Date", "NaiveDate"];

/// Checks that `None` and `Some` are only used for `Option`s.
fn conditions_fit(cx: &Ctxt, entity: &Entity<'_>) {
    for when in entity.indexes.iter().flat_map(|on| &on.when) {
        let Some(field) = entity.fields.get(when.field) else { continue };
        if !is_one_of(field.ty, PLAIN) {
            continue;
        }
        for value in &when.values {
            if let Value::Variant(name) | Value::Some(name) = value
                && (name == "None" || name == "Some")
            {
                let field_name = field.ident.unraw();
                let ty = shown(field.ty);
                let message = format!(
                    "`{field_name}` is a `{ty}`, which is never absent: compare it with a value, or make it an `Option<{ty}>`"
                );
                cx.error(name, message);
            }
        }
    }
}

/// Checks that units are only used for times. The compiler checks this by type; here types that are known
/// by name get a better message, at the template.
fn units_are_of_times(cx: &Ctxt, entity: &Entity<'_>) {
    let primary = [&entity.primary.pk, &entity.primary.sk].into_iter();
    let on_indexes = entity.indexes.iter().flat_map(IndexKey::written);
    let guards = entity.unique.iter().flat_map(|unique| [&unique.pk, &unique.sk]);
    for template in primary.chain(on_indexes).chain(guards) {
        for part in template.parts() {
            let Some(field) = entity.fields.get(part.field) else { continue };
            let ty = option_of(field.ty).unwrap_or(field.ty);
            let (name, shown) = (field.ident.unraw(), shown(ty));
            let message = match part.format.unit {
                Some(_) if is_one_of(ty, PLAIN) => format!(
                    "`{name}` is a `{shown}`, which has no unit of time: write `{{{name}}}`"
                ),
                Some(unit) if unit > Unit::Day && is_one_of(ty, DATES) => format!(
                    "`{name}` is a date, which has no unit finer than a day: write `{{{name}}}`, `{{{name}:month:bucket}}` or `{{{name}:year:bucket}}`"
                ),
                _ => continue,
            };
            cx.error(&template.text, message);
        }
    }
}

fn is_one_of(ty: &Type, names: &[&str]) -> bool {
    let Type::Path(path) = bare(ty) else { return false };
    path.path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
}

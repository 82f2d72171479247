//! Versions, expiry and unique constraints.

use crate::attr::path_name;
use crate::ctxt::Ctxt;
use crate::entity::model::{Entity, Unique};
use crate::names::UPDATED;
use crate::nearest::enumerate;
use crate::template::Unit;
use syn::ext::IdentExt as _;

pub(super) fn check(cx: &Ctxt, entity: &Entity<'_>) {
    versions_are_their_own(cx, entity);
    expiry_is_stored(cx, entity);
    times_are_their_own(cx, entity);
    for (at, unique) in entity.unique.iter().enumerate() {
        constraints_differ(cx, entity, at, unique);
        constraints_constrain(cx, entity, unique);
        guards_hold_the_fields(cx, entity, unique);
        guards_spread(cx, entity, unique);
    }
}

/// Checks that the version has no other role. Writes set it themselves, and compare the stored value.
fn versions_are_their_own(cx: &Ctxt, entity: &Entity<'_>) {
    let Some(at) = entity.version else { return };
    let Some(field) = entity.fields.get(at) else { return };
    let name = field.ident.unraw();
    let also = if entity.is_primary(at) {
        "part of the primary key".to_owned()
    } else if let Some(on) =
        entity.indexes.iter().find(|on| on.keys.parts().any(|part| part.field == at))
    {
        format!("part of the key of index `{}`", path_name(&on.index))
    } else if let Some(index) = entity.indexes_by(at).next() {
        format!("what decides whether the item is in index `{}`", path_name(index))
    } else if entity.is_unique(at) {
        "unique".to_owned()
    } else if entity.ttl == Some(at) {
        "the time at which the item expires".to_owned()
    } else {
        if let Some((path, what)) = &field.serde.drops {
            let message = format!(
                "`{name}` is the version, which every item holds, and `{what}` would leave it out: remove `{what}`"
            );
            cx.error(path, message);
        } else if field.serde.is_converted {
            let message = format!(
                "`{name}` is the version, which is stored as a number, and has a serde function of its own: remove the function"
            );
            cx.error(field.ident, message);
        }
        return;
    };
    let message = format!(
        "`{name}` is the version, which every write increases, and also {also}: use a separate field for the version"
    );
    cx.error(field.ident, message);
}

/// Checks that the times of creation and of the last write have no other role that would contradict them, and
/// are always stored.
fn times_are_their_own(cx: &Ctxt, entity: &Entity<'_>) {
    let both = [
        (entity.created, "created", "is the time of creation, which is written once"),
        (entity.updated, "updated", "is the time of the last write, which every write sets"),
    ];
    for (at, option, what) in both {
        let Some((at, field)) = at.and_then(|at| Some((at, entity.fields.get(at)?))) else {
            continue;
        };
        let name = field.ident.unraw();
        let also = if option == UPDATED && entity.created == Some(at) {
            "also the time of creation".to_owned()
        } else if entity.is_primary(at) {
            "also part of the primary key, which does not change".to_owned()
        } else if entity.version == Some(at) {
            "also the version".to_owned()
        } else if entity.is_unique(at) {
            "also unique".to_owned()
        } else if entity.ttl == Some(at) {
            "also the time at which the item expires".to_owned()
        } else if let Some(index) = entity.indexes_by(at).next() {
            let index = path_name(index);
            format!("also what decides whether the item is in index `{index}`")
        } else {
            if let Some((path, drops)) = &field.serde.drops {
                let message = format!(
                    "`{name}` {what}, and `{drops}` would leave it out of the item: remove `{drops}`"
                );
                cx.error(path, message);
            }
            continue;
        };
        let message = format!("`{name}` {what}, and {also}: use a separate field for `{option}`");
        cx.error(field.ident, message);
    }
}

/// Checks that the field of the expiry is always stored, so that an item that is loaded and put again expires
/// as before.
fn expiry_is_stored(cx: &Ctxt, entity: &Entity<'_>) {
    let Some(field) = entity.ttl.and_then(|at| entity.fields.get(at)) else { return };
    // `skip_serializing_if` is allowed, because `None` is not stored anyway.
    if let Some((path, what)) = &field.serde.drops
        && what != "skip_serializing_if"
    {
        let name = field.ident.unraw();
        let message = format!(
            "`{name}` says when the item expires, and `{what}` would leave it out of the item: remove `{what}`"
        );
        cx.error(path, message);
    }
}

/// Returns the fields of a constraint, for messages.
fn names(entity: &Entity<'_>, unique: &Unique) -> Vec<String> {
    let fields = unique.fields.iter().filter_map(|field| entity.fields.get(*field));
    fields.map(|field| field.ident.unraw().to_string()).collect()
}

/// Refuses two constraints on the same fields.
fn constraints_differ(cx: &Ctxt, entity: &Entity<'_>, at: usize, unique: &Unique) {
    let same = |before: &&Unique| {
        before.fields.len() == unique.fields.len()
            && before.fields.iter().all(|field| unique.fields.contains(field))
    };
    if entity.unique.iter().take(at).any(|before| same(&before)) {
        let names = names(entity, unique).join(", ");
        cx.error(&unique.at, format!("`unique({names})` is written twice: leave one out"));
    }
}

/// Refuses a constraint on the whole primary key, which is unique anyway.
fn constraints_constrain(cx: &Ctxt, entity: &Entity<'_>, unique: &Unique) {
    let mut primary: Vec<String> = Vec::new();
    for part in entity.primary.parts() {
        if !unique.fields.contains(&part.field) {
            return;
        }
        let name = entity.fields.get(part.field).map(|field| field.ident.unraw().to_string());
        primary.extend(name.filter(|name| !primary.contains(name)));
    }
    let primary: Vec<_> = primary.iter().map(String::as_str).collect();
    let message = format!(
        "`unique({})` has no effect, because the primary key consists of {}, which no two items share: leave it out",
        names(entity, unique).join(", "),
        enumerate(&primary)
    );
    cx.error(&unique.at, message);
}

/// Checks that the key of a guard has the unique fields, whole, and nothing else. Otherwise equal values could
/// have different guards, or different values the same guard.
fn guards_hold_the_fields(cx: &Ctxt, entity: &Entity<'_>, unique: &Unique) {
    let cuts = |unit| unit != Unit::Nanosecond;
    let parts = || unique.pk.parts().chain(unique.sk.parts());
    let name = |field: usize| entity.fields.get(field).map(|field| field.ident.unraw().to_string());
    let other = parts().find(|part| !unique.fields.contains(&part.field));
    if let Some(other) = other.and_then(|part| name(part.field)) {
        let message = format!(
            "the guard's key names `{other}`, which is not among the unique fields: write `unique({}, {other}, ..)`, or leave it out of the key",
            names(entity, unique).join(", ")
        );
        cx.error(&unique.at, message);
        return;
    }
    for field in &unique.fields {
        let Some(name) = name(*field) else { continue };
        let mut held = parts().filter(|part| part.field == *field);
        if held.next().is_none() {
            let message = format!(
                "`{name}` is unique, and the guard's key does not name it: add `{{{name}}}` to `pk` or `sk`"
            );
            cx.error(&unique.at, message);
        } else if parts().any(|part| part.field == *field && part.format.unit.is_some_and(cuts)) {
            let message = format!(
                "`{name}` is cut off in the guard's key, so that different values would have one guard: write `{{{name}}}`"
            );
            cx.error(&unique.at, message);
        }
    }
}

/// Refuses a partition key without a placeholder, which would put every guard into one partition. If it is that
/// of the items, it was checked there.
fn guards_spread(cx: &Ctxt, entity: &Entity<'_>, unique: &Unique) {
    if unique.pk.is_constant()
        && !entity.has_guard_in_partition(unique)
        && let Some(first) = names(entity, unique).first()
    {
        let message = format!(
            "every guard would be in one partition, whose size and throughput are limited: put `{{{first}}}` into `pk`"
        );
        cx.error(&unique.pk.text, message);
    }
}

//! What a change of one line means for the data that is stored.

use super::lines::{next, same, word};

/// What a difference means for the data that is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Everything that is stored is found and read as before.
    Additive,
    /// Existing items have what was declared before, until they are written again.
    Reindex,
    /// Existing items, or something in them, are not found any more.
    Loses,
}

/// How a line differs.
#[derive(Clone, Copy)]
pub(super) enum Change {
    Added,
    Removed,
    Changed,
}

impl Effect {
    pub(super) const fn is_worse_than(self, other: Effect) -> bool {
        self as u8 > other as u8
    }
}

/// Returns what the change of a line means, and says it. `old` and `new` are the whole texts.
///
/// A line that it does not know is one of which data may depend.
pub(super) const fn effect(
    change: Change,
    line: &[u8],
    [old, new]: [&[u8]; 2],
) -> (Effect, &'static str) {
    match word(line, 0) {
        b"table" => table(change, line),
        b"index" => index(change, line, [old, new]),
        b"entity" => entity(change, line, [old, new]),
        _ => (Effect::Loses, "is no line of a key lock, but perhaps one that a merge left"),
    }
}

const fn table(change: Change, line: &[u8]) -> (Effect, &'static str) {
    if !matches!(change, Change::Changed) {
        return (Effect::Loses, "is in no whole key lock, because each has all lines of `table`");
    }
    match word(line, 1) {
        b"ttl" => (
            Effect::Reindex,
            "needs a reindex: existing items do not expire until they are written again",
        ),
        b"tag" => (
            Effect::Loses,
            "loses data: existing items have the name of their entity in another attribute, so they are not recognised",
        ),
        _ => (Effect::Loses, "loses data: existing items have other keys, so they are not found"),
    }
}

const fn index(change: Change, line: &[u8], [old, new]: [&[u8]; 2]) -> (Effect, &'static str) {
    let name = word(line, 1);
    let (was_local, is_local) = (has_index(old, name, true), has_index(new, name, true));
    if was_local != is_local && has_index(new, name, false) {
        return (
            Effect::Reindex,
            "needs a new table on DynamoDB, where a local index is made and deleted only together with its table",
        );
    }
    match (change, word(line, 2)) {
        (Change::Added, _) => (Effect::Additive, "is additive: a new index"),
        (_, b"partition" | b"sort") => (
            Effect::Reindex,
            "needs a reindex: the index has to be made again with these attributes",
        ),
        (Change::Removed, _) => (
            Effect::Reindex,
            "needs a reindex: existing items have the attributes of the index until they are written again",
        ),
        (Change::Changed, b"projection") => {
            (Effect::Reindex, "needs a reindex: the index has to be made again")
        }
        (Change::Changed, _) => (Effect::Reindex, OLD_INDEX_KEY),
    }
}

const OLD_INDEX_KEY: &str =
    "needs a reindex: existing items have the old index key until they are written again";

const fn entity(change: Change, line: &[u8], [old, new]: [&[u8]; 2]) -> (Effect, &'static str) {
    let name = word(line, 1);
    if !has_entity(new, name) {
        return (
            Effect::Loses,
            "loses data: existing items of this entity are not read any more; if it was renamed, `#[entity(name = \"..\")]` keeps its stored name",
        );
    }
    if !has_entity(old, name) {
        return (Effect::Additive, "is additive: a new entity");
    }
    match (word(line, 2), change) {
        (b"pk" | b"sk", _) => (
            Effect::Loses,
            "loses data: existing items have another primary key, so they are not found",
        ),
        (b"index", _) if matches!(word(line, 4), b"attributes") => (
            Effect::Additive,
            "is additive: the entity's items are in the index if they have its attributes",
        ),
        (b"index", Change::Added) => (
            Effect::Additive,
            "is additive: a new index key, which existing items get when they are written again",
        ),
        (b"index", _) => (Effect::Reindex, OLD_INDEX_KEY),
        (b"unique", _) => (
            Effect::Reindex,
            "needs a reindex: the values of existing items are not guarded in the new way until the items are written again",
        ),
        (b"version" | b"created" | b"updated" | b"expires", _) => (
            Effect::Reindex,
            "needs a reindex: existing items follow the old rule until they are written again",
        ),
        (b"field", Change::Added) => {
            (Effect::Additive, "is additive: a new field, which existing items do not have")
        }
        (b"field", _) if has_alias(new, name, word(line, 3)) => {
            (Effect::Additive, "is additive: a new name of a field, with the old one as its alias")
        }
        (b"field", _) => (
            Effect::Loses,
            "loses data: what existing items have in this field is not read any more, and is gone when they are written again; if it was renamed, add `#[serde(alias = \"..\")]`",
        ),
        (b"variant", Change::Added) => {
            (Effect::Additive, "is additive: a new variant of an enum in keys")
        }
        (b"variant", _) => (
            Effect::Loses,
            "loses data: existing items with this variant in a key are not read any more; if it was renamed, `#[serde(rename = \"..\")]` keeps its stored name",
        ),
        (b"alias", Change::Added) => (Effect::Additive, "is additive: another name is read, too"),
        (b"alias", _) => (
            Effect::Loses,
            "loses data: what existing items have under this former name is not read any more",
        ),
        _ => (Effect::Loses, "is no line of a key lock, but perhaps one that a merge left"),
    }
}

/// Returns whether a text has an index of this name, or a local one.
const fn has_index(mut text: &[u8], name: &[u8], local: bool) -> bool {
    while let Some((line, rest)) = next(text) {
        if matches!(word(line, 0), b"index")
            && same(word(line, 1), name)
            && (!local || matches!(word(line, 2), b"local"))
        {
            return true;
        }
        text = rest;
    }
    false
}

const fn has_entity(mut text: &[u8], name: &[u8]) -> bool {
    while let Some((line, rest)) = next(text) {
        if matches!(word(line, 0), b"entity") && same(word(line, 1), name) {
            return true;
        }
        text = rest;
    }
    false
}

const fn has_alias(mut text: &[u8], entity: &[u8], former: &[u8]) -> bool {
    while let Some((line, rest)) = next(text) {
        if matches!(word(line, 2), b"alias")
            && same(word(line, 3), former)
            && same(word(line, 1), entity)
        {
            return true;
        }
        text = rest;
    }
    false
}

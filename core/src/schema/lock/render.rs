//! The lines of a table.

use super::lines::same;
use super::order::Order;
use super::out::Out;
use super::part;
use crate::key::{Class, Encoding, PartSpec, Segment, Template};
use crate::schema::{
    EntityDef, IndexDef, IndexKeys, KeyAttribute, Projection, TableDef, UniqueDef,
};

/// How many entities, and how many of other things, are in the order of their names.
const MANY: usize = 512;
const SOME: usize = 64;

/// How the keys of an entity on one index are told apart.
const NUMBERS: [&str; 9] = ["", " 2", " 3", " 4", " 5", " 6", " 7", " 8", " 9"];

/// Renders all lines. The name of the table is not among them: no stored item depends on it.
pub(super) const fn render(table: &TableDef, out: &mut Out<'_>) {
    out.put(&["table pk = ", table.pk, "\n"]);
    out.put(&["table sk = ", table.sk, "\n"]);
    out.put(&["table tag = ", table.tag, "\n"]);
    out.put(&["table ttl = ", table.ttl, "\n"]);
    let encoding = match table.encoding {
        Encoding::Escaped => "escaped",
        Encoding::Raw => "raw",
    };
    out.put(&["table encoding = ", encoding, "\n"]);

    let (mut order, mut at) = (Order::<SOME>::NONE, 0);
    while at < table.indexes.len() {
        order.add(table.indexes[at].name);
        at += 1;
    }
    at = 0;
    while at < table.indexes.len() {
        index(table, table.indexes[order.place(at)], out);
        at += 1;
    }

    let (mut order, mut at) = (Order::<MANY>::NONE, 0);
    while at < table.entities.len() {
        order.add(table.entities[at].name);
        at += 1;
    }
    at = 0;
    while at < table.entities.len() {
        entity(table.entities[order.place(at)], out);
        at += 1;
    }
}

const fn index(table: &TableDef, index: &IndexDef, out: &mut Out<'_>) {
    match table.index_keys(index) {
        IndexKeys::Texts { pk, sk } => {
            if index.is_local {
                out.put(&["index ", index.name, " local\n"]);
            } else {
                out.put(&["index ", index.name, " pk = ", pk, "\n"]);
            }
            out.put(&["index ", index.name, " sk = ", sk, "\n"]);
        }
        IndexKeys::Attributes(keys) => {
            attributes(index, " partition = ", keys.partition, out);
            attributes(index, " sort = ", keys.sort, out);
        }
    }
    out.put(&["index ", index.name, " projection = "]);
    match index.projection {
        Projection::All => out.put(&["all"]),
        Projection::KeysOnly => out.put(&["keys_only"]),
        Projection::Include(names) => {
            out.put(&["include("]);
            let (mut order, mut at) = (Order::<SOME>::NONE, 0);
            while at < names.len() {
                order.add(names[at]);
                at += 1;
            }
            at = 0;
            while at < names.len() {
                out.put(&[if at > 0 { ", " } else { "" }, names[order.place(at)]]);
                at += 1;
            }
            out.put(&[")"]);
        }
    }
    out.put(&["\n"]);
}

/// The attributes of a partition key or a sort key, in the order of the index.
const fn attributes(index: &IndexDef, what: &str, all: &[KeyAttribute], out: &mut Out<'_>) {
    out.put(&["index ", index.name, what, "("]);
    let mut at = 0;
    while at < all.len() {
        out.put(&[if at > 0 { ", " } else { "" }, all[at].name, ": ", all[at].ty.name()]);
        at += 1;
    }
    out.put(&[")\n"]);
}

const fn entity(entity: &'static EntityDef, out: &mut Out<'_>) {
    let name = entity.name;
    keys(entity, ["entity ", name, "", "", ""], [entity.pk, entity.sk], out);

    let (mut order, mut at) = (Order::<SOME>::NONE, 0);
    while at < entity.indexes.len() {
        order.add(entity.indexes[at].index.name);
        at += 1;
    }
    at = 0;
    while at < entity.indexes.len() {
        index_key(entity, order.place(at), out);
        at += 1;
    }

    let rules = &entity.rules;
    if !rules.unique.is_empty() {
        uniques(entity, rules.unique, out);
    }

    if let Some(field) = rules.version {
        out.put(&["entity ", name, " version = ", field, "\n"]);
    }
    if let Some(field) = rules.created {
        out.put(&["entity ", name, " created = ", field, "\n"]);
    }
    if let Some(field) = rules.updated {
        out.put(&["entity ", name, " updated = ", field, "\n"]);
    }
    if rules.expires {
        out.put(&["entity ", name, " expires\n"]);
    }
    fields(entity, out);
    variants(entity, out);
}

/// The stored fields and their former names.
const fn fields(entity: &EntityDef, out: &mut Out<'_>) {
    let (mut order, mut at) = (Order::<SOME>::NONE, 0);
    while at < entity.fields.len() {
        order.add(entity.fields[at]);
        at += 1;
    }
    at = 0;
    while at < entity.fields.len() {
        let field = entity.fields[order.place(at)];
        if !field.is_empty() {
            out.put(&["entity ", entity.name, " field ", field, "\n"]);
        }
        at += 1;
    }
    if entity.aliases.is_empty() {
        return;
    }
    let (mut order, mut at) = (Order::<SOME>::NONE, 0);
    while at < entity.aliases.len() {
        order.add(entity.aliases[at].0);
        at += 1;
    }
    at = 0;
    while at < entity.aliases.len() {
        let (former, now) = entity.aliases[order.place(at)];
        out.put(&["entity ", entity.name, " alias ", former, " = ", now, "\n"]);
        at += 1;
    }
}

/// What the variants of enums in keys are written as, once for each field.
const fn variants(entity: &EntityDef, out: &mut Out<'_>) {
    let templates = 2 * (1 + entity.indexes.len() + entity.rules.unique.len());
    let mut number = 0;
    while number < templates {
        let template = entity.template(number);
        let mut at = 0;
        while at < template.len() {
            if let Segment::Part(spec) = &template[at]
                && let Class::OneOf(names) = spec.class
                && !is_before(entity, spec.field, number, at)
            {
                variants_of(entity, spec, names, out);
            }
            at += 1;
        }
        number += 1;
    }
}

const fn variants_of(
    entity: &EntityDef,
    spec: &PartSpec,
    names: &[&'static str],
    out: &mut Out<'_>,
) {
    let (mut order, mut at) = (Order::<SOME>::NONE, 0);
    while at < names.len() {
        order.add(names[at]);
        at += 1;
    }
    at = 0;
    while at < names.len() {
        let (field, name) = (part::field(entity, spec), names[order.place(at)]);
        out.put(&["entity ", entity.name, " variant ", field, " ", name, "\n"]);
        at += 1;
    }
}

/// Returns whether a field is a part before this place.
const fn is_before(entity: &EntityDef, field: u16, number: usize, place: usize) -> bool {
    let mut before = 0;
    while before <= number {
        let template = entity.template(before);
        let mut at = 0;
        while at < template.len() && (before < number || at < place) {
            if let Segment::Part(spec) = &template[at]
                && spec.field == field
            {
                return true;
            }
            at += 1;
        }
        before += 1;
    }
    false
}

const fn index_key(entity: &EntityDef, place: usize, out: &mut Out<'_>) {
    let key = &entity.indexes[place];
    // The lines of the index have its attributes.
    if key.attributes.is_some() {
        out.put(&["entity ", entity.name, " index ", key.index.name, " attributes\n"]);
        return;
    }
    let number = if key.pattern.is_empty() { "" } else { number(entity, place) };
    let subject = ["entity ", entity.name, " index ", key.index.name, number];
    if key.index.is_local {
        key_of(entity, subject, "sk", key.sk, out);
    } else {
        keys(entity, subject, [key.pk, key.sk], out);
    }
    if !key.when.is_empty() {
        out.put(&subject);
        out.put(&[" when = "]);
        let mut at = 0;
        while at < key.when.len() {
            let field = key.when[at] as usize;
            let name = if field < entity.fields.len() { entity.fields[field] } else { "" };
            out.put(&[if at > 0 { ", " } else { "" }, name]);
            at += 1;
        }
        out.put(&["\n"]);
    }
}

/// Returns the number of a key on an index on which the entity has several. The first has none.
const fn number(entity: &EntityDef, place: usize) -> &'static str {
    let name = entity.indexes[place].index.name.as_bytes();
    let (mut before, mut number) = (0, 0);
    while before < place {
        if same(entity.indexes[before].index.name.as_bytes(), name) {
            number += 1;
        }
        before += 1;
    }
    if number < NUMBERS.len() { NUMBERS[number] } else { " more" }
}

const fn uniques(entity: &EntityDef, all: &'static [UniqueDef], out: &mut Out<'_>) {
    let (mut order, mut at) = (Order::<SOME>::NONE, 0);
    while at < all.len() {
        order.add(all[at].name);
        at += 1;
    }
    at = 0;
    while at < all.len() {
        let unique = &all[order.place(at)];
        let subject = ["entity ", entity.name, " unique ", unique.name, ""];
        keys(entity, subject, [unique.pk, unique.sk], out);
        at += 1;
    }
}

const fn keys(entity: &EntityDef, subject: [&str; 5], [pk, sk]: [Template; 2], out: &mut Out<'_>) {
    key_of(entity, subject, "pk", pk, out);
    key_of(entity, subject, "sk", sk, out);
}

const fn key_of(
    entity: &EntityDef,
    [a, b, c, d, e]: [&str; 5],
    what: &str,
    template: Template,
    out: &mut Out<'_>,
) {
    out.put(&[a, b, c, d, e, " ", what, " = "]);
    part::template(out, entity, template);
    out.put(&["\n"]);
}

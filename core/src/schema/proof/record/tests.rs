//! The proof at run time: where it finds no fault, no text of a user gives the key of a record, and no query reads one.

use super::{assert_coordination, has_room};
use crate::key::{
    Class, Encoding, Format, PartSpec, PartValue, Segment, Source, Template, literal,
    literal_prefix, part, render,
};
use crate::schema::record::{LEASE, ONCE, RATE, RecordDef};
use crate::schema::{EntityDef, TableDef};
use std::panic::catch_unwind;

/// Texts that like to be those of records.
const TEXTS: [&str; 9] =
    ["$once", "$once#a#b", "$lease", "$lease#a", "$rate", "$", "%24once", "once", "a"];

fn templates() -> Vec<Template> {
    let x = |format| part(0, "x", format, Class::Text);
    let y = || part(1, "y", Format::OWN, Class::Text);
    let number = part(2, "n", Format::OWN, Class::Unsigned { digits: 3 });
    let lists: Vec<Vec<Segment>> = vec![
        vec![literal("ITEM")],
        vec![literal("ITEM#"), x(Format::OWN)],
        vec![literal("#ITEM#"), x(Format::OWN)],
        vec![x(Format::OWN)],
        vec![x(Format::OWN.or_empty()), literal("#"), y()],
        vec![x(Format::OWN), literal("#"), y()],
        vec![number, literal("#"), x(Format::OWN)],
    ];
    lists.into_iter().map(|list| &*list.leak()).collect()
}

/// The texts of a template, for all texts of its parts.
fn texts(template: Template, encoding: Encoding) -> Vec<String> {
    let mut all = Vec::new();
    for x in TEXTS {
        for y in TEXTS {
            let (x, y, n) = (x.to_owned(), y.to_owned(), 7_u8);
            let parts = |spec: &PartSpec| -> Option<&dyn PartValue> {
                Some(match spec.field {
                    0 => &x,
                    1 => &y,
                    _ => &n,
                })
            };
            // A raw text with a separator is an error.
            all.extend(render(template, parts, encoding, Source::Stored).ok().flatten());
        }
    }
    all
}

/// The keys of records in partitions of their own, and their sort keys in others.
fn records(encoding: Encoding) -> (Vec<[String; 2]>, Vec<String>) {
    let (mut alone, mut within) = (Vec::new(), Vec::new());
    for def in [&ONCE, &LEASE, &RATE] {
        let RecordDef { alone: [pk, sk], within: template, .. } = def;
        let sort_keys = texts(sk, encoding);
        let keys = texts(pk, encoding).into_iter();
        alone.extend(keys.flat_map(|pk| sort_keys.iter().map(move |sk| [pk.clone(), sk.clone()])));
        if !template.is_empty() {
            within.extend(texts(template, encoding));
        }
    }
    (alone, within)
}

fn table(encoding: Encoding, pk: Template, sk: Template, is_mixed: bool) -> &'static TableDef {
    let entity = EntityDef::new("Item", [pk, sk], &[], &["x", "y", "n"]);
    let entity: &'static EntityDef =
        Box::leak(Box::new(if is_mixed { entity.mixed() } else { entity }));
    let entities: &'static [&'static EntityDef] = Box::leak(Box::new([entity]));
    let table = TableDef::new("T", ["pk", "sk", "_type"], encoding, &[], entities);
    Box::leak(Box::new(table.coordination()))
}

#[test]
fn what_is_not_refused_is_apart() {
    let (mut refused, mut accepted, mut roomy) = (0, 0, 0);
    for encoding in [Encoding::Escaped, Encoding::Raw] {
        let (alone, within) = records(encoding);
        for pk in templates() {
            for sk in templates() {
                for is_mixed in [false, true] {
                    let table = table(encoding, pk, sk, is_mixed);
                    if catch_unwind(|| assert_coordination(table, 0)).is_err() {
                        refused += 1;
                        continue;
                    }
                    accepted += 1;
                    let (own_pk, own_sk) = (texts(pk, encoding), texts(sk, encoding));
                    let prefix = literal_prefix(sk);
                    for [record_pk, record_sk] in &alone {
                        let shares = own_pk.contains(record_pk);
                        assert!(!(shares && own_sk.contains(record_sk)), "{pk:?} {sk:?}");
                        let is_read = !is_mixed && record_sk.starts_with(prefix);
                        assert!(!(shares && is_read), "{pk:?} {sk:?}");
                    }
                    if has_room(table, 0) {
                        roomy += 1;
                        for record in &within {
                            assert!(!own_sk.contains(record), "{sk:?} {record}");
                            assert!(is_mixed || !record.starts_with(prefix), "{sk:?} {record}");
                        }
                    }
                }
            }
        }
    }
    // The check refuses some and not all.
    assert!(refused > 20 && accepted > 100 && roomy > 50, "{refused} {accepted} {roomy}");
}

#[test]
fn escaped_keys_are_never_refused() {
    for pk in templates() {
        for sk in templates() {
            let [plain, mixed] = [false, true].map(|it| table(Encoding::Escaped, pk, sk, it));
            assert_coordination(plain, 0);
            assert!(has_room(mixed, 0));
            assert_eq!(has_room(plain, 0), !literal_prefix(sk).is_empty());
        }
    }
}

/// An entity in the same partition takes the room, and one in another partition does not.
#[test]
fn room_is_that_of_a_partition() {
    let x = || part(0, "x", Format::OWN, Class::Text);
    let leak = |segments: Vec<Segment>| -> Template { segments.leak() };
    let user = leak(vec![literal("USER#"), x()]);
    let entity = |name, pk, sk| -> &'static EntityDef {
        Box::leak(Box::new(EntityDef::new(name, [pk, sk], &[], &["x"])))
    };
    let with = |other: &'static EntityDef| {
        let own = entity("Own", user, leak(vec![literal("OWN")]));
        let entities: &'static [&'static EntityDef] = Box::leak(Box::new([own, other]));
        let names = ["pk", "sk", "_type"];
        let table = TableDef::new("T", names, Encoding::Escaped, &[], entities).coordination();
        has_room(Box::leak(Box::new(table)), 0)
    };
    let anything = leak(vec![x()]);
    assert!(!with(entity("Beside", user, anything)));
    assert!(with(entity("Elsewhere", leak(vec![literal("TEAM#"), x()]), anything)));
    assert!(with(entity("Literal", user, leak(vec![literal("NOTE#"), x()]))));
}

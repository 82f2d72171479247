//! The items of coordination that are in a table beside those of entities: their names and keys.
//!
//! All of them begin with `$`, which no key of an entity does in a table with escaped keys: literals have no
//! `$`, and it is not among the bytes of an escaped text. So the two cannot collide. What is left to prove is in
//! `proof/record.rs`.

use crate::key::{Class, Format, Segment, Template, literal, part};

/// A kind of record.
#[derive(Debug)]
pub(crate) struct RecordDef {
    /// The name that the records have in the tag attribute.
    pub(crate) tag: &'static str,
    /// What a record is called in messages.
    pub(crate) what: &'static str,
    /// The templates of a record in a partition of its own.
    pub(crate) alone: [Template; 2],
    /// The template of the sort key of a record in a partition of entities. It is empty if the records are in no
    /// such partition.
    pub(crate) within: Template,
}

const fn text(number: u16, name: &'static str) -> Segment {
    part(number, name, Format::OWN, Class::Text)
}

/// A record of once-only work.
pub(crate) static ONCE: RecordDef = RecordDef {
    tag: "$once",
    what: "the record of once-only work",
    alone: [
        &[literal("$once#"), text(0, "work"), literal("#"), text(1, "key")],
        &[literal("$once")],
    ],
    within: &[literal("$once#"), text(0, "work"), literal("#"), text(1, "key")],
};

/// A lease.
pub(crate) static LEASE: RecordDef = RecordDef {
    tag: "$lease",
    what: "the lease",
    alone: [&[literal("$lease#"), text(0, "name")], &[literal("$lease")]],
    within: &[literal("$lease#"), text(0, "name")],
};

/// A counter of a rate limit.
pub(crate) static RATE: RecordDef = RecordDef {
    tag: "$rate",
    what: "the counter of the rate limit",
    alone: [
        &[literal("$rate#"), text(0, "name"), literal("#"), text(1, "key")],
        &[literal("$rate#"), text(2, "window"), literal("#"), text(3, "start")],
    ],
    within: &[],
};

/// How far a consumer of change events has come, and who it is.
pub(crate) static CONSUMER: RecordDef = RecordDef {
    tag: "$consumer",
    what: "the position of the consumer",
    alone: [&[literal("$consumer#"), text(0, "name")], &[literal("$consumer")]],
    within: &[],
};

/// The names of all records.
pub(crate) const RECORDS: &[&str] = &["$once", "$lease", "$rate", "$consumer"];

/// The names of the records that can be in a partition of entities.
pub(crate) const RECORDS_IN_PARTITIONS: &[&str] = &["$once", "$lease"];

/// The attribute with the random name of the call that owns a record.
pub(crate) const OWNER: &str = "_owner";

/// The attributes of records besides the keys, the name and the expiry.
pub(crate) const RECORD_ATTRIBUTES: &[&str] =
    &[OWNER, "_state", "_payload", "_result", "_fence", "_until", "_count", "_position", "_saved"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::literal_prefix;

    #[test]
    fn every_record_begins_with_a_dollar() {
        for def in [&ONCE, &LEASE, &RATE, &CONSUMER] {
            assert!(RECORDS.contains(&def.tag));
            let [pk, sk] = def.alone;
            let within = if def.within.is_empty() { sk } else { def.within };
            for template in [pk, sk, within] {
                assert!(literal_prefix(template).starts_with('$'), "{template:?}");
                let literals = template.iter().filter_map(|segment| match segment {
                    Segment::Literal(text) => Some(*text),
                    Segment::Part(_) => None,
                });
                assert!(literals.skip(1).all(|text| text == "#"), "{template:?}");
            }
            assert!(def.tag.starts_with('$'));
            assert_eq!(RECORDS_IN_PARTITIONS.contains(&def.tag), !def.within.is_empty());
        }
    }
}

//! The checks of a key space: its entities write the same primary keys.

use super::message::fail;
use super::template::same_templates;
use crate::key::{Segment, Template};
use crate::schema::EntityDef;

/// Checks that an entity of a key space writes the same keys as its first entity.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_shared(space: &str, first: &EntityDef, entity: &EntityDef) {
    let different = if !same_templates(first.pk, entity.pk) {
        "partition keys"
    } else if !same_templates(first.sk, entity.sk) {
        "sort keys"
    } else if !same_repetitions(first, entity) {
        fail(&[
            "`",
            first.name,
            "` and `",
            entity.name,
            "` share the keys of `",
            space,
            "`, but one has a field twice in its keys where the other has two fields: repeat the same parts in both",
        ]);
    } else {
        return;
    };
    fail(&[
        "`",
        first.name,
        "` and `",
        entity.name,
        "` share the keys of `",
        space,
        "`, but their ",
        different,
        " are different: write the same literals, and parts of the same types and formats, in the same order",
    ]);
}

/// Returns whether two parts of the one key are of one field exactly where two parts of the other key are.
#[inline]
const fn same_repetitions(a: &EntityDef, b: &EntityDef) -> bool {
    let (mut x, count) = (0, a.pk.len() + a.sk.len());
    while x < count {
        let mut y = x + 1;
        while y < count {
            if same_field(a, x, y) != same_field(b, x, y) {
                return false;
            }
            y += 1;
        }
        x += 1;
    }
    true
}

/// Returns whether the segments at these places of the partition key and the sort key are of one field.
#[inline]
const fn same_field(entity: &EntityDef, x: usize, y: usize) -> bool {
    match (segment([entity.pk, entity.sk], x), segment([entity.pk, entity.sk], y)) {
        (Segment::Part(x), Segment::Part(y)) => x.field == y.field,
        _ => false,
    }
}

#[inline]
const fn segment([pk, sk]: [Template; 2], at: usize) -> Segment {
    if at < pk.len() { pk[at] } else { sk[at - pk.len()] }
}

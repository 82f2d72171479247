//! The check that no guards of unique constraints are between the members of a collection.

use super::super::message::fail;
use super::super::overlap::may_be_equal;
use super::{is_all_before, literal};
use crate::schema::UniqueDef;
use crate::schema::collection::{CollectionDef, MemberDef};

/// Checks that no guard of these constraints is between the members with the least and the greatest sort keys.
/// Only the primary key has guards.
#[track_caller]
#[inline]
pub(super) const fn assert_no_guard(
    collection: &CollectionDef,
    mut constraints: &[UniqueDef],
    [least, greatest]: [&MemberDef; 2],
) {
    while let [unique, rest @ ..] = constraints {
        if may_be_equal(unique.pk, collection.members[0].key[0])
            && !is_all_before(literal(unique.sk), literal(least.key[1]))
            && !is_all_before(literal(greatest.key[1]), literal(unique.sk))
        {
            fail(&[
                "the guards of `",
                unique.name,
                "` are between the items of `",
                least.field,
                "` and `",
                greatest.field,
                "`, and would be read and paid for: give this `unique` an `sk` whose first letters are before or after those of all members",
            ]);
        }
        constraints = rest;
    }
}

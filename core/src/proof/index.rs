//! That the indexes of a table stay apart.

use super::message::{fail, same};
use crate::schema::TableDef;

/// The index in place `at` of the table's list has a name of its own, and its keys are in attributes
/// of their own.
#[doc(hidden)]
#[track_caller]
pub const fn assert_index(table: &TableDef, at: usize) {
    let index = table.indexes[at];
    assert_attribute(table, at, index.pk);
    assert_attribute(table, at, index.sk);
    let mut other = 0;
    while other < at {
        if same(table.indexes[other].name, index.name) {
            fail(&[
                "two indexes of table `",
                table.name,
                "` are called `",
                index.name,
                "`: give one of them `#[index(name = \"..\")]`",
            ]);
        }
        other += 1;
    }
}

#[track_caller]
const fn assert_attribute(table: &TableDef, at: usize, name: &str) {
    let mut taken = same(table.pk, name) || same(table.sk, name) || same(table.tag, name);
    let mut other = 0;
    while other < at {
        taken = taken || same(table.indexes[other].pk, name) || same(table.indexes[other].sk, name);
        other += 1;
    }
    if taken {
        fail(&[
            "index `",
            table.indexes[at].name,
            "` keeps a key in attribute `",
            name,
            "`, which table `",
            table.name,
            "` uses already: name another with `#[index(pk = \"..\", sk = \"..\")]`",
        ]);
    }
}

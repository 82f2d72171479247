//! The ids of documents in an index's container, and of the notes about deleted items.
//!
//! The id of an entry is the whole primary key of its item: both keys in the characters of ids, with `_-` between them.
//! The other documents have ids that begin with `_:`. In the id of a key, two digits follow each `_`, so none of these
//! can be another one.

use crate::document::id::{self, MOST};
use monotable_core::request::PrimaryKey;
use monotable_core::schema::TableDef;
use siphasher::sip128::{Hasher128 as _, SipHasher13};
use std::hash::Hasher as _;

/// The bytes of an id that are kept if it would be too long.
const KEPT: usize = 960;

/// What the id of a note about a deleted item begins with.
const DELETED: &str = "_:deleted_-";

/// Returns the id of the entry of an item.
pub(crate) fn of_entry(table: &TableDef, key: &PrimaryKey) -> String {
    let text = |key: &str| id::escaped(key, table.encoding);
    shortened(format!("{}_-{}", text(&key.pk), text(&key.sk)))
}

/// Returns the id of the note that an item was deleted.
pub(crate) fn of_deleted(table: &TableDef, sk: &str) -> String {
    shortened(format!("{DELETED}{}", id::escaped(sk, table.encoding)))
}

/// Returns whether the id is that of a note about a deleted item.
pub(crate) fn is_of_deleted(id: &str) -> bool {
    id.starts_with(DELETED)
}

/// Returns an id of at most 1,023 bytes. A longer one is cut off, and ends with a hash of all of it.
fn shortened(mut id: String) -> String {
    if id.len() > MOST {
        let mut hasher = SipHasher13::new();
        hasher.write(id.as_bytes());
        let hash = hasher.finish128().as_u128();
        id.truncate(KEPT);
        id.push_str(&format!("_.{hash:032x}"));
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use monotable_core::key::Encoding;
    use proptest::prelude::*;

    static TABLE: TableDef = TableDef::new("Work", ["pk", "sk", "_type"], Encoding::Raw, &[], &[]);

    fn key(pk: &str, sk: &str) -> PrimaryKey {
        PrimaryKey { pk: pk.to_owned(), sk: sk.to_owned() }
    }

    #[test]
    fn usual_ids_stay_readable() {
        assert_eq!(of_entry(&TABLE, &key("TASK#1", "A/B")), "TASK~1_-A_2FB");
        assert_eq!(of_deleted(&TABLE, "A#1"), "_:deleted_-A~1");
    }

    #[test]
    fn long_keys_have_ids_of_their_own() {
        let long = "x".repeat(2048);
        let ids = ["a", "b"].map(|sk| of_entry(&TABLE, &key(&long, sk)));
        assert!(ids.iter().all(|id| id.len() <= MOST), "{ids:?}");
        assert_ne!(ids[0], ids[1]);
        let notes = ["a", "b"].map(|end| of_deleted(&TABLE, &format!("{}{end}", "/".repeat(340))));
        assert!(notes.iter().all(|id| id.len() <= MOST && is_of_deleted(id)), "{notes:?}");
        assert_ne!(notes[0], notes[1]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn keys_that_differ_have_ids_that_differ(
            [a, b, c, d] in prop::array::uniform4("[a#_/.:\\-é]{1,4}"),
        ) {
            let (left, right) = (key(&a, &b), key(&c, &d));
            let ids = [of_entry(&TABLE, &left), of_entry(&TABLE, &right)];
            prop_assert_eq!(ids[0] == ids[1], left == right, "{:?}", ids);
            prop_assert!(ids.iter().all(|id| !id.starts_with("_:")));
        }
    }
}

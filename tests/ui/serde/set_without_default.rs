// A set that becomes empty is no attribute any more.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}", crate = "crate::db")]
struct Note {
    user: String,
    id: String,
    #[serde(with = "crate::db::set")]
    tags: BTreeSet<String>,
}

mod db {
    pub use monotable::__private;

    pub mod set {
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        pub fn serialize<T: Serialize, S: Serializer>(set: &T, out: S) -> Result<S::Ok, S::Error> {
            set.serialize(out)
        }

        pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
            input: D,
        ) -> Result<T, D::Error> {
            T::deserialize(input)
        }
    }
}

async fn used<B: monotable::Backend>(notes: Table<Notes, B>, note: Note) -> monotable::Result<()> {
    note.create().send(&notes).await?;
    Note::get(&note.user, &note.id).send(&notes).await?;
    Ok(())
}

fn main() {}

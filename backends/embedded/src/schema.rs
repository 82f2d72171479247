//! The schema of a table in the form that the store records, and its comparison with a declared
//! table.
//!
//! The record has the text of the table's key lock ([`TableDef::key_lock`]). Stores of earlier versions
//! have a record of another form (`legacy`), which is replaced when such a store is used.

mod legacy;
mod lines;

use crate::store::{Batch, Change, Lookup as _};
use lines::{differences, has_entity};
use monotable_core::schema::TableDef;
use monotable_core::{Error, Kind, Result, value};
use serde::{Deserialize, Serialize};

/// What the store records of its table.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    /// The name of the table, which may change.
    table: String,
    /// The text of the table's key lock.
    lock: String,
}

/// Records the schema of `table` if the store has none yet, and compares the two if it has one.
///
/// The attributes of the keys and of the tag, the encoding and the indexes may not change. The name of the
/// table and its entities may: then the record becomes what is declared now. But if both the name and all
/// entities differ, it is another table.
///
/// # Errors
///
/// `SchemaMismatch` if they differ.
pub(crate) fn adopt(batch: &mut impl Batch, table: &TableDef) -> Result<()> {
    let declared = Record { table: table.name.to_owned(), lock: table.key_lock() };
    if let Some(recorded) = batch.lookup().schema()? {
        let (recorded, is_same_table) = match value::from_bytes::<Record>(&recorded) {
            Ok(recorded) => {
                let is_same_table = recorded.table == declared.table
                    || table.entities.iter().any(|entity| has_entity(&recorded.lock, entity.name));
                (recorded, is_same_table)
            }
            // Such a record does not say which entities the table has.
            Err(_) => (legacy::record(&recorded).map_err(unreadable)?, true),
        };
        let mut found = Vec::new();
        if !is_same_table {
            found.push(format!(
                "the table is `{}` in the store, but declared as `{}`, and no entity is in both",
                recorded.table, declared.table
            ));
        }
        found.extend(differences(&recorded.lock, &declared.lock));
        if !found.is_empty() {
            let message = format!(
                "the store's table is not the declared table `{}`: {}; nothing was changed. Declare the \
                 table as it is stored, or use another store",
                declared.table,
                found.join(", ")
            );
            return Err(Error::new(Kind::SchemaMismatch, message));
        }
        if recorded.table == declared.table && recorded.lock == declared.lock {
            return Ok(());
        }
    }
    let bytes = value::to_bytes(&declared).map_err(unreadable)?;
    batch.apply(Change::Schema(Some(bytes)));
    Ok(())
}

fn unreadable(error: value::ValueError) -> Error {
    let message = format!("the schema in the store cannot be read: {error}");
    Error::new(Kind::SchemaMismatch, message).with_source(error)
}

#[cfg(test)]
mod tests;

//! The schema of a table in the form that the store records, and its comparison with a declared
//! table.

use crate::store::{Batch, Change, Lookup as _};
use monotable_core::schema::{IndexDef, Projection, TableDef};
use monotable_core::{Error, Kind, Result, value};
use serde::{Deserialize, Serialize};

/// The recorded schema of a table.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Schema {
    table: String,
    pk: String,
    sk: String,
    tag: String,
    encoding: String,
    indexes: Vec<Index>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Index {
    name: String,
    pk: String,
    sk: String,
    projection: String,
    /// Sorted by name.
    include: Vec<String>,
}

/// Records the schema of `table` if the store has none yet, and compares the two if it has one.
///
/// # Errors
///
/// `SchemaMismatch` if they differ.
pub(crate) fn adopt(batch: &mut impl Batch, table: &TableDef) -> Result<()> {
    let declared = Schema::of(table);
    let Some(recorded) = batch.lookup().schema()? else {
        let bytes = value::to_bytes(&declared).map_err(unreadable)?;
        batch.apply(Change::Schema(Some(bytes)));
        return Ok(());
    };
    let recorded: Schema = value::from_bytes(&recorded).map_err(unreadable)?;
    let differences = recorded.differences(&declared);
    if differences.is_empty() {
        return Ok(());
    }
    let message = format!(
        "the store's table is not the declared table `{}`: {}; nothing was changed. Declare the \
         table as it is stored, or use another store",
        declared.table,
        differences.join(", ")
    );
    Err(Error::new(Kind::SchemaMismatch, message))
}

fn unreadable(error: value::ValueError) -> Error {
    let message = format!("the schema in the store cannot be read: {error}");
    Error::new(Kind::SchemaMismatch, message).with_source(error)
}

impl Schema {
    fn of(table: &TableDef) -> Self {
        let mut indexes: Vec<Index> = table.indexes.iter().map(|index| Index::of(index)).collect();
        indexes.sort_by(|one, other| one.name.cmp(&other.name));
        Schema {
            table: table.name.to_owned(),
            pk: table.pk.to_owned(),
            sk: table.sk.to_owned(),
            tag: table.tag.to_owned(),
            encoding: format!("{:?}", table.encoding).to_ascii_lowercase(),
            indexes,
        }
    }

    /// Describes each difference between this recorded schema and the declared one.
    fn differences(&self, declared: &Schema) -> Vec<String> {
        let mut found = Vec::new();
        let mut compare = |what: &str, stored: &str, declared: &str| {
            if stored != declared {
                found.push(format!(
                    "{what} is `{stored}` in the store, but declared as `{declared}`"
                ));
            }
        };
        compare("the table's name", &self.table, &declared.table);
        compare("the partition key attribute", &self.pk, &declared.pk);
        compare("the sort key attribute", &self.sk, &declared.sk);
        compare("the tag attribute", &self.tag, &declared.tag);
        compare("the encoding of keys", &self.encoding, &declared.encoding);
        for stored in &self.indexes {
            let name = &stored.name;
            let Some(declared) = declared.indexes.iter().find(|index| index.name == *name) else {
                found.push(format!("index `{name}` is in the store, but not declared"));
                continue;
            };
            let mut compare = |what: &str, stored: &str, declared: &str| {
                if stored != declared {
                    found.push(format!(
                        "the {what} of index `{name}` is `{stored}` in the store, but declared as \
                         `{declared}`"
                    ));
                }
            };
            compare("partition key attribute", &stored.pk, &declared.pk);
            compare("sort key attribute", &stored.sk, &declared.sk);
            compare("projection", &stored.projection(), &declared.projection());
        }
        for declared in &declared.indexes {
            if self.indexes.iter().all(|index| index.name != declared.name) {
                found.push(format!("index `{}` is declared, but not in the store", declared.name));
            }
        }
        found
    }
}

impl Index {
    fn of(index: &IndexDef) -> Self {
        let (projection, mut include) = match index.projection {
            Projection::All => ("all".to_owned(), Vec::new()),
            Projection::KeysOnly => ("keys_only".to_owned(), Vec::new()),
            Projection::Include(names) => {
                ("include".to_owned(), names.iter().map(|name| (*name).to_owned()).collect())
            }
            other => (format!("{other:?}"), Vec::new()),
        };
        include.sort_unstable();
        Index {
            name: index.name.to_owned(),
            pk: index.pk.to_owned(),
            sk: index.sk.to_owned(),
            projection,
            include,
        }
    }

    /// Returns the projection as it is declared, with the names of its attributes.
    fn projection(&self) -> String {
        match self.include.as_slice() {
            [] => self.projection.clone(),
            names => format!("{}({})", self.projection, names.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests;

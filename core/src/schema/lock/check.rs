//! The check of a table with a lock, and the function that writes the file.

use super::compare::difference;
use super::out::Out;
use super::render::render;
use crate::schema::TableDef;
use crate::schema::proof::fail;
use std::io::{Error, Result};
use std::path::Path;

/// What the file begins with. Lines with `#` are not compared.
const HEADER: &str = "\
# The key lock of a table: what its stored data depends on. It is compared with the code when it is compiled.
# Do not edit it. `MONOTABLE_LOCK=write cargo test keys_lock` writes it anew.
";

impl TableDef {
    /// Returns what the stored data of the table depends on, as a text: one line for each fact.
    ///
    /// It is the text in the file of `#[table(lock = "..")]`, without the comments.
    #[must_use]
    pub fn key_lock(&self) -> String {
        let mut bytes = vec![0; lock_length(self)];
        render(self, &mut Out::room(&mut bytes));
        // It consists of whole texts.
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Returns how many bytes the text of a table has.
pub(super) const fn lock_length(table: &TableDef) -> usize {
    let mut out = Out::COUNTER;
    render(table, &mut out);
    out.used()
}

/// Returns whether a file has the text of a table, in the same order.
const fn is_same(table: &TableDef, file: &str) -> bool {
    let mut out = Out::file(file.as_bytes());
    render(table, &mut out);
    out.is_file()
}

/// Returns how much room the check of a file needs: none if it has the text of the table.
///
/// So the text is only rendered if they differ, which takes longer.
#[doc(hidden)]
#[must_use]
pub const fn lock_room(table: &TableDef, file: &str) -> usize {
    if is_same(table, file) { 0 } else { lock_length(table) }
}

/// Checks that a file has the lines of a table. `N` is from [`lock_room`].
#[doc(hidden)]
#[track_caller]
pub const fn assert_lock<const N: usize>(table: &TableDef, name: &str, file: &str) {
    if N == 0 {
        return;
    }
    let mut bytes = [0; N];
    render(table, &mut Out::room(&mut bytes));
    let Ok(code) = std::str::from_utf8(&bytes) else { return };
    let Some(found) = difference(file, code) else { return };
    let start: [&str; 5] = match (found.old, found.new) {
        (Some(old), Some(new)) => ["has `", old, "`, but the code has `", new, "`"],
        (None, Some(new)) => ["lacks `", new, "`, which the code has", "", ""],
        (Some(old), None) => ["has `", old, "`, which the code lacks", "", ""],
        (None, None) => ["differs from the code", "", "", "", ""],
    };
    let [a, b, c, d, e] = start;
    let more = if found.has_more { " (other lines differ, too)" } else { "" };
    fail(&[
        "`",
        name,
        "` ",
        a,
        b,
        c,
        d,
        e,
        ": this ",
        found.meaning,
        more,
        ". Undo it, or accept it with `MONOTABLE_LOCK=write cargo test keys_lock`",
    ]);
}

/// Writes the file of a table's lock, if it is not there with this text. The function that the derive adds
/// to tests calls it.
#[doc(hidden)]
#[allow(clippy::missing_errors_doc)]
pub fn write_lock(table: &TableDef, folder: &str, name: &str) -> Result<()> {
    let path = Path::new(folder).join(name);
    let text = format!("{HEADER}{}", table.key_lock());
    if std::fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    std::fs::write(&path, text).map_err(|error| {
        Error::new(error.kind(), format!("cannot write {}: {error}", path.display()))
    })
}

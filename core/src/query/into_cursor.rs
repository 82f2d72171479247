//! `IntoCursor`: the forms in which a cursor can be given.

use crate::request::Cursor;

/// A [`Cursor`], or an `Option` of one, owned or borrowed. `None` starts at the beginning.
#[diagnostic::on_unimplemented(
    message = "`after` takes a `Cursor` or an `Option<Cursor>`, but `{Self}` is given: a text is parsed with `text.parse::<Cursor>()?`",
    label = "not a cursor"
)]
pub trait IntoCursor {
    /// Returns the cursor.
    fn into_cursor(self) -> Option<Cursor>;
}

impl IntoCursor for Cursor {
    fn into_cursor(self) -> Option<Cursor> {
        Some(self)
    }
}

impl IntoCursor for Option<Cursor> {
    fn into_cursor(self) -> Option<Cursor> {
        self
    }
}

impl IntoCursor for &Cursor {
    fn into_cursor(self) -> Option<Cursor> {
        Some(self.clone())
    }
}

impl IntoCursor for &Option<Cursor> {
    fn into_cursor(self) -> Option<Cursor> {
        self.clone()
    }
}

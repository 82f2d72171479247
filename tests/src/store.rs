//! The backends that the tests run on.

use monotable::Backend;
use monotable::backend::AllIndexes;

/// A backend that serves the indexes of every table, so that a test for any backend can open its tables on it.
pub trait Store: Backend<Indexes = AllIndexes> {}

impl<B: Backend<Indexes = AllIndexes>> Store for B {}

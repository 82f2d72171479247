//! The handle of a table.

use crate::backend::Backend;
use crate::error::Result;
use crate::request::CreateTable;
use crate::schema::Schema;
use crate::trace;
use std::fmt;
use std::marker::PhantomData;

/// A table on a backend, from [`SchemaExt::on`](crate::SchemaExt::on): what every request is sent to.
///
/// Cheap to clone, and meant to be kept: make it once for a process, not once for each request.
pub struct Table<S, B> {
    backend: B,
    schema: PhantomData<fn() -> S>,
}

impl<S: Schema, B: Backend> Table<S, B> {
    pub(crate) fn new(backend: B) -> Self {
        Table { backend, schema: PhantomData }
    }

    /// The backend.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// Creates the table and its indexes if there is none, and waits until it can be used.
    ///
    /// Nothing is ever dropped or changed: it can run at every start. On the embedded backend it is
    /// not needed, the first request does the same.
    ///
    /// # Errors
    ///
    /// [`is_schema_mismatch`](crate::Error::is_schema_mismatch), saying how they differ, if there
    /// is a table with other keys or indexes.
    ///
    /// # Example: at every start
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let backend = Embedded::in_memory();
    /// let shop = Shop::on(backend);
    /// shop.create_if_missing().await?;
    /// # Ok(()) }) }
    /// ```
    pub async fn create_if_missing(&self) -> Result<()> {
        let request = CreateTable { table: S::DEF };
        let span = trace::span::<B>(&self.backend, S::DEF, "CreateTable", None, None);
        trace::run(span, self.backend.create_table(request), |()| None).await
    }
}

impl<S, B: Clone> Clone for Table<S, B> {
    fn clone(&self) -> Self {
        Table { backend: self.backend.clone(), schema: PhantomData }
    }
}

impl<S: Schema, B: fmt::Debug> fmt::Debug for Table<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("name", &S::DEF.name).field("backend", &self.backend).finish()
    }
}

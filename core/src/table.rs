//! `Table`: the handle of a table, to which every request is sent.

use crate::backend::{Backend, Client, HeldBy, Origin, TransactWrites, Verb};
use crate::cost::Meter;
use crate::error::Result;
use crate::request::CreateTable;
use crate::schema::Schema;
use std::fmt;
use std::marker::PhantomData;

/// The handle of a table on a backend, to which every request is sent: from
/// [`SchemaExt::on`](crate::SchemaExt::on).
///
/// Create it once for a process and keep it, instead of creating one for each request. It is cheap to
/// clone.
pub struct Table<S, B: Backend> {
    backend: B,
    transact_guards: Option<TransactWrites<B>>,
    meter: Option<Meter>,
    schema: PhantomData<fn() -> S>,
}

impl<S: Schema, B: Backend> Table<S, B> {
    pub(crate) fn new(backend: B) -> Self
    where
        S: HeldBy<B>,
    {
        let transact_guards = S::transact_guards();
        Table { backend, transact_guards, meter: None, schema: PhantomData }
    }

    /// Returns the backend.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// Returns a client for the requests of one call of the user.
    pub(crate) fn client(&self, origin: Origin) -> Client<'_, B> {
        let Table { backend, transact_guards, meter, .. } = self;
        let (transact_guards, meter) = (*transact_guards, meter.as_ref());
        Client { backend, table: S::DEF, transact_guards, meter, origin }
    }

    /// Returns a handle of the same table that adds the cost of each request to `meter`, and no longer to
    /// the meter of this handle, if it has one.
    #[must_use]
    pub fn metered(&self, meter: &Meter) -> Self {
        Table { meter: Some(meter.clone()), ..self.clone() }
    }

    /// Creates the table and its indexes if it does not exist, and waits until it can be used.
    ///
    /// An existing table is never changed, so a program can call this at every start. The embedded
    /// backend does not need it, because the first request does the same.
    ///
    /// # Errors
    ///
    /// [`is_schema_mismatch`](crate::Error::is_schema_mismatch), with the differences, if there is a
    /// table with other keys or indexes.
    ///
    /// # Example: create the table at the start of a program
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let backend = Embedded::in_memory();
    /// let shop = Shop::on(backend);
    /// shop.create_if_missing().await?;
    /// # Ok(()) }) }
    /// ```
    #[doc(alias = "CreateTable")]
    pub async fn create_if_missing(&self) -> Result<()> {
        let client = self.client(Origin::Table(S::DEF.name, Verb::CreateIfMissing));
        client.create_table(CreateTable { table: S::DEF }).await
    }
}

impl<S, B: Backend> Clone for Table<S, B> {
    fn clone(&self) -> Self {
        let Table { backend, transact_guards, meter, .. } = self;
        Table {
            backend: backend.clone(),
            transact_guards: *transact_guards,
            meter: meter.clone(),
            schema: PhantomData,
        }
    }
}

impl<S: Schema, B: Backend + fmt::Debug> fmt::Debug for Table<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("name", &S::DEF.name).field("backend", &self.backend).finish()
    }
}

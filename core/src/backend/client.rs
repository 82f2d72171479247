//! `Client`: runs a request on a backend, in a tracing span with its cost, and adds the called method
//! to its errors.

use super::origin::{At as _, Origin};
use super::{Backend, Reader, TransactGets, TransactWrites};
use crate::cost::{Cost, Meter};
use crate::error::{Error, Kind, Result};
use crate::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Operation,
    Put, Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use crate::schema::TableDef;
use std::future::{Future, poll_fn};
use std::pin::pin;
use tracing::Span;
use tracing::field::Empty;

/// A backend, for the requests of one call of the user.
pub(crate) struct Client<'a, B: Backend> {
    pub(crate) backend: &'a B,
    pub(crate) table: &'static TableDef,
    pub(crate) transact_guards: Option<TransactWrites<B>>,
    pub(crate) meter: Option<&'a Meter>,
    pub(crate) origin: Origin,
}

impl<B: Backend> Clone for Client<'_, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<B: Backend> Copy for Client<'_, B> {}

macro_rules! requests {
    ($($method:ident: $operation:ident, $request:ty => $answer:ty;)*) => {$(
        // Not an `async fn`, whose future would hold the request once more, to be moved.
        pub(crate) fn $method(
            self,
            request: $request,
        ) -> impl Future<Output = Result<$answer>> + Send {
            let checked = B::LIMITS.check_keys(&request);
            self.run(Operation::$operation, checked, self.backend.$method(request))
        }
    )*};
}

impl<B: Backend> Client<'_, B> {
    requests! {
        get: Get, Get => Fetched<B::Item>;
        put: Put, Put<B::Item> => Written<B::Item>;
        update: Update, Update => Written<B::Item>;
        delete: Delete, Delete => Written<B::Item>;
        query: Query, Query => Queried<B::Item>;
        batch_get: BatchGet, BatchGet => BatchFetched<B::Item>;
        batch_write: BatchWrite, BatchWrite<B::Item> => BatchWritten;
        create_table: CreateTable, CreateTable => ();
    }

    /// Runs a query whose items are read as values.
    pub(crate) fn query_as<R: Reader>(
        self,
        request: Query,
    ) -> impl Future<Output = Result<Queried<R::Output>>> + Send {
        let checked = B::LIMITS.check_keys(&request);
        self.run(Operation::Query, checked, self.backend.query_as::<R>(request))
    }

    /// Returns the same client for another call of the user.
    pub(crate) fn at(self, origin: Origin) -> Self {
        Client { origin, ..self }
    }

    /// Runs a request about a feed of changes.
    pub(crate) fn read_changes<T: Answer>(
        self,
        request: impl Future<Output = Result<T>> + Send,
    ) -> impl Future<Output = Result<T>> + Send {
        self.run(Operation::ReadChanges, Ok(()), request)
    }

    /// Runs a transaction that writes unique guards.
    pub(crate) async fn transact_guards(
        self,
        request: TransactWrite<B::Item>,
    ) -> Result<Transacted<B::Item>> {
        let Some(transact) = self.transact_guards else {
            // A table with unique fields can only be opened on a backend that has them.
            let message = "the backend has no transactions across partitions";
            return Err(Error::new(Kind::Unsupported, message));
        };
        self.transact_write(transact, request).await
    }

    /// Runs a transaction that writes.
    pub(crate) async fn transact_write(
        self,
        transact: TransactWrites<B>,
        request: TransactWrite<B::Item>,
    ) -> Result<Transacted<B::Item>> {
        let checked = B::LIMITS.check_keys(&request);
        self.run(Operation::TransactWrite, checked, transact(self.backend, request)).await
    }

    /// Runs a transaction that reads.
    pub(crate) async fn transact_get(
        self,
        transact: TransactGets<B>,
        request: TransactGet,
    ) -> Result<TransactFetched<B::Item>> {
        let checked = B::LIMITS.check_keys(&request);
        self.run(Operation::TransactGet, checked, transact(self.backend, request)).await
    }

    /// Creates the span of a request, with OpenTelemetry's names for databases. The cost is recorded
    /// when the request is done.
    fn span(self, operation: Operation) -> Span {
        let name = B::operation_name(operation);
        tracing::info_span!(
            target: "monotable",
            "request",
            otel.name = name,
            otel.kind = "client",
            db.system.name = B::SYSTEM,
            db.operation.name = name,
            db.collection.name = self.backend.collection().unwrap_or(self.table.name),
            monotable.entity = self.origin.entity(),
            monotable.access_pattern = self.origin.pattern(),
            monotable.read_units = Empty,
            monotable.write_units = Empty,
            monotable.request_units = Empty,
            monotable.plan = Empty,
            monotable.cache = Empty,
            error.type = Empty,
        )
    }

    /// Runs a request in its span, unless the check of its keys has failed.
    async fn run<T: Answer>(
        self,
        operation: Operation,
        checked: Result<()>,
        request: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        checked.at(self.origin)?;
        let span = self.span(operation);
        // Not `Instrument`, which would move the request twice more.
        let mut request = pin!(request);
        let answer = poll_fn(|context| {
            let _entered = span.enter();
            request.as_mut().poll(context)
        })
        .await;
        if let (Some(meter), Ok(answer)) = (self.meter, &answer) {
            meter.add(answer.cost().unwrap_or(Cost::ZERO));
        }
        if !span.is_disabled() {
            match &answer {
                Ok(answer) => record(&span, answer.cost()),
                Err(error) => {
                    span.record("error.type", tracing::field::debug(error.kind()));
                }
            }
        }
        answer.at(self.origin)
    }
}

fn record(span: &Span, cost: Option<Cost>) {
    let Some(cost) = cost else { return };
    let units = [
        ("monotable.read_units", cost.read_units.get()),
        ("monotable.write_units", cost.write_units.get()),
        ("monotable.request_units", cost.request_units.get()),
    ];
    // Each store counts only in some of the units. The others are not recorded.
    for (field, amount) in units.into_iter().filter(|(_, amount)| *amount != 0.0) {
        span.record(field, amount);
    }
}

/// An answer of a backend.
pub(crate) trait Answer {
    /// The cost of the request, if it is known.
    fn cost(&self) -> Option<Cost>;
}

macro_rules! answers {
    ($($answer:ty),*) => {$(
        impl<I> Answer for $answer {
            fn cost(&self) -> Option<Cost> {
                Some(self.cost)
            }
        }
    )*};
}
answers!(Fetched<I>, Written<I>, Queried<I>, BatchFetched<I>, TransactFetched<I>, Transacted<I>);

impl Answer for BatchWritten {
    fn cost(&self) -> Option<Cost> {
        Some(self.cost)
    }
}

impl Answer for () {
    fn cost(&self) -> Option<Cost> {
        None
    }
}

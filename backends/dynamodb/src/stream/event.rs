//! `StreamEvent`: the event of an AWS Lambda function that a stream of DynamoDB calls.

use super::record::Records;
use super::transcode::Json;
use crate::Attributes;
use monotable_core::change::{
    AllChanges, Change, FailOnUnknown, FeedMode as _, KeepUnknown, SkipUnknown, UnknownItems,
};
use monotable_core::schema::Schema;
use monotable_core::{Error, Kind, Result};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::marker::PhantomData;

/// The event of an AWS Lambda function that a stream of DynamoDB calls: some changes, in order.
///
/// It implements `Deserialize`, so it is the argument of a function of `lambda_runtime`, or of any other runtime that reads
/// its events as JSON by serde. `U` says what happens to [unknown items](monotable_core::change).
///
/// # What the function needs
///
/// - The table has a stream with `StreamViewType` `NEW_AND_OLD_IMAGES`.
/// - The mapping between the stream and the function (the event source mapping) has
///   `FunctionResponseTypes: [ReportBatchItemFailures]`. Without it, AWS Lambda does not look at the answer, and takes a batch
///   with a failure for done. If you cannot set it, return [`StreamAnswer::into_result`].
/// - A change that fails is sent again until it succeeds or is 24 hours old, and nothing of its shard is sent meanwhile. So set
///   `MaximumRetryAttempts` and a destination for failures on the mapping.
///
/// # Example: a function that handles the changes of a table
///
/// ```
/// # use monotable::prelude::*;
/// # use monotable::{Change, ChangeKind};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Debug, Table)]
/// # enum Shop { Order(Order) }
/// # #[derive(Debug, Serialize, Deserialize, Entity)]
/// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
/// # struct Order { id: String }
/// # async fn send_mail(_: &str, _: &Order) -> Result<(), std::io::Error> { Ok(()) }
/// use monotable_dynamodb::{StreamAnswer, StreamEvent};
///
/// // With lambda_runtime: `service_fn(|event| async { Ok::<_, Error>(handle(event.payload).await) })`.
/// async fn handle(event: StreamEvent) -> StreamAnswer {
///     let handler = async |change: Change<Shop>| -> Result<(), std::io::Error> {
///         if let ChangeKind::Created(Shop::Order(order)) = &change.kind {
///             send_mail(&change.id, order).await?;
///         }
///         Ok(())
///     };
///     event.handle(handler).await
/// }
/// # let event: StreamEvent = serde_json::from_str(r#"{"Records":[]}"#)?;
/// # assert!(event.is_empty());
/// # Ok::<_, serde_json::Error>(())
/// ```
#[must_use = "the changes of an event are not handled until `handle` is called"]
pub struct StreamEvent<U = FailOnUnknown> {
    records: Records,
    unknown: PhantomData<fn() -> U>,
}

impl<'de> Deserialize<'de> for StreamEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Json(text) = Json::deserialize(deserializer)?;
        let records = Records::read(text.into()).ok_or_else(|| {
            D::Error::custom(
                "the event is none of a stream of DynamoDB: it has no list `Records`; see which trigger calls the function",
            )
        })?;
        Ok(StreamEvent { records, unknown: PhantomData })
    }
}

impl<U: UnknownItems> StreamEvent<U> {
    /// Returns the number of records, with those that are left out.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Returns whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Leaves out changes of unknown items, with a warning. See [`SkipUnknown`].
    pub fn skip_unknown(self) -> StreamEvent<SkipUnknown> {
        StreamEvent { records: self.records, unknown: PhantomData }
    }

    /// Hands unknown items over as they are stored. See [`KeepUnknown`].
    pub fn keep_unknown(self) -> StreamEvent<KeepUnknown> {
        StreamEvent { records: self.records, unknown: PhantomData }
    }

    /// Returns the changes of a table in the event, in order. Guards and other items of the table itself are left out.
    ///
    /// Each change that cannot be read is an error in its place:
    ///
    /// - [`is_decode`](Error::is_decode): its item is unknown, or the record is not as DynamoDB sends it;
    /// - [`is_schema_mismatch`](Error::is_schema_mismatch): the stream does not have the items before and after each change.
    pub fn changes<S: Schema>(
        &self,
    ) -> impl Iterator<Item = Result<Change<U::Item<S, Attributes>>>> {
        let changes = self.records.all().iter().map(|record| self.records.change(S::DEF, record));
        changes.filter_map(|change| decode::<S, U>(change).transpose())
    }

    /// Calls the handler for each change, one after the other, and stops at the first one that fails. Returns the answer of
    /// the function, which names the change that failed.
    ///
    /// AWS Lambda calls the function again with this change and all that follow it. Those that follow may have come before,
    /// and a change can come twice for other reasons, too. So the handler has to be idempotent, by the
    /// [id](Change::id) of the change. A change that can never be handled has to end with `Ok`, after it has been put
    /// elsewhere.
    ///
    /// What failed is told as an event of [tracing](https://docs.rs/tracing).
    pub async fn handle<S, E, F, W>(mut self, mut handler: F) -> StreamAnswer
    where
        S: Schema,
        E: fmt::Display,
        F: FnMut(Change<U::Item<S, Attributes>>) -> W,
        W: Future<Output = Result<(), E>>,
    {
        // Nothing is borrowed while the handler runs, so that the future is one for any thread.
        for record in self.records.take() {
            let error = match decode::<S, U>(self.records.change(S::DEF, &record)) {
                Ok(None) => continue,
                Ok(Some(change)) => {
                    let key = change.key.clone();
                    let Err(error) = handler(change).await else { continue };
                    format!("the handler of a change of item `{key}` failed: {error}")
                }
                Err(error) => error.to_string(),
            };
            let sequence = record.sequence;
            tracing::error!(target: "monotable", sequence, error, "a change of a stream was not handled");
            return StreamAnswer::failed(sequence, error);
        }
        StreamAnswer::default()
    }
}

fn decode<S: Schema, U: UnknownItems>(
    change: Result<Change<Attributes>>,
) -> Result<Option<Change<U::Item<S, Attributes>>>> {
    AllChanges::decode::<S, U, Attributes>(&change?)
}

impl<U> fmt::Debug for StreamEvent<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamEvent").field("len", &self.records.len()).finish()
    }
}

/// The answer of a function to a [`StreamEvent`]: which change has failed, if one has.
///
/// As JSON it is `{"batchItemFailures":[{"itemIdentifier":"<SequenceNumber>"}]}`, and `{"batchItemFailures":[]}` if all
/// were handled. A record without a sequence number cannot be named: then the identifier is empty, which makes AWS Lambda send
/// the whole batch again.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "return the answer from the function, or AWS Lambda takes the batch for done"]
pub struct StreamAnswer {
    batch_item_failures: Vec<Failure>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    item_identifier: String,
    #[serde(skip)]
    error: String,
}

impl StreamAnswer {
    fn failed(item_identifier: String, error: String) -> Self {
        StreamAnswer { batch_item_failures: vec![Failure { item_identifier, error }] }
    }

    /// Returns whether all changes were handled.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.batch_item_failures.is_empty()
    }

    /// Makes the failure of a change that of the function, for a mapping without `ReportBatchItemFailures`. Then the whole
    /// batch is sent again.
    ///
    /// # Errors
    ///
    /// [`is_unavailable`](Error::is_unavailable), with what has failed, if a change was not handled.
    pub fn into_result(self) -> Result<Self> {
        match self.batch_item_failures.first() {
            None => Ok(self),
            Some(failure) => Err(Error::new(Kind::NotSent, failure.error.clone())),
        }
    }
}

//! `get_records`: the call of the SDK whose records are read by our own codec.

use crate::DynamoDb;
use crate::direct::body;
use crate::stream::Records;
use aws_sdk_dynamodbstreams::Client;
use aws_sdk_dynamodbstreams::config::{ConfigBag, Intercept};
use aws_sdk_dynamodbstreams::error::{BoxError, SdkError};
use aws_sdk_dynamodbstreams::operation::get_records::{GetRecords, GetRecordsError};
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, Error as AnyError, Output,
};
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin as _;
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SharedResponseDeserializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::FrozenLayer;
use monotable_core::{Error, Kind, Result};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Records of a shard.
pub(super) struct Got {
    pub(super) records: Records,
    /// Where the shard is read from next; `None` at its end.
    pub(super) next: Option<String>,
}

/// Reads records of a shard. Returns `None` if the iterator has expired.
pub(super) async fn get_records(
    db: &DynamoDb,
    client: &Client,
    iterator: &str,
    most: i32,
) -> Result<Option<Got>> {
    let records = Slot::default();
    let call = client.get_records().shard_iterator(iterator).limit(most);
    let call = call.customize().interceptor(RecordsCodec(records.clone()));
    match Box::pin(call.send()).await {
        Ok(answer) => match records.take() {
            Some(records) => Ok(Some(Got { records, next: answer.next_shard_iterator })),
            None => {
                let message = "the answer of `GetRecords` is not as DynamoDB sends it: see whether the endpoint is that of DynamoDB Streams";
                Err(Error::new(Kind::Unavailable, message))
            }
        },
        Err(failed) if super::error::is_expired::<GetRecordsError>(&failed) => Ok(None),
        Err(failed) => Err(error(db, failed)),
    }
}

fn error(db: &DynamoDb, failed: SdkError<GetRecordsError, HttpResponse>) -> Error {
    super::error::convert(db, failed)
}

/// The records of an answer, on their way from the deserializer to the caller.
#[derive(Clone, Default)]
struct Slot(Arc<Mutex<Option<Records>>>);

impl Slot {
    fn set(&self, records: Option<Records>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = records;
    }

    fn take(&self) -> Option<Records> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl std::fmt::Debug for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Slot")
    }
}

/// Puts our deserializer in the place of the SDK's.
#[derive(Debug)]
struct RecordsCodec(Slot);

#[dyn_dispatch_hint]
impl Intercept for RecordsCodec {
    fn name(&self) -> &'static str {
        "monotable::RecordsCodec"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let deserializer = SharedResponseDeserializer::new(Deserializer(self.0.clone()));
        cfg.interceptor_state().store_put(deserializer);
        Ok(())
    }
}

/// Takes the records out of an answer, and gives the rest to the SDK's own deserializer.
#[derive(Debug)]
struct Deserializer(Slot);

impl DeserializeResponse for Deserializer {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        cfg: &ConfigBag,
    ) -> Result<Output, OrchestratorError<AnyError>> {
        let Some(sdk) = sdk() else {
            return Err(OrchestratorError::other("the SDK has no deserializer for `GetRecords`"));
        };
        // An attempt before this one may have had records.
        self.0.set(None);
        let text = body(response).filter(|_| response.status().is_success());
        let read = text.and_then(|text| Some((Records::read(text.clone())?, text)));
        let Some((records, text)) = read else {
            return sdk.deserialize_nonstreaming_with_config(response, cfg);
        };
        let before = text.get(..records.list.start).unwrap_or_default();
        let after = text.get(records.list.end..).unwrap_or_default();
        let rest = SdkBody::from(format!("{before}[]{after}"));
        let mut without_records = HttpResponse::new(response.status(), rest);
        *without_records.headers_mut() = response.headers().clone();
        self.0.set(Some(records));
        sdk.deserialize_nonstreaming_with_config(&without_records, cfg)
    }
}

/// The SDK's own deserializer; `None` if it is not where it is expected.
fn sdk() -> Option<&'static SharedResponseDeserializer> {
    static LAYER: OnceLock<Option<FrozenLayer>> = OnceLock::new();
    let layer = LAYER.get_or_init(|| GetRecords::new().config());
    layer.as_ref()?.load::<SharedResponseDeserializer>()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sdk_is_as_the_codec_of_records_expects() {
        assert!(super::sdk().is_some());
    }
}

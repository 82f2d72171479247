//! `DirectCodec`, the interceptor, and the deserializer that it puts in the place of the SDK's.

use super::answer::cut;
use super::operation::Operation;
use super::scope::{has_items, set_answer, take_operation, with_items};
use crate::codec::Page;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept};
use aws_sdk_dynamodb::error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut, Error, Output,
};
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SharedResponseDeserializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use bytes_utils::Str;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// An interceptor that lets items pass between DynamoDB's JSON and your structs without the SDK's attribute
/// values in between.
///
/// [`DynamoDb`](crate::DynamoDb) adds it to each of its calls. A client that has it already saves the
/// microseconds of adding it. It does not change the calls that you make with the client yourself.
///
/// ```
/// use aws_sdk_dynamodb::Client;
/// use aws_sdk_dynamodb::config::Builder;
/// use monotable_dynamodb::{DirectCodec, DynamoDb};
///
/// async fn connect() -> DynamoDb {
///     let config = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
///     let config = Builder::from(&config).interceptor(DirectCodec::new()).build();
///     DynamoDb::new(Client::from_conf(config), "shop")
/// }
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct DirectCodec;

impl DirectCodec {
    pub(crate) const NAME: &'static str = "monotable::DirectCodec";

    /// Returns the interceptor.
    #[must_use]
    pub const fn new() -> Self {
        DirectCodec
    }
}

#[dyn_dispatch_hint]
impl Intercept for DirectCodec {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(operation) = take_operation() else { return Ok(()) };
        let state = cfg.interceptor_state();
        state.store_put(Ours);
        if operation.deserializer().is_some() {
            state.store_put(SharedResponseDeserializer::new(Deserializer(operation)));
        }
        Ok(())
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if cfg.load::<Ours>().is_none() || !has_items() {
            return Ok(());
        }
        let request = context.request_mut();
        let text = request.body().bytes().and_then(|body| str::from_utf8(body).ok());
        let body = text.and_then(with_items).ok_or(NO_PLACE)?;
        request.headers_mut().insert("content-length", body.len().to_string());
        *request.body_mut() = SdkBody::from(body);
        Ok(())
    }
}

/// Marks the call of the SDK that the task's call is.
#[derive(Debug)]
struct Ours;

impl Storable for Ours {
    type Storer = StoreReplace<Self>;
}

/// The error of a request that differs from the one that was tried, which is never expected.
const NO_PLACE: &str =
    "the SDK serializes items in another way than this version of monotable expects";

/// Cuts the items out of an answer, and gives the rest to the SDK's own deserializer.
#[derive(Debug)]
pub(super) struct Deserializer(pub(super) &'static Operation);

impl DeserializeResponse for Deserializer {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        cfg: &ConfigBag,
    ) -> Result<Output, OrchestratorError<Error>> {
        let Some(sdk) = self.0.deserializer() else {
            return Err(OrchestratorError::other("the SDK has no deserializer for this operation"));
        };
        let member = self.0.member(response.status().is_success());
        let cut = body(response).filter(|_| !member.is_empty()).and_then(|text| {
            let cut = cut(&text, member).ok().filter(|cut| !cut.items.is_empty())?;
            Some((Page::new(text, cut.items, cut.checker), cut.rest))
        });
        let Some((page, rest)) = cut else {
            // An attempt before this one may have had items.
            set_answer(None);
            return sdk.deserialize_nonstreaming_with_config(response, cfg);
        };
        let mut without_items = HttpResponse::new(response.status(), SdkBody::from(rest));
        *without_items.headers_mut() = response.headers().clone();
        let output = sdk.deserialize_nonstreaming_with_config(&without_items, cfg);
        if output.is_err() && response.status().is_success() {
            // The error says where in the answer it is, so it has to be of the whole answer.
            set_answer(None);
            return sdk.deserialize_nonstreaming_with_config(response, cfg);
        }
        set_answer(Some(page));
        output
    }
}

/// The body of an answer, which is not copied if it is one piece in memory, as it is here.
pub(crate) fn body(response: &HttpResponse) -> Option<Str> {
    let body = ByteStream::new(response.body().try_clone()?);
    let collect = pin!(body.collect());
    match collect.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(bytes)) => Str::try_from(bytes.into_bytes()).ok(),
        _ => None,
    }
}

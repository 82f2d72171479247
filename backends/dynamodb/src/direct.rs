//! The direct codec: items between DynamoDB's JSON and the structs, without the SDK's attribute values.
//!
//! The SDK makes each call as it always does. Only the items go another way:
//!
//! - Of a request, the SDK serializes everything but the items. Before the request is signed, their JSON is
//!   put into its body ([`request`]).
//! - Of an answer, the items are found and cut out ([`answer`]), and the SDK deserializes the rest. So
//!   counts, keys, consumed capacity and errors are the SDK's. An answer that is not as DynamoDB sends
//!   it is left to the SDK as a whole.
//!
//! [`DirectCodec`] is the interceptor that does this. It finds the call that it belongs to in the task:
//! [`scope`] runs a call with its items, and returns what came back.

mod answer;
mod interceptor;
pub(crate) mod operation;
mod request;
mod scope;
#[cfg(test)]
mod tests;

pub use interceptor::DirectCodec;
#[cfg(feature = "streams")]
pub(crate) use interceptor::body;
pub(crate) use scope::{Answered, Outgoing, Sending, scope};

/// Sends a call of the SDK. Returns its result, and the items of its answer.
///
/// The SDK's futures have about 10 KB each. Here they are boxed at once, so that they are not moved, and so
/// that the futures that await them are small.
macro_rules! send {
    ($backend:expr, $outgoing:expr, $call:expr) => {{
        use $crate::client::Codec;
        use $crate::direct::{DirectCodec, Sending, scope};
        let outgoing = $outgoing;
        let future: Sending<_> = match $backend.codec {
            Codec::Sdk | Codec::OfClient => Box::pin($call.send()),
            Codec::OfCall => Box::pin($call.customize().interceptor(DirectCodec::new()).send()),
        };
        scope(outgoing, future).await
    }};
}
pub(crate) use send;

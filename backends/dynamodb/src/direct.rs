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
pub(crate) use scope::{Answered, Call, Outgoing, scope};

/// Sends a call of the SDK. Returns its result, and the items of its answer.
macro_rules! send {
    ($backend:expr, $outgoing:expr, $call:expr) => {{
        use $crate::client::Codec;
        use $crate::direct::{Answered, Call, DirectCodec, scope};
        let call = $call;
        let direct = Call::new($outgoing);
        match $backend.codec {
            Codec::Sdk => (call.send().await, Answered::default()),
            Codec::OfClient => scope(direct, call.send()).await,
            Codec::OfCall => {
                scope(direct, call.customize().interceptor(DirectCodec::new()).send()).await
            }
        }
    }};
}
pub(crate) use send;

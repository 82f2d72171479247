//! The operations of the SDK, and the codecs that it has for them.

use super::request::splice;
use aws_sdk_dynamodb::operation as sdk;
use aws_sdk_dynamodb::types::{Put, PutRequest, TransactWriteItem, WriteRequest};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

/// An operation of the SDK.
pub(crate) struct Operation {
    config: fn() -> Option<FrozenLayer>,
    /// A request with one item that has no attributes, for operations that write items.
    sample: fn() -> Option<Input>,
    /// The member of an answer that holds the items, and that of a refusal; empty if there are none.
    members: [&'static str; 2],
    layer: OnceLock<Option<FrozenLayer>>,
    takes_items: OnceLock<bool>,
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Operation")
    }
}

macro_rules! operations {
    ($($name:ident = $module:ident::$operation:ident, $sample:expr, $members:expr;)*) => {
        $(pub(crate) static $name: Operation = Operation {
            config: || sdk::$module::$operation::new().config(),
            sample: $sample,
            members: $members,
            layer: OnceLock::new(),
            takes_items: OnceLock::new(),
        };)*

        #[cfg(test)]
        pub(super) static ALL: &[(&str, &Operation)] = &[$((stringify!($operation), &$name)),*];
    };
}

operations! {
    GET_ITEM = get_item::GetItem, || None, ["Item", ""];
    PUT_ITEM = put_item::PutItem, a_put, ["Attributes", "Item"];
    UPDATE_ITEM = update_item::UpdateItem, || None, ["Attributes", "Item"];
    DELETE_ITEM = delete_item::DeleteItem, || None, ["Attributes", "Item"];
    QUERY = query::Query, || None, ["Items", ""];
    BATCH_GET_ITEM = batch_get_item::BatchGetItem, || None, ["Responses", ""];
    BATCH_WRITE_ITEM = batch_write_item::BatchWriteItem, a_batch, ["", ""];
    TRANSACT_GET_ITEMS = transact_get_items::TransactGetItems, || None, ["Responses", ""];
    TRANSACT_WRITE_ITEMS = transact_write_items::TransactWriteItems, a_transaction, ["", "CancellationReasons"];
}

fn a_put() -> Option<Input> {
    let put = sdk::put_item::PutItemInput::builder();
    put.table_name("t").set_item(Some(HashMap::new())).build().ok().map(Input::erase)
}

fn a_batch() -> Option<Input> {
    let put = PutRequest::builder().set_item(Some(HashMap::new())).build().ok()?;
    let writes = vec![WriteRequest::builder().put_request(put).build()];
    let batch = sdk::batch_write_item::BatchWriteItemInput::builder();
    batch.request_items("t", writes).build().ok().map(Input::erase)
}

fn a_transaction() -> Option<Input> {
    let put = Put::builder().table_name("t").set_item(Some(HashMap::new())).build().ok()?;
    let write = TransactWriteItem::builder().put(put).build();
    let transaction = sdk::transact_write_items::TransactWriteItemsInput::builder();
    transaction.transact_items(write).build().ok().map(Input::erase)
}

impl Operation {
    fn layer(&self) -> Option<&FrozenLayer> {
        self.layer.get_or_init(|| (self.config)()).as_ref()
    }

    /// The SDK's own deserializer of the operation; `None` if it is not where it is expected. Then the SDK
    /// reads the answers alone.
    pub(super) fn deserializer(&self) -> Option<&SharedResponseDeserializer> {
        self.layer()?.load::<SharedResponseDeserializer>()
    }

    /// The member of an answer with this success that holds the items.
    pub(super) fn member(&self, success: bool) -> &'static str {
        let [answer, refusal] = self.members;
        if success { answer } else { refusal }
    }

    /// Whether the SDK serializes an item without attributes in such a way that its place is found. If not,
    /// the SDK serializes the items, too. It is tried once for each operation.
    pub(super) fn takes_items(&self) -> bool {
        *self.takes_items.get_or_init(|| self.try_sample().is_some())
    }

    fn try_sample(&self) -> Option<String> {
        let serializer = self.layer()?.load::<SharedRequestSerializer>()?;
        let mut cfg = ConfigBag::base();
        let request = serializer.serialize_input((self.sample)()?, &mut cfg).ok()?;
        splice(str::from_utf8(request.body().bytes()?).ok()?, ["{}"].into_iter())
    }
}

//! The operations of the SDK, and the codecs that it has for them.

use aws_sdk_dynamodb::operation as sdk;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::SharedResponseDeserializer;
use aws_smithy_types::config_bag::FrozenLayer;
use std::fmt;
use std::sync::OnceLock;

/// An operation of the SDK.
pub(crate) struct Operation {
    config: fn() -> Option<FrozenLayer>,
    layer: OnceLock<Option<FrozenLayer>>,
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Operation")
    }
}

macro_rules! operations {
    ($($name:ident = $module:ident::$operation:ident;)*) => {$(
        pub(crate) static $name: Operation = Operation {
            config: || sdk::$module::$operation::new().config(),
            layer: OnceLock::new(),
        };
    )*};
}

impl Operation {
    /// The SDK's own deserializer of the operation; `None` if it is not where it is expected. Then the SDK
    /// reads the answers alone.
    pub(super) fn deserializer(&self) -> Option<&SharedResponseDeserializer> {
        let layer = self.layer.get_or_init(|| (self.config)());
        layer.as_ref()?.load::<SharedResponseDeserializer>()
    }
}

operations! {
    GET_ITEM = get_item::GetItem;
    PUT_ITEM = put_item::PutItem;
    UPDATE_ITEM = update_item::UpdateItem;
    DELETE_ITEM = delete_item::DeleteItem;
    QUERY = query::Query;
    BATCH_GET_ITEM = batch_get_item::BatchGetItem;
    TRANSACT_GET_ITEMS = transact_get_items::TransactGetItems;
    TRANSACT_WRITE_ITEMS = transact_write_items::TransactWriteItems;
}

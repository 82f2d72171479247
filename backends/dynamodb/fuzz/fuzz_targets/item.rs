//! Items: the direct codec writes them as attribute values are written.
#![no_main]

use monotable_core::value::Map;

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    if let Ok(item) = serde_json::from_slice::<Map>(input) {
        monotable_dynamodb::fuzzing::item(&item);
    }
});

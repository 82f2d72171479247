//! Answers of DynamoDB: the direct codec reads them as the SDK does.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| monotable_dynamodb::fuzzing::answer(input));

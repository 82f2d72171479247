//! Types of key parts in entities: from the arguments of `get` and of queries to what is read back.

#[path = "key_parts/days.rs"]
mod days;
#[path = "key_parts/seconds.rs"]
mod seconds;
#[path = "key_parts/typed_ids.rs"]
mod typed_ids;
#[path = "key_parts/types.rs"]
mod types;

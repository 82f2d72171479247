//! Fields that are stored as sets: `#[serde(with = "monotable::set")]`.
//!
//! serde knows sequences only, so without this a `HashSet` is stored as a list. With it, any
//! collection that serde writes as a sequence is stored as a set, and so can be changed by adding
//! and removing elements in place. Its elements are all text (or characters, or unit variants), all
//! numbers, or all bytes (such as those of `serde_bytes`). They are read back in ascending order.
//!
//! An `Option` of a collection works too, with the `default` that [any `Option` read through
//! `with`](crate::value#what-serde-stores) needs. Other formats, such as JSON, read and write a
//! sequence.
//!
//! A set that is empty cannot be stored: leave the field out with `skip_serializing_if`, or make it
//! an `Option`. In an update, setting a field to an empty set removes it, and in a condition an
//! empty set means that there is no value. A collection with two equal elements, such as a `Vec` can
//! have, or with elements of different kinds cannot be stored, either.
//!
//! ```
//! use std::collections::BTreeSet;
//!
//! use monotable::value::{self, Set, Value};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Debug, PartialEq, Serialize, Deserialize)]
//! struct Post {
//!     #[serde(with = "monotable::set", default, skip_serializing_if = "BTreeSet::is_empty")]
//!     tags: BTreeSet<String>,
//! }
//!
//! # fn main() -> Result<(), monotable::value::ValueError> {
//! let post = Post { tags: BTreeSet::from(["rust".to_owned(), "db".to_owned()]) };
//! let item = value::to_bytes(&post)?;
//! let tags = value::attribute(&item, "tags")?;
//! assert_eq!(tags, Some(Value::Set(Set::Text(post.tags.clone()))));
//! assert_eq!(value::from_bytes::<Post>(&item)?, post);
//!
//! let untagged = Post { tags: BTreeSet::new() };
//! assert_eq!(value::from_bytes::<Post>(&value::to_bytes(&untagged)?)?, untagged);
//! # Ok(())
//! # }
//! ```

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::value::token;

/// Serialises a collection as a set. `None` stays `None`.
///
/// # Errors
///
/// In this crate's codec: if the value is neither a sequence nor `None`, and for a sequence that is
/// empty, that has two equal elements, or whose elements are not all text, all numbers or all
/// bytes.
pub fn serialize<T, S>(collection: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Serialize + ?Sized,
    S: Serializer,
{
    serializer.serialize_newtype_struct(token::SET, collection)
}

/// Deserialises a collection, whether it is stored as a set or as a list.
///
/// # Errors
///
/// Those of `T`.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer)
}

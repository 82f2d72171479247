//! `Portable`: items that become bytes and come back from them.

use super::Item;
use crate::error::Result;
use std::borrow::Cow;

/// An item that can leave the process and come back: into a cache, for example. The items of all backends of
/// monotable can.
///
/// An item that comes back is equal to the one that left. It holds no memory but its own, also if the one that left was
/// part of a page.
pub trait Portable: Item {
    /// The name of the form that the bytes have, with its version, such as `embedded 1`. It changes if bytes that were
    /// written before cannot be read any more, or would be read as something else.
    const ENCODING: &'static str;

    /// Returns the item as bytes.
    ///
    /// # Errors
    ///
    /// `Encode` if the item is damaged.
    fn to_bytes(&self) -> Result<Cow<'_, [u8]>>;

    /// Returns the item that [`to_bytes`](Portable::to_bytes) has written.
    ///
    /// # Errors
    ///
    /// `Decode` if the bytes are no item in this form. Not every changed byte is noticed: who keeps the bytes where they
    /// can be damaged adds a checksum.
    fn from_bytes(bytes: &[u8]) -> Result<Self>;
}

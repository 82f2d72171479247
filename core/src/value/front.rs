//! The rules of encoding and decoding, which all formats share: which stored value each type of serde's
//! data model becomes, and how it is read back.
//!
//! A format says how a null, a text, a number or a map is written ([`Output`]) and read
//! ([`Input`]), and what it cannot hold ([`FormatLimits`]). Everything else is here: what `None`
//! becomes, the four representations of enums, newtypes, the keys of maps, decimals, sets, how deep
//! values may be nested, and which attribute an error names. All calls are statically dispatched.
//!
//! The formats are the embedded store's binary form, [`Value`](crate::value::Value), and those of
//! the backends. A format with a deserializer of its own is read through it ([`Relay`]).

mod de;
mod input;
mod limits;
mod measure;
mod output;
mod relay;
mod ser;

pub use input::{Input, Kind, ListInput, MapInput, Numeric, Text, Token, Wanted};
pub use limits::FormatLimits;
pub(super) use measure::value_size;
pub use measure::{item_size, number_size};
pub use output::{Output, SetElements};
pub use relay::{EntryName, Relay, Stored};

use super::ValueError;
use de::MAX_DEPTH;
use de::Reading;
use ser::Writing;
use serde::{Deserialize, Serialize};

type Result<T, E = ValueError> = std::result::Result<T, E>;

/// Writes an item: a struct or a map, each field of which is an attribute.
///
/// # Errors
///
/// If the item is one of those that are [refused](crate::value#what-is-refused), or if its own
/// `Serialize` fails. The error names the attribute.
pub fn write_item<O: Output, T: Serialize + ?Sized>(out: &mut O, item: &T) -> Result<O::Value> {
    match item.serialize(Writing::item(out))? {
        Some(value) => Ok(value),
        None => Err(not_an_item()),
    }
}

/// Writes a value outside of an item, such as the operand of a condition. `None` and an empty set are
/// null here.
///
/// # Errors
///
/// Those of [`write_item`], except that any type of value is accepted.
pub fn write_value<O: Output, T: Serialize + ?Sized>(out: &mut O, value: &T) -> Result<O::Value> {
    match value.serialize(Writing::alone(out))? {
        Some(value) => Ok(value),
        None => out.null(),
    }
}

/// Reads a value, or an item.
///
/// # Errors
///
/// If the value is not what `T` expects. The error names the attribute.
pub fn read<'de, I: Input<'de>, T: Deserialize<'de>>(input: I) -> Result<T> {
    T::deserialize(Reading::new(input))
}

/// Returns the deserializer that [`read`] uses.
pub(super) fn reader<'de, I: Input<'de>>(
    input: I,
) -> impl serde::Deserializer<'de, Error = ValueError> {
    Reading::new(input)
}

#[cold]
pub(super) fn not_an_item() -> ValueError {
    ValueError::new("an item must be a struct or a map")
}

//! `Output`: the trait of formats that values are written in.

use super::{FormatLimits, Result};
use crate::value::{Number, ValueError};
use std::borrow::Cow;
use std::fmt::{Display, Write as _};

/// A format that values are written in.
///
/// A format that writes into a buffer does this at once, and its values are `()`. A format that builds a
/// tree returns each value, and gets it again at the end of its element or entry.
pub trait Output {
    /// The limits of the format.
    const LIMITS: FormatLimits;

    /// A value that has been written.
    type Value;
    /// A list that has been begun.
    type List;
    /// A map that has been begun.
    type Map;
    /// An entry of a map that has been begun.
    type Entry;

    /// A null.
    fn null(&mut self) -> Result<Self::Value>;
    /// A boolean.
    fn bool(&mut self, value: bool) -> Result<Self::Value>;
    /// An integer that is not negative.
    fn unsigned(&mut self, value: u64) -> Result<Self::Value>;
    /// An integer below 0.
    fn negative(&mut self, value: i64) -> Result<Self::Value>;
    /// An integer beyond 64 bits.
    fn big_unsigned(&mut self, value: u128) -> Result<Self::Value>;
    /// An integer below 0, beyond 64 bits.
    fn big_negative(&mut self, value: i128) -> Result<Self::Value>;
    /// A finite float.
    fn float(&mut self, value: f64) -> Result<Self::Value>;
    /// A decimal that is not an integer of at most 128 bits.
    fn decimal(&mut self, value: Number) -> Result<Self::Value>;
    /// A text.
    fn text(&mut self, value: &str) -> Result<Self::Value>;
    /// A text, which is the `Display` of the value.
    fn formatted<T: Display + ?Sized>(&mut self, value: &T) -> Result<Self::Value> {
        self.text(&displayed(value)?)
    }
    /// Binary data.
    fn bytes(&mut self, value: &[u8]) -> Result<Self::Value>;
    /// A set: at least one element, all different, in ascending order. Not called for a format
    /// without sets.
    fn set(&mut self, elements: SetElements<'_>) -> Result<Self::Value>;

    /// Begins a list of about this many elements.
    fn begin_list(&mut self, len: usize) -> Result<Self::List>;
    /// Begins an element, before its value is written.
    fn begin_element(&mut self, list: &mut Self::List) {
        let _ = list;
    }
    /// Ends an element.
    fn end_element(&mut self, list: &mut Self::List, value: Self::Value);
    /// Ends a list.
    fn end_list(&mut self, list: Self::List) -> Result<Self::Value>;

    /// Begins the item, as a map of about this many attributes.
    fn begin_item(&mut self, len: usize) -> Result<Self::Map>;
    /// Begins a map of about this many entries.
    fn begin_map(&mut self, len: usize) -> Result<Self::Map>;
    /// Begins an entry, before its value is written.
    fn begin_field(&mut self, map: &mut Self::Map, name: &'static str) -> Result<Self::Entry> {
        self.begin_entry(map, name)
    }
    /// Begins an entry, before its value is written.
    fn begin_entry(&mut self, map: &mut Self::Map, name: &str) -> Result<Self::Entry>;
    /// Begins an entry whose name is the `Display` of this.
    fn begin_formatted_entry<T: Display + ?Sized>(
        &mut self,
        map: &mut Self::Map,
        name: &T,
    ) -> Result<Self::Entry> {
        self.begin_entry(map, &displayed(name)?)
    }
    /// The name of an entry that has been begun, for errors.
    fn entry_name<'a>(&'a self, entry: &'a Self::Entry) -> Cow<'a, str>;
    /// Ends an entry.
    ///
    /// # Errors
    ///
    /// `two entries have this name`, within the name, if there is one already.
    fn end_entry(
        &mut self,
        map: &mut Self::Map,
        entry: Self::Entry,
        value: Self::Value,
    ) -> Result<()>;
    /// Removes an entry whose value is absent.
    fn drop_entry(&mut self, map: &mut Self::Map, entry: Self::Entry);
    /// Ends a map, or the item.
    fn end_map(&mut self, map: Self::Map) -> Result<Self::Value>;
}

/// The elements of a set, in ascending order.
#[derive(Debug)]
pub enum SetElements<'a> {
    /// Of texts.
    Text(Vec<&'a str>),
    /// Of numbers.
    Numbers(Vec<Number>),
    /// Of binary data.
    Bytes(Vec<&'a [u8]>),
}

/// Returns the `Display` of a value. Unlike `to_string`, this does not panic if `Display` fails.
pub(super) fn displayed<T: Display + ?Sized>(value: &T) -> Result<String> {
    let mut text = String::new();
    write!(text, "{value}").map_err(|_| ValueError::new("its `Display` failed"))?;
    Ok(text)
}

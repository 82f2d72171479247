//! Requests of the SDK: putting items into the text.

/// How the SDK serializes an item without attributes.
///
/// Nothing else in a request is serialized like this: inside of a string the quotes are escaped, and an
/// attribute value of this name is never empty.
const PLACE: &str = "\"Item\":{}";

/// The length of the name and the colon.
const NAME: usize = PLACE.len() - 2;

/// Puts items into the places of a request, in order.
///
/// Returns `None` if there are not as many places as items.
pub(super) fn splice<'a>(
    request: &str,
    items: impl ExactSizeIterator<Item = &'a str> + Clone,
) -> Option<String> {
    let length: usize = items.clone().map(str::len).sum();
    let mut spliced = String::with_capacity(request.len() + length);
    let (mut places, mut copied) = (request.match_indices(PLACE), 0);
    for item in items {
        let (at, place) = places.next()?;
        spliced.push_str(request.get(copied..at + NAME)?);
        spliced.push_str(item);
        copied = at + place.len();
    }
    if places.next().is_some() {
        return None;
    }
    spliced.push_str(request.get(copied..)?);
    Some(spliced)
}

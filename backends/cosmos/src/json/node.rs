//! Properties of a document that are looked up in its text, without decoding it.

use monotable_json::{Cursor, Invalid, Quoted};
use std::borrow::Cow;

/// The magnitude up to which a float holds every integer.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

/// A value in a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'a>(&'a str);

impl<'a> Node<'a> {
    /// Returns the value of a whole document.
    pub(crate) fn document(text: &'a str) -> Self {
        Node(text.trim_ascii())
    }

    /// Returns a property of a document as it is stored. There is none in a text that is no object.
    pub(crate) fn property(self, name: &str) -> Option<Node<'a>> {
        let mut properties = self.properties();
        properties.find_map(|(found, value)| {
            let is_it = match found.plain() {
                Ok(plain) => plain == name,
                Err(Invalid) => found.text().is_ok_and(|text| text == name),
            };
            is_it.then_some(value)
        })
    }

    /// Returns the properties of a document, up to the first that cannot be read.
    pub(crate) fn properties(self) -> impl Iterator<Item = (Quoted<'a>, Node<'a>)> {
        let mut cursor = Cursor::new(self.0);
        let (mut is_first, mut is_done) = (true, !cursor.take(b'{'));
        std::iter::from_fn(move || {
            is_done = is_done || !cursor.next(b'}', &mut is_first).unwrap_or_default();
            if is_done {
                return None;
            }
            let property = property(&mut cursor).ok();
            is_done = property.is_none();
            property
        })
    }

    /// Returns the value as a text, if it is one.
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        Cursor::new(self.0).string().and_then(Quoted::text).ok()
    }

    /// Returns the value as an integer, if it is one.
    pub(crate) fn integer(self) -> Option<i64> {
        if let Ok(value) = self.0.parse() {
            return Some(value);
        }
        let value: f64 = self.0.parse().ok()?;
        (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
    }
}

/// Moves over a property.
fn property<'a>(cursor: &mut Cursor<'a>) -> Result<(Quoted<'a>, Node<'a>), Invalid> {
    let name = cursor.name()?;
    cursor.peek();
    let (rest, start) = (cursor.rest(), cursor.at());
    cursor.skip()?;
    let text = rest.get(..cursor.at() - start).ok_or(Invalid)?;
    Ok((name, Node(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_found() {
        let text = r#" {"a": 1.5e1, "b\u0063": "x\ny", "d": {"a": [1, "}"]}, "e": null} "#;
        let document = Node::document(text);
        assert_eq!(document.property("a").and_then(Node::integer), Some(15));
        assert_eq!(document.property("bc").and_then(Node::text).as_deref(), Some("x\ny"));
        assert!(document.property("d").is_some_and(|it| it.property("a").is_some()));
        assert!(document.property("e").is_some_and(|it| it.integer().is_none()));
        assert!(document.property("f").is_none());
        for other in ["", "[]", "\"a\"", "{", "{\"a\"", "{\"a\":", "{\"a\":}", "null"] {
            assert!(Node::document(other).property("a").is_none(), "{other}");
        }
        for (text, integer) in [
            ("9007199254740993", Some(9_007_199_254_740_993)),
            ("0.5", None),
            ("1e300", None),
            ("NaN", None),
            ("inf", None),
        ] {
            assert_eq!(Node(text).integer(), integer, "{text}");
        }
    }
}

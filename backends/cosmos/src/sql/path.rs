//! Places in a document, in SQL and as JSON pointers.

use crate::document::names;
use monotable_core::expr::{Path, Step};
use std::fmt::Write as _;

/// Returns a property of a document in SQL, by the name of its attribute.
pub(crate) fn property(attribute: &str) -> String {
    format!("c[{}]", quoted(&names::stored(attribute)))
}

/// Returns the place in SQL.
pub(crate) fn place(path: &Path) -> String {
    let mut sql = property(path.root());
    for step in path.steps() {
        // Writing to a text does not fail.
        match step {
            Step::Name(name) => write!(sql, "[{}]", quoted(name)).unwrap_or_default(),
            Step::Index(index) => write!(sql, "[{index}]").unwrap_or_default(),
        }
    }
    sql
}

/// Returns a text as a literal of SQL. Every character that could end the literal or has another meaning in it is
/// written as its number.
fn quoted(name: &str) -> String {
    let mut literal = String::with_capacity(name.len() + 2);
    literal.push('\'');
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || "_-.: #".contains(c) {
            literal.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(literal, "\\u{unit:04x}").unwrap_or_default();
            }
        }
    }
    literal.push('\'');
    literal
}

/// Returns the place as a JSON pointer, for a patch; `None` if a pointer could mean another place: a name of digits can
/// also be an index.
pub(crate) fn pointer(path: &Path) -> Option<String> {
    let mut pointer = String::new();
    let mut push = |name: &str| {
        pointer.push('/');
        pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
    };
    push(&names::stored(path.root()));
    for step in path.steps() {
        match step {
            Step::Name(name)
                if name.is_empty() || name.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                return None;
            }
            Step::Name(name) if name == "-" => return None,
            Step::Name(name) => push(name),
            Step::Index(_) => return None,
        }
    }
    Some(pointer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_end_the_literal() {
        assert_eq!(quoted("customer_id"), "'customer_id'");
        assert_eq!(quoted("it's"), r"'it\u0027s'");
        assert_eq!(quoted(r#"a"b\c]"#), r"'a\u0022b\u005cc\u005d'");
        assert_eq!(quoted("é😀"), r"'\u00e9\ud83d\ude00'");
        assert_eq!(property("id"), "c['id_']");
    }

    #[test]
    fn places_have_steps() {
        let path = Path::attribute("address").step(Step::Name("lines".into())).step(Step::Index(2));
        assert_eq!(place(&path), "c['address']['lines'][2]");
        assert_eq!(pointer(&path), None);
        let path = Path::attribute("a/b").step(Step::Name("c~d".into()));
        assert_eq!(pointer(&path).unwrap(), "/a~1b/c~0d");
        assert_eq!(pointer(&Path::attribute("a").step(Step::Name("7".into()))), None);
    }
}

//! Paths of documents, as indexing policies and partition keys write them: `/sk/?`, `/address/city/?`, `/*`.

use crate::document::names;
use monotable_core::expr::{Path, Step};

/// Returns the path of a partition key.
pub(crate) fn partition_key(attribute: &str) -> String {
    segment(&names::stored(attribute))
}

/// Returns the path of a property without its last segment, which says what is indexed of it. The paths of composite
/// indexes are written like this.
pub(crate) fn property(path: &Path) -> String {
    let mut text = segment(&names::stored(path.root()));
    for step in path.steps() {
        match step {
            Step::Name(name) => text.push_str(&segment(name)),
            Step::Index(_) => text.push_str("/[]"),
        }
    }
    text
}

/// Returns a segment. Names with other characters than these have to be quoted.
fn segment(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !name.is_empty() && name.chars().all(is_plain) {
        return format!("/{name}");
    }
    let mut text = String::from("/\"");
    for c in name.chars() {
        if matches!(c, '"' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
    text.push('"');
    text
}

/// Returns the names of a path, without quotes. Two paths are the same if their names are.
pub(crate) fn names(path: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let (mut is_quoted, mut chars) = (false, path.chars());
    while let Some(c) = chars.next() {
        match (c, all.last_mut()) {
            ('/', _) if !is_quoted => all.push(String::new()),
            ('"', _) => is_quoted = !is_quoted,
            ('\\', Some(last)) if is_quoted => last.extend(chars.next()),
            (c, Some(last)) => last.push(c),
            (c, None) => all.push(c.into()),
        }
    }
    all
}

/// Returns whether a policy with these included and excluded paths indexes the values at a path that ends with `/?`.
/// Of all paths that match, the most precise one decides.
pub(crate) fn is_indexed<'a>(
    path: &str,
    included: impl Iterator<Item = &'a str>,
    excluded: impl Iterator<Item = &'a str>,
) -> bool {
    let wanted = names(path);
    let precision = |rule: &str| match names(rule).split_last() {
        Some((last, _)) if last == "?" => (names(rule) == wanted).then_some((wanted.len(), true)),
        Some((last, above)) if last == "*" => {
            wanted.starts_with(above).then_some((above.len(), false))
        }
        _ => None,
    };
    let included = included.filter_map(precision).max();
    included.is_some() && included >= excluded.filter_map(precision).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_where_they_have_to_be() {
        assert_eq!(partition_key("pk"), "/pk");
        assert_eq!(partition_key("_type"), "/_type");
        assert_eq!(partition_key("id"), "/id_");
        assert_eq!(partition_key("placed-at"), "/\"placed-at\"");
        for name in ["a/b", "it\"s", "a\\b", "", "é", "plain"] {
            assert_eq!(names(&partition_key(name)), [name], "{name}");
        }
        let city = Path::attribute("address").step(Step::Name("city".into()));
        assert_eq!(property(&city), "/address/city");
        assert_eq!(property(&Path::attribute("lines").step(Step::Index(2))), "/lines/[]");
    }

    #[test]
    fn the_most_precise_path_decides() {
        let is_indexed = |path: &str, included: &[&str], excluded: &[&str]| {
            is_indexed(path, included.iter().copied(), excluded.iter().copied())
        };
        assert!(is_indexed("/sk/?", &["/*"], &["/\"_etag\"/?"]));
        assert!(is_indexed("/sk/?", &["/\"sk\"/?"], &["/*"]));
        assert!(is_indexed("/a/b/?", &["/a/*"], &["/*"]));
        assert!(!is_indexed("/sk/?", &["/*"], &["/sk/?"]));
        assert!(!is_indexed("/sk/?", &["/*"], &["/sk/*"]));
        assert!(!is_indexed("/sk/?", &["/s/?"], &["/*"]));
        assert!(!is_indexed("/a/b/?", &["/a/?", "/*"], &["/a/*"]));
        assert!(!is_indexed("/sk/?", &[], &[]));
    }
}

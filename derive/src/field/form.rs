//! The form in which a field is stored, as far as it is known from the attributes.

use super::Field;
use crate::attr;
use crate::ctxt::Ctxt;
use crate::names::{IN_STORED, NUMBER, STORED, TEXT};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{Attribute, Path};

/// The form in `#[stored(..)]`.
#[derive(Clone, Copy)]
pub(super) enum Said {
    Number,
    Text,
}

impl Said {
    pub(super) fn parse(cx: &Ctxt, attrs: &[Attribute]) -> Option<Self> {
        let mut said = None;
        for attr in attrs.iter().filter(|attr| attr.path().is_ident(STORED)) {
            let is_empty = attr.meta.require_list().map_or(true, |list| list.tokens.is_empty());
            if is_empty {
                let message = "`stored` says in which form: `stored(number)` or `stored(text)`";
                cx.error(attr.path(), message);
                continue;
            }
            attr::each(cx, attr, IN_STORED, |name, meta| {
                let form = match name {
                    NUMBER => Said::Number,
                    TEXT => Said::Text,
                    _ => return Ok(false),
                };
                if said.replace(form).is_some() {
                    let message = "a field is stored in one form: keep one of `number` and `text`";
                    cx.error(&meta.path, message);
                }
                Ok(true)
            });
        }
        said
    }
}

/// The forms that known serde functions store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Known {
    Number,
    Text,
    Set,
}

impl Field<'_> {
    /// Returns the type of `form` of the field, if it is not the form of its type.
    pub(super) fn form(&self, krate: &Path) -> Option<TokenStream> {
        let known = self.serde.write_with.as_ref().map(|with| known(&with.path, krate));
        Some(match (self.stored, known) {
            (Some(Said::Number), _) | (None, Some(Some(Known::Number))) => quote!(Number),
            (Some(Said::Text), _) | (None, Some(Some(Known::Text))) => quote!(Text),
            (None, Some(Some(Known::Set))) => quote!(Set),
            (None, Some(None)) => quote!(Opaque),
            (None, None) => return None,
        })
    }

    /// Returns whether the field is stored by `monotable::set`.
    pub(super) fn is_set(&self, krate: &Path) -> bool {
        let with = self.serde.write_with.as_ref();
        with.is_some_and(|with| known(&with.path, krate) == Some(Known::Set))
    }
}

/// Returns what the function at this path stores. It is recognised by the path as it is written.
fn known(path: &Path, krate: &Path) -> Option<Known> {
    let names = |path: &Path| -> Vec<String> {
        path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect()
    };
    let path = names(path);
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    // A path that continues after `serialize` is not a function of the module.
    let [module @ .., "serialize"] = path.as_slice() else { return None };
    let krate = names(krate);
    let krate: Vec<&str> = krate.iter().map(String::as_str).collect();
    let own = module.strip_prefix(krate.as_slice()).or(module.strip_prefix(&["monotable"]));
    match (own, module) {
        (Some(["timestamp", "s" | "ms" | "us" | "ns"]), _)
        // The path after `use monotable::timestamp;`.
        | (None, ["timestamp", "s" | "ms" | "us" | "ns"]) => Some(Known::Text),
        (Some(["decimal"]), _) => Some(Known::Number),
        (Some(["set"]), _) => Some(Known::Set),
        (_, ["jiff", "fmt", "serde", "timestamp", ..] | ["time", "serde", "timestamp", ..]) => {
            Some(Known::Number)
        }
        (_, ["chrono", "serde", unit, ..]) if unit.starts_with("ts_") => Some(Known::Number),
        (_, ["rust_decimal", "serde", kind, ..])
            if kind.starts_with("float") || kind.starts_with("arbitrary_precision") =>
        {
            Some(Known::Number)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, known};
    use syn::parse_str;

    #[test]
    fn known_functions() {
        let (text, number) = (Some(Known::Text), Some(Known::Number));
        for (path, expected) in [
            ("monotable::timestamp::s", text),
            ("::monotable::timestamp::ns", text),
            ("timestamp::ms", text),
            ("a::db::timestamp::us", text),
            ("monotable::timestamp::day", None),
            ("other::timestamp::s", None),
            ("monotable::decimal", number),
            ("a::db::decimal", number),
            ("decimal", None),
            ("other::decimal", None),
            ("monotable::set", Some(Known::Set)),
            ("a::db::set", Some(Known::Set)),
            ("set", None),
            ("jiff::fmt::serde::timestamp::second::required", number),
            ("jiff::fmt::serde::tz::required", None),
            ("chrono::serde::ts_seconds_option", number),
            ("time::serde::timestamp", number),
            ("time::serde::timestamp::milliseconds::option", number),
            ("time::serde::rfc3339", None),
            ("rust_decimal::serde::float_option", number),
            ("rust_decimal::serde::arbitrary_precision", number),
            ("rust_decimal::serde::str", None),
        ] {
            let path = parse_str(&format!("{path}::serialize")).unwrap();
            assert_eq!(known(&path, &parse_str("a::db").unwrap()), expected);
        }
        let function = parse_str("monotable::decimal::other").unwrap();
        assert_eq!(known(&function, &parse_str("monotable").unwrap()), None);
    }
}

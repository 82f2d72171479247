//! Visibilities as seen from the hidden module of field markers.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::cmp::Ordering;
use syn::{Path, Visibility};

/// The scope of a visibility.
enum Reach<'a> {
    /// This number of modules up.
    Up(usize),
    /// `pub(in crate::..)`: to that module.
    In(&'a Path),
    /// The crate, or everywhere.
    Far(u8),
}

fn reach(vis: &Visibility) -> Reach<'_> {
    match vis {
        Visibility::Public(_) => Reach::Far(1),
        Visibility::Restricted(restricted) => {
            let path = &restricted.path;
            let is = |name: &str| path.segments.first().is_some_and(|first| first.ident == name);
            match path.segments.len() {
                1 if is("crate") => Reach::Far(0),
                1 if is("self") => Reach::Up(0),
                _ if path.segments.iter().all(|segment| segment.ident == "super") => {
                    Reach::Up(path.segments.len())
                }
                _ => Reach::In(path),
            }
        }
        Visibility::Inherited => Reach::Up(0),
    }
}

/// Returns how the two compare, if this is known.
fn compare(a: &Visibility, b: &Visibility) -> Option<Ordering> {
    let is_within = |inner: &Path, outer: &Path| {
        inner.segments.len() >= outer.segments.len()
            && inner.segments.iter().zip(&outer.segments).all(|(a, b)| a.ident == b.ident)
    };
    match (reach(a), reach(b)) {
        (Reach::Up(a), Reach::Up(b)) => Some(a.cmp(&b)),
        (Reach::Far(a), Reach::Far(b)) => Some(a.cmp(&b)),
        (Reach::Far(_), _) => Some(Ordering::Greater),
        (_, Reach::Far(_)) => Some(Ordering::Less),
        (Reach::In(a), Reach::In(b)) => match (is_within(a, b), is_within(b, a)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        },
        (Reach::Up(0), Reach::In(_)) => Some(Ordering::Less),
        (Reach::In(_), Reach::Up(0)) => Some(Ordering::Greater),
        (Reach::Up(_), Reach::In(_)) | (Reach::In(_), Reach::Up(_)) => None,
    }
}

/// Returns the narrower visibility of a struct and a field; private if they cannot be compared.
pub(crate) fn narrower<'a>(of_struct: &'a Visibility, of_field: &'a Visibility) -> &'a Visibility {
    match compare(of_struct, of_field) {
        Some(Ordering::Less | Ordering::Equal) => of_struct,
        Some(Ordering::Greater) => of_field,
        None => &Visibility::Inherited,
    }
}

/// Returns the same visibility, written inside of one more module.
pub(crate) fn from_inside(vis: &Visibility) -> TokenStream {
    match vis {
        Visibility::Public(_) => quote!(pub),
        Visibility::Inherited => quote!(pub(super)),
        Visibility::Restricted(restricted) => {
            let path: &Path = &restricted.path;
            let mut names = path.segments.iter().map(|segment| &segment.ident);
            let first = names.next().map(ToString::to_string);
            match first.as_deref() {
                Some("crate") if path.segments.len() == 1 => quote!(pub(crate)),
                Some("crate") => quote!(pub(in #path)),
                Some("self") if path.segments.len() == 1 => quote!(pub(super)),
                Some("self") => quote!(pub(in super #(::#names)*)),
                Some("super") => quote!(pub(in super::#path)),
                _ => vis.to_token_stream(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{from_inside, narrower};
    use quote::ToTokens as _;
    use syn::{Visibility, parse_str};

    fn vis(text: &str) -> Visibility {
        parse_str(text).unwrap()
    }

    #[test]
    fn one_module_further_in() {
        for (outside, inside) in [
            ("", "pub (super)"),
            ("pub(self)", "pub (super)"),
            ("pub", "pub"),
            ("pub(crate)", "pub (crate)"),
            ("pub(super)", "pub (in super :: super)"),
            ("pub(in super::super)", "pub (in super :: super :: super)"),
            ("pub(in crate::a)", "pub (in crate :: a)"),
        ] {
            assert_eq!(from_inside(&vis(outside)).to_string(), inside);
        }
    }

    #[test]
    fn the_narrower_of_two() {
        for (a, b, expected) in [
            ("pub", "", ""),
            ("", "pub", ""),
            ("pub(crate)", "pub", "pub (crate)"),
            ("pub(super)", "pub(crate)", "pub (super)"),
            ("pub(in super::super)", "pub(super)", "pub (super)"),
            ("pub(in crate::a)", "pub", "pub (in crate :: a)"),
            ("pub(in crate::a)", "pub(super)", ""),
            ("pub(in crate::a)", "pub(in crate::a)", "pub (in crate :: a)"),
            ("pub(in crate::a)", "pub(in crate::a::b)", "pub (in crate :: a :: b)"),
            ("pub(in crate::a)", "", ""),
        ] {
            assert_eq!(narrower(&vis(a), &vis(b)).to_token_stream().to_string(), expected);
        }
    }
}

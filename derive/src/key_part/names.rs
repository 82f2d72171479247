//! Enums without fields. A key contains the name of the variant in serde.

use crate::ctxt::Ctxt;
use crate::nearest::enumerate;
use crate::serde::Container;
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{DataEnum, DeriveInput, Fields, Ident};

/// The variants and their names.
pub(super) fn parse<'a>(
    cx: &Ctxt,
    input: &'a DeriveInput,
    data: &'a DataEnum,
) -> Option<Vec<(&'a Ident, String)>> {
    let container = Container::of_enum(cx, &input.attrs);
    if data.variants.is_empty() {
        let name = input.ident.unraw();
        cx.error(&input.ident, format!("`{name}` has no variant that a key could hold: add one"));
    }
    let mut names: Vec<(&Ident, String)> = Vec::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        if !matches!(variant.fields, Fields::Unit) {
            let message = format!(
                "a key holds the variant's name and nothing else: remove the fields of `{ident}`, or implement `KeyPart` by hand"
            );
            cx.error(variant, message);
            continue;
        }
        let name = container.variant(cx, ident, &variant.attrs);
        if name.is_empty() {
            cx.error(variant, format!("`{ident}` has an empty name, and a key part is not empty: give it another `rename`"));
        }
        if let Some((before, _)) = names.iter().find(|(_, known)| *known == name) {
            let message = format!(
                "`{before}` and `{ident}` are both written as `{name}`: give one of them another `rename`"
            );
            cx.error(variant, message);
        }
        names.push((ident, name));
    }
    Some(names)
}

pub(super) fn expand(ident: &Ident, names: &[(&Ident, String)]) -> TokenStream {
    let variants: Vec<&Ident> = names.iter().map(|(variant, _)| *variant).collect();
    let texts: Vec<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
    let fault = format!("is none of {}", enumerate(&texts));
    quote! {
        #[automatically_derived]
        impl __m::KeyPart for #ident {
            const CLASS: __m::Class = __m::Class::OneOf(&[#(#texts),*]);
            type Kind = __m::kind::Named;
            fn write(&self, __out: &mut __m::KeyWriter<'_>) -> __m::Result<()> {
                __out.text(match self { #(#ident::#variants => #texts,)* })
            }
            fn read(__text: &__m::KeyText<'_>) -> __m::Result<Self> {
                match &*__text.text()? {
                    #(#texts => ::core::result::Result::Ok(#ident::#variants),)*
                    _ => ::core::result::Result::Err(__text.error(#fault)),
                }
            }
        }
    }
}

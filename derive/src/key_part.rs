//! `#[derive(KeyPart)]`.

mod names;
mod newtype;

use crate::attr;
use crate::ctxt::{Ctxt, Faults};
use crate::names::{CRATE, IN_KEY_PART, KEY_PART};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Fields, Ident, Path, Type, parse_quote};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::default();
    let krate = krate(&cx, input);
    let part = parse(&cx, input);
    match (cx.finish(), part) {
        (Ok(()), Some(part)) => expand(&input.ident, &krate, &part),
        (Ok(()), None) => TokenStream::new(),
        (Err(faults), _) if input.generics.params.is_empty() => stub(&input.ident, &krate, &faults),
        (Err(faults), _) => faults.items(),
    }
}

enum Part<'a> {
    /// `struct CustomerId(String)`.
    Newtype(&'a Type),
    /// An enum without fields: its variants and their names in serde.
    Names(Vec<(&'a Ident, String)>),
}

fn krate(cx: &Ctxt, input: &DeriveInput) -> Path {
    let mut krate = None;
    for attr in input.attrs.iter().filter(|attr| attr.path().is_ident(KEY_PART)) {
        attr::each(cx, attr, IN_KEY_PART, |name, meta| {
            match name {
                CRATE => attr::set(cx, meta, &mut krate, attr::krate(meta)?),
                _ => return Ok(false),
            }
            Ok(true)
        });
    }
    krate.unwrap_or_else(|| parse_quote!(::monotable))
}

fn parse<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Option<Part<'a>> {
    let own = "write a newtype of the type that the key holds";
    attr::refuse_generics(cx, &input.generics, "a key part", own);
    let name = input.ident.unraw();
    match &input.data {
        Data::Enum(data) => names::parse(cx, input, data).map(Part::Names),
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                fields.unnamed.first().map(|field| Part::Newtype(&field.ty))
            }
            Fields::Unit => {
                let message = format!(
                    "`{name}` has no value to put into a key: write a newtype such as `struct {name}(String);`, or an enum without fields"
                );
                cx.error(&input.ident, message);
                None
            }
            fields if fields.len() == 1 => {
                let ty = fields.iter().next().map(|field| &field.ty);
                let ty = quote!(#ty).to_string().replace(' ', "");
                let message = format!("a key part is a newtype: write `struct {name}({ty});`");
                cx.error(&input.ident, message);
                None
            }
            fields => {
                let message = format!(
                    "a key part is one value, and `{name}` has {} fields: give the entity a field for each, and write `{{a}}#{{b}}` in its template",
                    fields.len()
                );
                cx.error(&input.ident, message);
                None
            }
        },
        Data::Union(data) => {
            cx.error(data.union_token, "a key part is a newtype or an enum without fields");
            None
        }
    }
}

fn expand(ident: &Ident, krate: &Path, part: &Part<'_>) -> TokenStream {
    let part = match part {
        Part::Newtype(inner) => newtype::expand(ident, inner),
        Part::Names(names) => names::expand(ident, names),
    };
    quote! {
        const _: () = {
            use #krate::__private as __m;
            #part
        };
    }
}

/// Returns the code for a part with errors: the errors, and an implementation with the error type.
fn stub(ident: &Ident, krate: &Path, faults: &Faults) -> TokenStream {
    let error = Faults::error();
    faults.stub(&quote! {
        use #krate::__private as __m;
        #[automatically_derived]
        impl __m::KeyPart for #ident {
            const CLASS: __m::Class = #error;
            type Kind = #error;
            fn write(&self, _: &mut __m::KeyWriter<'_>) -> __m::Result<()> {
                loop {}
            }
            fn read(_: &__m::KeyText<'_>) -> __m::Result<Self> {
                loop {}
            }
        }
    })
}

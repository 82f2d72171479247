//! `#[derive(KeyPart)]`.

mod names;
mod newtype;

use crate::attr;
use crate::ctxt::{Ctxt, Faults};
use crate::names::{CRATE, IN_KEY_PART, KEY_PART};
use newtype::Newtype;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Generics, Ident, Path, parse_quote};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::default();
    let krate = krate(&cx, input);
    let part = parse(&cx, input);
    match (cx.finish(), part) {
        (Ok(()), Some(part)) => expand(input, &krate, &part),
        (Ok(()), None) => TokenStream::new(),
        (Err(faults), _) => stub(input, &krate, &faults),
    }
}

enum Part<'a> {
    /// `struct CustomerId(String)`.
    Newtype(Newtype<'a>),
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
    match &input.data {
        Data::Enum(data) => {
            attr::refuse_generics(cx, &input.generics, "a key part", own);
            names::parse(cx, input, data).map(Part::Names)
        }
        Data::Struct(data) => {
            // Other parameters can be those of markers.
            if input.generics.lifetimes().next().is_some() {
                attr::refuse_generics(cx, &input.generics, "a key part", own);
                return None;
            }
            newtype::parse(cx, input, data).map(Part::Newtype)
        }
        Data::Union(data) => {
            cx.error(data.union_token, "a key part is a newtype or an enum without fields");
            None
        }
    }
}

fn expand(input: &DeriveInput, krate: &Path, part: &Part<'_>) -> TokenStream {
    let ident = &input.ident;
    let part = match part {
        Part::Newtype(newtype) => newtype::expand(ident, &input.generics, newtype),
        Part::Names(names) => names::expand(ident, names),
    };
    quote! {
        const _: () = {
            use #krate::__private as __m;
            #part
        };
    }
}

/// Returns the parameters of the type with what a key part has to be. Whether it is that can depend on the
/// arguments: `#[derive(Clone)]` asks it of them, for example.
fn where_self(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    if !generics.params.is_empty() {
        generics.make_where_clause().predicates.push(parse_quote!(
            Self: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync + 'static
        ));
    }
    generics
}

/// Returns the code for a part with errors: the errors, and an implementation with the error type.
fn stub(input: &DeriveInput, krate: &Path, faults: &Faults) -> TokenStream {
    let error = Faults::error();
    let ident = &input.ident;
    let generics = where_self(&input.generics);
    let (params, arguments, bounds) = generics.split_for_impl();
    faults.stub(&quote! {
        use #krate::__private as __m;
        #[automatically_derived]
        impl #params __m::KeyPart for #ident #arguments #bounds {
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

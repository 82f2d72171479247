//! `#[derive(Document)]`.

use crate::attr;
use crate::ctxt::{Ctxt, Faults};
use crate::field::{self, Field, Owner, not_workflow};
use crate::names::{CRATE, DOCUMENT, IN_DOCUMENT};
use crate::serde::Container;
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Fields, Path, parse_quote};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::default();
    let krate = krate(&cx, input);
    let fields = fields(&cx, input).unwrap_or_default();
    field::check::check(&cx, &fields, &krate, "a document");
    let owner = Owner { ident: &input.ident, vis: &input.vis, krate: &krate, fields: &fields };
    match cx.finish() {
        Ok(()) => expand(owner),
        Err(faults) if input.generics.params.is_empty() => stub(owner, &faults),
        Err(faults) => faults.items(),
    }
}

fn krate(cx: &Ctxt, input: &DeriveInput) -> Path {
    let mut krate = None;
    for attr in input.attrs.iter().filter(|attr| attr.path().is_ident(DOCUMENT)) {
        attr::each(cx, attr, IN_DOCUMENT, |name, meta| {
            match name {
                CRATE => attr::set(cx, meta, &mut krate, attr::krate(meta)?),
                _ => return Ok(false),
            }
            Ok(true)
        });
    }
    krate.unwrap_or_else(|| parse_quote!(::monotable))
}

fn fields<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Option<Vec<Field<'a>>> {
    let own = "write one struct for each type that you store";
    attr::refuse_generics(cx, &input.generics, "a document", own);
    let container = Container::of_document(cx, &input.attrs);
    let name = input.ident.unraw();
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(named) => return Some(field::parse(cx, &container, named, &[DOCUMENT])),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => cx.error(
                &input.ident,
                format!("`{name}` is stored as the value in it, and has no named fields: leave `Document` out"),
            ),
            _ => cx.error(
                &input.ident,
                format!("a document has named fields: write `struct {name} {{ zip: .. }}`"),
            ),
        },
        Data::Enum(data) => cx.error(
            data.enum_token,
            "a document is a struct with named fields: an enum is compared as a whole, without `Document`",
        ),
        Data::Union(data) => {
            cx.error(data.union_token, "a document is a struct with named fields, not a union");
        }
    }
    None
}

fn expand(owner: Owner<'_>) -> TokenStream {
    let (ident, krate) = (owner.ident, owner.krate);
    let (markers, constants) = (owner.markers(), owner.constants());
    let defs = owner.stored().map(|(at, _)| owner.def(at, None, None, None, &TokenStream::new()));
    let states = owner.no_states(|_| {
        let why = format!(
            "and `{}` is a document, which is written as a whole: put the field into the entity itself",
            ident.unraw()
        );
        Some(why)
    });
    let scope = not_workflow(owner);
    quote! {
        #markers
        #[automatically_derived]
        #[allow(dead_code, private_interfaces, clippy::all)]
        impl #ident {
            #(#constants)*
        }
        const _: () = {
            use #krate::__private as __m;
            #scope
            #(#defs)*
            #[automatically_derived]
            impl __m::Document for #ident {}
            #(#states)*
        };
    }
}

/// Returns the code for a document with errors: the errors, and constants of the error type.
fn stub(owner: Owner<'_>, faults: &Faults) -> TokenStream {
    let (ident, krate) = (owner.ident, owner.krate);
    let (markers, constants) = (owner.markers(), owner.stub());
    let stub = faults.stub(&quote! {
        use #krate::__private as __m;
        #constants
        #[automatically_derived]
        impl __m::Document for #ident {}
    });
    quote!(#markers #stub)
}

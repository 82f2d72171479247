//! `#[derive(Entity)]`.

mod arguments;
mod attributes;
mod check;
mod expand;
mod model;
mod parse;
mod role;
mod stub;
mod when;

use crate::ctxt::Ctxt;
use proc_macro2::TokenStream;
use syn::DeriveInput;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::default();
    let entity = parse::parse(&cx, input);
    if let Some(entity) = &entity {
        check::check(&cx, entity);
    }
    match (cx.finish(), entity) {
        (Ok(()), Some(entity)) => expand::expand(&entity),
        (Err(faults), _) => stub::stub(input, &faults),
        // A parser that gives nothing has reported why.
        (Ok(()), None) => TokenStream::new(),
    }
}

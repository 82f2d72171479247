//! The derives of [monotable](https://docs.rs/monotable): `Entity`, `Document`, `Table`,
//! `Index` and `KeyPart`.
//!
//! They are re-exported by the facade, whose documentation says how to use them. Each reads its
//! attributes, collecting all faults; builds a model; checks what spans several attributes; and
//! expands, to as little code as can be: the work is done by generic functions of core. With
//! faults, it expands to these and to an implementation of the error type, so that one fault is
//! one message.

mod attr;
mod case;
mod ctxt;
mod document;
mod entity;
mod field;
mod index;
mod key_part;
mod names;
mod nearest;
mod serde;
mod spans;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod types;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

#[allow(missing_docs, reason = "the facade documents it")]
#[proc_macro_derive(Entity, attributes(entity, access, key, serde, stored))]
pub fn entity(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    entity::derive(&input).into()
}

#[allow(missing_docs, reason = "the facade documents it")]
#[proc_macro_derive(Document, attributes(document, serde, stored))]
pub fn document(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    document::derive(&input).into()
}

#[allow(missing_docs, reason = "the facade documents it")]
#[proc_macro_derive(Table, attributes(table))]
pub fn table(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    table::derive(&input).into()
}

#[allow(missing_docs, reason = "the facade documents it")]
#[proc_macro_derive(Index, attributes(index))]
pub fn index(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    index::derive(&input).into()
}

#[allow(missing_docs, reason = "the facade documents it")]
#[proc_macro_derive(KeyPart, attributes(key_part))]
pub fn key_part(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    key_part::derive(&input).into()
}

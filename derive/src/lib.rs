//! The derives of [monotable](https://docs.rs/monotable): `Entity`, `Document`, `Table`,
//! `Index`, `Collection`, `Projection`, `KeySpace`, `KeyPart` and `Workflow`.
//!
//! The facade re-exports them, and its documentation says how to use them. Each derive reads its
//! attributes and collects all errors, builds a model, checks the rules that span several attributes, and
//! emits as little code as possible: generic functions of core do the work. If there are errors, it emits
//! them and an implementation with the error type, so that one mistake gives one message.

mod attr;
mod case;
mod collection;
mod ctxt;
mod document;
mod entity;
mod field;
mod index;
mod key_part;
mod key_space;
mod names;
mod nearest;
mod projection;
mod serde;
mod spans;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod types;
mod variants;
mod workflow;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

#[allow(missing_docs, reason = "the facade documents it")]
#[proc_macro_derive(Entity, attributes(entity, access, key, serde, stored, table))]
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
#[proc_macro_derive(Table, attributes(table, entity, access, key))]
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
#[proc_macro_derive(Collection, attributes(collection, member))]
pub fn collection(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    collection::derive(&input).into()
}

#[allow(missing_docs, reason = "the facade documents it")]
#[proc_macro_derive(Projection, attributes(projection))]
pub fn projection(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    projection::derive(&input).into()
}

#[allow(missing_docs, reason = "the facade documents it")]
#[proc_macro_derive(KeyPart, attributes(key_part))]
pub fn key_part(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    key_part::derive(&input).into()
}

#[allow(missing_docs, reason = "the facade documents it")]
#[proc_macro_derive(KeySpace, attributes(key_space))]
pub fn key_space(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    key_space::derive(&input).into()
}

#[allow(missing_docs, reason = "the facade documents it")]
#[proc_macro_derive(Workflow, attributes(workflow, next, initial, adds, serde))]
pub fn workflow(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    workflow::derive(&input).into()
}

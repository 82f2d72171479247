//! `#[derive(Table)]`.

mod expand;
mod lock;
mod parse;

use crate::ctxt::Ctxt;
use crate::variants::Variant;
use proc_macro2::TokenStream;
use syn::{DeriveInput, Ident, LitStr, Path};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::default();
    let table = parse::parse(&cx, input);
    match cx.finish() {
        Ok(()) => expand::expand(&table),
        Err(faults) if input.generics.params.is_empty() => expand::stub(&table, &faults),
        Err(faults) => faults.items(),
    }
}

/// The model of a table: the variants of its enum and the options in `#[table(..)]`.
struct Table<'a> {
    ident: &'a Ident,
    indexes: Vec<Path>,
    variants: Vec<Variant<'a>>,
    name: Option<LitStr>,
    pk: Option<LitStr>,
    sk: Option<LitStr>,
    tag: Option<LitStr>,
    ttl: Option<LitStr>,
    is_raw: Option<bool>,
    /// The path of `coordination`, if it is there.
    coordination: Option<Path>,
    lock: Option<LitStr>,
    krate: Option<Path>,
}

impl Table<'_> {
    /// The table's own attributes: partition key, sort key, tag, ttl.
    fn attributes(&self) -> [String; 4] {
        let all = [(&self.pk, "pk"), (&self.sk, "sk"), (&self.tag, "_type"), (&self.ttl, "_ttl")];
        all.map(|(given, default)| given.as_ref().map_or_else(|| default.to_owned(), LitStr::value))
    }
}

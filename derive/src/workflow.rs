//! `#[derive(Workflow)]`.

mod expand;
mod parse;

use crate::attr;
use crate::ctxt::Ctxt;
use crate::names::{CRATE, IN_WORKFLOW, WORKFLOW};
use proc_macro2::TokenStream;
use syn::{DeriveInput, Ident, Path, parse_quote};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::default();
    let krate = krate(&cx, input);
    let states = parse::states(&cx, input);
    match cx.finish() {
        Ok(()) => expand::expand(input, &krate, &states),
        Err(faults) => expand::stub(input, &krate, &states, &faults),
    }
}

/// A variant of the enum.
struct State<'a> {
    ident: &'a Ident,
    /// The name that serde gives to it.
    stored: String,
    /// Its former names.
    former: Vec<String>,
    /// The name of its constant, such as `PLACED`.
    constant: Ident,
    is_initial: bool,
    /// The places of the states after it.
    next: Vec<usize>,
    /// The constants of the fields that a step to it adds.
    adds: Vec<Path>,
}

/// The path in `#[workflow(crate = "..")]`.
fn krate(cx: &Ctxt, input: &DeriveInput) -> Path {
    let mut krate = None;
    for attr in input.attrs.iter().filter(|attr| attr.path().is_ident(WORKFLOW)) {
        attr::each(cx, attr, IN_WORKFLOW, |name, meta| {
            match name {
                CRATE => attr::set(cx, meta, &mut krate, attr::krate(meta)?),
                _ => return Ok(false),
            }
            Ok(true)
        });
    }
    krate.unwrap_or_else(|| parse_quote!(::monotable))
}

//! Where faults are reported, so that a derive can go on and find them all.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::cell::RefCell;
use std::fmt::Display;

/// Collects the faults of one derive. Must be consumed by [`finish`](Ctxt::finish).
#[derive(Default)]
pub(crate) struct Ctxt {
    faults: RefCell<Vec<syn::Error>>,
}

impl Ctxt {
    /// Reports a fault over all of `tokens`.
    pub(crate) fn error(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Reports what a parser found.
    pub(crate) fn push(&self, fault: syn::Error) {
        self.faults.borrow_mut().push(fault);
    }

    /// Whether nothing was reported so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.faults.borrow().is_empty()
    }

    /// The faults, or nothing.
    pub(crate) fn finish(self) -> Result<(), Faults> {
        let faults = self.faults.into_inner();
        if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
    }
}

/// At least one fault.
pub(crate) struct Faults(Vec<syn::Error>);

impl IntoIterator for Faults {
    type Item = syn::Error;
    type IntoIter = std::vec::IntoIter<syn::Error>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Faults {
    /// All of them, as items.
    pub(crate) fn items(&self) -> TokenStream {
        self.0.iter().map(syn::Error::to_compile_error).collect()
    }

    /// The first, as a value.
    ///
    /// An expression that fails to expand is of the error type, which the compiler takes for any
    /// other and says nothing more about; and of the same error at the same place it shows one. So a
    /// stub made of this causes no second error wherever it is used.
    pub(crate) fn value(&self) -> TokenStream {
        self.0.first().map(syn::Error::to_compile_error).unwrap_or_default()
    }

    /// The first, as a type. A macro that fails in the place of a type is `()`, so the error is put
    /// inside one.
    pub(crate) fn ty(&self) -> TokenStream {
        let value = self.value();
        quote!([(); #value])
    }
}

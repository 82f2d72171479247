//! `Ctxt`: collects the errors of a derive, so that the derive can continue and find all of them.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::cell::RefCell;
use std::fmt::Display;

/// Collects the errors of one derive. It has to be consumed by [`finish`](Ctxt::finish).
#[derive(Default)]
pub(crate) struct Ctxt {
    faults: RefCell<Vec<syn::Error>>,
}

impl Ctxt {
    /// Reports an error at the span of `tokens`.
    pub(crate) fn error(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Reports an error of a parser.
    pub(crate) fn push(&self, fault: syn::Error) {
        self.faults.borrow_mut().push(fault);
    }

    /// Returns whether there are no errors yet.
    pub(crate) fn is_clean(&self) -> bool {
        self.faults.borrow().is_empty()
    }

    /// Returns the errors, if there are any.
    pub(crate) fn finish(self) -> Result<(), Faults> {
        let faults = self.faults.into_inner();
        if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
    }
}

/// At least one error.
pub(crate) struct Faults(Vec<syn::Error>);

impl IntoIterator for Faults {
    type Item = syn::Error;
    type IntoIter = std::vec::IntoIter<syn::Error>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Faults {
    /// Returns all of them, as items.
    pub(crate) fn items(&self) -> TokenStream {
        self.0.iter().map(syn::Error::to_compile_error).collect()
    }

    /// Returns the first error as a value.
    ///
    /// An expression that fails to expand has the error type. The compiler accepts it as any other type
    /// without further errors, and it shows the same error at the same place only once. So a stub that
    /// contains this value causes no second error where it is used.
    pub(crate) fn value(&self) -> TokenStream {
        self.0.first().map(syn::Error::to_compile_error).unwrap_or_default()
    }

    /// Returns the first error as a type. A macro that fails in the place of a type becomes `()`, so the
    /// error is put inside of a type.
    pub(crate) fn ty(&self) -> TokenStream {
        let value = self.value();
        quote!([(); #value])
    }
}

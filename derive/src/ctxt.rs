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
        self.push(syn::Error::new_spanned(tokens.into_token_stream(), message.to_string()));
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
    /// Returns the code for an item with errors: the errors, and `stub`, an implementation in which
    /// [`error`](Faults::error) stands for what is not known.
    ///
    /// Each error is emitted once. Editors show every copy, and cargo counts it.
    pub(crate) fn stub(&self, stub: &TokenStream) -> TokenStream {
        let mut faults = self.0.iter().map(syn::Error::to_compile_error);
        let first = faults.next();
        quote! {
            const _: () = {
                const __ERROR: usize = #first;
                #(#faults)*
                #stub
            };
        }
    }

    /// Returns all of them, for an item that gets no implementation.
    pub(crate) fn items(&self) -> TokenStream {
        self.0.iter().map(syn::Error::to_compile_error).collect()
    }

    /// Returns what stands in a [`stub`](Faults::stub) for a type or a value that is not known.
    ///
    /// The length of this array is the first error. So it has the error type, which the compiler accepts
    /// as any other type without further errors, and code that uses the stub causes no second error.
    pub(crate) fn error() -> TokenStream {
        quote!([(); __ERROR])
    }
}

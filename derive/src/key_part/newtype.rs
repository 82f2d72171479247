//! Newtypes. A newtype is the same key part as its inner type.

use crate::spans;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Type};

pub(super) fn expand(ident: &Ident, inner: &Type) -> TokenStream {
    let part = |item: &str| spans::key_part(inner, item, quote!(__m));
    let [class, kind, write] = ["CLASS", "Kind", "write"].map(part);
    let [read, is_exact] = ["read", "is_exact"].map(part);
    quote! {
        #[automatically_derived]
        impl __m::KeyPart for #ident {
            const CLASS: __m::Class = #class;
            type Kind = #kind;
            fn write(&self, out: &mut __m::KeyWriter<'_>) -> __m::Result<()> {
                #write(&self.0, out)
            }
            fn read(text: &__m::KeyText<'_>) -> __m::Result<Self> {
                ::core::result::Result::map(#read(text), #ident)
            }
            fn is_exact(&self, format: __m::Format) -> bool {
                #is_exact(&self.0, format)
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<U> __m::Bucketed<U> for #ident
        where
            #inner: __m::Bucketed<U>,
        {
            type Bucket = <#inner as __m::Bucketed<U>>::Bucket;
            fn bucket(&self) -> Self::Bucket {
                <#inner as __m::Bucketed<U>>::bucket(&self.0)
            }
        }
    }
}

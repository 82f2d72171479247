//! From the model to code.

use super::{Table, lock};
use crate::ctxt::Faults;
use crate::variants;
use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{LitStr, Path, parse_quote};

fn krate(table: &Table<'_>) -> Path {
    table.krate.clone().unwrap_or_else(|| parse_quote!(::monotable))
}

pub(super) fn expand(table: &Table<'_>) -> TokenStream {
    let (ident, krate) = (table.ident, krate(table));
    let name = table.name.as_ref().map_or_else(|| ident.unraw().to_string(), LitStr::value);
    let [pk, sk, tag, _] = table.attributes();
    let ttl = table.ttl.as_ref().map(|ttl| quote!(.ttl(#ttl)));
    let coordination = table.coordination.as_ref().map(|_| quote!(.coordination()));
    let encoding = if table.is_raw == Some(true) { quote!(Raw) } else { quote!(Escaped) };
    let indexes = table.indexes.iter().map(index_def);
    let entities = table.variants.iter().map(|entity| {
        let ty = entity.ty;
        quote_spanned!(ty.span()=> <#ty as __m::Entity>::DEF)
    });
    let from = variants::from(ident, &table.variants);
    let list = table.variants.iter().rev().fold(quote!(()), |rest, entity| {
        let ty = entity.ty;
        quote!((#ty, #rest))
    });
    let served = served(table);
    let held = held(table);
    let listed = listed(table, &table.indexes.iter().map(index_def).collect::<Vec<_>>());
    let coordinated = coordinated(table);
    let checks = checks(table);
    let (lock, writer) = (lock::check(table), lock::writer(table, &krate));
    let (visit, make) =
        (variants::visit(ident, &table.variants), variants::make(ident, &table.variants));
    quote! {
        const _: () = {
            use #krate::__private as __m;
            #[automatically_derived]
            impl __m::Schema for #ident {
                const DEF: &'static __m::TableDef = &__m::TableDef::new(
                    #name,
                    [#pk, #sk, #tag],
                    __m::Encoding::#encoding,
                    &[#(#indexes),*],
                    &[#(#entities),*],
                ) #ttl #coordination;
                type Encoding = __m::#encoding;
            }
            #[automatically_derived]
            impl __m::SchemaImpl for #ident {
                #visit
                #make
            }
            #[automatically_derived]
            impl<__B: __m::Backend> __m::HeldBy<__B> for #ident
            where
                #list: __m::AllWrittenBy<__B>,
                #served
            {
                fn transact_guards() -> ::core::option::Option<__m::TransactWrites<__B>> {
                    <#list as __m::AllWrittenBy<__B>>::TRANSACT
                }
            }
            #(#from)*
            #held
            #listed
            #coordinated
            #checks
            #lock
        };
        #writer
    }
}

fn index_def(index: &Path) -> TokenStream {
    quote_spanned!(index.span()=> <#index as __m::Index>::DEF)
}

/// Returns the bounds that a backend serves the indexes. A table without indexes has none.
fn served(table: &Table<'_>) -> Option<TokenStream> {
    if table.indexes.is_empty() {
        return None;
    }
    let list = table.indexes.iter().fold(quote!(()), |before, index| quote!((#before, #index)));
    Some(quote! {
        #list: __m::AllServedBy<__B>,
        <#list as __m::AllServedBy<__B>>::Global: __m::ServedBy<__B>,
    })
}

fn held(table: &Table<'_>) -> TokenStream {
    let (ident, types) = (table.ident, table.variants.iter().map(|entity| entity.ty));
    quote!(#(#[automatically_derived] impl __m::Holds<#types> for #ident {})*)
}

fn listed(table: &Table<'_>, defs: &[TokenStream]) -> TokenStream {
    let (ident, indexes) = (table.ident, &table.indexes);
    quote! {
        #(
            #[automatically_derived]
            impl __m::Lists<#indexes> for #ident {
                const INDEX: &'static __m::IndexDef = #defs;
            }
        )*
    }
}

/// Returns what a table with `coordination` implements.
fn coordinated(table: &Table<'_>) -> Option<TokenStream> {
    table.coordination.as_ref()?;
    let ident = table.ident;
    let rooms = table.variants.iter().enumerate().map(|(at, entity)| {
        let (ty, at) = (entity.ty, Literal::usize_unsuffixed(at));
        quote! {
            #[automatically_derived]
            impl __m::CoordinatedIn<#ty> for #ident {
                type Room = __m::Room<{ __m::has_room(<#ident as __m::Schema>::DEF, #at) }>;
            }
        }
    });
    Some(quote! {
        #[automatically_derived]
        impl __m::Coordinated for #ident {}
        #(#rooms)*
    })
}

/// Returns the const checks. Each has the span of the user's code, so that its error points there.
fn checks(table: &Table<'_>) -> TokenStream {
    let ident = table.ident;
    let def = quote!(<#ident as __m::Schema>::DEF);
    // By name, so that they are found whatever the span of the code around them.
    let (clash, checked) = (quote!(__clash), quote!(__table));
    let variants = table.variants.iter().enumerate().map(|(at, entity)| {
        let (ty, at) = (entity.ty, Literal::usize_unsuffixed(at));
        let span = entity.variant.ident.span();
        let coordination = table
            .coordination
            .as_ref()
            .map(|_| quote_spanned!(span=> __m::assert_coordination(#checked, #at);));
        quote_spanned! {span=>
            let () = <<#ty as __m::Entity>::Table as __m::IsTable<#ident, #ty>>::IS;
            __m::assert_apart(#clash, #checked, #at);
            #coordination
        }
    });
    let indexes = table.indexes.iter().enumerate().map(|(at, index)| {
        let at = Literal::usize_unsuffixed(at);
        quote_spanned!(index.span()=> const _: () = __m::assert_index(#def, #at);)
    });
    // One constant for all variants: each body is work for users' compilers.
    quote! {
        const __CLASH: ::core::option::Option<__m::Clash> =
            __m::find_clash::<{ __m::claims(#def) }>(#def);
        #(#indexes)*
        const _: () = {
            let (#clash, #checked) = (&__CLASH, #def);
            #(#variants)*
        };
    }
}

/// Returns the code for a table with errors: the errors, and an implementation with the error type.
pub(super) fn stub(table: &Table<'_>, faults: &Faults) -> TokenStream {
    let (ident, krate, error) = (table.ident, krate(table), Faults::error());
    let distinct = variants::distinct(&table.variants);
    faults.stub(&quote! {
            use #krate::__private as __m;
            #[automatically_derived]
            impl __m::Schema for #ident {
                const DEF: &'static __m::TableDef = #error;
                type Encoding = #error;
            }
            #[automatically_derived]
            impl __m::SchemaImpl for #ident {
                fn visit<__V: __m::Visit>(&self, _: __V) -> __V::Output {
                    loop {}
                }
                fn make<__M: __m::Make>(_: usize, _: __M) -> __m::Result<Self> {
                    loop {}
                }
            }
            #[automatically_derived]
            impl<__B: __m::Backend> __m::HeldBy<__B> for #ident {
                fn transact_guards() -> ::core::option::Option<__m::TransactWrites<__B>> {
                    loop {}
                }
            }
            // The error may be in the list of entities or of indexes.
            #[automatically_derived]
            impl<__E> __m::Holds<__E> for #ident {}
            #[automatically_derived]
            impl<__I> __m::Lists<__I> for #ident {
                const INDEX: &'static __m::IndexDef = #error;
            }
            #[automatically_derived]
            impl __m::Coordinated for #ident {}
            #[automatically_derived]
            impl<__E> __m::CoordinatedIn<__E> for #ident {
                type Room = __m::Room<true>;
            }
            #(
                #[automatically_derived]
                impl ::core::convert::From<#distinct> for #ident {
                    fn from(_: #distinct) -> Self {
                        loop {}
                    }
                }
            )*
    })
}

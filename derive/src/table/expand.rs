//! From the model to code.

use super::Table;
use crate::ctxt::Faults;
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
    let encoding = if table.is_raw == Some(true) { quote!(Raw) } else { quote!(Escaped) };
    let indexes = table.indexes.iter().map(index_def);
    let entities = table.variants.iter().map(|entity| {
        let ty = entity.ty;
        quote_spanned!(ty.span()=> <#ty as __m::Entity>::DEF)
    });
    let from = table.variants.iter().map(|entity| {
        let (variant, ty) = (&entity.variant.ident, entity.ty);
        quote! {
            #[automatically_derived]
            impl ::core::convert::From<#ty> for #ident {
                fn from(entity: #ty) -> Self {
                    #ident::#variant(entity)
                }
            }
        }
    });
    let held = held(table);
    let listed = listed(table, &table.indexes.iter().map(index_def).collect::<Vec<_>>());
    let checks = checks(table);
    let (decode, primary_key) = (decode(table), primary_key(table));
    let guarded_delete = guarded_delete(table);
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
                ) #ttl;
                type Encoding = __m::#encoding;
                #decode
                #primary_key
                #guarded_delete
            }
            #(#from)*
            #held
            #listed
            #checks
        };
    }
}

fn decode(table: &Table<'_>) -> TokenStream {
    let ident = table.ident;
    let last = table.variants.len() - 1;
    let arms = table.variants.iter().enumerate().map(|(at, entity)| {
        let (variant, ty) = (&entity.variant.ident, entity.ty);
        let read = quote_spanned!(ty.span()=> <#ty as __m::Entity>::read);
        // The number is that of a variant.
        let number = Literal::usize_unsuffixed(at);
        let number = if at == last { quote!(_) } else { quote!(#number) };
        quote!(#number => ::core::result::Result::map(#read(item), #ident::#variant),)
    });
    quote! {
        fn decode<D: __m::Item>(item: &D) -> __m::Result<Self> {
            match __m::variant::<Self, D>(item)? {
                #(#arms)*
            }
        }
    }
}

/// It also uses every variant's field, so that a table whose items are never read mixed raises no
/// warning about dead code.
fn primary_key(table: &Table<'_>) -> TokenStream {
    let ident = table.ident;
    let arms = table.variants.iter().map(|entity| {
        let (variant, ty) = (&entity.variant.ident, entity.ty);
        let key = quote_spanned!(ty.span()=> <#ty as __m::Entity>::rendered_key);
        quote!(#ident::#variant(entity) => #key(entity),)
    });
    quote! {
        fn primary_key(&self) -> __m::Result<__m::PrimaryKey> {
            match self {
                #(#arms)*
            }
        }
    }
}

fn guarded_delete(table: &Table<'_>) -> TokenStream {
    let ident = table.ident;
    let arms = table.variants.iter().map(|entity| {
        let (variant, ty) = (&entity.variant.ident, entity.ty);
        let delete = quote_spanned!(ty.span()=> <#ty as __m::Entity>::guarded_delete);
        quote!(#ident::#variant(entity) => #delete(entity),)
    });
    quote! {
        fn guarded_delete<D: __m::Item>(
            &self,
        ) -> __m::Result<::core::option::Option<__m::Prepared<D>>> {
            match self {
                #(#arms)*
            }
        }
    }
}

fn index_def(index: &Path) -> TokenStream {
    quote_spanned!(index.span()=> <#index as __m::Index>::DEF)
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

/// What the compiler checks, each at the user's own words.
fn checks(table: &Table<'_>) -> TokenStream {
    let ident = table.ident;
    let def = quote!(<#ident as __m::Schema>::DEF);
    let variants = table.variants.iter().enumerate().map(|(at, entity)| {
        let (ty, at) = (entity.ty, Literal::usize_unsuffixed(at));
        let span = entity.variant.ident.span();
        quote_spanned! {span=>
            const _: () = {
                let () = <<#ty as __m::Entity>::Table as __m::IsTable<#ident, #ty>>::IS;
                __m::assert_apart(&__CLASH, #def, #at);
            };
        }
    });
    let indexes = table.indexes.iter().enumerate().map(|(at, index)| {
        let at = Literal::usize_unsuffixed(at);
        quote_spanned!(index.span()=> const _: () = __m::assert_index(#def, #at);)
    });
    quote! {
        const __CLASH: ::core::option::Option<__m::Clash> =
            __m::find_clash::<{ __m::claims(#def) }>(#def);
        #(#indexes)*
        #(#variants)*
    }
}

/// What a table with faults expands to: the faults, and an implementation of the error type.
pub(super) fn stub(table: &Table<'_>, faults: &Faults) -> TokenStream {
    let (items, error, ty) = (faults.items(), faults.value(), faults.ty());
    let (ident, krate) = (table.ident, krate(table));
    let mut unique = Vec::new();
    let mut distinct = Vec::new();
    for entity in &table.variants {
        let name = quote::ToTokens::to_token_stream(entity.ty).to_string();
        if !unique.contains(&name) {
            unique.push(name);
            distinct.push(entity.ty);
        }
    }
    quote! {
        #items
        const _: () = {
            use #krate::__private as __m;
            #[automatically_derived]
            impl __m::Schema for #ident {
                const DEF: &'static __m::TableDef = #error;
                type Encoding = #ty;
                fn decode<D: __m::Item>(_: &D) -> __m::Result<Self> {
                    loop {}
                }
                fn primary_key(&self) -> __m::Result<__m::PrimaryKey> {
                    loop {}
                }
            }
            // Which entities and indexes it has may be what is at fault.
            #[automatically_derived]
            impl<E> __m::Holds<E> for #ident {}
            #[automatically_derived]
            impl<I> __m::Lists<I> for #ident {
                const INDEX: &'static __m::IndexDef = #error;
            }
            #(
                #[automatically_derived]
                impl ::core::convert::From<#distinct> for #ident {
                    fn from(_: #distinct) -> Self {
                        loop {}
                    }
                }
            )*
        };
    }
}

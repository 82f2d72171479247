//! What the struct answers to core.

use super::{
    argument_type, as_part, at_bucket, bucket, constant, constants, field_marker, number, segments,
    ty,
};
use crate::entity::arguments::{Argument, arguments};
use crate::entity::model::{Entity, Resolved, option_of};
use crate::spans;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned as _;

pub(super) fn impls(entity: &Entity<'_>) -> TokenStream {
    let fields = fields(entity);
    let constants = constants(entity);
    let templates = constants.iter().map(|constant| {
        let (name, segments) = (&constant.name, segments(entity, constant.template));
        quote!(const #name: __m::Template = #segments;)
    });
    let template = |template: &Resolved| constant(&constants, template).cloned();
    let (ident, table) = (entity.ident, &entity.table);
    let (pk, sk) = (template(&entity.primary.pk), template(&entity.primary.sk));
    let name = &entity.name;
    let index_keys = entity.indexes.iter().map(|on| {
        let (pk, sk) = (template(&on.keys.pk), template(&on.keys.sk));
        let index = &on.index;
        let def = index_def(entity, index);
        let when: Vec<_> = on.when.iter().map(|when| number(when.field)).collect();
        let when = (!when.is_empty()).then(|| quote!(.when(&[#(#when),*])));
        quote!(__m::IndexKey::new(#def, [#pk, #sk]) #when)
    });
    let on_indexes = entity.indexes.iter().map(|on| {
        let (pk, sk) = (template(&on.keys.pk), template(&on.keys.sk));
        let index = &on.index;
        let def = index_def(entity, index);
        quote! {
            #[automatically_derived]
            impl __m::On<#index> for #ident {
                const INDEX: ::core::option::Option<&'static __m::IndexDef> =
                    ::core::option::Option::Some(#def);
                const PK: __m::Template = #pk;
                const SK: __m::Template = #sk;
            }
        }
    });
    let stored = entity.fields.iter().filter(|field| !field.serde.is_skipped);
    let stored = stored.map(|field| &field.serde.name);
    let (key_type, key) = key(entity);
    let part = part(entity);
    let is_indexed = is_indexed(entity);
    let key_is_converted = key_is_converted(entity);
    quote! {
        #fields
        #(#templates)*
        #[automatically_derived]
        impl __m::Entity for #ident {
            type Table = #table;
            #key_type
            type Stored = #ident;
            const DEF: &'static __m::EntityDef = &__m::EntityDef::new(
                #name,
                [#pk, #sk],
                &[#(#index_keys),*],
                &[#(#stored),*],
            );
            #key_is_converted
            #part
            #key
            #is_indexed
            fn stored(&self) -> &#ident {
                self
            }
            fn from_stored(stored: #ident) -> Self {
                stored
            }
        }
        #[automatically_derived]
        impl __m::On<__m::Primary> for #ident {
            const PK: __m::Template = #pk;
            const SK: __m::Template = #sk;
        }
        #(#on_indexes)*
    }
}

/// The index, if the table lists it.
fn index_def(entity: &Entity<'_>, index: &Path) -> TokenStream {
    let table = &entity.table;
    quote_spanned!(index.span()=> <#table as __m::Lists<#index>>::INDEX)
}

fn fields(entity: &Entity<'_>) -> TokenStream {
    let stored = entity.fields.iter().enumerate().filter(|(_, field)| !field.serde.is_skipped);
    let fields = stored.map(|(at, field)| {
        let (ident, ty, name) = (entity.ident, field.ty, &field.serde.name);
        let (marker, number) = (field_marker(entity, at), number(at));
        // A type less visible than the field is reported where it is written.
        let ty = quote_spanned!(ty.span()=> type Type = #ty;);
        quote! {
            #[automatically_derived]
            impl __m::FieldDef for #marker {
                type Entity = #ident;
                #ty
                const NAME: &'static str = #name;
                const FIELD: u16 = #number;
            }
        }
    });
    quote!(#(#fields)*)
}

/// The fields of the entity as parts, by position.
fn part(entity: &Entity<'_>) -> TokenStream {
    let arms = entity.fields.iter().enumerate().filter(|(at, _)| entity.is_key(*at));
    let arms = arms.map(|(at, field)| {
        let (number, ident) = (number(at), field.ident);
        let part = as_part(entity, at, "as_part");
        if entity.is_primary(at) || option_of(field.ty).is_none() {
            quote!(#number => #part(&self.#ident),)
        } else {
            let option = quote!(::core::option::Option);
            quote!(#number => #option::and_then(#option::as_ref(&self.#ident), |part| #part(part)),)
        }
    });
    quote! {
        fn part(&self, field: u16) -> ::core::option::Option<&dyn __m::PartValue> {
            match field {
                #(#arms)*
                _ => ::core::option::Option::None,
            }
        }
    }
}

/// The type of the primary key, and the functions that make it and take it apart.
fn key(entity: &Entity<'_>) -> (TokenStream, TokenStream) {
    let m = quote!(__m);
    let arguments = arguments(entity.primary.parts());
    let types: Vec<_> =
        arguments.iter().map(|argument| argument_type(entity, argument, &m)).collect();
    let parts = arguments.iter().zip(&types).enumerate().map(|(at, (argument, key))| {
        let (number, at) = (number(argument.field), Literal::usize_unsuffixed(at));
        let part = spans::key_part(key, "as_part", &m);
        quote!(#number => #part(&key.#at),)
    });
    let parts: Vec<_> = parts.collect();
    let own = arguments.iter().map(|argument| own(entity, argument));
    let read = arguments.iter().zip(&types).map(|(argument, key)| {
        let number = number(argument.field);
        let read = spans::key_part(key, "read_part", &m);
        quote!(#read(parts, #number)?,)
    });
    let body = if parts.is_empty() {
        quote! {
            let _ = (key, field);
            ::core::option::Option::None
        }
    } else {
        quote! {
            match field {
                #(#parts)*
                _ => ::core::option::Option::None,
            }
        }
    };
    let items = quote! {
        fn key_part(key: &Self::Key, field: u16) -> ::core::option::Option<&dyn __m::PartValue> {
            #body
        }
        fn to_key(&self) -> Self::Key {
            (#(#own,)*)
        }
        fn read_key(parts: &__m::KeyParts<'_>) -> __m::Result<Self::Key> {
            ::core::result::Result::Ok((#(#read)*))
        }
    };
    let first = arguments.first().map(|argument| ty(entity, argument.field).span());
    let span = first.unwrap_or_else(Span::call_site);
    let key_type = quote_spanned!(span=> type Key = (#(#types,)*););
    let at_bucket = |code| at_bucket(entity, &entity.primary, code);
    (at_bucket(key_type), at_bucket(items))
}

/// The entity's own value of a part of its key.
fn own(entity: &Entity<'_>, argument: &Argument) -> TokenStream {
    let ident = entity.fields.get(argument.field).map(|field| field.ident);
    match argument.bucket() {
        Some(unit) => {
            let bucket = bucket(entity, argument.field, unit);
            quote!(#bucket(&self.#ident))
        }
        None => quote!(::core::clone::Clone::clone(&self.#ident)),
    }
}

/// Whether serde functions of the user's stand between the primary key and what is stored.
fn key_is_converted(entity: &Entity<'_>) -> Option<TokenStream> {
    let mut fields = entity.fields.iter().enumerate();
    fields.any(|(at, field)| field.serde.is_converted && entity.is_primary(at)).then(|| {
        quote!(
            const KEY_IS_CONVERTED: bool = true;
        )
    })
}

/// The conditions of sparse indexes, if there are any.
fn is_indexed(entity: &Entity<'_>) -> Option<TokenStream> {
    let sparse = entity.indexes.iter().enumerate().filter(|(_, on)| !on.when.is_empty());
    let arms: Vec<_> = sparse
        .map(|(at, on)| {
            let at = Literal::usize_unsuffixed(at);
            let tests = on
                .when
                .iter()
                .filter_map(|when| entity.fields.get(when.field).map(|field| when.test(field)));
            let tests: Vec<_> = tests.collect();
            match tests.as_slice() {
                [one] => quote!(#at => #one,),
                many => quote!(#at => #((#many))&&*,),
            }
        })
        .collect();
    (!arms.is_empty()).then(|| {
        quote! {
            #[allow(unreachable_patterns)]
            fn is_indexed(&self, index: usize) -> bool {
                match index {
                    #(#arms)*
                    _ => true,
                }
            }
        }
    })
}

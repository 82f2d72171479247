//! The implementations of core's traits for the struct.

use super::{
    argument_type, as_part, at_bucket, attributes, bucket, fields, index_def, m, remaining_type,
    rules, segments, shares, target, ty,
};
use crate::entity::arguments::{Argument, arguments, remaining};
use crate::entity::model::{Entity, Resolved};
use crate::field::number;
use crate::names::as_number;
use crate::spans;
use crate::types::option_of;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

pub(super) fn impls(entity: &Entity<'_>) -> TokenStream {
    let fields = fields::fields(entity);
    let template = |template: &Resolved| segments(entity, template);
    let (ident, table) = (entity.ident, &entity.table);
    let (pk, sk) = (template(&entity.primary.pk), template(&entity.primary.sk));
    let name = &entity.name;
    let index_keys = entity.indexes.iter().map(|on| {
        let (pk, sk) = (template(&on.keys.pk), template(&on.keys.sk));
        let index = &on.index;
        let def = index_def(entity, index);
        let when = on.deciding();
        let when = when.iter().map(|field| number(*field));
        let when = (!on.when.is_empty()).then(|| quote!(.when(&[#(#when),*])));
        let pattern = (!on.is_alone).then(|| {
            let name = on.pattern.as_ref().unwrap_or(ident).unraw().to_string();
            quote!(.pattern(#name))
        });
        let mixed = on.keys.is_mixed.then(|| quote!(.mixed()));
        quote!(__m::IndexKey::new(#def, [#pk, #sk]) #when #pattern #mixed)
    });
    let index_keys = index_keys.chain(attributes::defs(entity));
    let places = entity.indexes.iter().enumerate();
    let places = places.map(|(at, on)| (Literal::usize_unsuffixed(at), target(on, &m())));
    let of_attributes = attributes::places(entity).map(|(at, on)| {
        let index = &on.index;
        (at, quote!(#index))
    });
    let on_indexes = places.chain(of_attributes).map(|(at, target)| {
        quote! {
            #[automatically_derived]
            impl __m::On<#target> for #ident {
                const AT: usize = #at;
            }
        }
    });
    let whole = entity.patterns().map(|(_, keys, index)| {
        let free = remaining(&keys.sk, &arguments(keys.pk.parts()));
        let free = remaining_type(entity, &free, &m());
        let on = index.map_or_else(|| quote!(__m::Primary), |on| target(on, &m()));
        at_bucket(entity, keys, quote!(impl __m::Whole<#on, #free> for #ident {}))
    });
    let of_attributes = entity.attribute_keys.iter().filter(|on| on.pattern.is_some()).map(|on| {
        let (index, free) = (&on.index, attributes::remaining(entity, on, &m()));
        quote!(impl __m::Whole<#index, #free> for #ident {})
    });
    let whole = whole.chain(of_attributes);
    let of_attributes = entity.attribute_keys.iter().filter_map(|on| {
        let index = &on.index;
        Some((on.pattern.as_ref()?, quote!(#index)))
    });
    let patterns = entity.patterns().map(|(name, _, index)| {
        (name, index.map_or_else(|| quote!(__m::Primary), |on| target(on, &m())))
    });
    let named = patterns.chain(of_attributes).map(|(name, on)| {
        let number = Literal::u128_unsuffixed(as_number(&name.unraw().to_string()));
        // An index that is less visible than the entity is reported once, at the index.
        let span = on.span();
        let on = quote_spanned!(span=> type On = #on;);
        quote! {
            #[automatically_derived]
            impl __m::Named<#number> for #ident {
                #on
            }
        }
    });
    let parts = entity.indexes.iter().filter(|on| on.is_alone).flat_map(|on| {
        let mut fields: Vec<usize> = Vec::new();
        for part in on.keys.parts().filter(|part| part.format.bucket().is_none()) {
            let is_stored = entity.fields.get(part.field).is_some_and(|it| !it.serde.is_skipped);
            if is_stored && !fields.contains(&part.field) {
                fields.push(part.field);
            }
        }
        let index = &on.index;
        fields.into_iter().map(move |field| {
            let marker = entity.owner().marker(field);
            quote!(impl __m::InKey<#index> for #marker {})
        })
    });
    // By position, because a field that is never stored has no name.
    let stored = entity.fields.iter().map(|field| match &field.serde {
        attrs if attrs.is_skipped => "",
        attrs => attrs.name.as_str(),
    });
    let shape = Literal::u128_unsuffixed(as_number(&entity.primary.pk.shape()));
    let (key_type, key) = key(entity);
    let part = part(entity);
    let when = when(entity);
    let (def_rules, def_shares) = (rules::def(entity), shares::def(entity));
    let (in_space, shares) = (shares::item(entity), shares::implementation(entity));
    let (rules, rule_items) = (rules::role(entity), rules::items(entity));
    let key_is_converted = key_is_converted(entity);
    let default_value = default_value(entity);
    let aliases = aliases(entity);
    let mixed = entity.primary.is_mixed.then(|| quote!(.mixed()));
    quote! {
        #fields
        #[automatically_derived]
        impl __m::Entity for #ident {
            type Table = #table;
            type Stored = #ident;
            type Rules = #rules;
            type Partition = __m::Shape<#shape>;
            const DEF: &'static __m::EntityDef = &__m::EntityDef::new(
                #name,
                [#pk, #sk],
                &[#(#index_keys),*],
                &[#(#stored),*],
            ) #aliases #def_rules #mixed #def_shares;
        }
        #[automatically_derived]
        impl __m::EntityImpl for #ident {
            #key_type
            #key_is_converted
            #part
            #key
            #when
            #rule_items
            #default_value
            #in_space
        }
        #[automatically_derived]
        impl __m::On<__m::Primary> for #ident {}
        #(#on_indexes)*
        #(#whole)*
        #(#named)*
        #(#parts)*
        #shares
    }
}

/// Returns the function that returns a field as a key part, by its position.
fn part(entity: &Entity<'_>) -> TokenStream {
    let arms = entity.fields.iter().enumerate().filter(|(at, _)| entity.is_part(*at));
    let arms = arms.map(|(at, field)| {
        let (number, ident) = (number(at), field.ident);
        if entity.is_primary(at) || option_of(field.ty).is_none() {
            let part = as_part(entity, at, "as_part");
            quote!(#number => #part(&self.#ident),)
        } else {
            let part = as_part(entity, at, "as_part");
            quote!(#number => __m::optional(&self.#ident, #part),)
        }
    });
    quote! {
        fn part(&self, __field: u16) -> ::core::option::Option<&dyn __m::PartValue> {
            match __field {
                #(#arms)*
                _ => ::core::option::Option::None,
            }
        }
    }
}

/// Returns the type of the primary key, and the functions that create, write and read it.
fn key(entity: &Entity<'_>) -> (TokenStream, TokenStream) {
    let m = m();
    let arguments = arguments(entity.primary.parts());
    let types: Vec<_> =
        arguments.iter().map(|argument| argument_type(entity, argument, &m)).collect();
    let fns = types.iter().map(|ty| spans::key_part(ty, "part_fns", &m));
    let own = arguments.iter().map(|argument| own(entity, argument));
    let items = quote! {
        fn key_fns() -> <Self::Key as __m::KeyTuple>::Fns {
            (#(#fns(),)*)
        }
        fn identity(&self) -> Self::Key {
            (#(#own,)*)
        }
    };
    let first = arguments.first().map(|argument| ty(entity, argument.field).span());
    let span = first.unwrap_or_else(Span::call_site);
    let key_type = quote_spanned!(span=> type Key = (#(#types,)*););
    let at_bucket = |code| at_bucket(entity, &entity.primary, code);
    (at_bucket(key_type), at_bucket(items))
}

/// Returns the code for the entity's value of a part of its key.
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

/// Returns whether fields of the primary key, and of unique constraints, have serde functions.
fn key_is_converted(entity: &Entity<'_>) -> TokenStream {
    let converted = || {
        let fields = entity.fields.iter().enumerate();
        fields.filter(|(_, field)| field.serde.is_converted).map(|(at, _)| at)
    };
    let is_unique = |at| {
        let mut templates = entity.unique.iter().flat_map(|unique| [&unique.pk, &unique.sk]);
        templates.any(|template| template.parts().any(|part| part.field == at))
    };
    let key = converted().any(|at| entity.is_primary(at)).then(|| {
        quote!(
            const KEY_IS_CONVERTED: bool = true;
        )
    });
    let guard = converted().any(is_unique).then(|| {
        quote!(
            const GUARD_IS_CONVERTED: bool = true;
        )
    });
    quote!(#key #guard)
}

/// Returns the former names of attributes, if there are any.
fn aliases(entity: &Entity<'_>) -> Option<TokenStream> {
    let aliases = entity.owner().aliases().map(|(alias, name)| quote!((#alias, #name)));
    let aliases: Vec<_> = aliases.collect();
    (!aliases.is_empty()).then(|| quote!(.aliases(&[#(#aliases),*])))
}

/// Returns the function for the values that serde fills in for fields that are not stored, if there are
/// any.
fn default_value(entity: &Entity<'_>) -> Option<TokenStream> {
    let owner = entity.owner();
    let arms = owner.stored().filter(|(_, field)| field.serde.default.is_some());
    let arms = arms.filter(|(at, _)| !entity.is_primary(*at)).map(|(at, _)| {
        let (number, as_field) = (number(at), owner.as_field(at));
        quote!(#number => #as_field::default_value(),)
    });
    let arms: Vec<_> = arms.collect();
    (!arms.is_empty()).then(|| {
        quote! {
            fn default_value(__field: u16) -> ::core::option::Option<__m::Encoded> {
                match __field {
                    #(#arms)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    })
}

/// Returns the conditions of sparse indexes for each field, if there are any.
fn when(entity: &Entity<'_>) -> Option<TokenStream> {
    let sparse = entity.indexes.iter().enumerate();
    let arms = sparse.flat_map(|(at, on)| {
        on.deciding().into_iter().map(move |field| {
            let (index, number) = (Literal::usize_unsuffixed(at), number(field));
            let as_field = entity.owner().as_field(field);
            let ident = entity.fields.get(field).map(|field| field.ident);
            quote!((#index, #number) => #as_field::when(&self.#ident, #index),)
        })
    });
    let arms: Vec<_> = arms.collect();
    (!arms.is_empty()).then(|| {
        quote! {
            fn when(&self, __index: usize, __field: u16) -> bool {
                match (__index, __field) {
                    #(#arms)*
                    _ => true,
                }
            }
        }
    })
}

//! The code for an entity with errors: the errors, and an implementation with the error type, so that
//! code which uses the entity causes no further errors.

use super::parse::pattern;
use super::role::together_name;
use crate::attr;
use crate::ctxt::{Ctxt, Faults};
use crate::field::{self, Owner};
use crate::names::{ACCESS, INDEX, KEY};
use crate::serde::Container;
use crate::types::reference_in;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Ident, Path, parse_quote};

pub(crate) fn stub(input: &DeriveInput, faults: &Faults) -> TokenStream {
    let (ident, vis, error) = (&input.ident, &input.vis, Faults::error());
    // Constants, because a constant of the error type can be called with any arguments.
    let mut names = names(input);
    let krate = super::parse::krate(input).unwrap_or_else(|| parse_quote!(::monotable));
    let Fields { markers, constants, known, unknown } = fields(input, &krate).unwrap_or_default();
    names.extend(unknown);
    names.retain(|name| known.iter().all(|constant| constant != name));
    let names = distinct(names);
    // The stub of a generic type does not implement what the type may not be.
    let mut generics = input.generics.clone();
    if !generics.params.is_empty() {
        generics.make_where_clause().predicates.push(parse_quote!(
            Self: ::core::marker::Send + ::core::marker::Sync + 'static
        ));
    }
    // So that the enum of its key space causes no further errors.
    let shares = input.generics.params.is_empty().then(|| {
        quote! {
            #[automatically_derived]
            impl<__S> __m::Shares<__S> for #ident {
                const NAME: &'static ::core::primitive::str = #error;
            }
        }
    });
    let (params, arguments, where_clause) = generics.split_for_impl();
    let (own_params, _, own_where_clause) = input.generics.split_for_impl();
    let stub = faults.stub(&quote! {
        use #krate::__private as __m;
        #constants
        #[automatically_derived]
        #[allow(dead_code, missing_docs, non_upper_case_globals)]
        impl #own_params #ident #arguments #own_where_clause {
            #(#vis const #names: #error = #error;)*
        }
        #[automatically_derived]
        impl #params __m::Entity for #ident #arguments #where_clause {
            type Table = #error;
            type Stored = #error;
            type Rules = #error;
            type Partition = #error;
            const DEF: &'static __m::EntityDef = #error;
        }
        #[automatically_derived]
        impl #params __m::EntityImpl for #ident #arguments #where_clause {
            type Key = #error;
            fn part(&self, _: u16) -> ::core::option::Option<&dyn __m::PartValue> {
                loop {}
            }
            fn key_fns() -> <Self::Key as __m::KeyTuple>::Fns {
                loop {}
            }
            fn identity(&self) -> Self::Key {
                loop {}
            }
        }
        #shares
    });
    quote!(#markers #stub)
}

/// What is known of the fields.
#[derive(Default)]
struct Fields {
    markers: TokenStream,
    constants: TokenStream,
    /// The names of these constants.
    known: Vec<Ident>,
    /// The names of the other constants, whose type is not known.
    unknown: Vec<Ident>,
}

fn fields(input: &DeriveInput, krate: &Path) -> Option<Fields> {
    let Data::Struct(data) = &input.data else { return None };
    let syn::Fields::Named(named) = &data.fields else { return None };
    let cx = Ctxt::default();
    let container = Container::of_entity(&cx, &input.attrs);
    let fields = field::parse(&cx, &container, named, &[]);
    let owner = Owner { ident: &input.ident, vis: &input.vis, krate, fields: &fields };
    let is_generic = !input.generics.params.is_empty();
    let (unknown, known): (Vec<_>, Vec<_>) =
        owner.stored().partition(|(_, field)| is_generic || reference_in(field.ty).is_some());
    let names = |fields: Vec<(usize, &field::Field<'_>)>| {
        fields.iter().map(|(_, field)| field.constant.clone()).collect()
    };
    let (known, unknown) = (names(known), names(unknown));
    if is_generic {
        return Some(Fields { known, unknown, ..Fields::default() });
    }
    Some(Fields { markers: owner.markers(), constants: owner.stub(), known, unknown })
}

/// Returns the other names that the derive would have given to the struct, as far as they are known.
fn names(input: &DeriveInput) -> Vec<Ident> {
    let ident = |name: &str| Ident::new(name, input.ident.span());
    let mut names = vec![ident("key"), ident("get"), ident("partition")];
    for attr in &input.attrs {
        let mut first = attr.path().is_ident(ACCESS);
        if !first && !attr.path().is_ident(KEY) {
            continue;
        }
        // The name comes first. The rest may be wrong.
        let _ = attr.parse_nested_meta(|meta| {
            if std::mem::take(&mut first) {
                names.extend(pattern(&meta.path).ok());
            } else if meta.path.is_ident(INDEX) {
                let index = attr::type_path(&meta, "")?;
                names.extend(index.segments.last().map(|last| together_name(&last.ident)));
                return Ok(());
            }
            attr::skip_value(&meta)
        });
    }
    names
}

fn distinct(names: Vec<Ident>) -> Vec<Ident> {
    let mut distinct: Vec<Ident> = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}

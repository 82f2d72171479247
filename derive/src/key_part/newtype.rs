//! Structs of one value. Such a struct is the same key part as its value. Beside the value it can have
//! markers, `PhantomData<..>`, which are in no key.

use crate::ctxt::Ctxt;
use crate::spans;
use crate::types::{bare, mentions};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{DataStruct, DeriveInput, Fields, Generics, Ident, Member, Type};

/// A struct of one value.
pub(super) struct Newtype<'a> {
    value: (Member, &'a Type),
    markers: Vec<(Member, &'a Type)>,
}

/// Finds the field of the value, or reports why there is not exactly one.
pub(super) fn parse<'a>(
    cx: &Ctxt,
    input: &DeriveInput,
    data: &'a DataStruct,
) -> Option<Newtype<'a>> {
    let name = input.ident.unraw();
    let fields = data.fields.members().zip(&data.fields).map(|(member, field)| (member, &field.ty));
    let (markers, values): (Vec<_>, Vec<_>) = fields.partition(|(_, ty)| is_marker(ty));
    match <[_; 1]>::try_from(values) {
        Ok([value]) => {
            value_is_known(cx, &input.generics, value.1);
            Some(Newtype { value, markers })
        }
        Err(values) if values.is_empty() => {
            let message = match data.fields {
                Fields::Unit => format!(
                    "`{name}` has no value to put into a key: write a newtype such as `struct {name}(String);`, or an enum without fields"
                ),
                _ => format!(
                    "`{name}` has no value to put into a key: add a field for it, such as `String`"
                ),
            };
            cx.error(&input.ident, message);
            None
        }
        Err(values) => {
            let message = format!(
                "a key part is one value, and `{name}` has {} fields: give the entity a field for each, and write `{{a}}#{{b}}` in its template",
                values.len()
            );
            cx.error(&input.ident, message);
            None
        }
    }
}

/// Returns whether a field holds nothing. It is recognised by its name, as serde does for `transparent`.
fn is_marker(ty: &Type) -> bool {
    let Type::Path(path) = bare(ty) else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "PhantomData")
}

/// Refuses a value whose type is a type parameter or contains one. What such a value writes would not be
/// known to the derive's messages, nor to a reader of the key.
fn value_is_known(cx: &Ctxt, generics: &Generics, value: &Type) {
    if let Some(param) = generics.type_params().find(|param| mentions(value, &param.ident)) {
        let param = param.ident.unraw();
        let message = format!(
            "the value of a key part cannot be generic: write the type that the key holds, such as `String`, and use `{param}` only in a `PhantomData<{param}>` beside it"
        );
        cx.error(value, message);
    }
}

pub(super) fn expand(ident: &Ident, generics: &Generics, newtype: &Newtype<'_>) -> TokenStream {
    let (member, inner) = &newtype.value;
    let part = |item: &str| spans::key_part(inner, item, quote!(__m));
    let [class, kind, write] = ["CLASS", "Kind", "write"].map(part);
    let [read, is_exact] = ["read", "is_exact"].map(part);
    // The field has the span of its type, where a type that only looks like a marker is reported.
    let markers = newtype.markers.iter().map(|(member, ty)| {
        spans::all_at(ty.span(), quote!(#member: ::core::marker::PhantomData,))
    });
    let of_part = super::where_self(generics);
    let of_bucket = {
        let mut generics = generics.clone();
        generics.params.push(syn::parse_quote!(__U));
        let bound = syn::parse_quote!(#inner: __m::Bucketed<__U>);
        generics.make_where_clause().predicates.push(bound);
        generics
    };
    let (params, arguments, bounds) = of_part.split_for_impl();
    let (bucket_params, _, bucket_bounds) = of_bucket.split_for_impl();
    // Without `#[diagnostic::do_not_recommend]`, which does not resolve under `no_implicit_prelude`.
    quote! {
        #[automatically_derived]
        impl #params __m::KeyPart for #ident #arguments #bounds {
            const CLASS: __m::Class = #class;
            type Kind = #kind;
            fn write(&self, __out: &mut __m::KeyWriter<'_>) -> __m::Result<()> {
                #write(&self.#member, __out)
            }
            fn read(__text: &__m::KeyText<'_>) -> __m::Result<Self> {
                ::core::result::Result::map(
                    #read(__text),
                    |__value| #ident { #member: __value, #(#markers)* },
                )
            }
            fn is_exact(&self, __format: __m::Format) -> bool {
                #is_exact(&self.#member, __format)
            }
        }
        #[automatically_derived]
        impl #bucket_params __m::Bucketed<__U> for #ident #arguments #bucket_bounds {
            type Bucket = <#inner as __m::Bucketed<__U>>::Bucket;
            fn bucket(&self) -> Self::Bucket {
                <#inner as __m::Bucketed<__U>>::bucket(&self.#member)
            }
        }
    }
}

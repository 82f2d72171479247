//! The code for a field: its marker type, its constant, and its traits for core.

use super::visibility::{from_inside, narrower};
use super::{Field, module};
use crate::serde::Missing;
use crate::spans;
use crate::types::option_of;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Ident, LitStr, Path, Visibility};

/// A struct whose fields are constants: an entity or a document.
#[derive(Clone, Copy)]
pub(crate) struct Owner<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    /// The facade crate.
    pub(crate) krate: &'a Path,
    pub(crate) fields: &'a [Field<'a>],
}

/// A field's position.
pub(crate) fn number(field: usize) -> Literal {
    Literal::u16_unsuffixed(u16::try_from(field).unwrap_or(u16::MAX))
}

impl<'a> Owner<'a> {
    /// The fields that have constants, with their places.
    pub(crate) fn stored(self) -> impl Iterator<Item = (usize, &'a Field<'a>)> {
        self.fields.iter().enumerate().filter(|(_, field)| !field.serde.is_skipped)
    }

    /// The former names of stored fields, with the present ones.
    pub(crate) fn aliases(self) -> impl Iterator<Item = (&'a LitStr, &'a str)> {
        self.stored().flat_map(|(_, field)| {
            field.serde.aliases.iter().map(|alias| (alias, field.serde.name.as_str()))
        })
    }

    /// The marker type of a field.
    pub(crate) fn marker(self, field: usize) -> TokenStream {
        let module = module(self.ident);
        let ident = self.fields.get(field).map(|field| field.ident);
        quote!(#module::#ident)
    }

    /// The hidden module of the markers. They are empty enums: a unit struct would be a pattern,
    /// and shadow the function argument of its name. All are as visible as the struct, because
    /// the functions of its keys name them.
    pub(crate) fn markers(self) -> TokenStream {
        let (module, vis) = (module(self.ident), self.vis);
        let inside = from_inside(vis);
        let markers = self.stored().map(|(_, field)| field.ident);
        quote! {
            #[doc(hidden)]
            #[allow(dead_code, missing_docs, missing_debug_implementations, non_camel_case_types, unreachable_pub)]
            #vis mod #module {
                #(#inside enum #markers {})*
            }
        }
    }

    /// `STATUS`, for each field.
    pub(crate) fn constants(self) -> impl Iterator<Item = TokenStream> {
        self.stored().map(move |(at, field)| {
            let (ident, krate, ty, constant) = (self.ident, self.krate, field.ty, &field.constant);
            let vis = narrower(self.vis, field.vis);
            let marker = self.marker(at);
            let doc =
                format!(" The field `{}`, stored as `{}`.", field.ident.unraw(), field.serde.name);
            quote! {
                #[doc = #doc]
                #vis const #constant: #krate::__private::Field<#ident, #marker, #ty> =
                    #krate::__private::Field::new();
            }
        })
    }

    /// Returns the implementations of a field for core: its role, and in `items` what only few fields
    /// have.
    /// `part` is the item that says whether its values are parts of keys.
    pub(crate) fn def(
        self,
        at: usize,
        role: &TokenStream,
        part: &TokenStream,
        items: &TokenStream,
    ) -> TokenStream {
        let Some(field) = self.fields.get(at) else { return TokenStream::new() };
        let (marker, number) = (self.marker(at), number(at));
        let (ty, name, form) = (field.ty, &field.serde.name, field.form(self.krate));
        let optional = option_of(ty).is_some();
        let (codec, with) = field.codec(at);
        quote! {
            #with
            #[automatically_derived]
            impl __m::FieldDef<#ty> for #marker {
                #role
                type Form = __m::form::#form;
                #codec
                #part
                const DEF: __m::FieldInfo = (#name, #number, #optional);
                #items
            }
        }
    }

    /// Returns constants of an unknown type, for a struct with errors, so that their use causes no
    /// further errors. `ty` is the error type.
    pub(crate) fn stub(self, ty: &TokenStream) -> TokenStream {
        let (ident, krate, markers) = (self.ident, self.krate, self.markers());
        let mut seen = Vec::new();
        let constants =
            self.stored().zip(self.constants()).filter_map(|((at, field), constant)| {
                let is_new = !seen.contains(&&field.constant);
                seen.push(&field.constant);
                is_new.then_some((at, field, constant))
            });
        let (defs, constants): (Vec<_>, Vec<_>) = constants
            .map(|(at, field, constant)| {
                let (marker, ty_, name) = (self.marker(at), field.ty, &field.serde.name);
                let def = quote! {
                    #[automatically_derived]
                    impl __m::FieldDef<#ty_> for #marker {
                        type Role = #ty;
                        type Form = #ty;
                        type Codec = #ty;
                        type Part = #ty;
                        const DEF: __m::FieldInfo = (#name, 0, false);
                    }
                };
                (def, constant)
            })
            .unzip();
        quote! {
            #markers
            #[automatically_derived]
            #[allow(dead_code, private_interfaces)]
            impl #ident {
                #(#constants)*
            }
            const _: () = {
                use #krate::__private as __m;
                #(#defs)*
            };
        }
    }

    /// Returns the items for which [`def`](Self::def) uses short names.
    pub(crate) fn value_type(self) -> TokenStream {
        quote!(
            #[allow(dead_code)]
            type __Value = ::core::result::Result<__m::Value, __m::ValueError>;
        )
    }

    /// `<marker as FieldDef<Type>>`.
    pub(crate) fn as_field(self, at: usize) -> TokenStream {
        let (marker, ty) = (self.marker(at), self.fields.get(at).map(|field| field.ty));
        quote!(<#marker as __m::FieldDef<#ty>>)
    }

    /// Returns the value that serde uses if the field is not stored, if there is one.
    pub(crate) fn default_value(self, at: usize) -> Option<TokenStream> {
        let field = self.fields.get(at)?;
        let (owner, ident, ty) = (self.ident, field.ident, field.ty);
        let value = match field.serde.default.as_ref()? {
            Missing::Own => quote!(<#ty as ::core::default::Default>::default()),
            Missing::Call(path) => quote!(#path()),
            Missing::OfStruct => quote!(<#owner as ::core::default::Default>::default().#ident),
            Missing::OfCall(path) => quote!(#path().#ident),
        };
        let as_field = self.as_field(at);
        Some(quote!(::core::option::Option::Some(#as_field::to_value(&#value))))
    }
}

impl Field<'_> {
    /// Returns how a value is stored, and the codec of a field with a serde function.
    fn codec(&self, at: usize) -> (TokenStream, Option<TokenStream>) {
        let ty = self.ty;
        let Some(with) = &self.serde.write_with else {
            // A type that is not `Serialize` is reported where it is written.
            return (
                spans::all_at(
                    ty.span(),
                    quote!(
                        type Codec = __m::BySerde;
                    ),
                ),
                None,
            );
        };
        let serde = &self.serde.krate;
        let codec = format_ident!("__With{at}");
        let items = quote! {
            pub enum #codec {}
            impl __m::Codec<#ty> for #codec {
                fn to_value(value: &#ty) -> __Value {
                    struct __With<'__v>(&'__v #ty);
                    impl #serde::Serialize for __With<'_> {
                        fn serialize<S: #serde::Serializer>(
                            &self,
                            out: S,
                        ) -> ::core::result::Result<S::Ok, S::Error> {
                            #with(self.0, out)
                        }
                    }
                    __m::to_value(&__With(value))
                }
            }
        };
        (
            quote!(
                type Codec = #codec;
            ),
            Some(items),
        )
    }
}

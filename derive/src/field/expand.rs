//! The code for a field: its marker type, its constant, and its traits for core.

use super::visibility::{from_inside, narrower};
use super::{Field, module};
use crate::ctxt::Faults;
use crate::names::as_number;
use crate::serde::Missing;
use crate::spans;
use crate::types::{may_be_workflow, option_of, reference_in};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Ident, LitStr, Path, Type, Visibility};

/// A struct whose fields are constants: an entity or a document.
#[derive(Clone, Copy)]
pub(crate) struct Owner<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    /// The facade crate.
    pub(crate) krate: &'a Path,
    pub(crate) fields: &'a [Field<'a>],
}

/// The type of a stored name. No two names of a program have the same one by accident.
pub(crate) fn name(stored: &str) -> TokenStream {
    let number = Literal::u128_unsuffixed(as_number(stored));
    quote!(__m::Name<#number>)
}

/// Returns the hidden module of this name, with a marker for each of these fields, or of whatever they are.
pub(crate) fn markers<'a>(
    module: &Ident,
    vis: &Visibility,
    fields: impl Iterator<Item = &'a Ident>,
) -> TokenStream {
    let inside = from_inside(vis);
    quote! {
        #[doc(hidden)]
        #[allow(dead_code, missing_docs, missing_debug_implementations, non_camel_case_types, unreachable_pub)]
        #vis mod #module {
            #(#inside enum #fields {})*
        }
    }
}

/// A field's position.
pub(crate) fn number(field: usize) -> Literal {
    Literal::u16_unsuffixed(u16::try_from(field).unwrap_or(u16::MAX))
}

/// Returns the constant that says whether a type is a workflow. It needs the trait `NotWorkflow` in scope.
pub(crate) fn is_workflow(ty: &Type) -> TokenStream {
    quote!(__m::IsWorkflow::<#ty>::IS)
}

/// Brings the trait `NotWorkflow` into scope, if a field can be a workflow.
pub(crate) fn not_workflow(owner: Owner<'_>) -> Option<TokenStream> {
    let can_be = |ty| may_be_workflow(option_of(ty).unwrap_or(ty));
    owner.stored().any(|(_, field)| can_be(field.ty)).then(|| {
        quote! {
            #[allow(unused_imports)]
            use __m::NotWorkflow as _;
        }
    })
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
    pub(crate) fn marker(self, field: usize) -> Path {
        let mut path = Path::from(module(self.ident));
        if let Some(field) = self.fields.get(field) {
            path.segments.push(field.ident.clone().into());
        }
        path
    }

    /// Returns the hidden module of the markers. They are empty enums: a unit struct would be a pattern, and
    /// would shadow the function argument of the same name. All are as visible as the struct, because the
    /// functions for its keys name them.
    pub(crate) fn markers(self) -> TokenStream {
        markers(&module(self.ident), self.vis, self.stored().map(|(_, field)| field.ident))
    }

    /// `STATUS`, for each field.
    pub(crate) fn constants(self) -> impl Iterator<Item = TokenStream> {
        self.stored().map(move |(at, field)| {
            let (ident, krate, ty, constant) = (self.ident, self.krate, field.ty, &field.constant);
            let vis = narrower(self.vis, field.vis);
            let marker = self.marker(at);
            let doc =
                format!(" The field `{}`, stored as `{}`.", field.ident.unraw(), field.serde.name);
            let name = &field.serde.name;
            // The types are written again, because inferring them takes the compiler longer.
            let new = if option_of(ty).is_some() { quote!(optional) } else { quote!(new) };
            quote! {
                #[doc = #doc]
                #vis const #constant: #krate::__private::Field<#ident, #marker, #ty> =
                    #krate::__private::Field::<#ident, #marker, #ty>::#new(#name);
            }
        })
    }

    /// Returns the implementations of a field for core, without what is the default: its role, whether its
    /// values are parts of keys, and in `items` what only few fields have.
    ///
    /// `part` has the span of the field's type: a type that is not a key part is reported there. A type
    /// that is not visible enough is reported at `span`.
    pub(crate) fn def(
        self,
        at: usize,
        role: Option<TokenStream>,
        part: Option<(TokenStream, (Span, Span))>,
        span: Option<Span>,
        items: &TokenStream,
    ) -> TokenStream {
        let Some(field) = self.fields.get(at) else { return TokenStream::new() };
        let (ty, marker) = (field.ty, self.marker(at));
        let (codec, with) = field.codec(at).unzip();
        let (part, ends) = part.unzip();
        let (first, last) = ends.unwrap_or_else(|| (Span::call_site(), Span::call_site()));
        let form = field.form(self.krate).map(|form| quote!(__m::form::#form));
        let name = name(&field.serde.name);
        let mut arguments = vec![
            (role, quote!(__m::role::Plain)),
            (part, quote!(__m::NoPart)),
            (form, quote!(__m::form::Own)),
            (codec, quote!(__m::BySerde)),
        ];
        // The last ones have defaults.
        while arguments.pop_if(|(argument, _)| argument.is_none()).is_some() {}
        let arguments = arguments.into_iter().map(|(argument, plain)| argument.unwrap_or(plain));
        let close = quote_spanned!(last=> >);
        let is = quote_spanned!(first=> __m::Is<#name #(, #arguments)* #close);
        let is = quote_spanned!(span.unwrap_or(first)=> type Is = #is;);
        quote! {
            #with
            impl __m::Declared<#ty> for #marker {
                #is
                #items
            }
        }
    }

    /// Returns the constants for a struct with errors. What an update or a condition can do with a field is
    /// not known, so their use causes no further errors.
    pub(crate) fn stub(self) -> TokenStream {
        let (ident, error) = (self.ident, Faults::error());
        let mut seen = Vec::new();
        let constants =
            self.stored().zip(self.constants()).filter_map(|((at, field), constant)| {
                // Without its lifetime, a reference cannot be written again.
                if reference_in(field.ty).is_some() {
                    return None;
                }
                let is_new = !seen.contains(&&field.constant);
                seen.push(&field.constant);
                is_new.then_some((at, field, constant))
            });
        let (defs, constants): (Vec<_>, Vec<_>) = constants
            .map(|(at, field, constant)| {
                let (marker, ty_) = (self.marker(at), field.ty);
                let def = quote! {
                    #[automatically_derived]
                    impl __m::Declared<#ty_> for #marker {
                        type Is = __m::Is<__m::Name<0>, __m::role::Plain, __m::NoPart, #error>;
                    }
                };
                (def, constant)
            })
            .unzip();
        quote! {
            #[automatically_derived]
            #[allow(dead_code, private_interfaces)]
            impl #ident {
                #(#constants)*
            }
            #(#defs)*
        }
    }

    /// The fields whose types can be workflows, with their places, as far as this can be seen. See [`is_workflow`].
    pub(crate) fn may_be_workflows(self) -> impl Iterator<Item = (usize, &'a Field<'a>)> {
        self.stored().filter(|(_, field)| may_be_workflow(field.ty))
    }

    /// Returns checks that no field is a workflow for which `why` gives a reason against it. It is a part of a
    /// sentence.
    pub(crate) fn no_states(self, why: impl Fn(usize) -> Option<String>) -> Vec<TokenStream> {
        let check = |(at, field): (usize, &Field<'_>)| {
            let (why, ty) = match option_of(field.ty) {
                Some(ty) if may_be_workflow(ty) => {
                    let why = "and an `Option` of it would be in no state where it is `None`: write the type without `Option`, and give the workflow an initial state for it";
                    (why.to_owned(), ty)
                }
                _ if may_be_workflow(field.ty) => (why(at)?, field.ty),
                _ => return None,
            };
            let name = field.ident.unraw().to_string();
            let is = is_workflow(ty);
            Some(spans::all_at(ty.span(), quote!(__m::assert_no_state(#is, #name, #why);)))
        };
        self.stored().filter_map(check).collect()
    }

    /// `<marker as FieldDef<Type>>`.
    pub(crate) fn as_field(self, at: usize) -> TokenStream {
        let (marker, ty) = (self.marker(at), self.fields.get(at).map(|field| field.ty));
        quote!(<#marker as __m::FieldDef<#ty>>)
    }

    /// Returns the function for the value that serde uses if the field is not stored, if there is one.
    pub(crate) fn absent(self, at: usize) -> Option<TokenStream> {
        let field = self.fields.get(at)?;
        let (owner, ident, ty) = (self.ident, field.ident, field.ty);
        let value = match field.serde.default.as_ref()? {
            Missing::Own => quote!(<#ty as ::core::default::Default>::default()),
            Missing::Call(path) => quote!(#path()),
            Missing::OfStruct => quote!(<#owner as ::core::default::Default>::default().#ident),
            Missing::OfCall(path) => quote!(#path().#ident),
        };
        Some(quote! {
            fn absent() -> ::core::option::Option<#ty> {
                ::core::option::Option::Some(#value)
            }
        })
    }
}

impl Field<'_> {
    /// Returns the codec of a field with a serde function, and the code that defines it.
    fn codec(&self, at: usize) -> Option<(TokenStream, TokenStream)> {
        if self.serde.write_with.is_none() && self.serde.reader.is_none() {
            return None;
        }
        let (ty, codec) = (self.ty, format_ident!("__With{at}"));
        let written = self.written();
        let read = match &self.serde.reader {
            Some(with) => quote!(#with(__m::reader(__value))),
            None => quote!(__m::from_value(__value)),
        };
        let items = quote! {
            pub enum #codec {}
            impl __m::Codec<#ty> for #codec {
                fn to_value(__value: &#ty) -> __m::Encoded {
                    #written
                }
            }
            impl __m::Decode<#ty> for #codec {
                fn from_value(
                    __value: &__m::Value,
                ) -> ::core::result::Result<#ty, __m::ValueError> {
                    #read
                }
            }
        };
        Some((quote!(#codec), items))
    }

    /// Returns the code that encodes `__value`.
    fn written(&self) -> TokenStream {
        let Some(with) = &self.serde.write_with else { return quote!(__m::to_value(__value)) };
        let (ty, serde) = (self.ty, &self.serde.krate);
        quote! {
            struct __With<'__v>(&'__v #ty);
            impl #serde::Serialize for __With<'_> {
                fn serialize<__S: #serde::Serializer>(
                    &self,
                    __out: __S,
                ) -> ::core::result::Result<__S::Ok, __S::Error> {
                    #with(self.0, __out)
                }
            }
            __m::to_value(&__With(__value))
        }
    }
}

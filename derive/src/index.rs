//! `#[derive(Index)]`.

use crate::attr;
use crate::case::snake;
use crate::ctxt::{Ctxt, Faults};
use crate::field;
use crate::names::{
    ALL, ATTRIBUTES, CRATE, IN_INDEX, INCLUDE, INDEX, KEYS_ONLY, LOCAL, NAME, PK, PROJECTION, SK,
};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{Data, DeriveInput, Fields, Ident, LitStr, Path, Token, parse_quote};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::default();
    check_shape(&cx, input);
    let attrs = Attrs::parse(&cx, input);
    match cx.finish() {
        Ok(()) => expand(input, &attrs),
        Err(faults) => stub(input, &attrs, &faults),
    }
}

/// The options in `#[index(..)]`.
#[derive(Default)]
struct Attrs {
    name: Option<LitStr>,
    pk: Option<LitStr>,
    sk: Option<LitStr>,
    /// Where it says that its keys are attributes of the items.
    attributes: Option<Path>,
    projection: Option<Projection>,
    local: Option<()>,
    krate: Option<Path>,
}

enum Projection {
    All,
    KeysOnly,
    Include(Vec<String>),
}

fn check_shape(cx: &Ctxt, input: &DeriveInput) {
    let name = input.ident.unraw();
    let is_unit = matches!(&input.data, Data::Struct(data) if matches!(data.fields, Fields::Unit));
    if !is_unit || !input.generics.params.is_empty() {
        let message = format!("an index is a unit struct: write `struct {name};`");
        cx.error(&input.ident, message);
    }
}

impl Attrs {
    fn parse(cx: &Ctxt, input: &DeriveInput) -> Self {
        let mut attrs = Attrs::default();
        for attr in input.attrs.iter().filter(|attr| attr.path().is_ident(INDEX)) {
            attr::each(cx, attr, IN_INDEX, |name, meta| {
                match name {
                    NAME => attr::set(cx, meta, &mut attrs.name, attr::name(cx, meta)?),
                    PK => attr::set(cx, meta, &mut attrs.pk, attr::name(cx, meta)?),
                    SK => attr::set(cx, meta, &mut attrs.sk, attr::name(cx, meta)?),
                    ATTRIBUTES => attr::set(cx, meta, &mut attrs.attributes, attributes(meta)?),
                    PROJECTION => {
                        attr::set(cx, meta, &mut attrs.projection, Projection::parse(meta)?);
                    }
                    LOCAL => attr::set(cx, meta, &mut attrs.local, local(meta)?),
                    CRATE => attr::set(cx, meta, &mut attrs.krate, attr::krate(meta)?),
                    _ => return Ok(false),
                }
                Ok(true)
            });
        }
        if attrs.attributes.is_some() {
            attrs.check_attributes(cx);
            return attrs;
        }
        let [pk, sk] = attrs.key_attributes(input);
        if attrs.local.is_some() {
            if let Some(pk) = &attrs.pk {
                let message = "a local index has the partition key of its table: leave `pk` out, or leave `local` out";
                cx.error(pk, message);
            }
        } else if pk == sk {
            cx.error(
                attrs.sk.as_ref().or(attrs.pk.as_ref()),
                format!("both keys of the index are in attribute `{pk}`: give `sk` another name"),
            );
        }
        attrs
    }

    /// Checks the options of an index whose keys are attributes of the items.
    fn check_attributes(&self, cx: &Ctxt) {
        for (given, option) in [(&self.pk, PK), (&self.sk, SK)] {
            if let Some(given) = given {
                let message = format!(
                    "`{option}` names the attribute that a key is written to, but with `{ATTRIBUTES}` the keys are fields of the entities: leave `{option}` out"
                );
                cx.error(given, message);
            }
        }
        if self.local.is_some() {
            let message = format!(
                "a local index has the partition key of its table, and one with `{ATTRIBUTES}` has fields: leave one of them out"
            );
            cx.error(&self.attributes, message);
        }
    }

    fn name(&self, input: &DeriveInput) -> String {
        match &self.name {
            Some(name) => name.value(),
            None => snake(&input.ident.unraw().to_string()),
        }
    }

    /// The attributes that hold its keys.
    fn key_attributes(&self, input: &DeriveInput) -> [String; 2] {
        if self.attributes.is_some() {
            return [String::new(), String::new()];
        }
        let name = self.name(input);
        [(&self.pk, "pk"), (&self.sk, "sk")].map(|(given, suffix)| match given {
            Some(given) => given.value(),
            None => format!("{name}{suffix}"),
        })
    }
}

/// `attributes`, which has no value.
fn attributes(meta: &ParseNestedMeta<'_>) -> syn::Result<Path> {
    if meta.input.is_empty() || meta.input.peek(Token![,]) {
        return Ok(meta.path.clone());
    }
    let message = format!(
        "`{ATTRIBUTES}` has no value: the entities on the index say which fields its keys are, `pk(field, ..)`"
    );
    Err(syn::Error::new_spanned(&meta.path, message))
}

/// `local`, which has no value.
fn local(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.is_empty() || meta.input.peek(Token![,]) {
        return Ok(());
    }
    let message =
        "`local` has no value: write `#[index(local)]`, or leave it out for a global index";
    Err(syn::Error::new_spanned(&meta.path, message))
}

impl Projection {
    fn parse(meta: &ParseNestedMeta<'_>) -> syn::Result<Self> {
        let message = "a projection is `all`, `keys_only` or `include(field, ..)`";
        if !meta.input.peek(Token![=]) {
            return Err(syn::Error::new_spanned(&meta.path, message));
        }
        let value = meta.value()?;
        if let Ok(text) = value.fork().parse::<LitStr>() {
            let known = [ALL, KEYS_ONLY].into_iter().find(|known| *known == text.value());
            let message = match known {
                Some(known) => format!("a projection has no quotes: write `projection = {known}`"),
                None => format!("{message}, without quotes"),
            };
            return Err(syn::Error::new_spanned(text, message));
        }
        let kind: Ident = value.parse().map_err(|fault| syn::Error::new(fault.span(), message))?;
        if kind == ALL {
            Ok(Projection::All)
        } else if kind == KEYS_ONLY {
            Ok(Projection::KeysOnly)
        } else if kind == INCLUDE && value.peek(syn::token::Paren) {
            let names;
            syn::parenthesized!(names in value);
            let names = Punctuated::<Included, Token![,]>::parse_terminated(&names)?;
            if names.is_empty() {
                let message =
                    "`include` names no attribute: name some, or write `projection = keys_only`";
                return Err(syn::Error::new_spanned(kind, message));
            }
            Ok(Projection::Include(names.into_iter().map(|name| name.0).collect()))
        } else {
            Err(syn::Error::new_spanned(kind, message))
        }
    }
}

/// Reads a stored name, which is an identifier or a string.
struct Included(String);

impl syn::parse::Parse for Included {
    fn parse(input: syn::parse::ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return input.parse::<LitStr>().map(|name| Included(name.value()));
        }
        match input.call(Ident::parse_any) {
            Ok(name) => Ok(Included(name.unraw().to_string())),
            Err(fault) => Err(syn::Error::new(
                fault.span(),
                "`include` takes stored names: `include(status, \"placed-at\")`",
            )),
        }
    }
}

fn krate(attrs: &Attrs) -> Path {
    attrs.krate.clone().unwrap_or_else(|| parse_quote!(::monotable))
}

fn expand(input: &DeriveInput, attrs: &Attrs) -> TokenStream {
    let (ident, krate, name) = (&input.ident, krate(attrs), attrs.name(input));
    let [pk, sk] = attrs.key_attributes(input);
    let (attributes, keys) = match attrs.attributes.is_some() {
        true => (Some(quote!(.attributes())), quote!(AttributesAsKeys)),
        false => (None, quote!(TextKeys)),
    };
    let (projection, ty) = match &attrs.projection {
        None | Some(Projection::All) => (quote!(All), quote!(AllAttributes)),
        Some(Projection::KeysOnly) => (quote!(KeysOnly), quote!(KeysOnly<Self>)),
        Some(Projection::Include(names)) => {
            (quote!(Include(&[#(#names),*])), quote!(Include<Self>))
        }
    };
    let is_local = attrs.local.is_some();
    let scope = if is_local { quote!(Local) } else { quote!(Global) };
    let local = is_local.then(|| quote!(.local()));
    let consistent = is_local.then(|| {
        quote! {
            #[automatically_derived]
            impl __m::ConsistentReads for #ident {}
        }
    });
    let included = match &attrs.projection {
        Some(Projection::Include(names)) => names.as_slice(),
        _ => &[],
    };
    let included: BTreeSet<_> = included.iter().map(String::as_str).collect();
    let included = included.into_iter().map(field::name);
    quote! {
        const _: () = {
            use #krate::__private as __m;
            #[automatically_derived]
            impl __m::Index for #ident {
                const DEF: &'static __m::IndexDef =
                    &__m::IndexDef::new(#name, [#pk, #sk], __m::Projection::#projection) #local #attributes;
                type Projection = __m::#ty;
                type Keys = __m::#keys;
                type Scope = __m::#scope;
            }
            #consistent
            #(
                #[automatically_derived]
                impl __m::Includes<#included> for #ident {}
            )*
        };
    }
}

fn stub(input: &DeriveInput, attrs: &Attrs, faults: &Faults) -> TokenStream {
    if !input.generics.params.is_empty() {
        return faults.items();
    }
    let (ident, krate, error) = (&input.ident, krate(attrs), Faults::error());
    faults.stub(&quote! {
        use #krate::__private as __m;
        #[automatically_derived]
        impl __m::Index for #ident {
            const DEF: &'static __m::IndexDef = #error;
            type Projection = #error;
            type Keys = #error;
            type Scope = #error;
        }
        // If it was to be local, then not allowing them would be a second error.
        #[automatically_derived]
        impl __m::ConsistentReads for #ident {}
    })
}

//! `#[derive(Collection)]`.

use crate::attr;
use crate::ctxt::{Ctxt, Faults};
use crate::names::{COLLECTION, CRATE, IN_COLLECTION, INDEX, MEMBER, as_number};
use crate::spans;
use crate::types::{argument_of, bare, option_of, shown};
use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, Path, Type, parse_quote};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::default();
    let attrs = Attrs::parse(&cx, input);
    let members = members(&cx, input);
    match cx.finish() {
        Ok(()) => expand(input, &attrs, &members),
        Err(faults) => stub(input, &attrs, &members, &faults),
    }
}

/// The options in `#[collection(..)]`.
#[derive(Default)]
struct Attrs {
    index: Option<Path>,
    krate: Option<Path>,
}

impl Attrs {
    fn parse(cx: &Ctxt, input: &DeriveInput) -> Self {
        let mut attrs = Attrs::default();
        for attr in input.attrs.iter().filter(|attr| attr.path().is_ident(COLLECTION)) {
            attr::each(cx, attr, IN_COLLECTION, |name, meta| {
                match name {
                    INDEX => {
                        attr::set(cx, meta, &mut attrs.index, attr::type_path(meta, "ByStatus")?);
                    }
                    CRATE => attr::set(cx, meta, &mut attrs.krate, attr::krate(meta)?),
                    _ => return Ok(false),
                }
                Ok(true)
            });
        }
        attrs
    }

    fn krate(&self) -> Path {
        self.krate.clone().unwrap_or_else(|| parse_quote!(::monotable))
    }

    fn target(&self) -> TokenStream {
        match &self.index {
            Some(index) => quote!(#index),
            None => quote!(__m::Primary),
        }
    }
}

/// A field of the struct.
struct Member<'a> {
    ident: &'a Ident,
    entity: &'a Type,
    count: Count,
    /// The access pattern whose items it holds: `#[member(Repo::forks)]`.
    pattern: Option<Ident>,
}

impl Member<'_> {
    /// Returns the type of the key on which it is read.
    fn target(&self, target: &TokenStream) -> TokenStream {
        let Some(pattern) = &self.pattern else { return target.clone() };
        let number = Literal::u128_unsuffixed(as_number(&pattern.unraw().to_string()));
        let entity = stored(self.entity);
        spans::all_at(pattern.span(), quote!(<#entity as __m::Named<#number>>::On))
    }
}

/// How many items a member holds.
#[derive(Clone, Copy, PartialEq)]
enum Count {
    One,
    Optional,
    Many,
}

/// The most members for which core has an implementation.
const MOST: usize = 12;

fn members<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Vec<Member<'a>> {
    let name = input.ident.unraw();
    let own = "write a struct for each kind of collection";
    attr::refuse_generics(cx, &input.generics, "a collection", own);
    let Data::Struct(data) = &input.data else {
        let message = format!(
            "a collection is a struct with a member for each entity: `struct {name} {{ orders: Vec<Order>, .. }}`"
        );
        cx.error(&input.ident, message);
        return Vec::new();
    };
    let Fields::Named(fields) = &data.fields else {
        let message = format!(
            "the members of a collection have names: write `struct {name} {{ orders: Vec<Order>, .. }}`"
        );
        cx.error(&input.ident, message);
        return Vec::new();
    };
    let mut members: Vec<Member<'_>> = Vec::new();
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        let (entity, count) = member_type(&field.ty);
        if count != Count::One && member_type(entity).1 != Count::One {
            let message = format!(
                "a member is an entity, an `Option` or a `Vec` of one, and not a `{}`",
                shown(&field.ty)
            );
            cx.error(&field.ty, message);
            continue;
        }
        let pattern = pattern(cx, &field.attrs, ident, entity);
        let is_same = |before: &&Member<'_>| {
            shown(before.entity) == shown(entity) && before.pattern == pattern
        };
        if let Some(before) = members.iter().find(is_same) {
            let (before, ident, entity) = (before.ident.unraw(), ident.unraw(), shown(entity));
            let message = format!(
                "`{before}` and `{ident}` hold items of the same entity `{entity}`: keep one of them, or if `{entity}` has several keys on the index, name the access pattern of each, such as `#[member({entity}::by_..)]`"
            );
            cx.error(&field.ty, message);
            continue;
        }
        members.push(Member { ident, entity, count, pattern });
    }
    if fields.named.is_empty() {
        let message = format!(
            "`{name}` has no member: add one for each entity, such as `orders: Vec<Order>`"
        );
        cx.error(&input.ident, message);
    } else if members.len() > MOST {
        let message = format!(
            "`{name}` has {} members, and a collection can have {MOST}: read the partition with `query()`",
            members.len()
        );
        cx.error(&input.ident, message);
    }
    members
}

/// Reads `#[member(Repo::forks)]`.
fn pattern(cx: &Ctxt, attrs: &[Attribute], ident: &Ident, entity: &Type) -> Option<Ident> {
    let mut found = None;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(MEMBER)) {
        let example = format!("`#[member({}::by_..)]`", shown(entity));
        let path = match attr.parse_args_with(Path::parse_mod_style) {
            Ok(path) if path.segments.len() > 1 => path,
            _ => {
                let message = format!(
                    "`member` names the access pattern that reads the items of `{}`: {example}",
                    ident.unraw()
                );
                cx.error(attr, message);
                continue;
            }
        };
        let mut names = path.segments.iter().rev().map(|segment| &segment.ident);
        let (pattern, of) = (names.next(), names.next());
        let entity_name = match entity {
            Type::Path(path) => path.path.segments.last().map(|last| &last.ident),
            _ => None,
        };
        if of != entity_name {
            let message = format!(
                "`{}` holds items of `{}`: name an access pattern of that entity, {example}",
                ident.unraw(),
                shown(entity)
            );
            cx.error(&path, message);
            continue;
        }
        if found.is_some() {
            cx.error(&path, format!("`{}` is read by one access pattern: keep one", ident.unraw()));
        }
        found = pattern.cloned();
    }
    found
}

/// The entity of a member, and how many of its items the member holds.
fn member_type(ty: &Type) -> (&Type, Count) {
    if let Some(entity) = option_of(ty) {
        (bare(entity), Count::Optional)
    } else if let Some(entity) = argument_of(ty, "Vec") {
        (bare(entity), Count::Many)
    } else {
        (bare(ty), Count::One)
    }
}

fn expand(input: &DeriveInput, attrs: &Attrs, members: &[Member<'_>]) -> TokenStream {
    let (ident, krate, target) = (&input.ident, attrs.krate(), attrs.target());
    let name = ident.unraw().to_string();
    let Some(first) = members.first().map(|member| stored(member.entity)) else {
        return TokenStream::new();
    };
    let lists = members.iter().map(|member| member.entity);
    let defs = members.iter().map(|member| {
        let (entity, mut span) = (stored(member.entity), member.entity.span());
        if let Some(pattern) = &member.pattern {
            // A name that no pattern has is reported once only.
            span = pattern.span();
        }
        let field = member.ident.unraw().to_string();
        let count = match member.count {
            Count::One => quote!(One),
            Count::Optional => quote!(Optional),
            Count::Many => quote!(Many),
        };
        let target = member.target(&target);
        let named = member.pattern.is_some().then(|| quote!(.named()));
        quote_spanned! {span=>
            __m::MemberDef::new::<#entity, #target>(#field, __m::Count::#count) #named
        }
    });
    let arms = members.iter().enumerate().map(|(at, member)| {
        let (ty, entity) = (member.entity, stored(member.entity));
        let at = Literal::usize_unsuffixed(at);
        let push = quote_spanned!(ty.span()=> <#entity as __m::Listed<#ty>>::push);
        quote!(#at => #push(&mut __lists.#at, __item),)
    });
    let fields = members.iter().enumerate().map(|(at, member)| {
        let (ident, at) = (member.ident, Literal::usize_unsuffixed(at));
        match member.count {
            Count::One => quote!(#ident: __read.one(#at, __lists.#at)?),
            Count::Optional => quote!(#ident: __read.optional(__lists.#at)),
            Count::Many => quote!(#ident: __lists.#at),
        }
    });
    let has = distinct(members);
    let within = members.iter().map(|member| {
        let (entity, target) = (member.entity, member.target(&target));
        quote! {
            #[automatically_derived]
            impl __m::InPartition<#entity, #target> for #ident {}
        }
    });
    let checks = members.iter().enumerate().map(|(at, member)| {
        let at = Literal::usize_unsuffixed(at);
        quote_spanned!(member.entity.span()=> __m::assert_member(__collection, #at);)
    });
    quote! {
        const _: () = {
            use #krate::__private as __m;
            #[automatically_derived]
            impl __m::Collection for #ident {
                type Table = <#first as __m::Entity>::Table;
                type Index = #target;
                type Lists = (#(__m::List<#lists>,)*);
                const DEF: &'static __m::CollectionDef =
                    &__m::CollectionDef::new::<#first, #target>(#name, &[#(#defs),*]);
                fn push<__D: __m::Item>(
                    __lists: &mut Self::Lists,
                    __place: usize,
                    __item: &mut __D,
                ) -> __m::Result<()> {
                    match __place {
                        #(#arms)*
                        _ => ::core::result::Result::Ok(()),
                    }
                }
                fn collect(
                    __lists: Self::Lists,
                    __read: &__m::Members<'_>,
                ) -> __m::Result<Self> {
                    ::core::result::Result::Ok(#ident { #(#fields),* })
                }
            }
            #(
                #[automatically_derived]
                impl __m::HasMember<#has> for #ident {}
            )*
            #(#within)*
            const _: () = {
                let __collection = <#ident as __m::Collection>::DEF;
                #(#checks)*
            };
        };
    }
}

/// Returns the entities of the members, each once.
fn distinct<'a>(members: &[Member<'a>]) -> Vec<&'a Type> {
    let mut distinct: Vec<&Type> = Vec::new();
    for member in members {
        if distinct.iter().all(|before| shown(before) != shown(member.entity)) {
            distinct.push(member.entity);
        }
    }
    distinct
}

/// Returns the entity by what it is stored as. A type that is no entity is then reported once, at the type,
/// and what follows from it is not.
fn stored(entity: &Type) -> TokenStream {
    quote_spanned!(entity.span()=> <#entity as __m::Entity>::Stored)
}

/// Returns the code for a collection with errors: the errors, and an implementation with the error type.
fn stub(
    input: &DeriveInput,
    attrs: &Attrs,
    members: &[Member<'_>],
    faults: &Faults,
) -> TokenStream {
    if !input.generics.params.is_empty() {
        return faults.items();
    }
    let (ident, krate, error) = (&input.ident, attrs.krate(), Faults::error());
    let has = distinct(members);
    faults.stub(&quote! {
        use #krate::__private as __m;
        #[automatically_derived]
        impl __m::Collection for #ident {
            type Table = #error;
            type Index = #error;
            type Lists = #error;
            const DEF: &'static __m::CollectionDef = #error;
            fn push<__D: __m::Item>(_: &mut Self::Lists, _: usize, _: &mut __D) -> __m::Result<()> {
                loop {}
            }
            fn collect(_: Self::Lists, _: &__m::Members<'_>) -> __m::Result<Self> {
                loop {}
            }
        }
        #(
            #[automatically_derived]
            impl __m::HasMember<#has> for #ident {}
        )*
        impl<__E, __I> __m::InPartition<__E, __I> for #ident {}
    })
}

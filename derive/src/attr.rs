//! Functions that read the attributes of all derives.

use crate::ctxt::Ctxt;
use crate::names::{ALLOW, FIELD_AS_LITERAL, IN_ALLOW, PK, SK, STATIC_PARTITION};
use crate::nearest::suggest;
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, GenericParam, Generics, Ident, LitStr, Path, Token};

/// Goes through the options of one attribute, `#[name(..)]`. `take` is called for each option, and returns
/// whether it knows the option.
pub(crate) fn each(
    cx: &Ctxt,
    attr: &Attribute,
    known: &[&str],
    mut take: impl FnMut(&str, &ParseNestedMeta<'_>) -> syn::Result<bool>,
) {
    let parsed = nested(attr, &mut |meta| {
        let name = path_name(&meta.path);
        if !take(&name, meta)? {
            let attr = path_name(attr.path());
            let message =
                format!("`{attr}` has no option `{name}`: {}", suggest(&name, known.to_vec()));
            cx.error(&meta.path, message);
            skip_value(meta)?;
        }
        Ok(())
    });
    if let Err(fault) = parsed {
        cx.push(without_quotes(fault));
    }
}

/// Calls `take` for each option of an attribute. syn's parser is compiled once, and not for each closure.
pub(crate) fn nested(
    attr: &Attribute,
    take: &mut dyn FnMut(&ParseNestedMeta<'_>) -> syn::Result<()>,
) -> syn::Result<()> {
    attr.parse_nested_meta(|meta| take(&meta))
}

/// Rewrites syn's error for a string in the place of a name.
fn without_quotes(fault: syn::Error) -> syn::Error {
    if fault.to_string().starts_with("unexpected literal in nested attribute") {
        return syn::Error::new(fault.span(), "a name is expected here: write it without quotes");
    }
    fault
}

/// Returns a path as it is written, without `r#`.
pub(crate) fn path_name(path: &Path) -> String {
    match path.get_ident() {
        Some(ident) => ident.unraw().to_string(),
        None => path.to_token_stream().to_string().replace(' ', ""),
    }
}

/// Skips `= value` or `(..)`.
pub(crate) fn skip_value(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.input.parse::<Token![=]>()?;
    }
    while !meta.input.is_empty() && !meta.input.peek(Token![,]) {
        meta.input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

/// Stores the value of an option. An option that is written twice is an error.
pub(crate) fn set<T>(cx: &Ctxt, meta: &ParseNestedMeta<'_>, slot: &mut Option<T>, value: T) {
    if slot.is_some() {
        let name = path_name(&meta.path);
        cx.error(&meta.path, format!("`{name}` is written twice: leave one out"));
    } else {
        *slot = Some(value);
    }
}

/// `name = ".."`.
pub(crate) fn string(meta: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    let name = path_name(&meta.path);
    let message = match name.as_str() {
        PK | SK => {
            format!("`{name}` takes a template in quotes: `{name} = \"ORDER#{{order_id}}\"`")
        }
        _ => format!("`{name}` takes a string: `{name} = \"..\"`"),
    };
    let value = value(meta, &message)?;
    value.parse().map_err(|fault| syn::Error::new(fault.span(), message))
}

/// `name = ".."`, where the string may not be empty.
pub(crate) fn name(cx: &Ctxt, meta: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    let value = string(meta)?;
    if value.value().is_empty() {
        let name = path_name(&meta.path);
        cx.error(&value, format!("`{name}` is empty: give it a value, or leave it out"));
    }
    Ok(value)
}

/// `name = Type`.
pub(crate) fn type_path(meta: &ParseNestedMeta<'_>, example: &str) -> syn::Result<Path> {
    let name = path_name(&meta.path);
    let message = format!("`{name}` takes a type, without quotes: `{name} = {example}`");
    let value = value(meta, &message)?;
    if value.peek(syn::Lit) {
        return Err(value.error(message));
    }
    value.call(Path::parse_mod_style).map_err(|fault| syn::Error::new(fault.span(), message))
}

fn value<'a>(
    meta: &ParseNestedMeta<'a>,
    message: &str,
) -> syn::Result<syn::parse::ParseStream<'a>> {
    if !meta.input.peek(Token![=]) {
        return Err(syn::Error::new_spanned(&meta.path, message));
    }
    meta.value()
}

/// `name = field`.
pub(crate) fn field(meta: &ParseNestedMeta<'_>) -> syn::Result<Ident> {
    let name = path_name(&meta.path);
    let message = format!("`{name}` takes a field, without quotes: `{name} = field`");
    let value = value(meta, &message)?;
    value.call(Ident::parse_any).map_err(|fault| syn::Error::new(fault.span(), message))
}

/// `crate = "path"`: where the facade is, if it was renamed.
pub(crate) fn krate(meta: &ParseNestedMeta<'_>) -> syn::Result<Path> {
    let path = string(meta)?;
    path.parse_with(Path::parse_mod_style)
        .map_err(|_| syn::Error::new_spanned(&path, "`crate` takes a path: `crate = \"db\"`"))
}

/// What `allow(..)` allows for a key.
#[derive(Clone, Copy, Default)]
pub(crate) struct Allowed {
    /// All items may be in one partition.
    pub(crate) static_partition: bool,
    /// A literal may be the name of a field.
    pub(crate) field_as_literal: bool,
}

/// `allow(static_partition, ..)`.
pub(crate) fn allow(
    cx: &Ctxt,
    meta: &ParseNestedMeta<'_>,
    allowed: &mut Allowed,
) -> syn::Result<()> {
    if !meta.input.peek(syn::token::Paren) {
        let message = format!("`{ALLOW}` takes a list: `{ALLOW}({STATIC_PARTITION})`");
        return Err(syn::Error::new_spanned(&meta.path, message));
    }
    meta.parse_nested_meta(|meta| {
        if meta.path.is_ident(STATIC_PARTITION) {
            allowed.static_partition = true;
        } else if meta.path.is_ident(FIELD_AS_LITERAL) {
            allowed.field_as_literal = true;
        } else {
            let name = path_name(&meta.path);
            let known = suggest(&name, IN_ALLOW.to_vec());
            cx.error(&meta.path, format!("`{ALLOW}` has no option `{name}`: {known}"));
            skip_value(&meta)?;
        }
        Ok(())
    })
}

/// Checks that the type is not generic, and so owns its data.
pub(crate) fn refuse_generics(cx: &Ctxt, generics: &Generics, what: &str, instead: &str) {
    if generics.params.is_empty() {
        return;
    }
    let borrows = generics.params.iter().all(|param| matches!(param, GenericParam::Lifetime(_)));
    if borrows {
        let message = format!("{what} owns its data: write `String` where there is `&str`");
        cx.error(generics, message);
    } else {
        cx.error(generics, format!("{what} cannot be generic: {instead}"));
    }
}

/// Refuses attributes that stand in the wrong place, where they would have no effect. `instead` says where
/// they belong.
pub(crate) fn refuse(
    cx: &Ctxt,
    attrs: &[Attribute],
    names: &[&str],
    instead: impl Fn(&str) -> String,
) {
    for attr in attrs {
        if let Some(name) = names.iter().find(|name| attr.path().is_ident(name)) {
            cx.error(attr.path(), instead(name));
        }
    }
}

/// Returns the name as an identifier, if it is one and not a keyword.
pub(crate) fn ident(path: &Path) -> Option<Ident> {
    let ident = path.get_ident()?;
    syn::parse2::<Ident>(ident.to_token_stream()).ok()
}

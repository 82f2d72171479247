//! Types as they are written.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{GenericArgument, Ident, PathArguments, Type, TypeReference};

/// A type without the parentheses around it, and without those that a macro's `$t:ty` puts there.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}

/// `T` of a type that is written `Option<T>`.
pub(crate) fn option_of(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Option")
}

/// `T` of a type that is written `Name<T>`, whatever its path.
pub(crate) fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = bare(ty) else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.iter().collect::<Vec<_>>().as_slice() {
        [GenericArgument::Type(ty)] => Some(ty),
        _ => None,
    }
}

/// Well-known types, which no enum is called.
const NO_WORKFLOWS: &[&str] = &[
    "String",
    "bool",
    "char",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "Timestamp",
    "Date",
    "DateTime",
    "NaiveDate",
    "OffsetDateTime",
    "Decimal",
    "Uuid",
    "Ulid",
];

/// Whether a type can be a workflow, which is an enum without parameters. Whether it is one is asked for these
/// types only, because each question takes the compilers of users some time.
pub(crate) fn may_be_workflow(ty: &Type) -> bool {
    let Type::Path(path) = bare(ty) else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    path.qself.is_none()
        && last.arguments.is_none()
        && !NO_WORKFLOWS.iter().any(|name| last.ident == name)
}

/// A type as it is written.
pub(crate) fn shown(ty: &Type) -> String {
    ty.to_token_stream().to_string().replace(' ', "")
}

/// Returns the first reference in a type, such as that in `Option<&'static str>`. References with a lifetime
/// of the struct do not count, because a struct with lifetimes is refused as such.
pub(crate) fn reference_in(ty: &Type) -> Option<&TypeReference> {
    match bare(ty) {
        Type::Reference(reference) => match &reference.lifetime {
            Some(lifetime) if lifetime.ident != "static" => None,
            _ => Some(reference),
        },
        Type::Path(path) => path.path.segments.iter().find_map(|segment| {
            let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(ty) => reference_in(ty),
                _ => None,
            })
        }),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(reference_in),
        Type::Array(array) => reference_in(&array.elem),
        _ => None,
    }
}

/// Returns the type that owns what a reference refers to, as it is written.
pub(crate) fn owned(reference: &TypeReference) -> String {
    match bare(&reference.elem) {
        Type::Path(path) if path.path.is_ident("str") => "String".to_owned(),
        Type::Slice(slice) => format!("Vec<{}>", shown(&slice.elem)),
        other => shown(other),
    }
}

/// Whether a type contains a name, such as that of a type parameter.
pub(crate) fn mentions(ty: &Type, name: &Ident) -> bool {
    fn has(tokens: TokenStream, name: &Ident) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => ident == *name,
            TokenTree::Group(group) => has(group.stream(), name),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
    has(ty.to_token_stream(), name)
}

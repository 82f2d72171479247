//! `lock = "shop.keys"`: the comparison of a table with its file, and the test that writes the file.
//!
//! The file is read by the compiler (`include_str!`), so that a change of it is noticed. The macro only looks
//! whether it is there, because the compiler's error would not say how it is made. It never writes: editors
//! expand macros, too.

use super::Table;
use crate::attr;
use crate::case::snake;
use crate::ctxt::Ctxt;
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use std::env;
use std::path::Path;
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::{LitStr, Path as TypePath};

/// With `write`, the code is not compared with the file, and tests write it.
const VARIABLE: &str = "MONOTABLE_LOCK";

fn is_writing() -> bool {
    env::var(VARIABLE).is_ok_and(|value| value == "write")
}

/// The name of the file, which has to be there.
pub(super) fn file(cx: &Ctxt, meta: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    let file = attr::name(cx, meta)?;
    let name = file.value();
    if name.is_empty() {
        return Ok(file);
    }
    if Path::new(&name).is_absolute() {
        let message = "`lock` is a path from the folder of the crate's `Cargo.toml`, such as `lock = \"shop.keys\"`";
        cx.error(&file, message);
    } else if !is_writing()
        && let Ok(folder) = env::var("CARGO_MANIFEST_DIR")
        && !Path::new(&folder).join(&name).is_file()
    {
        let message = format!(
            "there is no file `{name}` beside the crate's `Cargo.toml`: `{VARIABLE}=write cargo test keys_lock` writes it; then commit it"
        );
        cx.error(&file, message);
    }
    Ok(file)
}

/// Returns the check that the code and the file are the same.
pub(super) fn check(table: &Table<'_>) -> TokenStream {
    let Some(file) = &table.lock else { return TokenStream::new() };
    // The compiler notices a change of the variable, although only the macro reads it.
    let noticed = quote! {
        const _: ::core::option::Option<&::core::primitive::str> = ::core::option_env!(#VARIABLE);
    };
    if is_writing() {
        return noticed;
    }
    let def = {
        let ident = table.ident;
        quote!(<#ident as __m::Schema>::DEF)
    };
    let text = quote! {
        ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #file))
    };
    let lock = quote!(__LOCK);
    let compared = quote_spanned! {file.span()=>
        __m::assert_lock::<{ __m::lock_room(#def, #lock) }>(#def, #file, #lock);
    };
    quote! {
        #noticed
        const #lock: &::core::primitive::str = #text;
        // Two texts that differ much are compared for long.
        #[allow(long_running_const_eval)]
        const _: () = #compared
    }
}

/// Returns the test that writes the file, if this is wanted. It is outside of constants, where the compiler
/// finds tests.
pub(super) fn writer(table: &Table<'_>, krate: &TypePath) -> TokenStream {
    let Some(file) = &table.lock else { return TokenStream::new() };
    if !is_writing() {
        return TokenStream::new();
    }
    let ident = table.ident;
    let name =
        Ident::new(&format!("{}_keys_lock", snake(&ident.unraw().to_string())), ident.span());
    quote! {
        #[cfg(test)]
        #[::core::prelude::v1::test]
        #[allow(unnameable_test_items)]
        fn #name() -> ::std::io::Result<()> {
            #krate::__private::write_lock(
                <#ident as #krate::__private::Schema>::DEF,
                ::core::env!("CARGO_MANIFEST_DIR"),
                #file,
            )
        }
    }
}

//! Where the compiler reports what it finds in generated code.

use proc_macro2::{Group, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt as _};
use syn::Ident;

/// `<Type as KeyPart>::item`, over the type as it is written. `m` is `__private`.
///
/// Several expressions need this of one type. As all of them are at the same place, the compiler
/// reports a type which is no part once.
///
/// It appends the tokens one by one. `quote!` of token streams makes the compiler copy each of them, and
/// this is needed for every part.
pub(crate) fn key_part(ty: impl ToTokens, item: &str, m: impl ToTokens) -> TokenStream {
    let (first, last) = ends(&ty);
    let mut tokens = TokenStream::new();
    punct(&mut tokens, first, "<");
    ty.to_tokens(&mut tokens);
    tokens.append(Ident::new("as", last));
    m.to_tokens(&mut tokens);
    punct(&mut tokens, last, "::");
    tokens.append(Ident::new("KeyPart", last));
    punct(&mut tokens, last, ">");
    punct(&mut tokens, last, "::");
    tokens.append(Ident::new(item, last));
    tokens
}

fn punct(tokens: &mut TokenStream, span: Span, text: &str) {
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let spacing = if chars.peek().is_some() { Spacing::Joint } else { Spacing::Alone };
        let mut punct = Punct::new(char, spacing);
        punct.set_span(span);
        tokens.append(punct);
    }
}

/// The tokens, all of them at `span`; still generated code to lints.
pub(crate) fn all_at(span: Span, tokens: TokenStream) -> TokenStream {
    moved(span.resolved_at(Span::call_site()), tokens)
}

/// The tokens, all of them with this span. A note of the compiler then shows only the code at `span`, and
/// not all from the derive to there; but to lints, the tokens are the user's.
pub(crate) fn moved(span: Span, tokens: TokenStream) -> TokenStream {
    let at = |mut token| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), moved(span, group.stream())).into();
        }
        token.set_span(span);
        token
    };
    tokens.into_iter().map(at).collect()
}

/// The spans of the first and the last token; stable Rust cannot join them.
pub(crate) fn ends(tokens: impl ToTokens) -> (Span, Span) {
    let mut tokens = tokens.into_token_stream().into_iter().map(|token| token.span());
    let first = tokens.next().unwrap_or_else(Span::call_site);
    (first, tokens.last().unwrap_or(first))
}

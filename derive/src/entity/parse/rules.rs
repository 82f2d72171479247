//! `version = ..`, `ttl = ..` and `unique(..)`.

use super::resolve;
use crate::attr;
use crate::ctxt::Ctxt;
use crate::entity::model::{Resolved, Unique};
use crate::field::{self, Field};
use crate::names::{IN_UNIQUE, PK, SK};
use crate::nearest::suggest;
use crate::template::Template;
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Path, Token};

/// Returns the field in `what = field`.
pub(super) fn field(
    cx: &Ctxt,
    name: Option<Ident>,
    what: &str,
    fields: &[Field<'_>],
) -> Option<usize> {
    let ident = name?;
    let name = ident.unraw().to_string();
    match field::find(fields, &name) {
        Ok(found) => Some(found),
        Err(known) => {
            cx.error(ident, format!("`{what}` names `{name}`, which is not a field: {known}"));
            None
        }
    }
}

/// The options in `unique(..)`.
pub(super) struct DeclaredUnique {
    at: Path,
    fields: Vec<Path>,
    pk: Option<LitStr>,
    sk: Option<LitStr>,
}

impl DeclaredUnique {
    pub(super) fn parse(cx: &Ctxt, meta: &ParseNestedMeta<'_>) -> syn::Result<Self> {
        let message = "`unique` takes a field, or several that are unique together: `unique(field)`, `unique(one, other)`";
        if !meta.input.peek(syn::token::Paren) || is_empty(&meta.input.fork())? {
            return Err(syn::Error::new_spanned(&meta.path, message));
        }
        let mut unique =
            DeclaredUnique { at: meta.path.clone(), fields: Vec::new(), pk: None, sk: None };
        meta.parse_nested_meta(|meta| {
            let name = attr::path_name(&meta.path);
            match name.as_str() {
                _ if !meta.input.peek(Token![=]) => {
                    if unique.fields.iter().any(|before| attr::path_name(before) == name) {
                        let message = format!("`{name}` is twice in one `unique(..)`: keep one");
                        cx.error(&meta.path, message);
                    } else {
                        unique.fields.push(meta.path.clone());
                    }
                }
                PK => attr::set(cx, &meta, &mut unique.pk, attr::string(&meta)?),
                SK => attr::set(cx, &meta, &mut unique.sk, attr::string(&meta)?),
                _ => {
                    let known = suggest(&name, IN_UNIQUE.to_vec());
                    cx.error(&meta.path, format!("`unique` takes no `{name} = ..`: {known}"));
                    attr::skip_value(&meta)?;
                }
            }
            Ok(())
        })?;
        if unique.fields.is_empty() {
            return Err(syn::Error::new_spanned(&meta.path, message));
        }
        Ok(unique)
    }

    /// Looks up its fields, and creates the templates that are not written.
    pub(super) fn resolve(self, cx: &Ctxt, entity: &str, fields: &[Field<'_>]) -> Option<Unique> {
        let place = |path: &Path| {
            let name = attr::path_name(path);
            let found = field::find(fields, &name);
            if let Err(known) = &found {
                cx.error(path, format!("`unique` names `{name}`, which is not a field: {known}"));
            }
            found.ok()
        };
        // All of them are looked up, so that each error is reported.
        let places: Vec<_> = self.fields.iter().map(place).collect();
        let places: Vec<usize> = places.into_iter().collect::<Option<_>>()?;
        let found = || places.iter().filter_map(|place| fields.get(*place));
        let stored: Vec<&str> = found().map(|field| field.serde.name.as_str()).collect();
        let stored = stored.join("+");
        let pk = match self.pk {
            Some(pk) => template(cx, pk, fields),
            None => {
                let parts: Vec<String> =
                    found().map(|field| format!("{{{}}}", field.ident.unraw())).collect();
                let pk = format!("UNIQUE#{entity}#{stored}#{}", parts.join("#"));
                default(cx, &pk, &self.at, fields)
            }
        };
        let sk = match self.sk {
            Some(sk) => template(cx, sk, fields),
            None => default(cx, "UNIQUE", &self.at, fields),
        };
        Some(Unique {
            at: self.at,
            name: format!("{entity}.{stored}"),
            fields: places,
            pk: pk?,
            sk: sk?,
        })
    }
}

/// Returns whether `()` comes next.
fn is_empty(input: ParseStream<'_>) -> syn::Result<bool> {
    let inside;
    syn::parenthesized!(inside in input);
    Ok(inside.is_empty())
}

fn template(cx: &Ctxt, text: LitStr, fields: &[Field<'_>]) -> Option<Resolved> {
    resolve(cx, Template::parse(cx, text, fields)?, fields)
}

/// Creates a template that is not written. Names can have characters that keys cannot have.
fn default(cx: &Ctxt, text: &str, at: &Path, fields: &[Field<'_>]) -> Option<Resolved> {
    let span = syn::spanned::Spanned::span(at);
    let inner = Ctxt::default();
    let template = template(&inner, LitStr::new(text, span), fields);
    if template.is_none() {
        let message = format!(
            "the guard's partition key would be `{text}`, with letters that cannot stand in a key: write one, `unique(.., pk = \"..\")`"
        );
        cx.error(at, message);
    }
    template
}

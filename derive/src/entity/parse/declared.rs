//! `#[access(..)]` and `#[key(..)]`.

use super::resolve;
use crate::attr::{self, Allowed};
use crate::ctxt::Ctxt;
use crate::entity::attributes;
use crate::entity::model::{AttributeKey, IndexKey, Keys, Resolved};
use crate::entity::when::When;
use crate::field::Field;
use crate::names::{ACCESS, ALLOW, IN_ACCESS, IN_KEY, INDEX, KEY, MIXED, NAME, PK, SAME, SK, WHEN};
use crate::template::Template;
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Ident, LitStr, Path, Token};

/// A template as it is written, `same`, or a list of fields.
enum Written {
    Text(LitStr),
    Same,
    Fields(Vec<Ident>),
}

/// The options in `#[access(..)]` or `#[key(..)]`.
pub(super) struct Declared<'a> {
    attr: &'a Attribute,
    pattern: Option<Ident>,
    pub(super) index: Option<Path>,
    pk: Option<(Path, Written)>,
    sk: Option<(Path, Written)>,
    when: Option<(Path, Vec<When>)>,
    allowed: Allowed,
    /// `mixed`
    pub(super) is_mixed: bool,
}

impl<'a> Declared<'a> {
    /// Reads an attribute. Returns `None` for another attribute, or if too much of it is wrong.
    pub(super) fn parse(cx: &Ctxt, attr: &'a Attribute, fields: &[Field<'_>]) -> Option<Self> {
        let is_access = attr.path().is_ident(ACCESS);
        if !is_access && !attr.path().is_ident(KEY) {
            return None;
        }
        let mut key = Declared {
            attr,
            pattern: None,
            index: None,
            pk: None,
            sk: None,
            when: None,
            allowed: Allowed::default(),
            is_mixed: false,
        };
        let known = if is_access { IN_ACCESS } else { IN_KEY };
        let mut first = is_access;
        let inner = Ctxt::default();
        attr::each(&inner, attr, known, |name, meta| {
            let bare = !meta.input.peek(Token![=]) && !meta.input.peek(syn::token::Paren);
            if std::mem::take(&mut first) {
                if bare {
                    key.pattern = Some(pattern(&meta.path)?);
                    return Ok(true);
                }
                if name == NAME {
                    let message =
                        "an access pattern begins with its name alone: `#[access(by_user, ..)]`";
                    return Err(syn::Error::new_spanned(&meta.path, message));
                }
            }
            let path = || meta.path.clone();
            match name {
                INDEX => attr::set(&inner, meta, &mut key.index, attr::type_path(meta, "Gsi1")?),
                PK => attr::set(&inner, meta, &mut key.pk, (path(), written(meta)?)),
                SK => attr::set(&inner, meta, &mut key.sk, (path(), written(meta)?)),
                WHEN => {
                    let when = When::parse(&inner, meta, fields)?;
                    attr::set(&inner, meta, &mut key.when, (path(), when));
                }
                MIXED if bare => key.is_mixed = true,
                MIXED => {
                    let message = "`mixed` has no value: write `mixed`, or leave it out";
                    return Err(syn::Error::new_spanned(&meta.path, message));
                }
                ALLOW => attr::allow(&inner, meta, &mut key.allowed)?,
                _ => return Ok(false),
            }
            Ok(true)
        });
        if let Err(faults) = inner.finish() {
            // An option that could not be read is not also reported as missing.
            faults.into_iter().for_each(|fault| cx.push(fault));
            return None;
        }
        if is_access && key.pattern.is_none() {
            cx.error(
                attr.path(),
                "an access pattern begins with its name: `#[access(by_status, index = .., pk = \"..\", sk = \"..\")]`",
            );
            return None;
        }
        if !is_access && key.index.is_none() {
            cx.error(
                attr.path(),
                "`key` declares a key on an index: add `index = ..`; the primary key is the `pk` and `sk` of `#[entity(..)]`",
            );
            return None;
        }
        Some(key)
    }

    /// Returns the name of the pattern on the primary key.
    pub(super) fn primary_pattern(self, cx: &Ctxt, slot: &mut Option<Ident>) {
        let Some(name) = self.pattern else { return };
        let extra = [(&self.pk.map(|(path, _)| path), PK), (&self.sk.map(|(path, _)| path), SK)];
        for (path, what) in extra {
            if let Some(path) = path {
                cx.error(
                    path,
                    format!("`{name}` names no index, so it is the primary key, whose `{what}` is in `#[entity(..)]`: add `index = ..`, or leave `{what}` out"),
                );
                return;
            }
        }
        if let Some((path, _)) = self.when {
            cx.error(path, "every item has its primary key: `when` is for keys with `index = ..`");
            return;
        }
        match slot {
            Some(before) => {
                let message = format!(
                    "`{before}` and `{name}` are the same access pattern, the primary key's: keep one, or add `index = ..`"
                );
                cx.error(&name, message);
            }
            None => *slot = Some(name),
        }
    }

    /// Returns whether one of its keys is a list of fields.
    pub(super) fn lists_fields(&self) -> bool {
        let is_list = |key: &Option<(Path, Written)>| {
            key.as_ref().is_some_and(|(_, written)| matches!(written, Written::Fields(_)))
        };
        is_list(&self.pk) || is_list(&self.sk)
    }

    /// Returns the key that consists of attributes.
    pub(super) fn attribute_key(self, cx: &Ctxt, fields: &[Field<'_>]) -> Option<AttributeKey> {
        let index = self.index?;
        if let Some((path, _)) = self.when {
            let message = "a key of fields has no `when`, because an item is in the index if it has all of them: make one an `Option`, which is `None` in the items that are not in the index";
            cx.error(path, message);
            return None;
        }
        if self.is_mixed {
            let message = "`mixed` is for templates: entities whose keys are fields share the partitions of their index anyway, so leave `mixed` out";
            cx.error(self.attr.path(), message);
            return None;
        }
        let Some(pk) = self.pk else {
            let index = attr::path_name(&index);
            let message = format!("the key on index `{index}` is incomplete: add `pk(field, ..)`");
            cx.error(self.attr.path(), message);
            return None;
        };
        let list = |(path, written): (Path, Written)| match written {
            Written::Fields(names) => Some(names),
            Written::Text(_) | Written::Same => {
                let name = attr::path_name(&path);
                let message = format!(
                    "one key is a list of fields, and this one is not: write `{name}(field, ..)`, without quotes, or templates for both"
                );
                cx.error(&path, message);
                None
            }
        };
        let (pk, sk) = (list(pk)?, self.sk.map(list));
        let sk = match sk {
            Some(sk) => sk?,
            None => Vec::new(),
        };
        let (partition, sort) =
            (attributes::resolve(cx, PK, &pk, fields), attributes::resolve(cx, SK, &sk, fields));
        attributes::check_distinct(cx, &[pk, sk].concat());
        Some(AttributeKey { index, pattern: self.pattern, partition: partition?, sort: sort? })
    }

    /// Returns the key on an index.
    pub(super) fn index_key(
        self,
        cx: &Ctxt,
        primary: Option<&Keys>,
        fields: &[Field<'_>],
    ) -> Option<IndexKey> {
        let index = self.index?;
        let Some((_, sk)) = self.sk else {
            let index = attr::path_name(&index);
            let missing = match &self.pk {
                Some(_) => "add `sk`, as a template or as `same` for the primary key's",
                None => {
                    "add `pk` and `sk`, as templates or as `same` for the primary key's; on a local index, add only `sk`"
                }
            };
            let message = format!("the key on index `{index}` is incomplete: {missing}");
            cx.error(self.attr.path(), message);
            return None;
        };
        let template = |written, same: Option<&Resolved>| match written {
            Written::Text(text) => resolve(cx, Template::parse(cx, text, fields)?, fields),
            Written::Same => same.cloned(),
            // A list is read by `attribute_key`.
            Written::Fields(_) => None,
        };
        // Only a local index has the partition key of the table, which core checks.
        let (at, pk) = match self.pk {
            Some((path, pk)) => (Some(path), Some(pk)),
            None => (None, None),
        };
        let is_local = at.is_none();
        let (pk, sk) = (
            template(pk.unwrap_or(Written::Same), primary.map(|keys| &keys.pk)),
            template(sk, primary.map(|keys| &keys.sk)),
        );
        Some(IndexKey {
            index,
            pattern: self.pattern,
            keys: Keys { pk: pk?, sk: sk?, allowed: self.allowed, is_mixed: self.is_mixed },
            when: self.when.map(|(_, when)| when).unwrap_or_default(),
            number: 1,
            is_alone: true,
            at: at.unwrap_or_else(|| self.attr.path().clone()),
            is_local,
        })
    }
}

/// `pk = ".."` or `pk = same`.
fn written(meta: &ParseNestedMeta<'_>) -> syn::Result<Written> {
    if meta.input.peek(syn::token::Paren) {
        return attributes::list(meta).map(Written::Fields);
    }
    let name = attr::path_name(&meta.path);
    let message = format!(
        "`{name}` takes a template, `{name} = \"..\"`, or `{name} = {SAME}` for the primary key's"
    );
    if !meta.input.peek(Token![=]) {
        return Err(syn::Error::new_spanned(&meta.path, message));
    }
    let value = meta.value()?;
    if value.peek(LitStr) {
        return value.parse().map(Written::Text);
    }
    match value.call(Ident::parse_any) {
        Ok(ident) if ident == SAME => Ok(Written::Same),
        Ok(ident) => Err(syn::Error::new_spanned(ident, message)),
        Err(fault) => Err(syn::Error::new(fault.span(), message)),
    }
}

/// Reads the name of an access pattern.
pub(crate) fn pattern(path: &Path) -> syn::Result<Ident> {
    attr::ident(path).ok_or_else(|| {
        let message = match path.get_ident() {
            Some(keyword) => format!(
                "`{keyword}` is a keyword of Rust, and an access pattern becomes a function: call it `by_{keyword}`"
            ),
            None => "an access pattern is named like a function, such as `by_status`".to_owned(),
        };
        syn::Error::new_spanned(path, message)
    })
}

//! From attributes to the model.

use super::model::{Entity, Field, IndexKey, Keys, Resolved};
use super::when::When;
use crate::attr;
use crate::case::snake;
use crate::ctxt::Ctxt;
use crate::names::{
    ACCESS, ALLOW, CRATE, ENTITY, IN_ACCESS, IN_ENTITY, IN_KEY, INDEX, KEY, NAME, PK, SAME, SK,
    TABLE, WHEN,
};
use crate::nearest::suggest;
use crate::serde::{Container, FieldAttrs};
use crate::template::Template;
use proc_macro2::Span;
use quote::format_ident;
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, LitStr, Path, Token, parse_quote};

pub(crate) fn parse<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Option<Entity<'a>> {
    let container = Container::of_entity(cx, &input.attrs);
    let fields = fields(cx, &container, input)?;
    let own = OwnKey::parse(cx, input);
    let template = |text: Option<LitStr>| {
        let template = Template::parse(cx, text?)?;
        resolve(cx, template, &fields)
    };
    let (pk, sk) = (template(own.pk), template(own.sk));
    // Index keys are read even if the primary key is at fault, so that all faults are reported.
    let primary = pk.zip(sk).map(|(pk, sk)| Keys { pk, sk, allow_static: own.allow_static });
    let mut primary_pattern = None;
    let mut indexes = Vec::new();
    for attr in &input.attrs {
        let Some(key) = Declared::parse(cx, attr, &fields) else { continue };
        if key.index.is_some() {
            indexes.extend(key.index_key(cx, primary.as_ref(), &fields));
        } else {
            key.primary_pattern(cx, &mut primary_pattern);
        }
    }
    Some(Entity {
        ident: &input.ident,
        vis: &input.vis,
        krate: own.krate.unwrap_or_else(|| parse_quote!(::monotable)),
        name: own.name.map_or_else(|| input.ident.unraw().to_string(), |name| name.value()),
        table: own.table?,
        fields,
        primary: primary?,
        primary_pattern,
        indexes,
    })
}

fn fields<'a>(cx: &Ctxt, container: &Container, input: &'a DeriveInput) -> Option<Vec<Field<'a>>> {
    let name = input.ident.unraw();
    let own = "write one entity for each type that you store";
    attr::refuse_generics(cx, &input.generics, "an entity", own);
    let data = match &input.data {
        Data::Struct(data) => data,
        Data::Enum(data) => {
            cx.error(
                data.enum_token,
                "an entity is a struct: put each variant's fields into a struct of its own and list those in the table's enum",
            );
            return None;
        }
        Data::Union(data) => {
            cx.error(data.union_token, "an entity is a struct with named fields, not a union");
            return None;
        }
    };
    let Fields::Named(named) = &data.fields else {
        cx.error(
            &input.ident,
            format!("an entity has named fields, which its keys refer to: write `struct {name} {{ id: .. }}`"),
        );
        return None;
    };
    let field = |field: &'a syn::Field| {
        let ident = field.ident.as_ref()?;
        let constant = ident.unraw().to_string().to_uppercase();
        Some(Field {
            ident,
            vis: &field.vis,
            ty: &field.ty,
            serde: FieldAttrs::parse(cx, container, field, ident),
            constant: Ident::new(&constant, ident.span()),
        })
    };
    Some(named.named.iter().filter_map(field).collect())
}

/// Looks the fields of a template up.
fn resolve(cx: &Ctxt, template: Template<String>, fields: &[Field<'_>]) -> Option<Resolved> {
    let text = template.text.clone();
    template.resolve(|name| {
        let found = fields.iter().position(|field| field.ident.unraw() == name);
        if found.is_none() {
            let known: Vec<_> =
                fields.iter().map(|field| field.ident.unraw().to_string()).collect();
            let known = suggest(&name, known.iter().map(String::as_str));
            cx.error(&text, format!("the template names `{name}`, which is no field: {known}"));
        }
        found
    })
}

/// What `#[entity(..)]` says.
#[derive(Default)]
struct OwnKey {
    table: Option<Path>,
    pk: Option<LitStr>,
    sk: Option<LitStr>,
    name: Option<LitStr>,
    krate: Option<Path>,
    allow_static: bool,
}

impl OwnKey {
    fn parse(cx: &Ctxt, input: &DeriveInput) -> Self {
        let mut own = OwnKey::default();
        let mut at = None;
        for attr in input.attrs.iter().filter(|attr| attr.path().is_ident(ENTITY)) {
            at = Some(attr);
            attr::each(cx, attr, IN_ENTITY, |name, meta| {
                match name {
                    TABLE => attr::set(cx, meta, &mut own.table, attr::type_path(meta, "Shop")?),
                    PK => attr::set(cx, meta, &mut own.pk, attr::string(meta)?),
                    SK => attr::set(cx, meta, &mut own.sk, attr::string(meta)?),
                    NAME => attr::set(cx, meta, &mut own.name, attr::name(cx, meta)?),
                    CRATE => attr::set(cx, meta, &mut own.krate, attr::krate(meta)?),
                    ALLOW => attr::allow(cx, meta, &mut own.allow_static)?,
                    _ => return Ok(false),
                }
                Ok(true)
            });
        }
        own.require(cx, input, at);
        own
    }

    /// What is missing. Nothing more is said of an attribute that could not be read.
    fn require(&self, cx: &Ctxt, input: &DeriveInput, at: Option<&Attribute>) {
        let id = format!("{}#{{id}}", snake(&input.ident.unraw().to_string()).to_uppercase());
        let Some(at) = at else {
            let message = format!(
                "an entity says where it lives: add `#[entity(table = .., pk = \"{id}\", sk = \"..\")]`"
            );
            cx.error(&input.ident, message);
            return;
        };
        if !cx.is_clean() {
            return;
        }
        let mut missing = Vec::new();
        if self.table.is_none() {
            missing.push("`table = ..`, the enum that derives `Table`".to_owned());
        }
        if self.pk.is_none() {
            missing.push(format!("`pk = \"{id}\"`, the partition key's template"));
        }
        if self.sk.is_none() {
            missing.push(
                "`sk = \"..\"`, the sort key's template: a literal such as `\"PROFILE\"` if each partition has one"
                    .to_owned(),
            );
        }
        if !missing.is_empty() {
            cx.error(at.path(), format!("`entity` says too little: add {}", missing.join(" and ")));
        }
    }
}

/// A template as it is written, or `same`.
enum Written {
    Text(LitStr),
    Same,
}

/// What `#[access(..)]` or `#[key(..)]` says.
struct Declared<'a> {
    attr: &'a Attribute,
    pattern: Option<Ident>,
    index: Option<Path>,
    pk: Option<(Path, Written)>,
    sk: Option<(Path, Written)>,
    when: Option<(Path, Vec<When>)>,
    allow_static: bool,
}

impl<'a> Declared<'a> {
    /// `None` if this is another attribute, or one that says nothing to go on with.
    fn parse(cx: &Ctxt, attr: &'a Attribute, fields: &[Field<'_>]) -> Option<Self> {
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
            allow_static: false,
        };
        let known = if is_access { IN_ACCESS } else { IN_KEY };
        let mut first = is_access;
        let inner = Ctxt::default();
        attr::each(&inner, attr, known, |name, meta| {
            let bare = !meta.input.peek(Token![=]) && !meta.input.peek(syn::token::Paren);
            if std::mem::take(&mut first) && bare {
                key.pattern = Some(pattern(&meta.path)?);
                return Ok(true);
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
                ALLOW => attr::allow(&inner, meta, &mut key.allow_static)?,
                _ => return Ok(false),
            }
            Ok(true)
        });
        if let Err(faults) = inner.finish() {
            // What could not be read is not missed as well.
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

    /// The name of the pattern on the primary key.
    fn primary_pattern(self, cx: &Ctxt, slot: &mut Option<Ident>) {
        let Some(name) = self.pattern else { return };
        let extra = [(&self.pk.map(|(path, _)| path), PK), (&self.sk.map(|(path, _)| path), SK)];
        for (path, what) in extra {
            if let Some(path) = path {
                cx.error(
                    path,
                    format!("`{name}` names no index, so it is the primary key, whose `{what}` stands in `#[entity(..)]`: add `index = ..`, or leave `{what}` out"),
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

    /// The key on an index.
    fn index_key(
        self,
        cx: &Ctxt,
        primary: Option<&Keys>,
        fields: &[Field<'_>],
    ) -> Option<IndexKey> {
        let index = self.index?;
        let missing = match (&self.pk, &self.sk) {
            (Some(_), Some(_)) => None,
            (None, Some(_)) => Some("`pk`"),
            (Some(_), None) => Some("`sk`"),
            (None, None) => Some("`pk` and `sk`"),
        };
        if let Some(missing) = missing {
            let index = attr::path_name(&index);
            cx.error(
                self.attr.path(),
                format!("the key on index `{index}` is not whole: add {missing}, as a template or as `same` for the primary key's"),
            );
            return None;
        }
        let template = |written, same: Option<&Resolved>| match written {
            Written::Text(text) => resolve(cx, Template::parse(cx, text)?, fields),
            Written::Same => same.cloned(),
        };
        let (pk, sk) = (
            template(self.pk?.1, primary.map(|keys| &keys.pk)),
            template(self.sk?.1, primary.map(|keys| &keys.sk)),
        );
        Some(IndexKey {
            index,
            pattern: self.pattern,
            keys: Keys { pk: pk?, sk: sk?, allow_static: self.allow_static },
            when: self.when.map(|(_, when)| when).unwrap_or_default(),
        })
    }
}

/// `pk = ".."` or `pk = same`.
fn written(meta: &ParseNestedMeta<'_>) -> syn::Result<Written> {
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

/// What `crate = ".."` says, in an attribute whose other faults are known.
pub(crate) fn krate(input: &DeriveInput) -> Option<Path> {
    OwnKey::parse(&Ctxt::default(), input).krate
}

/// The name of an access pattern.
pub(crate) fn pattern(path: &Path) -> syn::Result<Ident> {
    attr::ident(path).ok_or_else(|| {
        syn::Error::new_spanned(
            path,
            "an access pattern is named like a function, such as `by_status`",
        )
    })
}

/// The module of the entity's field markers.
pub(crate) fn module(ident: &Ident, what: &str) -> Ident {
    let name = snake(&ident.unraw().to_string());
    format_ident!("{}_{}", name, what, span = Span::call_site())
}

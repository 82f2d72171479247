//! Reads the attributes of an entity into its model.

mod declared;
mod rules;

pub(super) use declared::pattern;

use super::model::{Entity, Keys, Resolved, number};
use crate::attr::{self, Allowed};
use crate::case::snake;
use crate::ctxt::Ctxt;
use crate::field::{self, Field};
use crate::names::{
    ACCESS, ALLOW, CRATE, CREATED, ENTITY, IN_ENTITY, KEY, NAME, PK, SHARES, SK, TABLE, TTL,
    UNIQUE, UPDATED, VERSION,
};
use crate::serde::Container;
use crate::template::Template;
use declared::Declared;
use rules::DeclaredUnique;
use syn::ext::IdentExt as _;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, LitStr, Path, parse_quote};

pub(crate) fn parse<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Option<Entity<'a>> {
    let container = Container::of_entity(cx, &input.attrs);
    let fields = fields(cx, &container, input)?;
    attr::refuse(cx, &input.attrs, &[TABLE], |name| {
        let table = "an entity names its table in `entity`: write `#[entity(table = .., ..)]`";
        format!("`{name}` stands above the enum that derives `Table`; {table}")
    });
    let own = OwnKey::parse(cx, input);
    let template = |text: Option<LitStr>| {
        let template = Template::parse(cx, text?, &fields)?;
        resolve(cx, template, &fields)
    };
    let (pk, sk) = (template(own.pk), template(own.sk));
    // Index keys are read even if the primary key is wrong, so that all errors are reported.
    let mut primary =
        pk.zip(sk).map(|(pk, sk)| Keys { pk, sk, allowed: own.allowed, is_mixed: false });
    let mut primary_pattern = None;
    let (mut indexes, mut attribute_keys) = (Vec::new(), Vec::new());
    for attr in &input.attrs {
        let Some(key) = Declared::parse(cx, attr, &fields) else { continue };
        if key.index.is_some() && key.lists_fields() {
            attribute_keys.extend(key.attribute_key(cx, &fields));
        } else if key.index.is_some() {
            indexes.extend(key.index_key(cx, primary.as_ref(), &fields));
        } else {
            if let Some(primary) = &mut primary {
                primary.is_mixed |= key.is_mixed;
            }
            key.primary_pattern(cx, &mut primary_pattern);
        }
    }
    number(&mut indexes);
    let name = own.name.map_or_else(|| input.ident.unraw().to_string(), |name| name.value());
    let version = rules::field(cx, own.version, VERSION, &fields);
    let ttl = rules::field(cx, own.ttl, TTL, &fields);
    let created = rules::field(cx, own.created, CREATED, &fields);
    let updated = rules::field(cx, own.updated, UPDATED, &fields);
    let unique = own.unique.into_iter().filter_map(|unique| unique.resolve(cx, &name, &fields));
    let unique = unique.collect();
    Some(Entity {
        ident: &input.ident,
        vis: &input.vis,
        krate: own.krate.unwrap_or_else(|| parse_quote!(::monotable)),
        name,
        table: own.table?,
        fields,
        primary: primary?,
        primary_pattern,
        indexes,
        attribute_keys,
        version,
        ttl,
        created,
        updated,
        unique,
        shares: own.shares,
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
    Some(field::parse(cx, container, named, &[ENTITY, ACCESS, KEY]))
}

/// Looks up the fields of a template.
fn resolve(cx: &Ctxt, template: Template<String>, fields: &[Field<'_>]) -> Option<Resolved> {
    let text = template.text.clone();
    template.resolve(|name| match field::find(fields, &name) {
        Ok(found) => Some(found),
        Err(known) => {
            cx.error(&text, format!("the template names `{name}`, which is not a field: {known}"));
            None
        }
    })
}

/// The options in `#[entity(..)]`.
#[derive(Default)]
struct OwnKey {
    table: Option<Path>,
    pk: Option<LitStr>,
    sk: Option<LitStr>,
    name: Option<LitStr>,
    version: Option<Ident>,
    ttl: Option<Ident>,
    created: Option<Ident>,
    updated: Option<Ident>,
    unique: Vec<DeclaredUnique>,
    shares: Option<Path>,
    krate: Option<Path>,
    allowed: Allowed,
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
                    VERSION => attr::set(cx, meta, &mut own.version, attr::field(meta)?),
                    TTL => attr::set(cx, meta, &mut own.ttl, attr::field(meta)?),
                    CREATED => attr::set(cx, meta, &mut own.created, attr::field(meta)?),
                    UPDATED => attr::set(cx, meta, &mut own.updated, attr::field(meta)?),
                    UNIQUE => own.unique.push(DeclaredUnique::parse(cx, meta)?),
                    SHARES => {
                        attr::set(cx, meta, &mut own.shares, attr::type_path(meta, "Account")?);
                    }
                    CRATE => attr::set(cx, meta, &mut own.krate, attr::krate(meta)?),
                    ALLOW => attr::allow(cx, meta, &mut own.allowed)?,
                    _ => return Ok(false),
                }
                Ok(true)
            });
        }
        own.require(cx, input, at);
        own
    }

    /// Reports a missing option, but not for an attribute that could not be read.
    fn require(&self, cx: &Ctxt, input: &DeriveInput, at: Option<&Attribute>) {
        let id = format!("{}#{{id}}", snake(&input.ident.unraw().to_string()).to_uppercase());
        let Some(at) = at else {
            let message = format!(
                "an entity needs a table and keys: add `#[entity(table = .., pk = \"{id}\", sk = \"..\")]`"
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
            cx.error(at.path(), format!("`entity` is incomplete: add {}", missing.join(" and ")));
        }
    }
}

/// Returns the path in `crate = ".."`, for an attribute whose other errors are already reported.
pub(crate) fn krate(input: &DeriveInput) -> Option<Path> {
    OwnKey::parse(&Ctxt::default(), input).krate
}

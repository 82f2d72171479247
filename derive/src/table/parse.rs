//! From attributes to the model, checked.

use super::{Table, lock};
use crate::attr;
use crate::ctxt::Ctxt;
use crate::names::{
    ACCESS, COORDINATION, CRATE, ENCODING, ENTITY, IN_TABLE, INDEXES, KEY, LOCK, NAME, PK, SK,
    TABLE, TAG, TTL,
};
use crate::variants::{self, Variant};
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::{Data, DeriveInput, LitStr, Path};

pub(super) fn parse<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Table<'a> {
    let mut table = Table {
        ident: &input.ident,
        indexes: Vec::new(),
        variants: variants(cx, input),
        name: None,
        pk: None,
        sk: None,
        tag: None,
        ttl: None,
        is_raw: None,
        coordination: None,
        lock: None,
        krate: None,
    };
    attr::refuse(cx, &input.attrs, &[ENTITY, ACCESS, KEY], |name| {
        format!(
            "`{name}` stands above the struct of an entity; the options of a table are in `#[table(..)]`"
        )
    });
    for attr in input.attrs.iter().filter(|attr| attr.path().is_ident(TABLE)) {
        attr::each(cx, attr, IN_TABLE, |name, meta| {
            match name {
                INDEXES => table.indexes.extend(indexes(meta)?),
                NAME => attr::set(cx, meta, &mut table.name, attr::name(cx, meta)?),
                PK => attr::set(cx, meta, &mut table.pk, attr::name(cx, meta)?),
                SK => attr::set(cx, meta, &mut table.sk, attr::name(cx, meta)?),
                TAG => attr::set(cx, meta, &mut table.tag, attr::name(cx, meta)?),
                TTL => attr::set(cx, meta, &mut table.ttl, attr::name(cx, meta)?),
                ENCODING => attr::set(cx, meta, &mut table.is_raw, is_raw(meta)?),
                COORDINATION => {
                    attr::set(cx, meta, &mut table.coordination, coordination(meta)?);
                }
                LOCK => attr::set(cx, meta, &mut table.lock, lock::file(cx, meta)?),
                CRATE => attr::set(cx, meta, &mut table.krate, attr::krate(meta)?),
                _ => return Ok(false),
            }
            Ok(true)
        });
    }
    indexes_differ(cx, &table);
    attributes_differ(cx, &table);
    table
}

fn variants<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Vec<Variant<'a>> {
    let name = input.ident.unraw();
    attr::refuse_generics(cx, &input.generics, "a table", "write one enum for each table");
    let Data::Enum(data) = &input.data else {
        let message = format!(
            "a table is an enum with a variant for each entity: `enum {name} {{ Order(Order), .. }}`"
        );
        cx.error(&input.ident, message);
        return Vec::new();
    };
    if data.variants.is_empty() {
        let message =
            format!("table `{name}` has no entity: add a variant, such as `Order(Order)`");
        cx.error(&input.ident, message);
    }
    variants::of(cx, data, "a table", |variant| {
        attr::refuse(cx, &variant.attrs, &[TABLE], |name| {
            format!(
                "`{name}` stands above the enum; what is of one entity stands above its struct, such as `#[entity(name = \"..\")]`"
            )
        });
    })
}

/// `indexes(Gsi1, Gsi2)`.
fn indexes(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<Path>> {
    if !meta.input.peek(syn::token::Paren) {
        let message = "`indexes` takes a list of types that derive `Index`: `indexes(Gsi1)`";
        return Err(syn::Error::new_spanned(&meta.path, message));
    }
    let mut paths = Vec::new();
    meta.parse_nested_meta(|meta| {
        if !meta.input.is_empty() && !meta.input.peek(syn::Token![,]) {
            let message = "`indexes` lists types that derive `Index`; their options are in `#[index(..)]` of each type";
            return Err(syn::Error::new_spanned(&meta.path, message));
        }
        paths.push(meta.path);
        Ok(())
    })?;
    Ok(paths)
}

/// `coordination`, without a value.
fn coordination(meta: &ParseNestedMeta<'_>) -> syn::Result<Path> {
    if meta.input.is_empty() || meta.input.peek(syn::Token![,]) {
        return Ok(meta.path.clone());
    }
    let message = "`coordination` has no value: write it alone, `#[table(coordination)]`";
    Err(syn::Error::new_spanned(&meta.path, message))
}

fn is_raw(meta: &ParseNestedMeta<'_>) -> syn::Result<bool> {
    let encoding: LitStr = attr::string(meta)?;
    match encoding.value().as_str() {
        "raw" => Ok(true),
        "escaped" => Ok(false),
        other => Err(syn::Error::new_spanned(
            &encoding,
            format!(
                "there is no encoding `{other}`: `\"escaped\"` is the default, `\"raw\"` is for existing data"
            ),
        )),
    }
}

fn indexes_differ(cx: &Ctxt, table: &Table<'_>) {
    for (at, index) in table.indexes.iter().enumerate() {
        let name = attr::path_name(index);
        if table.indexes.iter().take(at).any(|before| attr::path_name(before) == name) {
            cx.error(index, format!("index `{name}` is listed twice: leave one out"));
        }
    }
}

/// Each of the four has an attribute of its own, given or not.
fn attributes_differ(cx: &Ctxt, table: &Table<'_>) {
    let [pk, sk, tag, ttl] = table.attributes();
    let pk = (&table.pk, pk, PK, "the partition key");
    let sk = (&table.sk, sk, SK, "the sort key");
    let tag = (&table.tag, tag, TAG, "the entity's name");
    let ttl = (&table.ttl, ttl, TTL, "when an item expires");
    let pairs = [(&pk, &sk), (&pk, &tag), (&sk, &tag), (&pk, &ttl), (&sk, &ttl), (&tag, &ttl)];
    for (a, b) in pairs {
        // The defaults differ, so one of two that are the same was given.
        if a.1 == b.1
            && let Some(given) = b.0.as_ref().or(a.0.as_ref())
        {
            let message = format!(
                "attribute `{}` would hold both {} and {}: give `{}` or `{}` another attribute",
                a.1, a.3, b.3, a.2, b.2
            );
            cx.error(given, message);
            return;
        }
    }
}

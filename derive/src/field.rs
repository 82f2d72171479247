//! The fields of entities and documents. Each becomes a constant, with a marker type that says what is
//! known about the field.

pub(crate) mod check;
mod expand;
mod form;
pub(crate) mod visibility;

pub(crate) use expand::{Owner, is_workflow, markers, name, not_workflow, number};

use crate::attr;
use crate::case::snake;
use crate::ctxt::Ctxt;
use crate::names::{ACCESS, ENTITY, KEY};
use crate::nearest::suggest;
use crate::serde::{Container, FieldAttrs};
use form::Said;
use proc_macro2::Span;
use quote::format_ident;
use syn::ext::IdentExt as _;
use syn::{FieldsNamed, Ident, Type, Visibility};

pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) ty: &'a Type,
    pub(crate) serde: FieldAttrs,
    /// The name of its constant, such as `STATUS`.
    pub(crate) constant: Ident,
    /// The form in `#[stored(..)]`.
    stored: Option<Said>,
}

impl Field<'_> {
    /// Whether an attribute says in which form it is stored.
    pub(crate) fn has_form(&self) -> bool {
        self.stored.is_some() || self.serde.write_with.is_some()
    }
}

/// Reads the fields of a struct. Attributes of the whole struct, `outer`, are refused on fields.
pub(crate) fn parse<'a>(
    cx: &Ctxt,
    container: &Container,
    named: &'a FieldsNamed,
    outer: &[&str],
) -> Vec<Field<'a>> {
    let field = |field: &'a syn::Field| {
        let ident = field.ident.as_ref()?;
        attr::refuse(cx, &field.attrs, outer, |name| misplaced(name, &ident.unraw().to_string()));
        let constant = ident.unraw().to_string().to_uppercase();
        Some(Field {
            ident,
            vis: &field.vis,
            ty: &field.ty,
            serde: FieldAttrs::parse(cx, container, field, ident),
            constant: Ident::new(&constant, ident.span()),
            stored: Said::parse(cx, &field.attrs),
        })
    };
    named.named.iter().filter_map(field).collect()
}

/// The error for an attribute of the whole struct on a field.
fn misplaced(name: &str, field: &str) -> String {
    match name {
        ENTITY | KEY => format!(
            "`{name}` stands above the struct: a field becomes part of the primary key in the templates of `#[entity(.., pk = \"..\", sk = \"..{{{field}}}\")]`"
        ),
        ACCESS => format!(
            "`{name}` stands above the struct: a field becomes part of the key of a pattern in its templates, `#[access(by_{field}, index = .., pk = \"..{{{field}}}\", sk = \"..\")]`"
        ),
        _ => format!("`{name}` stands above the struct: put it there"),
    }
}

/// Returns the place of the field with this name. The error of an unknown name lists the fields.
pub(crate) fn find(fields: &[Field<'_>], name: &str) -> Result<usize, String> {
    fields.iter().position(|field| field.ident.unraw() == name).ok_or_else(|| {
        let known: Vec<_> = fields.iter().map(|field| field.ident.unraw().to_string()).collect();
        suggest(name, known.iter().map(String::as_str))
    })
}

/// Returns the name of the module with the markers of a struct's fields. It is a name that no user gives to a
/// module.
pub(crate) fn module(ident: &Ident) -> Ident {
    let name = snake(&ident.unraw().to_string());
    format_ident!("__{}_fields", name, span = Span::call_site())
}

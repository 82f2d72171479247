//! serde's attributes: stored names, and attributes that entities, documents and key parts cannot have.

use crate::attr::{nested, path_name, skip_value};
use crate::case::Rule;
use crate::ctxt::Ctxt;
use crate::names::SERDE;
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned as _;
use syn::{Attribute, ExprPath, Field, Ident, LitStr, Path, Token, parse_quote};

/// Goes through all `#[serde(..)]` attributes. What `take` does not read is skipped, because serde reports
/// its own errors.
fn each(attrs: &[Attribute], mut take: impl FnMut(&str, &ParseNestedMeta<'_>) -> syn::Result<()>) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(SERDE)) {
        let _ = nested(attr, &mut |meta| {
            take(&path_name(&meta.path), meta)?;
            skip_value(meta)
        });
    }
}

/// A name or rule for writing and one for reading.
#[derive(Default)]
struct Both<T> {
    serialize: Option<T>,
    deserialize: Option<T>,
    path: Option<Path>,
}

impl<T: Clone> Both<T> {
    /// `name = ".."` or `name(serialize = "..", deserialize = "..")`.
    fn read(
        &mut self,
        meta: &ParseNestedMeta<'_>,
        parse: impl Fn(&LitStr) -> Option<T>,
    ) -> syn::Result<()> {
        self.path = Some(meta.path.clone());
        if meta.input.peek(Token![=]) {
            let value = parse(&meta.value()?.parse()?);
            (self.serialize, self.deserialize) = (value.clone(), value);
            return Ok(());
        }
        meta.parse_nested_meta(|meta| {
            let value = parse(&meta.value()?.parse()?);
            match path_name(&meta.path).as_str() {
                "serialize" => self.serialize = value,
                _ => self.deserialize = value,
            }
            Ok(())
        })
    }
}

/// The serde attributes of a struct or an enum.
#[derive(Default)]
pub(crate) struct Container {
    rules: Both<Rule>,
    default: Option<Missing>,
    /// Where serde is, if it was renamed.
    krate: Option<Path>,
    /// Why its fields cannot be flattened.
    flatten: &'static str,
}

/// The value that serde uses for a field that is not stored.
#[derive(Clone)]
pub(crate) enum Missing {
    /// The type's default.
    Own,
    /// The result of a function.
    Call(ExprPath),
    /// The field of the default of the struct.
    OfStruct,
    /// The field of the struct that a function returns.
    OfCall(ExprPath),
}

/// The attributes that an entity cannot have, and why.
const REFUSED: &[(&str, &str)] = &[
    (
        "deny_unknown_fields",
        "an item holds its keys beside the fields, which `deny_unknown_fields` would refuse to read: remove it",
    ),
    (
        "transparent",
        "an entity is stored as a struct with named fields, which `transparent` would undo: remove it",
    ),
    (
        "from",
        "an entity is stored as its own fields, so it cannot be read `from` another type: derive `Entity` on the stored type and convert outside",
    ),
    (
        "try_from",
        "an entity is stored as its own fields, so it cannot be read by `try_from`: derive `Entity` on the stored type and convert outside",
    ),
    (
        "into",
        "an entity is stored as its own fields, so it cannot be written `into` another type: derive `Entity` on the stored type and convert outside",
    ),
    (
        "tag",
        "the table stores the entity's name itself: remove `tag`, set the name with `#[entity(name = \"..\")]` and its attribute with `#[table(tag = \"..\")]`",
    ),
    ("content", "an entity's fields are stored beside its keys: remove `content`"),
    ("untagged", "the table stores the entity's name itself: remove `untagged`"),
    (
        "remote",
        "an entity is serialized itself, and `remote` describes another type: derive `Entity` on a struct of your own",
    ),
];

/// The attributes that a document cannot have, and why.
const REFUSED_IN_DOCUMENTS: &[(&str, &str)] = &[
    (
        "transparent",
        "a document is stored as a map with its fields' names, which `transparent` would undo: remove one of the two",
    ),
    (
        "from",
        "a document is stored as its own fields, so it cannot be read `from` another type: derive `Document` on the stored type",
    ),
    (
        "try_from",
        "a document is stored as its own fields, so it cannot be read by `try_from`: derive `Document` on the stored type",
    ),
    (
        "into",
        "a document is stored as its own fields, so it cannot be written `into` another type: derive `Document` on the stored type",
    ),
    (
        "remote",
        "a document is serialized itself, and `remote` describes another type: derive `Document` on a struct of your own",
    ),
];

impl Container {
    /// Reads the attributes of an entity.
    pub(crate) fn of_entity(cx: &Ctxt, attrs: &[Attribute]) -> Self {
        let flatten = "an item's attributes are the entity's own fields, so `flatten` has nothing to flatten into: remove it, and the field is stored as a map";
        Container { flatten, ..Container::of_struct(cx, attrs, REFUSED) }
    }

    /// Reads the attributes of a document.
    pub(crate) fn of_document(cx: &Ctxt, attrs: &[Attribute]) -> Self {
        let flatten = "a document's fields are found by their own names, and those of a field with `flatten` are not known: remove it, and the field is stored as a map";
        Container { flatten, ..Container::of_struct(cx, attrs, REFUSED_IN_DOCUMENTS) }
    }

    fn of_struct(cx: &Ctxt, attrs: &[Attribute], refused: &[(&str, &str)]) -> Self {
        let container = Container::of_enum(cx, attrs);
        each(attrs, |name, meta| {
            if let Some((_, why)) = refused.iter().find(|(refused, _)| *refused == name) {
                cx.error(&meta.path, why);
            }
            Ok(())
        });
        container
    }

    /// Reads the attributes of an enum whose variants are key parts.
    pub(crate) fn of_enum(cx: &Ctxt, attrs: &[Attribute]) -> Self {
        let mut container = Container::default();
        each(attrs, |name, meta| match name {
            // serde reports an unknown rule.
            "rename_all" => container.rules.read(meta, |rule| Rule::parse(&rule.value()).ok()),
            "default" => {
                container.default = Some(path(meta)?.map_or(Missing::OfStruct, Missing::OfCall));
                Ok(())
            }
            "crate" => {
                container.krate = path(meta)?.map(|krate| krate.path);
                Ok(())
            }
            _ => Ok(()),
        });
        let Both { serialize, deserialize, path } = &container.rules;
        if serialize != deserialize {
            cx.error(
                path,
                "`rename_all` names fields differently when writing and when reading, so nothing stored could be read back: give it one case",
            );
        }
        container
    }

    fn rule(&self) -> Rule {
        self.rules.serialize.or(self.rules.deserialize).unwrap_or_default()
    }

    /// Returns the stored name of a variant.
    pub(crate) fn variant(&self, cx: &Ctxt, ident: &Ident, attrs: &[Attribute]) -> String {
        renamed(cx, ident, attrs).unwrap_or_else(|| self.rule().variant(&ident.unraw().to_string()))
    }
}

/// Returns the other names that a variant is read from.
pub(crate) fn aliases(attrs: &[Attribute]) -> Vec<String> {
    let mut names = Vec::new();
    each(attrs, |name, meta| {
        if name == "alias" {
            names.push(meta.value()?.parse::<LitStr>()?.value());
        }
        Ok(())
    });
    names
}

/// Returns the name in `rename`, if there is one.
fn renamed(cx: &Ctxt, ident: &Ident, attrs: &[Attribute]) -> Option<String> {
    let mut names: Both<String> = Both::default();
    each(attrs, |name, meta| match name {
        "rename" => names.read(meta, |name| Some(name.value())),
        _ => Ok(()),
    });
    let Both { serialize, deserialize, path } = names;
    if serialize != deserialize {
        let ident = ident.unraw();
        cx.error(
            path,
            format!(
                "`{ident}` is written under one name and read under another, so what is stored could not be read back: give `rename` one name"
            ),
        );
    }
    serialize.or(deserialize)
}

/// Returns the path in `name = "path"`, if it has one. serde reports a text that is not a path.
fn path(meta: &ParseNestedMeta<'_>) -> syn::Result<Option<ExprPath>> {
    if !meta.input.peek(Token![=]) {
        return Ok(None);
    }
    meta.value()?.parse::<LitStr>()?.parse().map(Some)
}

/// Returns the function with this name in the module of `with = ".."`.
fn within(mut with: ExprPath, function: &str) -> ExprPath {
    let function = Ident::new(function, with.path.span());
    with.path.segments.push(function.into());
    with
}

/// The serde attributes of a field.
pub(crate) struct FieldAttrs {
    /// The name of its attribute.
    pub(crate) name: String,
    /// Whether it is never written.
    pub(crate) is_skipped: bool,
    /// The attribute that may leave the field out when it is written or read, and the attribute's name.
    pub(crate) drops: Option<(Path, String)>,
    /// Other names that it is read from.
    pub(crate) aliases: Vec<LitStr>,
    /// Whether it is written or read by a function of its own.
    pub(crate) is_converted: bool,
    /// The function that writes it.
    pub(crate) write_with: Option<ExprPath>,
    /// Where serde is.
    pub(crate) krate: Path,
    /// `with` or `deserialize_with`.
    pub(crate) read_with: Option<(Path, String)>,
    /// The function that reads it.
    pub(crate) reader: Option<ExprPath>,
    /// Its value if it is not stored.
    pub(crate) default: Option<Missing>,
}

impl FieldAttrs {
    pub(crate) fn parse(cx: &Ctxt, container: &Container, field: &Field, ident: &Ident) -> Self {
        let mut attrs = FieldAttrs {
            name: renamed(cx, ident, &field.attrs)
                .unwrap_or_else(|| container.rule().field(&ident.unraw().to_string())),
            is_skipped: false,
            drops: None,
            aliases: Vec::new(),
            is_converted: false,
            write_with: None,
            krate: container.krate.clone().unwrap_or_else(|| parse_quote!(::serde)),
            read_with: None,
            reader: None,
            default: container.default.clone(),
        };
        let mut is_read = true;
        each(&field.attrs, |name, meta| {
            let at = || Some((meta.path.clone(), name.to_owned()));
            match name {
                "default" => attrs.default = Some(path(meta)?.map_or(Missing::Own, Missing::Call)),
                "alias" => attrs.aliases.push(meta.value()?.parse()?),
                "serialize_with" => {
                    attrs.is_converted = true;
                    attrs.write_with = path(meta)?;
                }
                "with" => {
                    attrs.is_converted = true;
                    attrs.read_with = at();
                    let with = path(meta)?;
                    attrs.write_with = with.clone().map(|with| within(with, "serialize"));
                    attrs.reader = with.map(|with| within(with, "deserialize"));
                }
                "deserialize_with" => {
                    attrs.is_converted = true;
                    attrs.read_with = at();
                    attrs.reader = path(meta)?;
                }
                "skip" | "skip_serializing" => {
                    is_read &= name != "skip";
                    attrs.is_skipped = true;
                    attrs.drops = at();
                }
                "skip_deserializing" => {
                    is_read = false;
                    attrs.drops = at();
                }
                "skip_serializing_if" => attrs.drops = at(),
                "flatten" => cx.error(&meta.path, container.flatten),
                _ => {}
            }
            Ok(())
        });
        // A field that is never read does not have other names.
        if !is_read {
            attrs.aliases.clear();
        }
        attrs
    }
}

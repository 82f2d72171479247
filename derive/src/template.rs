//! Key templates as they are written: `CUSTOMER#{customer_id}`.

mod format;

pub(crate) use format::{Format, Unit};

use crate::ctxt::Ctxt;
use crate::field::Field;
use crate::types::{option_of, shown};
use syn::ext::IdentExt as _;
use syn::{LitStr, Type};

/// A template and the string it was read from. A placeholder's field is `F`: its name at first,
/// its position once it is resolved.
#[derive(Clone)]
pub(crate) struct Template<F> {
    pub(crate) text: LitStr,
    pub(crate) segments: Vec<Segment<F>>,
}

#[derive(Clone, PartialEq)]
pub(crate) enum Segment<F> {
    Literal(String),
    Part(Placeholder<F>),
}

/// `{field:format}`.
#[derive(Clone, PartialEq)]
pub(crate) struct Placeholder<F> {
    pub(crate) field: F,
    pub(crate) format: Format,
}

impl<F> Template<F> {
    /// The placeholders, in order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Placeholder<F>> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Part(part) => Some(part),
            Segment::Literal(_) => None,
        })
    }

    /// Whether every key of this template is the same.
    pub(crate) fn is_constant(&self) -> bool {
        self.parts().next().is_none()
    }

    /// The literals and the places of the placeholders, such as `CUSTOMER#{}`.
    pub(crate) fn shape(&self) -> String {
        let segments = self.segments.iter().map(|segment| match segment {
            Segment::Literal(text) => text.as_str(),
            Segment::Part(_) => "{}",
        });
        segments.collect()
    }

    /// The template with its fields looked up; `None` if one is not found.
    pub(crate) fn resolve<G>(self, mut find: impl FnMut(F) -> Option<G>) -> Option<Template<G>> {
        let segments = self.segments.into_iter().map(|segment| match segment {
            Segment::Literal(text) => Some(Segment::Literal(text)),
            Segment::Part(part) => find(part.field)
                .map(|field| Segment::Part(Placeholder { field, format: part.format })),
        });
        // Every field is looked up, so that each fault is reported.
        let segments: Vec<_> = segments.collect();
        let segments: Option<Vec<_>> = segments.into_iter().collect();
        Some(Template { text: self.text, segments: segments? })
    }
}

impl Template<String> {
    /// Reads a template, and reports its errors. The fields are only for them.
    pub(crate) fn parse(cx: &Ctxt, text: LitStr, fields: &[Field<'_>]) -> Option<Self> {
        match segments(&text.value(), fields) {
            Ok(segments) => Some(Template { text, segments }),
            Err(fault) => {
                cx.error(&text, fault);
                None
            }
        }
    }
}

fn segments(text: &str, fields: &[Field<'_>]) -> Result<Vec<Segment<String>>, String> {
    if text.is_empty() {
        return Err(
            "the template is empty, and stores take no empty key: write a literal such as \
                    `PROFILE`, or a placeholder such as `{id}`"
                .to_owned(),
        );
    }
    let mut segments = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let literal = rest.find(['{', '}']).unwrap_or(rest.len());
        let (before, after) = rest.split_at(literal);
        if before.ends_with('$') && after.starts_with('{') {
            let name: String = after.chars().skip(1).take_while(|c| *c != '}').collect();
            return Err(format!("a placeholder has no `$` before it: write `{{{name}}}`"));
        }
        check_literal(before)?;
        if !before.is_empty() {
            segments.push(Segment::Literal(before.to_owned()));
        }
        rest = after;
        if let Some(inside) = rest.strip_prefix('{') {
            let (inside, after) = placeholder(inside, fields)?;
            segments.push(Segment::Part(inside));
            rest = after;
        } else if rest.starts_with('}') {
            return Err(
                "`}` closes nothing: write `{` before the field's name, and leave `}` out \
                        of literals"
                    .to_owned(),
            );
        }
    }
    Ok(segments)
}

/// Returns the text between `{` and `}`, and the text after it.
fn placeholder<'t>(
    text: &'t str,
    fields: &[Field<'_>],
) -> Result<(Placeholder<String>, &'t str), String> {
    if text.starts_with('{') {
        return Err("`{{` is not supported: braces cannot stand in a key, only around a field's \
                    name as in `{id}`"
            .to_owned());
    }
    let (inside, after) = match text.find(['{', '}']) {
        Some(end) if text[end..].starts_with('}') => (&text[..end], &text[end + 1..]),
        Some(end) if text.contains("}}") => {
            return Err(format!(
                "`{{{}` has braces inside of braces: write only a field's name between them, such as `{{id}}`",
                &text[..=end]
            ));
        }
        _ => {
            let name: String =
                text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            return Err(format!("`{{{name}` is not closed: write `{{{name}}}`"));
        }
    };
    let (name, format) = match inside.split_once(':') {
        Some((name, format)) => (name, Some(format)),
        None => (inside, None),
    };
    let (name, or_empty) = match name.strip_suffix('?') {
        Some(name) => (name, true),
        None => (name, false),
    };
    if name.trim().is_empty() {
        return Err(format!(
            "`{{{inside}}}` names no field: write the field's name between the braces"
        ));
    }
    if let Some(odd) = inside.chars().find(|c| c.is_whitespace()) {
        return Err(format!(
            "`{{{inside}}}` has a {} in it: write `{{{}}}`",
            if odd == ' ' { "space" } else { "line break or tab" },
            inside.split_whitespace().collect::<String>()
        ));
    }
    // A text takes no format at all, so a correct one would be the next error.
    let format = Format::parse(name, format, or_empty).map_err(|fault| {
        let field = fields.iter().find(|field| field.ident.unraw() == name);
        let text =
            field.map(|field| option_of(field.ty).unwrap_or(field.ty)).filter(|ty| is_text(ty));
        let Some(ty) = text.map(shown) else { return fault };
        format!("`{name}` is a `{ty}`, which takes no format: write `{{{name}}}`")
    })?;
    Ok((Placeholder { field: name.to_owned(), format }, after))
}

fn is_text(ty: &Type) -> bool {
    matches!(shown(ty).as_str(), "String" | "Box<str>" | "Arc<str>" | "std::string::String")
}

fn check_literal(text: &str) -> Result<(), String> {
    match text.chars().find(|c| !matches!(c, '#' | '&'..='}')) {
        None => Ok(()),
        Some(odd) => {
            let shown = match odd {
                ' ' => "a space".to_owned(),
                '!'..='~' => format!("`{odd}`"),
                _ if odd.is_control() => {
                    format!("the control character `{}`", odd.escape_default())
                }
                _ => format!("`{odd}`, which is not ASCII,"),
            };
            let instead = match odd {
                '$' | '%' | '~' => {
                    "keys use `$`, `%` and `~` for the escapes of values and for bounds, so write another character, such as `-`, `_` or `.`"
                }
                _ => "use letters, digits, `-`, `_`, `.`, `:` or `/`",
            };
            Err(format!("{shown} cannot stand in a key's literal text: {instead}"))
        }
    }
}

#[cfg(test)]
mod tests;

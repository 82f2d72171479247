//! Literals of templates that are names of fields.

use crate::ctxt::Ctxt;
use crate::entity::model::{Entity, Resolved};
use crate::field::Field;
use crate::names::{ALLOW, FIELD_AS_LITERAL};
use crate::template::Segment;
use syn::ext::IdentExt as _;

/// Refuses a literal component that is the name of a field, because it is probably a placeholder without its
/// braces: with `sk = "NOTE#number"`, each partition has one item, and a second one replaces it.
///
/// If the field also is a placeholder of the same key, as in `user#{user}`, the literal is its label.
pub(super) fn check(cx: &Ctxt, entity: &Entity<'_>) {
    let primary = &entity.primary;
    let mut keys =
        vec![(vec![&primary.pk, &primary.sk], [&primary.pk, &primary.sk], primary.allowed)];
    keys.extend(
        entity
            .indexes
            .iter()
            .map(|on| (on.written().collect(), [&on.keys.pk, &on.keys.sk], on.keys.allowed)),
    );
    keys.extend(
        entity.unique.iter().map(|unique| {
            (vec![&unique.pk, &unique.sk], [&unique.pk, &unique.sk], primary.allowed)
        }),
    );
    let mut reported: Vec<String> = Vec::new();
    for (written, key, allowed) in keys {
        if allowed.field_as_literal {
            continue;
        }
        for template in written {
            let text = template.text.value();
            // `same` as one that is reported is not reported.
            let Some(field) = field(entity, template, key) else { continue };
            if reported.contains(&text) {
                continue;
            }
            let name = field.ident.unraw();
            let message = format!(
                "the template has the text `{name}`, and not the value of the field `{name}`: write `{{{name}}}`, or add `{ALLOW}({FIELD_AS_LITERAL})` if the key is to have this text"
            );
            cx.error(&template.text, message);
            reported.push(text);
        }
    }
}

/// Returns the field whose name is a literal component of the template, if the field is in neither of the
/// `key`'s templates.
pub(super) fn field<'a>(
    entity: &'a Entity<'_>,
    template: &Resolved,
    key: [&Resolved; 2],
) -> Option<&'a Field<'a>> {
    let mut fields = entity.fields.iter().enumerate();
    let (_, field) = fields.find(|(at, field)| {
        let is_part = || key.iter().any(|of| of.parts().any(|part| part.field == *at));
        components(template).any(|component| field.ident.unraw() == component) && !is_part()
    })?;
    Some(field)
}

/// Returns the components that consist of literal text only.
fn components(template: &Resolved) -> impl Iterator<Item = &str> {
    let last = template.segments.len().saturating_sub(1);
    template.segments.iter().enumerate().flat_map(move |(at, segment)| {
        let text = match segment {
            Segment::Literal(text) => text.as_str(),
            Segment::Part(_) => "",
        };
        let count = text.split('#').count();
        // The first and the last may belong to a part.
        let whole =
            move |(n, _): &(usize, &str)| (*n > 0 || at == 0) && (*n + 1 < count || at == last);
        text.split('#').enumerate().filter(whole).map(|(_, component)| component)
    })
}

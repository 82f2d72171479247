//! The names of access patterns and of the constants of indexes.

use crate::attr::path_name;
use crate::ctxt::Ctxt;
use crate::entity::model::Entity;
use syn::Ident;
use syn::ext::IdentExt as _;

pub(super) fn check(cx: &Ctxt, entity: &Entity<'_>) {
    pattern_names_are_free(cx, entity);
    together_names_are_free(cx, entity);
}

/// The functions that every entity has, and the methods that `EntityExt` gives to its values.
const TAKEN: &[&str] = &[
    "key",
    "get",
    "partition",
    "get_many",
    "put",
    "create",
    "update",
    "update_with",
    "delete",
    "move_to",
    "check",
    "primary_key",
];

/// The functions that exist only to say that there is no scan.
const NO_SCAN: &[&str] = &["all", "scan", "filter"];

/// Checks the names of patterns, because each pattern becomes a function with its name.
fn pattern_names_are_free(cx: &Ctxt, entity: &Entity<'_>) {
    let mut before: Vec<&Ident> = Vec::new();
    for name in entity.pattern_names() {
        if TAKEN.iter().any(|taken| name == taken) {
            cx.error(
                name,
                format!(
                    "an access pattern cannot be called `{name}`, because every entity has a function of that name: call it `by_..`"
                ),
            );
        } else if NO_SCAN.iter().any(|taken| name == taken) {
            cx.error(
                name,
                format!(
                    "an access pattern cannot be called `{name}`, because it reads one partition, and `{entity}::{name}` is refused as a scan of the table: call it `by_..`, or after what it reads, such as `{entity}::of_user`",
                    entity = entity.ident.unraw()
                ),
            );
        } else if before.contains(&name) {
            cx.error(name, format!("two access patterns are called `{name}`: rename one"));
        } else if entity.fields.iter().any(|field| field.constant == *name) {
            cx.error(
                name,
                format!("an access pattern cannot be called `{name}`, which is the constant of a field: call it `by_..`"),
            );
        }
        before.push(name);
    }
}

/// Checks the names of the constants of indexes whose keys are made of several fields.
fn together_names_are_free(cx: &Ctxt, entity: &Entity<'_>) {
    let together = entity.together();
    for (at, this) in together.iter().enumerate() {
        let Some(on) = entity.indexes.get(this.index) else { continue };
        let (constant, index) = (&this.constant, path_name(&on.index));
        let own = format!("`{constant}` is the constant of the fields of index `{index}`");
        if let Some(field) = entity.fields.iter().find(|field| field.constant == *constant) {
            let message = format!(
                "{own}, and `{}` would be the same: rename the field, and give it `#[serde(rename = \"..\")]`",
                field.ident.unraw()
            );
            cx.error(field.ident, message);
        } else if let Some(name) = entity.pattern_names().find(|name| *name == constant) {
            cx.error(name, format!("{own}: call the access pattern `by_..`"));
        } else if together.iter().take(at).any(|before| before.constant == *constant) {
            let message = format!("{own} and of another one: rename one of the indexes");
            cx.error(&on.index, message);
        }
    }
}

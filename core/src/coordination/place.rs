//! The keys of items of coordination.

use crate::error::Result;
use crate::key::{
    PartSpec, PartValue, Source, Template, check_partition_key, check_sort_key, render,
};
use crate::request::PrimaryKey;
use crate::schema::{RecordDef, Schema};

/// The key of an item in a partition of its own. `parts` are the texts of its templates.
pub(crate) fn alone<S: Schema>(def: &RecordDef, parts: &[String]) -> Result<PrimaryKey> {
    let [pk, sk] = def.alone;
    let key = PrimaryKey { pk: text::<S>(pk, parts)?, sk: text::<S>(sk, parts)? };
    check_partition_key(&key.pk, pk)?;
    check_sort_key(&key.sk, sk)?;
    Ok(key)
}

/// The key of an item in a partition of entities.
pub(super) fn within<S: Schema>(
    def: &RecordDef,
    partition: String,
    parts: &[String],
) -> Result<PrimaryKey> {
    let sk = text::<S>(def.within, parts)?;
    check_sort_key(&sk, def.within)?;
    Ok(PrimaryKey { pk: partition, sk })
}

fn text<S: Schema>(template: Template, parts: &[String]) -> Result<String> {
    let part =
        |spec: &PartSpec| parts.get(usize::from(spec.field)).map(|part| -> &dyn PartValue { part });
    // The texts are no arguments of a template that a user wrote, so they may repeat its literals.
    let text = render(template, part, S::DEF.encoding, Source::Stored)?;
    Ok(text.unwrap_or_default())
}

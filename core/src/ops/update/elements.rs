//! Changes of the elements of lists and sets.

use super::draft::Draft;
use crate::error::{Error, Kind, Result};
use crate::expr::{Action, Path};
use crate::field::IntoValue;
use crate::field::condition::unstorable;
use crate::value::{Set, Value, to_value};
use serde::Serialize;

/// Several elements of type `X` for a list or a set in field `F`: everything that can be iterated over, with
/// values that can be given for an `X`.
#[diagnostic::on_unimplemented(
    message = "this field takes several elements of type `{X}`, as in `[a, b]`, but `{Self}` is given",
    label = "not elements of type `{X}`"
)]
pub trait Elements<F, X> {
    #[doc(hidden)]
    fn elements(self) -> impl Iterator<Item = X>;
}

#[diagnostic::do_not_recommend]
impl<F, X, I: IntoIterator<Item: IntoValue<F, X>>> Elements<F, X> for I {
    fn elements(self) -> impl Iterator<Item = X> {
        self.into_iter().map(IntoValue::<F, X>::into_value)
    }
}

/// Adds elements to a list. Without elements there is no change.
pub(super) fn extend<F, X: Serialize>(
    draft: &mut Draft,
    path: Path,
    elements: impl Elements<F, X>,
    action: fn(Path, Vec<Value>) -> Action,
) -> Result<()> {
    let values = values::<F, _>(&path, elements)?;
    if values.is_empty() { Ok(()) } else { draft.act(action(path, values)) }
}

/// Adds elements to a set or removes them from it. Without elements there is no change.
pub(super) fn change_set<F, X: Serialize>(
    draft: &mut Draft,
    path: Path,
    elements: impl Elements<F, X>,
    action: fn(Path, Value) -> Action,
) -> Result<()> {
    match set_of(&path, values::<F, _>(&path, elements)?)? {
        Some(set) => draft.act(action(path, Value::Set(set))),
        None => Ok(()),
    }
}

fn values<F, X: Serialize>(path: &Path, elements: impl Elements<F, X>) -> Result<Vec<Value>> {
    let stored = |element: X| to_value(&element).map_err(|e| unstorable(path, e));
    elements.elements().map(stored).collect()
}

/// Builds a set of values; `None` if there are no values.
fn set_of(path: &Path, values: Vec<Value>) -> Result<Option<Set>> {
    let mixed = || {
        let message = format!(
            "`{path}` is a set, whose elements have to be all texts, all numbers or all bytes"
        );
        Error::new(Kind::InvalidRequest, message)
    };
    let mut values = values.into_iter();
    let Some(first) = values.next() else { return Ok(None) };
    let mut set = Set::of(first).ok_or_else(mixed)?;
    for value in values {
        set.add(value).ok_or_else(mixed)?;
    }
    Ok(Some(set))
}

//! Elements of lists and sets.

use super::Update;
use super::known::Known;
use crate::entity::Entity;
use crate::error::{Error, Kind, Result};
use crate::expr::{Action, Path};
use crate::field::condition::unstorable;
use crate::field::form::{ListForm, SetForm};
use crate::field::role::ComputeIn;
use crate::field::{Field, FieldDef, IntoValue};
use crate::value::{Set, Value, to_value};
use serde::Serialize;

impl<E: Entity, M: Known<E>> Update<E, M> {
    /// The list has these behind its elements.
    pub fn append<F, T, X, V>(
        self,
        field: Field<E, F, T>,
        elements: impl IntoIterator<Item = V>,
    ) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: ListForm<F, Element = X>>,
        V: IntoValue<F, X>,
        X: Serialize,
    {
        self.extend::<F, _, _>(field.into_path(), elements, Action::Append)
    }

    /// The list has these before its elements.
    pub fn prepend<F, T, X, V>(
        self,
        field: Field<E, F, T>,
        elements: impl IntoIterator<Item = V>,
    ) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: ListForm<F, Element = X>>,
        V: IntoValue<F, X>,
        X: Serialize,
    {
        self.extend::<F, _, _>(field.into_path(), elements, Action::Prepend)
    }

    fn extend<F, X: Serialize, V: IntoValue<F, X>>(
        self,
        path: Path,
        elements: impl IntoIterator<Item = V>,
        action: fn(Path, Vec<Value>) -> Action,
    ) -> Self {
        self.with(|draft| {
            let values = values::<F, _, _>(&path, elements)?;
            if values.is_empty() { Ok(()) } else { draft.act(action(path, values)) }
        })
    }

    /// The set has these, too.
    pub fn union<F, T, X, V>(
        self,
        field: Field<E, F, T>,
        elements: impl IntoIterator<Item = V>,
    ) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: SetForm<F, Element = X>>,
        V: IntoValue<F, X>,
        X: Serialize,
    {
        self.change_set::<F, _, _>(field.into_path(), elements, Action::Union)
    }

    /// The set has none of these from now on.
    pub fn difference<F, T, X, V>(
        self,
        field: Field<E, F, T>,
        elements: impl IntoIterator<Item = V>,
    ) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: SetForm<F, Element = X>>,
        V: IntoValue<F, X>,
        X: Serialize,
    {
        self.change_set::<F, _, _>(field.into_path(), elements, Action::Difference)
    }

    fn change_set<F, X: Serialize, V: IntoValue<F, X>>(
        self,
        path: Path,
        elements: impl IntoIterator<Item = V>,
        action: fn(Path, Value) -> Action,
    ) -> Self {
        self.with(|draft| match set_of(&path, values::<F, _, _>(&path, elements)?)? {
            Some(set) => draft.act(action(path, Value::Set(set))),
            None => Ok(()),
        })
    }
}

fn values<F, X: Serialize, V: IntoValue<F, X>>(
    path: &Path,
    elements: impl IntoIterator<Item = V>,
) -> Result<Vec<Value>> {
    let stored = |element: V| to_value(&element.into_value()).map_err(|e| unstorable(path, e));
    elements.into_iter().map(stored).collect()
}

/// A set of these; `None` of nothing.
fn set_of(path: &Path, values: Vec<Value>) -> Result<Option<Set>> {
    let mixed = || {
        let message = format!("`{path}` is a set, of texts, of numbers or of bytes: not of these");
        Error::new(Kind::InvalidRequest, message)
    };
    let mut values = values.into_iter();
    let Some(first) = values.next() else { return Ok(None) };
    let mut set = match first {
        Value::Text(text) => Set::Text([text].into()),
        Value::Number(number) => Set::Numbers([number].into()),
        Value::Bytes(bytes) => Set::Bytes([bytes].into()),
        _ => return Err(mixed()),
    };
    for value in values {
        match (&mut set, value) {
            (Set::Text(set), Value::Text(text)) => set.insert(text),
            (Set::Numbers(set), Value::Number(number)) => set.insert(number),
            (Set::Bytes(set), Value::Bytes(bytes)) => set.insert(bytes),
            _ => return Err(mixed()),
        };
    }
    Ok(Some(set))
}

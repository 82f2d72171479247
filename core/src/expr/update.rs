//! The actions of an update.

use super::path::Path;
use crate::value::{Number, Value};

/// A change of the value at one path of an item.
///
/// All actions of an update read the item as it was before the update.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Action {
    /// Stores this value.
    Set(Path, Value),
    /// Stores this value if there is none. A null counts as a value.
    SetIfAbsent(Path, Value),
    /// Removes the value. The later elements of a list move up.
    Remove(Path),
    /// Adds this number to the stored one. An absent number counts as 0.
    Add(Path, Number),
    /// Adds this integer to the stored number of a field whose values are integers. It does what
    /// [`Add`](Action::Add) does, and a store that calculates with floats can do it, too.
    Count(Path, Number),
    /// Appends these elements to the stored list. An absent list counts as empty.
    Append(Path, Vec<Value>),
    /// Inserts these elements at the beginning of the stored list. An absent list counts as empty.
    Prepend(Path, Vec<Value>),
    /// Adds these elements to the stored set. An absent set counts as empty.
    Union(Path, Value),
    /// Removes these elements from the stored set. A set without elements is removed itself, because
    /// stores have no empty sets.
    Difference(Path, Value),
}

impl Action {
    /// Returns the path of the value that is changed.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Action::Set(path, _)
            | Action::SetIfAbsent(path, _)
            | Action::Remove(path)
            | Action::Add(path, _)
            | Action::Count(path, _)
            | Action::Append(path, _)
            | Action::Prepend(path, _)
            | Action::Union(path, _)
            | Action::Difference(path, _) => path,
        }
    }
}

//! `Map`: named values in the order of their insertion.

use std::fmt;

use super::Value;

/// Values by name, in the order in which they were inserted. Names are unique.
///
/// Two maps are equal if they have the same entries, in any order. Lookup is linear: items
/// have tens of attributes, not thousands.
#[derive(Clone, Default)]
pub struct Map {
    entries: Vec<(String, Value)>,
}

impl Map {
    /// Returns a map without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the value called `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entries.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Returns the value called `name` for changes in place.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.entries.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Sets the value called `name` and returns the one that it replaces. A new entry is added at the end. A
    /// replaced entry keeps its place.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let (name, value) = (name.into(), value.into());
        match self.get_mut(&name) {
            Some(old) => Some(std::mem::replace(old, value)),
            None => {
                self.entries.push((name, value));
                None
            }
        }
    }

    /// Removes the value called `name` and returns it. The other entries keep their order.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.entries.iter().position(|(known, _)| known == name)?;
        Some(self.entries.remove(at).1)
    }

    /// Returns the entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Value)> + ExactSizeIterator {
        self.entries.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Returns the entries in order.
    pub(super) fn entries(&self) -> std::slice::Iter<'_, (String, Value)> {
        self.entries.iter()
    }

    /// Returns a map of these entries, or the name of two of them as the error.
    pub(super) fn from_entries(entries: Vec<(String, Value)>) -> Result<Self, String> {
        let map = Map { entries };
        // `insert` for each entry would take quadratic time, and maps from outside can be long.
        let sorted = map.sorted();
        match sorted.iter().zip(sorted.iter().skip(1)).find(|(a, b)| a.0 == b.0) {
            Some(((name, _), _)) => Err(name.clone()),
            None => Ok(map),
        }
    }

    fn sorted(&self) -> Vec<&(String, Value)> {
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        entries
    }
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && (self.entries == other.entries || self.sorted() == other.sorted())
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl IntoIterator for Map {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

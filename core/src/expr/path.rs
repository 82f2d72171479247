//! Places in an item.

use crate::value::Value;
use std::borrow::Cow;
use std::fmt;

/// A place in an item: an attribute, and the steps from it to a value inside.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    root: Cow<'static, str>,
    steps: Vec<Step>,
}

/// A step from a map or a list to a value in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// The entry of the map with this name.
    Name(Cow<'static, str>),
    /// The element of the list with this index. The first element has index 0.
    Index(usize),
}

impl Step {
    /// Returns the value to which the step leads, if there is one.
    pub(crate) fn of<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        match (value, self) {
            (Value::Map(map), Step::Name(name)) => map.get(name),
            (Value::List(list), Step::Index(index)) => list.get(*index),
            _ => None,
        }
    }
}

impl Path {
    /// Makes the path of an attribute.
    #[must_use]
    pub const fn attribute(name: &'static str) -> Self {
        Path { root: Cow::Borrowed(name), steps: Vec::new() }
    }

    /// Makes the path of an attribute whose name is known only at run time.
    #[must_use]
    pub fn named(name: String) -> Self {
        Path { root: Cow::Owned(name), steps: Vec::new() }
    }

    /// Adds a step to the path.
    #[must_use]
    pub fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Returns the name of the attribute in which the path begins.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// Returns the steps from the attribute to the value.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Returns whether the paths are equal, or one of them leads to a value inside that of the other.
    #[must_use]
    pub fn overlaps(&self, other: &Path) -> bool {
        self.root == other.root && self.steps.iter().zip(&other.steps).all(|(a, b)| a == b)
    }
}

/// Says why none of these paths could be changed, and what to do: the map or list that contains the last step
/// does not exist. Returns `None` if no path has a step.
///
/// Backends use it, so that all of them say the same.
#[must_use]
pub fn leads_nowhere<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Option<String> {
    let (mut places, mut missing, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        let Some((last, steps)) = path.steps.split_last() else { continue };
        let container = Path { root: path.root.clone(), steps: steps.to_vec() };
        let what = match last {
            Step::Name(_) => "document or map",
            Step::Index(_) => "list",
        };
        places.push(format!("`{path}`"));
        missing.push(format!("no {what} at `{container}`"));
        whole.push(format!("`{container}`"));
    }
    missing.dedup();
    whole.dedup();
    let [places, missing, whole] = [places, missing, whole].map(|all| all.join(" or "));
    (!places.is_empty()).then(|| {
        format!(
            "{places} cannot be changed, because the item has {missing}: set the whole {whole}, or create it \
             first"
        )
    })
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.root)?;
        self.steps.iter().try_for_each(|step| match step {
            Step::Name(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
        })
    }
}

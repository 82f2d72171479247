//! Places in an item.

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

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.root)?;
        self.steps.iter().try_for_each(|step| match step {
            Step::Name(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
        })
    }
}

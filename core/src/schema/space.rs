//! Key spaces as data: entities that have the same primary keys on purpose.

/// A key space as data.
#[derive(Debug)]
#[non_exhaustive]
pub struct SpaceDef {
    /// The name of the enum that declares it.
    pub name: &'static str,
    /// The names of its entities. An entity is in the space of another one if its name is in this list: within
    /// a table, names are unique.
    pub members: &'static [&'static str],
}

impl SpaceDef {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, members: &'static [&'static str]) -> Self {
        SpaceDef { name, members }
    }
}

/// An entity's place in a key space.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Shared {
    /// The space.
    pub space: &'static SpaceDef,
    /// The entity's access pattern on the primary key, if it has one.
    pub pattern: Option<&'static str>,
}

//! The keys of an index that consist of attributes of its items: their names, types and order.

/// In what form the keys on an index are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexKeys {
    /// Two texts, which are rendered from templates, in attributes of the index.
    Texts {
        /// The attribute that holds the partition key. It is that of the table if the index is local.
        pk: &'static str,
        /// The attribute that holds the sort key.
        sk: &'static str,
    },
    /// Attributes of the items themselves, which are fields of entities.
    Attributes(KeyAttributes),
}

/// The key attributes of an index, whose keys are attributes of its items: up to four of the partition key,
/// and up to four of the sort key, in the order in which items are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyAttributes {
    /// The attributes of the partition key.
    pub partition: &'static [KeyAttribute],
    /// The attributes of the sort key. There may be none.
    pub sort: &'static [KeyAttribute],
}

/// An attribute that is a part of the keys of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyAttribute {
    /// Its name, which is the stored name of a field.
    pub name: &'static str,
    /// Its type.
    pub ty: KeyType,
}

/// The type of an attribute in the keys of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyType {
    /// A text, in the order of its bytes.
    Text,
    /// A number.
    Number,
}

impl KeyType {
    /// Returns its name, for messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            KeyType::Text => "text",
            KeyType::Number => "number",
        }
    }
}

impl KeyAttribute {
    /// Returns the attribute with this name and type.
    #[must_use]
    pub const fn new(name: &'static str, ty: KeyType) -> Self {
        KeyAttribute { name, ty }
    }
}

impl KeyAttributes {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(partition: &'static [KeyAttribute], sort: &'static [KeyAttribute]) -> Self {
        KeyAttributes { partition, sort }
    }

    /// Returns all attributes: first those of the partition key.
    pub fn iter(&self) -> impl Iterator<Item = &'static KeyAttribute> + use<> {
        self.partition.iter().chain(self.sort)
    }
}

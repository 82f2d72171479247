//! What an update knows of the item besides the values that it sets.

use crate::entity::Key;
use crate::field::role::{ByKey, Loaded};
use crate::key::PartValue;
use crate::schema::Entity;

/// The modes of an update: [`ByKey`] and [`Loaded`].
pub trait Mode<E: Entity>: Send + Sync + Copy {
    /// A part that is not set.
    fn part<'a>(&'a self, key: &'a Key<E>, field: u16) -> Option<&'a dyn PartValue>;
    /// Whether the `when(..)` of an index key holds, as far as a field that is not set decides it.
    fn when(&self, index: usize, field: u16) -> bool;
    /// The loaded entity.
    fn entity(&self) -> Option<&E>;
}

impl<E: Entity> Mode<E> for ByKey {
    fn part<'a>(&'a self, key: &'a Key<E>, field: u16) -> Option<&'a dyn PartValue> {
        E::key_part(key.parts(), field)
    }

    fn when(&self, _: usize, _: u16) -> bool {
        // The fields' roles see to it that all such fields are set.
        true
    }

    fn entity(&self) -> Option<&E> {
        None
    }
}

impl<E: Entity> Mode<E> for Loaded<'_, E> {
    fn part<'a>(&'a self, _: &'a Key<E>, field: u16) -> Option<&'a dyn PartValue> {
        self.0.part(field)
    }

    fn when(&self, index: usize, field: u16) -> bool {
        self.0.when(index, field)
    }

    fn entity(&self) -> Option<&E> {
        Some(self.0)
    }
}

//! `Mode`: what an update knows of the item besides the values that it sets.

use crate::entity::Key;
use crate::field::role::{ByKey, Free, Loaded, ReturnsOld};
use crate::key::PartValue;
use crate::schema::Entity;

/// A mode of an update: [`ByKey`] or [`Loaded`].
pub trait Mode<E: Entity>: Send + Sync + Copy {
    /// The rules of the entity, or [`Free`] if the update never changes guards.
    type Rules;
    /// The value of a key part that the update does not set.
    fn part<'a>(&'a self, key: &'a Key<E>, field: u16) -> Option<&'a dyn PartValue>;
    /// Whether the part of an index key's `when(..)` that depends on `field` holds, for a field that
    /// the update does not set.
    fn when(&self, index: usize, field: u16) -> bool;
    /// The loaded entity, if there is one.
    fn entity(&self) -> Option<&E>;
}

/// A mode of an update of `E` that can return the old item. An update by key changes no unique fields, so it
/// is never a transaction.
#[diagnostic::on_unimplemented(
    message = "`{E}` has unique fields, so this update can be a transaction with their guards, and transactions return no items: leave out `.returning_old()`",
    label = "a transaction returns no item",
    note = "the old values are those of the loaded entity; to know all of them for certain, read the item first"
)]
pub trait ModeWithOld<E> {}
#[diagnostic::do_not_recommend]
impl<E> ModeWithOld<E> for ByKey {}
#[diagnostic::do_not_recommend]
impl<E: Entity<Rules: ReturnsOld<E>>> ModeWithOld<E> for Loaded<'_, E> {}

impl<E: Entity> Mode<E> for ByKey {
    // It changes no unique fields.
    type Rules = Free;

    fn part<'a>(&'a self, key: &'a Key<E>, field: u16) -> Option<&'a dyn PartValue> {
        key.part(field)
    }

    fn when(&self, _: usize, _: u16) -> bool {
        // The roles of such fields require that an update by key sets all of them.
        true
    }

    fn entity(&self) -> Option<&E> {
        None
    }
}

impl<E: Entity> Mode<E> for Loaded<'_, E> {
    type Rules = E::Rules;

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

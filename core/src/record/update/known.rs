//! What an update knows besides the values that it sets.

use super::memory::Memory;
use crate::error::Result;
use crate::expr::Expr;
use crate::field::role::{ByKey, Loaded};
use crate::key::PartValue;
use crate::record::Key;
use crate::schema::Entity;

/// The modes of an update: [`ByKey`] and [`Loaded`].
pub trait Known<E: Entity>: Send + Sync + Copy {
    /// A part that is not set.
    fn part<'a>(&'a self, key: &'a Key<E>, field: u16) -> Option<&'a dyn PartValue>;
    /// Whether the `when(..)` of an index key holds, as far as a field that is not set decides it.
    fn when(&self, index: usize, field: u16) -> bool;
    /// The loaded entity.
    fn entity(&self) -> Option<&E>;
}

impl<E: Entity> Known<E> for ByKey {
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

impl<E: Entity> Known<E> for Loaded<'_, E> {
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

/// Collects that fields taken from memory are unchanged, each once.
pub(super) struct Fresh<'a, E> {
    entity: &'a E,
    memory: Option<Memory>,
    fields: Vec<&'static str>,
    expr: Option<Expr>,
}

impl<'a, E: Entity> Fresh<'a, E> {
    pub(super) fn new(entity: &'a E) -> Self {
        Fresh { entity, memory: None, fields: Vec::new(), expr: None }
    }

    /// A field was taken from memory. One of the primary key cannot have changed.
    pub(super) fn take(&mut self, field: u16) -> Result<()> {
        let Some(name) = E::DEF.fields.get(usize::from(field)).copied() else { return Ok(()) };
        if is_primary::<E>(field) || self.fields.contains(&name) {
            return Ok(());
        }
        self.fields.push(name);
        let memory = match self.memory.take() {
            Some(memory) => memory,
            None => Memory::of(self.entity)?,
        };
        memory.unchanged::<E>(name)?.require(&mut self.expr);
        self.memory = Some(memory);
        Ok(())
    }

    pub(super) fn expr(self) -> Option<Expr> {
        self.expr
    }
}

/// Whether a field is part of the primary key, and whole in it.
fn is_primary<E: Entity>(field: u16) -> bool {
    use crate::key::{Segment, Unit};
    E::DEF.pk.iter().chain(E::DEF.sk).any(|segment| match segment {
        Segment::Part(spec) => {
            spec.field == field && !spec.format.unit.is_some_and(Unit::is_bucket)
        }
        Segment::Literal(_) => false,
    })
}

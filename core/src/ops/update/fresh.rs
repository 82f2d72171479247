//! `Fresh`: the fields that an update takes from the loaded entity. They have to be unchanged in the
//! stored item.

use crate::entity::Memory;
use crate::error::Result;
use crate::expiry::seconds;
use crate::expr::{Comparison, Expr, Path};
use crate::key::Segment;
use crate::schema::{Entity, Schema};

/// Collects the condition that the fields taken from the loaded entity are unchanged. Each field is
/// in it once.
pub(super) struct Fresh<'a, E> {
    entity: &'a E,
    memory: Option<Memory>,
    fields: Vec<&'static str>,
    has_expiry: bool,
    expr: Option<Expr>,
}

impl<'a, E: Entity> Fresh<'a, E> {
    pub(super) fn new(entity: &'a E) -> Self {
        Fresh { entity, memory: None, fields: Vec::new(), has_expiry: false, expr: None }
    }

    /// Records that a field was taken from the loaded entity. A field of the primary key needs no
    /// condition, because it cannot change.
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

    /// Requires that the stored item expires when the loaded entity does.
    pub(super) fn take_expiry(&mut self) {
        if !E::DEF.rules.expires || self.has_expiry {
            return;
        }
        self.has_expiry = true;
        let ttl = Path::attribute(E::Table::DEF.ttl);
        let same = match self.entity.expires() {
            Some(at) => Expr::Compare(ttl, Comparison::Eq, seconds(at)),
            None => Expr::Absent(ttl),
        };
        same.require(&mut self.expr);
    }

    pub(super) fn expr(self) -> Option<Expr> {
        self.expr
    }
}

/// Whether the primary key has the whole value of a field.
fn is_primary<E: Entity>(field: u16) -> bool {
    E::DEF.pk.iter().chain(E::DEF.sk).any(|segment| match segment {
        Segment::Part(spec) => spec.field == field && spec.format.bucket_unit().is_none(),
        Segment::Literal(_) => false,
    })
}

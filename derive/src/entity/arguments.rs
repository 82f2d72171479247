//! Which values a key or a query takes, and which parts are then left to bind.

use super::model::{Part, Resolved};
use crate::template::Unit;

/// A field as an argument.
pub(crate) struct Argument {
    pub(crate) field: usize,
    /// The units, if the field appears in buckets only; then the argument is the finest bucket,
    /// which says what the coarser ones are.
    pub(crate) buckets: Vec<Unit>,
}

impl Argument {
    /// The unit of the bucket that the argument is, if it is one.
    pub(crate) fn bucket(&self) -> Option<Unit> {
        self.buckets.iter().copied().max()
    }

    fn gives(&self, part: &Part) -> bool {
        self.field == part.field
            && (self.buckets.is_empty()
                || part.format.bucket().is_some_and(|unit| self.buckets.contains(&unit)))
    }
}

/// The distinct fields, in order.
pub(crate) fn arguments<'a>(parts: impl Iterator<Item = &'a Part>) -> Vec<Argument> {
    let mut all: Vec<Argument> = Vec::new();
    for part in parts {
        let bucket = part.format.bucket();
        match all.iter_mut().find(|argument| argument.field == part.field) {
            None => all.push(Argument { field: part.field, buckets: bucket.into_iter().collect() }),
            // A whole value says which bucket it falls into.
            Some(argument) => match bucket {
                None => argument.buckets.clear(),
                Some(unit) if !argument.buckets.is_empty() => argument.buckets.push(unit),
                Some(_) => {}
            },
        }
    }
    all
}

/// The parts of a sort key that the arguments do not give.
pub(crate) fn remaining<'a>(sk: &'a Resolved, arguments: &[Argument]) -> Vec<&'a Part> {
    sk.parts().filter(|part| !arguments.iter().any(|argument| argument.gives(part))).collect()
}

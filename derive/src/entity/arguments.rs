//! The arguments of a key or a query, and the parts of the sort key that are not bound yet.

use super::model::{Part, Resolved};
use crate::template::Unit;

/// A field as an argument.
pub(crate) struct Argument {
    pub(crate) field: usize,
    /// The units, if the field appears only in buckets. Then the argument is the smallest bucket, from
    /// which the larger ones follow.
    pub(crate) buckets: Vec<Unit>,
}

impl Argument {
    /// Returns the unit of the argument, if it is a bucket.
    pub(crate) fn bucket(&self) -> Option<Unit> {
        self.buckets.iter().copied().max()
    }

    fn gives(&self, part: &Part) -> bool {
        self.field == part.field
            && (self.buckets.is_empty()
                || part.format.bucket().is_some_and(|unit| self.buckets.contains(&unit)))
    }
}

/// Returns the distinct fields, in order.
pub(crate) fn arguments<'a>(parts: impl Iterator<Item = &'a Part>) -> Vec<Argument> {
    let mut all: Vec<Argument> = Vec::new();
    for part in parts {
        let bucket = part.format.bucket();
        match all.iter_mut().find(|argument| argument.field == part.field) {
            None => all.push(Argument { field: part.field, buckets: bucket.into_iter().collect() }),
            // The bucket follows from the whole value.
            Some(argument) => match bucket {
                None => argument.buckets.clear(),
                Some(unit) if !argument.buckets.is_empty() => argument.buckets.push(unit),
                Some(_) => {}
            },
        }
    }
    all
}

/// Returns the parts of a sort key that do not follow from the arguments.
pub(crate) fn remaining<'a>(sk: &'a Resolved, arguments: &[Argument]) -> Vec<&'a Part> {
    sk.parts().filter(|part| !arguments.iter().any(|argument| argument.gives(part))).collect()
}

//! Whether the type of a field is a workflow.
//!
//! The derive of an entity sees only the name of the type, and generic code cannot ask whether a type has a trait.
//! But code for one type can: a constant of a type itself comes before one of the same name in a trait, and counts
//! only if its bounds hold. So `IsWorkflow::<Status>::IS` is the inherent one if `Status` is a workflow, and that of
//! [`NotWorkflow`] otherwise. As an argument of `field::role::IfWorkflow`, the
//! constant decides about types.

use super::{StateDef, Workflow, WorkflowDef};
use std::marker::PhantomData;

/// Asks whether `T` is a workflow.
#[doc(hidden)]
#[derive(Debug)]
pub struct IsWorkflow<T>(PhantomData<fn() -> T>);

impl<T: Workflow> IsWorkflow<T> {
    /// It is one.
    pub const IS: bool = true;

    /// Returns the state in the field with this number.
    pub fn state(value: &T, field: u16) -> Option<InState> {
        Some(InState { field, workflow: T::DEF, at: value.at() })
    }
}

/// The answer for all other types.
#[doc(hidden)]
pub trait NotWorkflow<T> {
    /// It is none.
    const IS: bool = false;

    /// Returns `None`.
    fn state(value: &T, field: u16) -> Option<InState> {
        let _ = (value, field);
        None
    }
}

impl<T> NotWorkflow<T> for IsWorkflow<T> {}

/// The state that an entity is in.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct InState {
    pub(crate) field: u16,
    pub(crate) workflow: &'static WorkflowDef,
    pub(crate) at: usize,
}

impl InState {
    pub(crate) fn def(&self) -> Option<&'static StateDef> {
        self.workflow.state(self.at)
    }
}

/// Returns those that are states. For the derives.
#[doc(hidden)]
#[must_use]
pub fn states<const N: usize>(fields: [Option<InState>; N]) -> Vec<InState> {
    fields.into_iter().flatten().collect()
}

//! Workflows: enums whose values are states, and the transitions between them.

mod is_workflow;
mod transition;

pub use is_workflow::{InState, IsWorkflow, NotWorkflow, states};
pub use transition::{
    Adding, AnyTransition, Here, IsAdded, IsState, Next, Reached, State, Step, There, Transition,
};

use std::fmt::Write as _;

/// An enum of states, with the transitions between them. `#[derive(Workflow)]` implements it.
///
/// A field of an entity that has such a type is the state of the entity. It is written when the entity is created,
/// in an initial state, and from then on only by [`advance`](crate::Key::advance).
///
/// # Example: what a state allows
///
/// ```
/// use monotable::prelude::*;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart, Workflow)]
/// enum Status {
///     #[next(Paid, Cancelled)]
///     Placed,
///     #[next(Shipped, Cancelled)]
///     Paid,
///     Shipped,
///     Cancelled,
/// }
///
/// assert!(Status::Placed.is_initial() && Status::Shipped.is_final());
/// assert!(Status::Placed.can_become(&Status::Paid));
/// assert!(!Status::Placed.can_become(&Status::Shipped));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a workflow: derive `Workflow` for the enum of its states",
    label = "not a workflow"
)]
pub trait Workflow: WorkflowImpl + 'static {
    /// Returns whether an item can be created in this state.
    fn is_initial(&self) -> bool {
        Self::DEF.state(self.at()).is_some_and(|state| state.is_initial)
    }

    /// Returns whether no transition leaves this state.
    fn is_final(&self) -> bool {
        Self::DEF.state(self.at()).is_some_and(|state| state.next.is_empty())
    }

    /// Returns whether a transition from this state to `next` is declared.
    fn can_become(&self, next: &Self) -> bool {
        Self::DEF.state(self.at()).is_some_and(|state| state.next.contains(&next.at()))
    }

    /// Returns the states and transitions as a diagram in [Mermaid](https://mermaid.js.org), which GitHub and
    /// rustdoc themes show as a picture.
    ///
    /// ```
    /// # use monotable::prelude::*;
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart, Workflow)]
    /// # enum Status {
    /// #     #[next(Paid, Cancelled)]
    /// #     Placed,
    /// #     #[next(Shipped, Cancelled)]
    /// #     Paid,
    /// #     Shipped,
    /// #     Cancelled,
    /// # }
    /// assert_eq!(
    ///     Status::diagram(),
    ///     "\
    /// stateDiagram-v2
    ///     [*] --> Placed
    ///     Placed --> Paid
    ///     Placed --> Cancelled
    ///     Paid --> Shipped
    ///     Paid --> Cancelled
    ///     Shipped --> [*]
    ///     Cancelled --> [*]
    /// "
    /// );
    /// ```
    #[must_use]
    fn diagram() -> String {
        Self::DEF.diagram()
    }
}

/// Gives core access to the states. The derive implements it. Not public API.
///
/// It is a separate trait outside the prelude, so that its methods do not appear as methods of users' enums.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a workflow: derive `Workflow` for the enum of its states",
    label = "not a workflow"
)]
pub trait WorkflowImpl: Sized {
    /// The states and transitions as data.
    const DEF: &'static WorkflowDef;
    /// Returns the place of this state in [`WorkflowDef::states`].
    fn at(&self) -> usize;
    /// Returns the state at this place.
    fn state(at: usize) -> Self;
}

/// A workflow: its states, in the order of the enum.
#[derive(Debug)]
#[non_exhaustive]
pub struct WorkflowDef {
    /// The name of the enum.
    pub name: &'static str,
    /// Its states.
    pub states: &'static [StateDef],
}

/// A state of a workflow.
#[derive(Debug)]
#[non_exhaustive]
pub struct StateDef {
    /// The name of the variant.
    pub name: &'static str,
    /// The name that serde gives to it.
    pub stored: &'static str,
    /// Former names, which serde reads, too (`alias`).
    pub former: &'static [&'static str],
    /// Whether an item can be created in it.
    pub is_initial: bool,
    /// The places of the states to which a transition leads from it.
    pub next: &'static [usize],
}

impl WorkflowDef {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, states: &'static [StateDef]) -> Self {
        WorkflowDef { name, states }
    }

    /// Returns the state at this place.
    #[must_use]
    pub fn state(&self, at: usize) -> Option<&'static StateDef> {
        self.states.get(at)
    }

    /// Returns the names of these states, as in "`Placed` or `Paid`".
    pub(crate) fn names(&self, states: impl IntoIterator<Item = usize>) -> String {
        let names = states.into_iter().filter_map(|at| self.state(at));
        let names: Vec<_> = names.map(|state| format!("`{}`", state.name)).collect();
        names.join(" or ")
    }

    fn diagram(&self) -> String {
        let mut out = String::from("stateDiagram-v2\n");
        for state in self.states.iter().filter(|state| state.is_initial) {
            let _ = writeln!(out, "    [*] --> {}", state.name);
        }
        for state in self.states {
            for next in state.next.iter().filter_map(|next| self.state(*next)) {
                let _ = writeln!(out, "    {} --> {}", state.name, next.name);
            }
            if state.next.is_empty() {
                let _ = writeln!(out, "    {} --> [*]", state.name);
            }
        }
        out
    }
}

impl StateDef {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        [name, stored]: [&'static str; 2],
        is_initial: bool,
        next: &'static [usize],
    ) -> Self {
        StateDef { name, stored, former: &[], is_initial, next }
    }

    /// Sets its former names. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn former(mut self, names: &'static [&'static str]) -> Self {
        self.former = names;
        self
    }
}

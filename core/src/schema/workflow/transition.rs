//! Transitions as values whose types say where they come from and where they go.

use super::Workflow;
use std::fmt;
use std::marker::PhantomData;

/// A state of workflow `W` as a value with a type of its own, such as `Status::PLACED`. `A` is its marker.
pub struct State<W, A>(PhantomData<fn() -> (W, A)>);

/// A transition of workflow `W` from the state with the marker `A` to that with the marker `B`: from
/// [`State::to`].
pub struct Transition<W, A, B>(
    #[expect(
        clippy::type_complexity,
        reason = "a function type, so that the parameters are only names"
    )]
    PhantomData<fn() -> (W, A, B)>,
);

/// All transitions of workflow `W` to the state with the marker `B`: from [`State::from_any`].
pub struct AnyTransition<W, B>(PhantomData<fn() -> (W, B)>);

impl<W, A> State<W, A> {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new() -> Self {
        State(PhantomData)
    }

    /// Returns the transition from this state to `next`. It has to be declared: `#[next(..)]` on the variant of
    /// this state.
    #[must_use]
    pub const fn to<B>(self, next: State<W, B>) -> Transition<W, A, B>
    where
        A: Next<B>,
    {
        let _ = next;
        Transition(PhantomData)
    }

    /// Returns the transition to this state from whichever state the item is in, if a transition from there is
    /// declared: for example to cancel an order that is not shipped.
    #[must_use]
    #[allow(clippy::wrong_self_convention, reason = "the transition is from any state to this one")]
    pub const fn from_any(self) -> AnyTransition<W, A>
    where
        A: Reached,
    {
        AnyTransition(PhantomData)
    }
}

/// The marker of a state of workflow `W`. The derive implements it.
#[doc(hidden)]
pub trait IsState<W> {
    /// Its place in [`WorkflowDef::states`](super::WorkflowDef::states).
    const AT: usize;
    /// The fields that a step to this state adds, as a list `(A, (B, ()))` of their markers.
    type Adds;
}

/// The states from which a transition leads to the state with the marker `B`. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "this transition is not declared: name the state after `to` in the `#[next(..)]` of the state before it, or take another way",
    label = "no `#[next(..)]` allows this"
)]
#[doc(hidden)]
pub trait Next<B> {}

/// The states to which a transition leads. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "no transition leads to this state: name it in the `#[next(..)]` of another state",
    label = "an item is only created in it"
)]
#[doc(hidden)]
pub trait Reached {}

/// A transition.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a transition: say from which state to which, in upper case, as in `Status::PLACED.to(Status::PAID)`",
    label = "not a transition",
    note = "from whichever state can be left for it: `Status::CANCELLED.from_any()`"
)]
pub trait Step {
    /// The workflow.
    #[doc(hidden)]
    type Workflow: Workflow;
    /// The fields that have to be set with it.
    #[doc(hidden)]
    type Adds;
    /// The place of the state to which it goes.
    #[doc(hidden)]
    const TO: usize;
    /// Returns the places of the states from which it comes.
    #[doc(hidden)]
    fn from() -> Vec<usize>;
}

impl<W: Workflow, A: IsState<W>, B: IsState<W>> Step for Transition<W, A, B> {
    type Workflow = W;
    type Adds = B::Adds;
    const TO: usize = B::AT;
    fn from() -> Vec<usize> {
        vec![A::AT]
    }
}

impl<W: Workflow, B: IsState<W>> Step for AnyTransition<W, B> {
    type Workflow = W;
    type Adds = B::Adds;
    const TO: usize = B::AT;
    fn from() -> Vec<usize> {
        let states = W::DEF.states.iter().enumerate();
        states.filter(|(_, state)| state.next.contains(&B::AT)).map(|(at, _)| at).collect()
    }
}

/// Lists of added fields that contain the one with the stored name `N`, and without it are `Rest`. `P` is its place,
/// which the compiler finds.
#[diagnostic::on_unimplemented(
    message = "this field is none of those that the step adds, or it is given twice: use `.set(..)` for other fields",
    label = "not in the `#[adds(..)]` of the state"
)]
#[doc(hidden)]
pub trait Adding<N, P, Rest> {}

/// The field with the stored name `N`, in a list of added fields. The derive implements it for a marker with the name
/// of the field's constant, so that messages show it.
#[diagnostic::on_unimplemented(
    message = "this field is none of those that the step adds, or it is given twice: use `.set(..)` for other fields",
    label = "not in the `#[adds(..)]` of the state"
)]
#[doc(hidden)]
pub trait IsAdded<N> {}

/// The first place of a list.
#[doc(hidden)]
#[derive(Debug)]
pub enum Here {}

/// A later place of a list.
#[doc(hidden)]
#[derive(Debug)]
pub struct There<P>(PhantomData<fn() -> P>);

#[diagnostic::do_not_recommend]
impl<N, H: IsAdded<N>, R> Adding<N, Here, R> for (H, R) {}
#[diagnostic::do_not_recommend]
impl<N, H, R: Adding<N, P, Rest>, P, Rest> Adding<N, There<P>, (H, Rest)> for (H, R) {}

impl<W, A> Clone for State<W, A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W, A> Copy for State<W, A> {}

impl<W, A> fmt::Debug for State<W, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("State")
    }
}

impl<W, A, B> Clone for Transition<W, A, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W, A, B> Copy for Transition<W, A, B> {}

impl<W, A, B> fmt::Debug for Transition<W, A, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transition")
    }
}

impl<W, B> Clone for AnyTransition<W, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W, B> Copy for AnyTransition<W, B> {}

impl<W, B> fmt::Debug for AnyTransition<W, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnyTransition")
    }
}

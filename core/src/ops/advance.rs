//! `advance`: takes an item to the next state of a workflow.

use super::support::{InTable, IntoWrite, New, Prepared, Returns, SameTable};
use super::update::{Mode, Update};
use crate::backend::{Backend, Origin, Verb};
use crate::entity::Key;
use crate::error::Result;
use crate::field::role::{AdvanceIn, ByKey, Removable, SetIn, UpdatedByKey};
use crate::field::{Field, FieldDef, IntoCondition, IntoValue};
use crate::request::{self, TransactItem};
use crate::schema::{Adding, Entity, Step};
use crate::table::Table;
use std::fmt;
use std::marker::PhantomData;

impl<E: Entity> Key<E> {
    /// Takes the item with this key to the next state of a workflow, in one conditional update. The item is not
    /// read first.
    ///
    /// The transition has to be declared by [`Workflow`](trait@crate::Workflow), or it does not compile.
    ///
    /// # Example: a payment, which can be reported twice
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/flow.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// use monotable::Advanced;
    ///
    /// let (payment_id, message_id) = ("pay-17", "m-1");
    /// let paid = Order::key("ORD-001")
    ///     .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
    ///     .with(Order::PAYMENT_ID, payment_id)
    ///     .idempotency_token(message_id);
    /// assert_eq!(paid.clone().send(&shop).await?, Advanced::Now);
    /// // The message is delivered again.
    /// assert_eq!(paid.send(&shop).await?, Advanced::Already);
    /// # Ok(()) }) }
    /// ```
    pub fn advance<F, W, S>(self, field: Field<E, F, W>, step: S) -> Advance<E, ByKey, S::Adds>
    where
        E::Rules: UpdatedByKey<E>,
        S: Step,
        F: FieldDef<W, Role: AdvanceIn<F, E, ByKey, W, S::Workflow>>,
        W: Send + Sync + 'static,
    {
        self.update().advance(field, step)
    }
}

impl<E: Entity, M: Mode<E>> Update<E, M> {
    /// Takes the item to the next state of a workflow, together with the changes of this update. See
    /// [`Key::advance`].
    pub fn advance<F, W, S>(self, field: Field<E, F, W>, step: S) -> Advance<E, M, S::Adds>
    where
        S: Step,
        F: FieldDef<W, Role: AdvanceIn<F, E, M, W, S::Workflow>>,
        W: Send + Sync + 'static,
    {
        // Its type says all.
        let _ = step;
        Advance::new(self.step::<F, W, S>(field))
    }
}

/// Takes an item to the next state of a workflow, in one conditional update: from [`Key::advance`],
/// [`EntityExt::advance`](crate::EntityExt::advance) or [`Update::advance`].
///
/// The request requires that the stored item is in a state from which the transition comes, sets the next state
/// and what else the step changes, and keeps the keys of indexes true. `A` is the list of the fields that the
/// next state adds and that are not set yet.
///
/// # Which step it is
///
/// Each step has a token, which it leaves in the item, in the attribute `_step.<field>.<state>`. A step that is
/// sent again finds its token there, and is [`Already`](Advanced::Already) done, also if the item has been
/// advanced further since. The token is random unless [`idempotency_token`](Advance::idempotency_token) sets it;
/// a clone of the request has the same one. So:
///
/// - A client that sends a request again by itself because the answer was lost does no harm.
/// - If the [outcome is unknown](crate::Error::is_outcome_unknown), send a clone.
/// - A step that another process may repeat, such as the handler of a message, has a token that is the same
///   in each attempt: the id of the message or of the run.
///
/// The item keeps the last token for each state. A workflow with a circle enters a state several times, and each
/// time needs another token.
#[must_use = "a request does nothing until it is sent"]
#[doc(alias("transition", "state machine"))]
pub struct Advance<E: Entity, M, A = ()> {
    update: Update<E, M>,
    adds: PhantomData<fn() -> A>,
}

/// Whether a step was done now. In both cases it has been done, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advanced {
    /// This request has advanced the item.
    Now,
    /// The step had been done when the request arrived: by another request with the same token, or by this one, if its
    /// first answer was lost and the client has sent it again. So do what follows the step in both cases.
    Already,
}

/// The lists of fields that are still to be set with a step: only the empty one is complete.
#[diagnostic::on_unimplemented(
    message = "the state to which this step goes adds a field (`#[adds(..)]`), which is missing: set it before, with `.with(field, value)`",
    label = "missing: `{Self}`"
)]
pub trait Complete {}
#[diagnostic::do_not_recommend]
impl Complete for () {}

impl<E: Entity, M: Mode<E>, A> Advance<E, M, A> {
    const ORIGIN: Origin = Origin::Entity(E::DEF.name, Verb::Advance);

    fn new(update: Update<E, M>) -> Self {
        Advance { update, adds: PhantomData }
    }

    /// Sets a field that the next state adds: one of its `#[adds(..)]`. The field is an `Option`, and gets a value.
    pub fn with<F, T, P, Rest>(
        self,
        field: Field<E, F, Option<T>>,
        value: impl IntoValue<F, T>,
    ) -> Advance<E, M, Rest>
    where
        F: FieldDef<Option<T>, Role: SetIn<F, E, M>>,
        A: Adding<F::Name, P, Rest>,
        T: Send + Sync + 'static,
    {
        Advance::new(self.update.set(field, Some(value.into_value())))
    }

    /// Sets another field in the same request, as [`Update::set`] does.
    pub fn set<F, T>(self, field: Field<E, F, T>, value: impl IntoValue<F, T>) -> Self
    where
        F: FieldDef<T, Role: SetIn<F, E, M>>,
        T: Send + Sync + 'static,
    {
        Advance::new(self.update.set(field, value))
    }

    /// Removes the value of another field in the same request, as [`Update::remove`] does.
    pub fn remove<F, T>(self, field: Field<E, F, T>) -> Self
    where
        F: FieldDef<T, Role: SetIn<F, E, M>>,
        T: Removable<F> + Send + Sync + 'static,
    {
        Advance::new(self.update.remove(field))
    }

    /// Advances the item only if `condition` holds, too. Conditions from repeated calls are combined with AND.
    #[doc(alias = "ConditionExpression")]
    pub fn when(self, condition: impl IntoCondition<E>) -> Self {
        Advance::new(self.update.when(condition))
    }

    /// Uses `token` instead of a random one. It has 1 to 128 characters.
    ///
    /// The token says which step this is. It is the same whenever the same step is tried again, in whichever
    /// process, and different for each other step to the same state.
    pub fn idempotency_token(self, token: impl Into<String>) -> Self {
        Advance::new(self.update.step_token(token.into()))
    }
}

impl<E: Entity, M: Mode<E>, A> Advance<E, M, A> {
    /// Makes the request return the item as it is after the step. If the step had been done before, it is the item
    /// as it is now.
    pub fn returning_new(self) -> Returns<Self, New>
    where
        A: Complete,
    {
        Returns::new(self)
    }

    /// Sends the request. Returns whether the step was done now, or had been done before.
    ///
    /// # Errors
    ///
    /// Before any I/O: [`is_invalid_key`](crate::Error::is_invalid_key),
    /// [`is_encode`](crate::Error::is_encode) and [`is_invalid_request`](crate::Error::is_invalid_request).
    ///
    /// Later: [`is_wrong_state`](crate::Error::is_wrong_state) if the item is in a state from which the transition
    /// does not come, with the stored item as [`current`](crate::Error::current);
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such item; and the other errors of
    /// [`Update::send`].
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Advanced>
    where
        A: Complete,
    {
        let client = table.client(Self::ORIGIN);
        let sent = self.prepare(client.backend)?.send(client).await?;
        Ok(if sent.happened_before { Advanced::Already } else { Advanced::Now })
    }

    /// Returns the request as plain data, for logs and tests. The writes of unique guards are not part of it.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Advance::send) that are found before any I/O.
    pub fn request<B: Backend>(&self, backend: &B) -> Result<request::Update>
    where
        A: Complete,
    {
        Ok(self.prepare(backend)?.own)
    }

    fn prepare<B: Backend>(&self, backend: &B) -> Result<Prepared<B::Item, request::Update>> {
        self.update.prepare_as(Self::ORIGIN, backend)
    }
}

impl<E: Entity, M: Mode<E>, A> Returns<Advance<E, M, A>, New> {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// The errors of [`Advance::send`], and those of `returning_new` of an [`Update`].
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<E> {
        let client = table.client(Advance::<E, M, A>::ORIGIN);
        super::update::send_returning_new(self.request.prepare(client.backend)?, client).await
    }
}

impl<S, E, M, A> IntoWrite<S> for Advance<E, M, A>
where
    E: Entity<Table: SameTable<S, E>>,
    M: Mode<E>,
    A: Complete,
{
    type Entity = InTable<S, E>;
    type Rules = M::Rules;

    fn into_write<B: Backend>(
        self,
        backend: &B,
    ) -> Result<Prepared<B::Item, TransactItem<B::Item>>> {
        self.prepare(backend).map(Prepared::into_transaction)
    }
}

impl<E: Entity, M: Copy, A> Clone for Advance<E, M, A> {
    fn clone(&self) -> Self {
        Advance { update: self.update.clone(), adds: PhantomData }
    }
}

impl<E: Entity, M, A> fmt::Debug for Advance<E, M, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Advance").field("update", &self.update).finish()
    }
}

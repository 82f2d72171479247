//! `update`: changes fields of one item.

mod draft;
mod elements;
mod fresh;
mod mode;
mod rewrite;
mod set_index_key;
mod step;

pub(super) use mode::{Mode, ModeWithOld};
pub use set_index_key::{SetIndexKey, Setter};

use super::support::{InTable, IntoWrite, New, Old, Prepared, Returns, SameTable, returned};
use crate::backend::{At as _, Backend, Client, Origin, Verb};
use crate::entity::{Key, Memory, other_entity};
use crate::error::{Error, Kind, Result};
use crate::expr::Action;
use crate::field::condition::stored;
use crate::field::form::{KnownForm, ListForm, NumberForm, SetForm};
use crate::field::role::{
    AdvanceIn, ByKey, ComputeIn, IsElement, RememberedBy, Removable, SetIn, UpdatedByKey,
};
use crate::field::{Field, FieldDef, IndexKeyFields, IntoCondition, IntoValue};
use crate::request::{self, Returning, TransactItem};
use crate::schema::{Entity, Step};
use crate::table::Table;
use crate::value::{Number, Value};
use draft::Draft;
pub use elements::Elements;
use elements::{change_set, extend};
use serde::Serialize;
use std::fmt;

impl<E: Entity> Key<E> {
    /// Changes fields of the item with this key, which has to exist. The item is not read first.
    pub fn update(self) -> Update<E, ByKey>
    where
        E::Rules: UpdatedByKey<E>,
    {
        Update::new(self, ByKey)
    }
}

/// The type of what is added to a field.
type Amount<F, T> = <<F as FieldDef<T>>::Form as NumberForm<F, T>>::Amount;

/// Changes fields of one item: from [`Key::update`] or [`EntityExt::update`](crate::EntityExt::update).
///
/// The item has to exist, unless [`or_create`](Update::or_create) says what to create.
///
/// If a field is part of an index key, the same request rewrites the key attributes of the index. It
/// removes them if a part of the key becomes `None`. A field cannot be set if its index key needs
/// other fields that the request does not know.
///
/// An update without changes is a write, too. It checks that the item exists and that the conditions hold,
/// advances the version of an entity that has one, and otherwise leaves the item as it is. It costs the
/// write units of the item, on DynamoDB as in the embedded store. In a transaction it becomes a condition
/// check. To read an item, use [`get`](Key::get).
///
/// All changes see the item as it was before the request, so no two of them may change the same field
/// or element.
///
/// # Example: update by key
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// Order::key("C001", "ORD-001").update().set(Order::NOTE, "gift").send(&shop).await?;
/// # Ok(()) }) }
/// ```
///
/// # Example: increment a counter
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// Customer::key("C001").update().increment(Customer::ORDER_COUNT, 1).send(&shop).await?;
/// # Ok(()) }) }
/// ```
///
/// # Example: change a status only if it is still the one that was loaded
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// # let order = Order::get("C001", "ORD-001").send(&shop).await?.unwrap();
/// let shipped = order
///     .update()
///     .set(Order::STATUS, Status::Shipped)
///     .if_unchanged(Order::STATUS)
///     .returning_new()
///     .send(&shop)
///     .await?;
/// assert_eq!(shipped.status, Status::Shipped);
/// # Ok(()) }) }
/// ```
///
/// # Example: changes that the store computes
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// let order = Order::key("C001", "ORD-001")
///     .update()
///     .increment(Order::TOTAL, 250)
///     .append(Order::LABELS, ["express", "fragile"])
///     .set_if_absent(Order::NOTE, "ring twice")
///     .returning_new()
///     .send(&shop)
///     .await?;
/// assert_eq!((order.total, order.labels.len()), (4_750, 2));
/// # Ok(()) }) }
/// ```
#[must_use = "a request does nothing until it is sent"]
#[doc(alias("UpdateItem", "UpdateExpression"))]
pub struct Update<E: Entity, M> {
    key: Key<E>,
    mode: M,
    draft: Result<Draft>,
}

impl<E: Entity, M: Mode<E>> Update<E, M> {
    pub(super) fn new(key: Key<E>, mode: M) -> Self {
        Update { key, mode, draft: Ok(Draft::default()) }
    }

    pub(super) fn key(&self) -> &Key<E> {
        &self.key
    }

    const ORIGIN: Origin = Origin::Entity(E::DEF.name, Verb::Update);

    fn with(self, change: impl FnOnce(&mut Draft) -> Result<()>) -> Self {
        self.with_at(Self::ORIGIN, change)
    }

    fn with_at(mut self, origin: Origin, change: impl FnOnce(&mut Draft) -> Result<()>) -> Self {
        if let Ok(draft) = &mut self.draft {
            draft.is_begun = true;
            if let Err(error) = change(draft) {
                self.draft = Err(error).at(origin);
            }
        }
        self
    }

    /// Makes it a step of the workflow in this field.
    pub(super) fn step<F, W, S>(self, field: Field<E, F, W>) -> Self
    where
        S: Step,
        F: FieldDef<W, Role: AdvanceIn<F, E, M, W, S::Workflow>>,
        W: Send + Sync + 'static,
    {
        let origin = Origin::Entity(E::DEF.name, Verb::Advance);
        self.with_at(origin, |draft| {
            let (step, next) = step::Step::new::<E, M, F, W, S>(&field)?;
            draft.set(E::DEF, field, next)?;
            draft.step = Some(step);
            Ok(())
        })
    }

    /// Sets the token of the step.
    pub(super) fn step_token(self, token: String) -> Self {
        let origin = Origin::Entity(E::DEF.name, Verb::Advance);
        self.with_at(origin, |draft| draft.step.as_mut().map_or(Ok(()), |it| it.set_token(token)))
    }

    /// Sets the field to `value`, which can be any type that [`IntoValue`] takes. An `Option` that is `None`
    /// removes the field from the item, as [`remove`](Update::remove) does.
    pub fn set<F, T>(self, field: Field<E, F, T>, value: impl IntoValue<F, T>) -> Self
    where
        F: FieldDef<T, Role: SetIn<F, E, M>>,
        T: Send + Sync + 'static,
    {
        self.with(|draft| draft.set(E::DEF, field, value.into_value()))
    }

    /// Sets all fields that an index key consists of, in the order of the constant. An update by key
    /// can set them together, although setting only one of them would leave the index stale.
    ///
    /// # Example: set the two fields of an index's sort key, by key
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let placed_at = Timestamp::UNIX_EPOCH;
    /// Order::key("C001", "ORD-001")
    ///     .update()
    ///     .set_index_key(Order::GSI2_KEY, (Status::Paid, placed_at))
    ///     .send(&shop)
    ///     .await?;
    /// # Ok(()) }) }
    /// ```
    pub fn set_index_key<F, T>(
        self,
        key: IndexKeyFields<E, F, T>,
        values: impl SetIndexKey<F, T>,
    ) -> Self {
        let names = key.names().iter();
        self.with(|draft| values.set_all(&mut Setter { draft, entity: E::DEF, names }))
    }

    /// Sets the field to `value` if it has no value. A `None` that was written inside a document is
    /// stored as null, and null counts as a value.
    pub fn set_if_absent<F, T>(self, field: Field<E, F, T>, value: impl IntoValue<F, T>) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>>,
    {
        self.with(|draft| {
            let path = field.into_path();
            match stored::<F, T>(&path, &value.into_value())? {
                Value::Null => Ok(()),
                value => draft.act(Action::SetIfAbsent(path, value)),
            }
        })
    }

    /// Removes the field's value.
    pub fn remove<F, T>(self, field: Field<E, F, T>) -> Self
    where
        F: FieldDef<T, Role: SetIn<F, E, M>>,
        T: Removable<F> + Send + Sync + 'static,
    {
        self.with(|draft| draft.set(E::DEF, field, T::NOTHING))
    }

    /// Removes an element from a list, or an entry from a map. The later elements of a list move up.
    pub fn remove_element<F: IsElement, T>(self, element: Field<E, F, T>) -> Self {
        self.with(|draft| draft.act(Action::Remove(element.into_path())))
    }

    /// Adds `by` to the number. An absent number counts as 0.
    pub fn increment<F, T>(self, field: Field<E, F, T>, by: impl IntoValue<F, Amount<F, T>>) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: KnownForm<F> + NumberForm<F, T>>,
    {
        self.add(field, F::Form::amount(by.into_value()), Some)
    }

    /// Subtracts `by` from the number. An absent number counts as 0.
    ///
    /// The store does not know the range of the field's type. If the type has no negative numbers, add
    /// a condition such as `.when(Item::STOCK.ge(1))`.
    pub fn decrement<F, T>(self, field: Field<E, F, T>, by: impl IntoValue<F, Amount<F, T>>) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: KnownForm<F> + NumberForm<F, T>>,
    {
        self.add(field, F::Form::amount(by.into_value()), |number| {
            Number::from(0).checked_sub(number)
        })
    }

    fn add<F, T>(self, field: Field<E, F, T>, by: T, signed: fn(Number) -> Option<Number>) -> Self
    where
        F: FieldDef<T, Form: NumberForm<F, T>>,
    {
        self.with(|draft| {
            let path = field.into_path();
            match stored::<F, T>(&path, &by)? {
                Value::Number(number) => {
                    let number = signed(number).ok_or_else(|| {
                        let message = format!("the change of `{path}` is out of range");
                        Error::new(Kind::InvalidRequest, message)
                    })?;
                    draft.act(F::Form::add(path, number))
                }
                Value::Null => Ok(()),
                other => {
                    let kind = other.kind();
                    let message = format!("`{path}` is stored as {kind}, not as a number");
                    Err(Error::new(Kind::InvalidRequest, message))
                }
            }
        })
    }

    /// Appends `elements` to the list.
    pub fn append<F, T, X>(self, field: Field<E, F, T>, elements: impl Elements<F, X>) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: ListForm<F, T, X>>,
        X: Serialize,
    {
        self.with(|draft| extend::<F, _>(draft, field.into_path(), elements, Action::Append))
    }

    /// Inserts `elements` at the start of the list.
    pub fn prepend<F, T, X>(self, field: Field<E, F, T>, elements: impl Elements<F, X>) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: ListForm<F, T, X>>,
        X: Serialize,
    {
        self.with(|draft| extend::<F, _>(draft, field.into_path(), elements, Action::Prepend))
    }

    /// Adds `elements` to the set. Elements that the set has already stay once.
    pub fn union<F, T, X>(self, field: Field<E, F, T>, elements: impl Elements<F, X>) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: SetForm<F, T, X>>,
        X: Serialize,
    {
        self.with(|draft| change_set::<F, _>(draft, field.into_path(), elements, Action::Union))
    }

    /// Removes `elements` from the set. It is no error if the set does not have them.
    pub fn difference<F, T, X>(self, field: Field<E, F, T>, elements: impl Elements<F, X>) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: SetForm<F, T, X>>,
        X: Serialize,
    {
        self.with(|draft| {
            change_set::<F, _>(draft, field.into_path(), elements, Action::Difference)
        })
    }

    /// Changes the item only if `condition` holds for the stored item. Conditions from repeated calls
    /// are combined with AND.
    #[doc(alias = "ConditionExpression")]
    pub fn when(self, condition: impl IntoCondition<E>) -> Self {
        self.with(|draft| {
            condition.into_condition().into_expr()?.require(&mut draft.condition);
            Ok(())
        })
    }

    /// Makes the request return the item as it was before the update.
    ///
    /// An update of a loaded entity with unique fields does not have this method, because it may be a
    /// transaction with their guards, which returns no items.
    pub fn returning_old(self) -> Returns<Self, Old>
    where
        M: ModeWithOld<E>,
    {
        Returns::new(self)
    }

    /// Makes the request return the item as it is after the update.
    ///
    /// If unique fields change, the update is a transaction with their guards, which returns no items. So
    /// the item is then read with a second, strongly consistent request, and may have later changes of
    /// other writers.
    pub fn returning_new(self) -> Returns<Self, New> {
        Returns::new(self)
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// Before any I/O: [`is_invalid_key`](Error::is_invalid_key), [`is_encode`](Error::is_encode) and
    /// [`is_invalid_request`](Error::is_invalid_request).
    ///
    /// Later: [`is_not_found`](Error::is_not_found) if there is no such item;
    /// [`is_unique_violation`](Error::is_unique_violation) if another item has a new unique value.
    ///
    /// The following errors have the stored item as [`current`](Error::current):
    /// [`is_condition_failed`](Error::is_condition_failed) if a condition does not hold;
    /// [`is_conflict`](Error::is_conflict) if the stored item has another version;
    /// [`is_stale`](Error::is_stale) if the update needs fields of the loaded entity for an index key,
    /// and the stored item has other values in them.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<()> {
        let client = table.client(Self::ORIGIN);
        self.prepare(client.backend)?.send(client).await?;
        Ok(())
    }

    /// Returns the request as plain data, for logs and tests. The writes of unique guards are not part
    /// of it.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Update::send) that are found before any I/O.
    pub fn request<B: Backend>(&self, backend: &B) -> Result<request::Update> {
        Ok(self.prepare(backend)?.own)
    }

    fn prepare<B: Backend>(&self, backend: &B) -> Result<Prepared<B::Item, request::Update>> {
        self.prepare_as(Self::ORIGIN, backend)
    }

    pub(super) fn prepare_as<B: Backend>(
        &self,
        origin: Origin,
        backend: &B,
    ) -> Result<Prepared<B::Item, request::Update>> {
        rewrite::prepare(backend, &self.key, &self.mode, self.draft.clone()).at(origin)
    }
}

impl<E: Entity, M: Mode<E>> Update<E, M> {
    /// Changes the item only if the stored field still has the value that was loaded. Only an update
    /// of a loaded entity has this method.
    ///
    /// The condition never holds for a field whose stored form is not always the same: a `HashSet` that is stored
    /// as a list, or a float that was incremented in the store, which keeps more digits. Use
    /// [`update_with`](crate::Key::update_with), which compares the stored values.
    pub fn if_unchanged<F, T>(self, field: Field<E, F, T>) -> Self
    where
        F: FieldDef<T> + RememberedBy<M, E>,
    {
        let mode = self.mode;
        self.with(|draft| {
            if let Some(entity) = mode.entity() {
                Memory::of(entity)?.unchanged::<E>(field.name())?.require(&mut draft.condition);
            }
            Ok(())
        })
    }
}

impl<E: Entity, M: ModeWithOld<E> + Mode<E>> Returns<Update<E, M>, Old> {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// The errors of [`Update::send`].
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<E> {
        let client = table.client(Update::<E, M>::ORIGIN);
        let prepared = self.request.prepare(client.backend)?.returning(Returning::Old);
        let item = prepared.send_alone(client).await?.item;
        item.ok_or_else(nothing_returned).and_then(returned).at(client.origin)
    }
}

impl<E: Entity, M: Mode<E>> Returns<Update<E, M>, New> {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// The errors of [`Update::send`]. If unique fields change, also the errors of the read that follows:
    /// the update has happened if [`is_written`](Error::is_written).
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<E> {
        let client = table.client(Update::<E, M>::ORIGIN);
        send_returning_new(self.request.prepare(client.backend)?, client).await
    }
}

/// Sends an update, and returns the item as it is after it.
pub(super) async fn send_returning_new<E: Entity, B: Backend>(
    prepared: Prepared<B::Item, request::Update>,
    client: Client<'_, B>,
) -> Result<E> {
    let prepared = prepared.returning(Returning::New);
    if prepared.guards.is_empty() {
        let item = prepared.send_alone(client).await?.item;
        return item.ok_or_else(nothing_returned).and_then(returned).at(client.origin);
    }
    let mut read = request::Get::new(client.table, E::DEF.name, prepared.own.key.clone());
    read.consistent = true;
    prepared.send(client).await?;
    let read = client.get(read).await.map_err(Error::after_write)?;
    let item = read.item.filter(|item| other_entity::<E, _>(item).is_none());
    item.ok_or_else(gone).and_then(returned).at(client.origin)
}

fn gone() -> Error {
    Error::new(
        Kind::DecodeAfterWrite,
        "the update happened, but another writer has deleted the item since",
    )
}

fn nothing_returned() -> Error {
    Error::new(Kind::DecodeAfterWrite, "the write happened, but the store did not return the item")
}

impl<S, E: Entity<Table: SameTable<S, E>>, M: Mode<E>> IntoWrite<S> for Update<E, M> {
    type Entity = InTable<S, E>;
    type Rules = M::Rules;

    fn into_write<B: Backend>(
        self,
        backend: &B,
    ) -> Result<Prepared<B::Item, TransactItem<B::Item>>> {
        let Prepared { own: update, guards, explain, .. } = self.prepare(backend)?;
        // An update without changes cannot be part of a transaction, but its condition can be checked.
        let own = match (update.actions.is_empty(), update.condition) {
            (true, Some(condition)) => {
                let request::Update { table, entity, key, .. } = update;
                TransactItem::Check(request::Check::new(table, entity, key, condition))
            }
            (_, condition) => TransactItem::Update(request::Update { condition, ..update }),
        };
        Ok(Prepared::new(own, explain).with_guards(guards))
    }
}

impl<E: Entity, M: Copy> Clone for Update<E, M> {
    fn clone(&self) -> Self {
        Update { key: self.key.clone(), mode: self.mode, draft: self.draft.clone() }
    }
}

impl<E: Entity, M> fmt::Debug for Update<E, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Update");
        out.field("key", &self.key);
        // Requests are logged, so values are not shown.
        match &self.draft {
            Ok(draft) => {
                let paths = draft.actions.iter().map(|action| action.path().to_string());
                out.field("changes", &paths.collect::<Vec<_>>())
            }
            Err(error) => out.field("error", error),
        };
        out.finish()
    }
}

//! Changing fields of an item.

mod draft;
mod elements;
pub(super) mod index;
pub(super) mod known;
pub(super) mod memory;
mod set_together;

pub use set_together::{SetTogether, Setter};

use super::key::Key;
use super::prepared::Prepared;
use super::returning::{New, Old, Returns};
use super::transaction::{IntoWrite, SameTable};
use super::upsert::UpdateOrCreate;
use crate::access::read_entity;
use crate::backend::Backend;
use crate::error::{Error, Kind, Result};
use crate::expr::Action;
use crate::field::condition::stored;
use crate::field::form::{KnownForm, ListForm, NumberForm, SetForm};
use crate::field::role::{ComputeIn, IsElement, RememberedBy, Removable, SetIn};
use crate::field::{Condition, Field, FieldDef, IntoValue, Together};
use crate::request::{self, Returning, Write};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use crate::value::{Number, Value};
use draft::Draft;
use elements::{change_set, extend};
use known::Known;
use memory::Memory;
use serde::Serialize;
use std::fmt;

/// Changes fields of one item: from [`Key::update`] or [`Record::update`](super::Record::update).
///
/// The item has to be there, or [`or_create`](Update::or_create) says what to create. The
/// attributes of index keys that a field feeds are rewritten in the same request, or removed when a
/// part becomes `None`; a field whose index key needs more than the request knows cannot be set.
///
/// All changes see the item as it was before the request; no two may be of one place.
///
/// # Example: by key
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// Order::key("C001", "ORD-001").update().set(Order::NOTE, "gift").send(&shop).await?;
/// # Ok(()) }) }
/// ```
///
/// # Example: a counter
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// Customer::key("C001").update().increment(Customer::ORDER_COUNT, 1).send(&shop).await?;
/// # Ok(()) }) }
/// ```
///
/// # Example: a change of status, only from the one that was loaded
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
/// # Example: what the store computes
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
pub struct Update<E: Entity, M> {
    key: Key<E>,
    mode: M,
    draft: Result<Draft>,
}

impl<E: Entity, M: Known<E>> Update<E, M> {
    pub(super) fn new(key: Key<E>, mode: M) -> Self {
        Update { key, mode, draft: Ok(Draft::default()) }
    }

    pub(super) fn key(&self) -> &Key<E> {
        &self.key
    }

    fn with(mut self, change: impl FnOnce(&mut Draft) -> Result<()>) -> Self {
        if let Ok(draft) = &mut self.draft
            && let Err(error) = change(draft)
        {
            self.draft = Err(error.context(|| format!("{}::update", E::DEF.name)));
        }
        self
    }

    /// The field becomes this value; `None` removes it.
    pub fn set<F, T>(self, field: Field<E, F, T>, value: impl IntoValue<F, T>) -> Self
    where
        F: FieldDef<T, Role: SetIn<F, E, M>>,
        T: Send + Sync + 'static,
    {
        self.with(|draft| draft.set::<F, T>(field.into_path(), value.into_value()))
    }

    /// The fields become these values: all those that an index needs together, in the order of the
    /// constant.
    ///
    /// # Example: by key, where the sort key of an index is made of two fields
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let placed_at = Timestamp::UNIX_EPOCH;
    /// Order::key("C001", "ORD-001")
    ///     .update()
    ///     .set_together(Order::GSI2_KEY, (Status::Paid, placed_at))
    ///     .send(&shop)
    ///     .await?;
    /// # Ok(()) }) }
    /// ```
    pub fn set_together<F, T>(
        self,
        fields: Together<E, F, T>,
        values: impl SetTogether<F, T>,
    ) -> Self {
        let _ = fields;
        self.with(|draft| values.set_all(&mut set_together::Setter(draft)))
    }

    /// The field becomes this value if it holds none. Inside of a document, a `None` that was
    /// written with the document is null, and stays.
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

    /// The field holds nothing from now on.
    pub fn remove<F, T>(self, field: Field<E, F, T>) -> Self
    where
        F: FieldDef<T, Role: SetIn<F, E, M>>,
        T: Removable<F> + Send + Sync + 'static,
    {
        self.with(|draft| draft.set::<F, T>(field.into_path(), T::NOTHING))
    }

    /// The list has no such element from now on, or the map no such entry; elements behind it move
    /// up.
    pub fn remove_element<F: IsElement, T>(self, element: Field<E, F, T>) -> Self {
        self.with(|draft| draft.act(Action::Remove(element.into_path())))
    }

    /// The number is greater by this; one that is absent counts as 0.
    pub fn increment<F, T>(self, field: Field<E, F, T>, by: impl IntoValue<F, T>) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: KnownForm<F> + NumberForm<F>>,
    {
        self.add(field, by.into_value(), Some)
    }

    /// The number is less by this; one that is absent counts as 0. The store knows no bounds: add
    /// `.when(Item::STOCK.ge(1))` where the field's type has no numbers below 0.
    pub fn decrement<F, T>(self, field: Field<E, F, T>, by: impl IntoValue<F, T>) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: KnownForm<F> + NumberForm<F>>,
    {
        self.add(field, by.into_value(), |number| Number::from(0).checked_sub(number))
    }

    fn add<F: FieldDef<T>, T>(
        self,
        field: Field<E, F, T>,
        by: T,
        signed: fn(Number) -> Option<Number>,
    ) -> Self {
        self.with(|draft| {
            let path = field.into_path();
            match stored::<F, T>(&path, &by)? {
                Value::Number(number) => {
                    let number = signed(number).ok_or_else(|| {
                        let message = format!("the change of `{path}` is out of range");
                        Error::new(Kind::InvalidRequest, message)
                    })?;
                    draft.act(Action::Add(path, number))
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

    /// The list has these behind its elements.
    pub fn append<F, T, X, V>(
        self,
        field: Field<E, F, T>,
        elements: impl IntoIterator<Item = V>,
    ) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: ListForm<F, Element = X>>,
        V: IntoValue<F, X>,
        X: Serialize,
    {
        self.with(|draft| extend::<F, _, _>(draft, field.into_path(), elements, Action::Append))
    }

    /// The list has these before its elements.
    pub fn prepend<F, T, X, V>(
        self,
        field: Field<E, F, T>,
        elements: impl IntoIterator<Item = V>,
    ) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: ListForm<F, Element = X>>,
        V: IntoValue<F, X>,
        X: Serialize,
    {
        self.with(|draft| extend::<F, _, _>(draft, field.into_path(), elements, Action::Prepend))
    }

    /// The set has these, too.
    pub fn union<F, T, X, V>(
        self,
        field: Field<E, F, T>,
        elements: impl IntoIterator<Item = V>,
    ) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: SetForm<F, Element = X>>,
        V: IntoValue<F, X>,
        X: Serialize,
    {
        self.with(|draft| change_set::<F, _, _>(draft, field.into_path(), elements, Action::Union))
    }

    /// The set has none of these from now on.
    pub fn difference<F, T, X, V>(
        self,
        field: Field<E, F, T>,
        elements: impl IntoIterator<Item = V>,
    ) -> Self
    where
        F: FieldDef<T, Role: ComputeIn<F, E>, Form: SetForm<F, Element = X>>,
        V: IntoValue<F, X>,
        X: Serialize,
    {
        self.with(|draft| {
            change_set::<F, _, _>(draft, field.into_path(), elements, Action::Difference)
        })
    }

    /// Changes only if the stored item is so. Of several, all have to hold.
    pub fn when(self, condition: Condition<E>) -> Self {
        self.with(|draft| {
            condition.into_expr()?.require(&mut draft.condition);
            Ok(())
        })
    }

    /// Gives back the item as it was before.
    pub fn returning_old(self) -> Returns<Self, Old> {
        Returns::new(self)
    }

    /// Gives back the item as it is now.
    pub fn returning_new(self) -> Returns<Self, New> {
        Returns::new(self)
    }

    /// Creates this entity, as it is, if there is none with its key; the changes, and what
    /// [`when`](Update::when) asks, are for the one that is there. Of an entity with a version, begin
    /// with its key: the version of one that was never stored is that of no item.
    ///
    /// It is one request if the item is there, and two if not.
    ///
    /// # Example: count a visit, the first one too
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let first = Page { url: "/hats".into(), visits: 1 };
    /// for _ in 0..2 {
    ///     first.update().increment(Page::VISITS, 1).or_create(&first).send(&shop).await?;
    /// }
    /// assert_eq!(Page::get("/hats").send(&shop).await?.map(|page| page.visits), Some(2));
    /// # Ok(()) }) }
    /// ```
    pub fn or_create(self, entity: &E) -> UpdateOrCreate<'_, E, M> {
        UpdateOrCreate::new(self, entity)
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key), [`is_encode`](Error::is_encode) and
    /// [`is_invalid_request`](Error::is_invalid_request) before any I/O;
    /// [`is_not_found`](Error::is_not_found) if there is no such item;
    /// [`is_condition_failed`](Error::is_condition_failed) if a condition does not hold,
    /// [`is_conflict`](Error::is_conflict) if the stored item has another version,
    /// [`is_stale`](Error::is_stale) if an index key would have been made of fields that are not
    /// what they were when the entity was loaded, each with the stored item as
    /// [`current`](Error::current); [`is_unique_violation`](Error::is_unique_violation) if a new
    /// value is taken.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<()> {
        let prepared = self.prepare(table.backend())?;
        prepared.send(table.backend(), E::Table::DEF).await?;
        Ok(())
    }

    pub(super) fn prepare<B: Backend>(&self, backend: &B) -> Result<Prepared<B::Item>> {
        let prepared = index::prepare(backend, &self.key, &self.mode, self.draft.clone());
        prepared.map_err(|error| error.context(|| format!("{}::update", E::DEF.name)))
    }

    /// The request as plain data, for logs and tests. The writes of unique guards are not among it.
    ///
    /// # Errors
    ///
    /// As [`send`](Update::send), before any I/O.
    pub fn request<B: Backend>(&self, backend: &B) -> Result<request::Update> {
        match self.prepare(backend)?.own {
            Write::Update(update) => Ok(update),
            _ => Err(super::prepared::cancelled()),
        }
    }
}

impl<E: Entity, M: Known<E>> Update<E, M> {
    /// Changes only if the stored item still has this field as it was loaded. Of a loaded entity
    /// only.
    pub fn if_unchanged<F, T>(self, field: Field<E, F, T>) -> Self
    where
        F: FieldDef<T> + RememberedBy<M, E>,
    {
        let mode = self.mode;
        let _ = field;
        self.with(|draft| {
            if let Some(entity) = mode.entity() {
                Memory::of(entity)?.unchanged::<E>(F::NAME)?.require(&mut draft.condition);
            }
            Ok(())
        })
    }
}

macro_rules! returns {
    ($which:ident) => {
        impl<E: Entity, M: Known<E>> Returns<Update<E, M>, $which> {
            /// Sends the request.
            ///
            /// # Errors
            ///
            /// As [`Update::send`]; [`is_unsupported`](Error::is_unsupported) if unique fields
            /// change, because their transaction gives nothing back.
            pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<E> {
                let context = || format!("{}::update", E::DEF.name);
                let prepared = self.request.prepare(table.backend())?;
                let prepared = prepared.returning(Returning::$which)?;
                let item = prepared.send(table.backend(), E::Table::DEF).await?;
                let mut item = item.ok_or_else(|| {
                    Error::new(Kind::Decode, "the store gave no item back").context(context)
                })?;
                read_entity(&mut item).map_err(|error| error.context(context))
            }
        }
    };
}
returns!(Old);
returns!(New);

impl<S, E: Entity<Table: SameTable<S, E>>, M: Known<E>> IntoWrite<S> for Update<E, M> {
    fn into_write<B: Backend>(self, backend: &B) -> Result<Prepared<B::Item>> {
        let mut prepared = self.prepare(backend)?;
        // A transaction takes no update without changes, but what it asks can be checked.
        if let Write::Update(update) = &mut prepared.own
            && update.actions.is_empty()
            && let Some(condition) = update.condition.take()
        {
            let request::Update { table, entity, key, .. } = update.clone();
            prepared.own = Write::Check(request::Check::new(table, entity, key, condition));
        }
        Ok(prepared)
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
        // Values are not shown: requests are logged.
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

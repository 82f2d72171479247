//! `EntityExt`: the requests that begin with an entity.

use super::advance::Advance;
use super::create::Create;
use super::delete::Delete;
use super::get_many::{GetMany, IntoKey};
use super::move_to::Move;
use super::put::Put;
use super::support::Held;
use super::update::Update;
use crate::entity::Key;
use crate::field::role::{AdvanceIn, Loaded, Stateless, Unguarded};
use crate::field::{Field, FieldDef};
use crate::schema::{Entity, Step};
use std::sync::Arc;

/// The requests that begin with an entity. Every [`Entity`] implements this trait.
///
/// | to | write |
/// |---|---|
/// | write a whole item | [`order.create()`](EntityExt::create), [`order.put()`](EntityExt::put) |
/// | change fields of a loaded item | [`order.update().set(..)`](EntityExt::update) |
/// | go to the next state of a workflow | [`order.advance(..)`](EntityExt::advance), [`Order::key(..).advance(..)`](crate::Key::advance) |
/// | change fields by key | [`Order::key(..).update().set(..)`](crate::Key::update) |
/// | delete a loaded item, or by key | [`order.delete()`](EntityExt::delete), [`Order::key(..).delete()`](crate::Key::delete) |
/// | read an item by key | `Order::get(..)`, which the derive adds to the struct |
///
/// Every request is sent with `.send(&table)`.
///
/// These methods are in a trait of the prelude, so that your struct can have a method of the same name,
/// which then takes precedence.
pub trait EntityExt: Entity {
    /// Writes the whole item. If there is an item with its key, replaces it.
    ///
    /// If the entity shares its keys (`shares = ..`), an item of another entity is not replaced: the request
    /// fails with [`is_condition_failed`](crate::Error::is_condition_failed).
    ///
    /// If the entity has a version, only the item that was loaded is replaced. The request fails with
    /// [`is_conflict`](crate::Error::is_conflict) if the stored item has another version or no longer
    /// exists.
    #[doc(alias("PutItem", "save", "upsert", "insert", "replace"))]
    fn put(&self) -> Put<'_, Self>
    where
        Self::Rules: Unguarded<Self> + Stateless<Self>,
    {
        Put::new(Held::Borrowed(self))
    }

    /// Like [`put`](EntityExt::put), with a request that owns the entity.
    fn into_put(self) -> Put<'static, Self>
    where
        Self::Rules: Unguarded<Self> + Stateless<Self>,
    {
        Put::new(Held::Owned(Arc::new(self)))
    }

    /// Writes the whole item, if there is no item with its key.
    ///
    /// The request fails with [`is_condition_failed`](crate::Error::is_condition_failed) if there is
    /// one, and with [`is_unique_violation`](crate::Error::is_unique_violation) if another item has
    /// one of its unique values.
    ///
    /// # Example: see which item has the key
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let order = order("ORD-001", 100);
    /// match order.create().send(&shop).await {
    ///     Ok(()) => println!("created"),
    ///     Err(error) if error.is_condition_failed() => {
    ///         println!("taken by {:?}", error.current::<Order>());
    ///     }
    ///     Err(error) => return Err(error),
    /// }
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("PutItem", "insert", "attribute_not_exists"))]
    fn create(&self) -> Create<'_, Self> {
        Create::new(Held::Borrowed(self))
    }

    /// Like [`create`](EntityExt::create), with a request that owns the entity. So a function can return
    /// the request, and it can be kept.
    ///
    /// # Example: a function that prepares a request
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # use monotable::Create;
    /// fn place(order_id: &str) -> Create<'static, Order> {
    ///     order(order_id, 4_500).into_create()
    /// }
    ///
    /// place("ORD-003").send(&shop).await?;
    /// # Ok(()) }) }
    /// ```
    fn into_create(self) -> Create<'static, Self> {
        Create::new(Held::Owned(Arc::new(self)))
    }

    /// Changes fields of the stored item, which has to exist. It writes what is added to it, such as by
    /// [`set`](crate::Update::set), and not what was changed in this struct: without any, it is an error.
    ///
    /// The request also rewrites the index keys that contain these fields. Other fields of these keys
    /// are taken from this entity; the request fails with [`is_stale`](crate::Error::is_stale) if the
    /// stored item has other values there.
    #[doc(alias = "UpdateItem")]
    fn update(&self) -> Update<Self, Loaded<'_, Self>> {
        Update::new(Key::of(self), Loaded(self))
    }

    /// Takes the item to the next state of a workflow, in one conditional update, as
    /// [`Key::advance`](crate::Key::advance) does by key.
    ///
    /// With the loaded entity, the keys of all indexes can be rewritten: what they have besides the state is taken
    /// from this entity, and the request fails with [`is_stale`](crate::Error::is_stale) if the stored item has
    /// other values there. If the entity has a version, the request fails with
    /// [`is_conflict`](crate::Error::is_conflict) if the stored item has another one. In which state this struct
    /// is does not matter, but the state of the stored item.
    fn advance<'a, F, W, S>(
        &'a self,
        field: Field<Self, F, W>,
        step: S,
    ) -> Advance<Self, Loaded<'a, Self>, S::Adds>
    where
        S: Step,
        F: FieldDef<W, Role: AdvanceIn<F, Self, Loaded<'a, Self>, W, S::Workflow>>,
        W: Send + Sync + 'static,
    {
        self.update().advance(field, step)
    }

    /// Deletes the item with this entity's key, whatever values it holds. It is no error if the item
    /// does not exist.
    ///
    /// If the entity has a version or unique fields, only the item that was loaded is deleted. The
    /// request fails if the stored item has another version or other unique values.
    #[doc(alias("DeleteItem", "remove"))]
    fn delete(&self) -> Delete<Self> {
        Delete::loaded(self)
    }

    /// Moves the item to the key of `new`: deletes this item and creates `new` in one transaction.
    ///
    /// The item is moved only if it has not changed since this entity was loaded: its version has to
    /// be the same or, without a version, the values of all fields.
    ///
    /// # Example: move an order to another customer
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let order = order("ORD-001", 4_500);
    /// let new = Order { customer_id: "C002".into(), ..order.clone() };
    /// order.move_to(&new).send(&shop).await?;
    /// assert_eq!(Order::get("C001", "ORD-001").send(&shop).await?, None);
    /// # Ok(()) }) }
    /// ```
    fn move_to<'a>(&'a self, new: &'a Self) -> Move<'a, Self> {
        Move::new(self, new)
    }

    /// Reads many items by their keys. It also takes the [`Projected`](crate::Projected) entries that a query of an
    /// index returns, so that `Order::get_many(page.items)` reads the whole items.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let ids = ["ORD-002", "ORD-007"];
    /// let many = Order::get_many(ids.map(|id| Order::key("C001", id))).send(&shop).await?;
    /// assert_eq!(many.missing, [Order::key("C001", "ORD-007")]);
    /// assert_eq!(many.found().len(), 1);
    /// # Ok(()) }) }
    /// ```
    #[doc(alias = "BatchGetItem")]
    fn get_many(keys: impl IntoIterator<Item: IntoKey<Self>>) -> GetMany<Self> {
        GetMany::new(keys.into_iter().map(IntoKey::into_key))
    }

    /// Returns the entity's primary key.
    fn primary_key(&self) -> Key<Self> {
        Key::of(self)
    }
}

impl<E: Entity> EntityExt for E {}

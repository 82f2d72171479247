//! `get`: reads one item by its primary key.

use crate::backend::{At as _, Backend, Item, Origin, Verb};
use crate::cost::Cost;
use crate::entity::{
    AllFields, Attributes, Key, Only, Projection, decode_living, names_of, other_entity,
};
use crate::error::Result;
use crate::expiry::is_past;
use crate::request;
use crate::schema::{Entity, Schema};
use crate::table::Table;
use std::fmt;
use std::marker::PhantomData;

impl<E: Entity> Key<E> {
    /// Reads the item with this key.
    pub fn get(self) -> Get<E> {
        Get { key: self, consistent: false, types: PhantomData }
    }
}

/// Reads one item by its primary key. `O` is what is read of it: [`AllFields`], or [`Only`] those of a
/// [projection](Get::project).
#[must_use = "a request does nothing until it is sent"]
#[doc(alias = "GetItem")]
pub struct Get<E: Entity, O = AllFields> {
    key: Key<E>,
    consistent: bool,
    types: PhantomData<fn() -> O>,
}

/// What a get reads of an item of entity `E`.
pub trait ReadsLiving<E: Entity> {
    /// What is returned.
    type Output: Send + 'static;

    /// The stored names of the attributes besides the key; `None` for all.
    fn names() -> Option<Vec<&'static str>>;

    /// Decodes the item, unless it has expired.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the item is not of entity `E`.
    fn read<D: Item>(item: D) -> Result<Option<Self::Output>>;
}

impl<E: Entity> ReadsLiving<E> for AllFields {
    type Output = E;

    fn names() -> Option<Vec<&'static str>> {
        None
    }

    fn read<D: Item>(item: D) -> Result<Option<E>> {
        decode_living(Some(item))
    }
}

impl<E: Entity, P: Projection<E>> ReadsLiving<E> for Only<P> {
    type Output = P;

    fn names() -> Option<Vec<&'static str>> {
        Some(names_of::<E, P>())
    }

    fn read<D: Item>(mut item: D) -> Result<Option<P>> {
        if other_entity::<E, D>(&item).is_some() {
            return Ok(None);
        }
        let attributes = Attributes::of_item(&mut item)?;
        let living = !is_past(attributes.expires());
        living.then(|| P::read(&attributes)).transpose()
    }
}

impl<E: Entity> Get<E> {
    /// Reads only the fields of the projection `P`, which is a struct with `#[derive(Projection)]`. The store
    /// charges for the whole item nevertheless, as in [`Query::project`](crate::Query::project).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// #[derive(Projection)]
    /// #[projection(of = Order)]
    /// struct OrderLine {
    ///     total: u64,
    /// }
    ///
    /// let line = Order::get("C001", "ORD-001").project::<OrderLine>().send(&shop).await?;
    /// assert_eq!(line.unwrap().total, 4_500);
    /// # Ok(()) }) }
    /// ```
    #[doc(alias = "ProjectionExpression")]
    pub fn project<P: Projection<E>>(self) -> Get<E, Only<P>> {
        Get { key: self.key, consistent: self.consistent, types: PhantomData }
    }
}

impl<E: Entity, O: ReadsLiving<E>> Get<E, O> {
    const ORIGIN: Origin = Origin::Entity(E::DEF.name, Verb::Get);

    /// Uses a strongly consistent read, at twice the read cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Sends the request. Returns `None` if there is no such item. If the entity shares its keys (`shares = ..`),
    /// an item of another entity is no such item, either.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) before any I/O;
    /// [`is_decode`](crate::Error::is_decode) if the item is not an `E`; the errors of the backend.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Option<O::Output>> {
        Ok(self.run(table).await?.0)
    }

    /// Sends the request, and also returns its cost.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Get::send).
    ///
    /// # Example: compare the cost of a consistent read
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let get = Order::get("C001", "ORD-001");
    /// let (_, cost) = get.clone().send_with_cost(&shop).await?;
    /// let (_, consistent) = get.consistent().send_with_cost(&shop).await?;
    /// assert_eq!((cost.read_units.get(), consistent.read_units.get()), (0.5, 1.0));
    /// # Ok(()) }) }
    /// ```
    pub async fn send_with_cost<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<(Option<O::Output>, Cost)> {
        self.run(table).await
    }

    async fn run<B: Backend>(
        &self,
        table: &Table<E::Table, B>,
    ) -> Result<(Option<O::Output>, Cost)> {
        let client = table.client(Self::ORIGIN);
        let fetched = client.get(self.request().at(client.origin)?).await?;
        let read = fetched.item.map(O::read).transpose().at(client.origin)?;
        Ok((read.flatten(), fetched.cost))
    }

    /// Returns the request as plain data, for logs and tests.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part of the key cannot be written.
    pub fn request(&self) -> Result<request::Get> {
        let mut request = request::Get::new(E::Table::DEF, E::DEF.name, self.key.render()?);
        request.consistent = self.consistent;
        request.attributes = O::names().map(|names| {
            let keys = [request.table.pk, request.table.sk];
            keys.into_iter().chain(names).collect()
        });
        Ok(request)
    }
}

impl<E: Entity, O> Clone for Get<E, O> {
    fn clone(&self) -> Self {
        Get { key: self.key.clone(), consistent: self.consistent, types: PhantomData }
    }
}

impl<E: Entity, O> fmt::Debug for Get<E, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Get").field("key", &self.key).field("consistent", &self.consistent).finish()
    }
}

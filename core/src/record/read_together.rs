//! Items as they are at one moment.

use super::key::Get;
use super::transaction::SameTable;
use crate::access::read_entity;
use crate::backend::{Backend, CrossPartitionTransactions};
use crate::error::{Error, Kind, Result};
use crate::expiry::is_past;
use crate::item::Item;
use crate::request::{self, TransactGet};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use crate::trace;
use std::fmt;
use std::marker::PhantomData;

/// Gets of table `S`, as a tuple or a list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of gets of table `{S}`: give a tuple such as `(Order::get(..), Customer::get(..))` or a `Vec` of gets",
    label = "not gets of table `{S}`"
)]
pub trait Together<S>: Sized {
    /// An `Option` of the entity for each get.
    type Output;

    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn gets(&self) -> Result<Vec<request::Get>>;

    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn read<I: Item>(items: Vec<Option<I>>) -> Result<Self::Output>;
}

/// Reads items as they are at one moment: from [`Table::read_together`].
#[must_use = "a request does nothing until it is sent"]
pub struct ReadTogether<S, B, G> {
    backend: B,
    gets: G,
    schema: PhantomData<fn() -> S>,
}

impl<S: Schema, B: CrossPartitionTransactions> Table<S, B> {
    /// Reads up to 100 items as they are at one moment: a tuple of gets, or a `Vec` of them.
    ///
    /// It costs twice as much as consistent gets.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let (customer, order) = shop
    ///     .read_together((Customer::get("C001"), Order::get("C001", "ORD-001")))
    ///     .send()
    ///     .await?;
    /// # assert!(customer.is_some() && order.is_some());
    /// # Ok(()) }) }
    /// ```
    pub fn read_together<G: Together<S>>(&self, gets: G) -> ReadTogether<S, B, G> {
        ReadTogether { backend: self.backend().clone(), gets, schema: PhantomData }
    }
}

impl<S: Schema, B: Backend, G: Together<S>> ReadTogether<S, B, G> {
    /// Reads the items; `None` for each that is not there.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key), [`is_too_large`](Error::is_too_large) for more
    /// than 100 gets and [`is_invalid_request`](Error::is_invalid_request) for two gets of one item
    /// before any I/O; [`is_conflict`](Error::is_conflict) if a transaction was writing one of the
    /// items; [`is_decode`](Error::is_decode) if an item is of another entity.
    pub async fn send(self) -> Result<G::Output> {
        let context = |error: Error| error.context(|| format!("{}::read_together", S::DEF.name));
        let gets = self.gets.gets().map_err(context)?;
        check::<B>(&gets).map_err(context)?;
        if gets.is_empty() {
            return G::read::<B::Item>(Vec::new()).map_err(context);
        }
        let span = trace::span(&self.backend, S::DEF, "TransactGetItems", None, None);
        let sent = self.backend.transact_get(TransactGet::new(S::DEF, gets));
        let found = trace::run(span, sent, |found| Some(found.cost)).await.map_err(context)?;
        G::read(found.items).map_err(context)
    }
}

fn check<B: Backend>(gets: &[request::Get]) -> Result<()> {
    let most = B::LIMITS.transaction;
    if gets.len() > most {
        let message = format!("has {} gets, and takes {most}: split it", gets.len());
        return Err(Error::new(Kind::TooLarge, message));
    }
    let mut keys = std::collections::HashSet::with_capacity(gets.len());
    match gets.iter().find(|get| !keys.insert(&get.key)) {
        Some(twice) => {
            let message = format!("reads item `{}` twice: ask for it once", twice.key);
            Err(Error::new(Kind::InvalidRequest, message))
        }
        None => Ok(()),
    }
}

/// The next item as an `E`.
fn next<E: Entity, I: Item>(items: &mut std::vec::IntoIter<Option<I>>) -> Result<Option<E>> {
    let found = items.next().flatten().as_mut().map(read_entity::<E, I>).transpose()?;
    Ok(found.filter(|entity| !is_past(entity.expires())))
}

impl<S, E: Entity<Table: SameTable<S, E>>> Together<S> for Vec<Get<E>> {
    type Output = Vec<Option<E>>;

    fn gets(&self) -> Result<Vec<request::Get>> {
        self.iter().map(Get::request).collect()
    }

    fn read<I: Item>(items: Vec<Option<I>>) -> Result<Self::Output> {
        let count = items.len();
        let mut items = items.into_iter();
        (0..count).map(|_| next(&mut items)).collect()
    }
}

macro_rules! tuples {
    ($($($e:ident)*;)*) => {$(
        impl<S, $($e: Entity<Table: SameTable<S, $e>>),*> Together<S> for ($(Get<$e>,)*) {
            type Output = ($(Option<$e>,)*);

            #[allow(non_snake_case)]
            fn gets(&self) -> Result<Vec<request::Get>> {
                let ($($e,)*) = self;
                Ok(vec![$($e.request()?),*])
            }

            fn read<I: Item>(items: Vec<Option<I>>) -> Result<Self::Output> {
                let mut items = items.into_iter();
                Ok(($(next::<$e, I>(&mut items)?,)*))
            }
        }
    )*};
}

tuples! {
    E1;
    E1 E2;
    E1 E2 E3;
    E1 E2 E3 E4;
    E1 E2 E3 E4 E5;
    E1 E2 E3 E4 E5 E6;
    E1 E2 E3 E4 E5 E6 E7;
    E1 E2 E3 E4 E5 E6 E7 E8;
    E1 E2 E3 E4 E5 E6 E7 E8 E9;
    E1 E2 E3 E4 E5 E6 E7 E8 E9 E10;
    E1 E2 E3 E4 E5 E6 E7 E8 E9 E10 E11;
    E1 E2 E3 E4 E5 E6 E7 E8 E9 E10 E11 E12;
}

impl<S, B: Clone, G: Clone> Clone for ReadTogether<S, B, G> {
    fn clone(&self) -> Self {
        let (backend, gets) = (self.backend.clone(), self.gets.clone());
        ReadTogether { backend, gets, schema: PhantomData }
    }
}

impl<S, B, G: fmt::Debug> fmt::Debug for ReadTogether<S, B, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadTogether").field("gets", &self.gets).finish()
    }
}

//! `transact_get`: reads several items in one transaction.

mod partition;

pub use partition::HasAll;

use super::get::Get;
use super::get_shared::{GetShared, living};
use super::support::{InTable, SameTable, check_partition};
use crate::backend::{
    At as _, Backend, CrossPartitionTransactions, Item, Origin, TransactGets, Verb, transact_gets,
};
use crate::entity::decode_living;
use crate::error::{Error, Kind, Result};
use crate::request;
use crate::schema::{Entity, KeySpace, Schema};
use crate::table::Table;
use std::fmt;

/// A tuple or a `Vec` of gets of table `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of gets of table `{S}`: give a tuple such as `(Order::get(..), Customer::get(..))` or a `Vec` of gets",
    label = "not gets of table `{S}`"
)]
pub trait Gets<S>: Sized {
    /// The result: an `Option` for each get, of the entity or of the enum of the key space.
    type Output;

    /// The entities of the gets, as a tuple.
    #[doc(hidden)]
    type Entities;

    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn gets(&self) -> Result<Vec<request::Get>>;

    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn read<I: Item>(items: Vec<Option<I>>) -> Result<Self::Output>;
}

/// A get of table `S`: of an entity, or of a key space.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a get of table `{S}`: give a tuple such as `(Order::get(..), Customer::get(..))` or a `Vec` of gets",
    label = "not a get of table `{S}`"
)]
pub trait OneGet<S>: Sized {
    /// What is read.
    type Found;

    /// The entity that is read, or the first one of the key space.
    #[doc(hidden)]
    type Entity;

    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn to_plain(&self) -> Result<request::Get>;

    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn found<I: Item>(item: Option<I>) -> Result<Option<Self::Found>>;
}

impl<S, E: Entity<Table: SameTable<S, E>>> OneGet<S> for Get<E> {
    type Found = E;
    type Entity = InTable<S, E>;

    fn to_plain(&self) -> Result<request::Get> {
        self.request()
    }

    fn found<I: Item>(item: Option<I>) -> Result<Option<E>> {
        decode_living(item)
    }
}

impl<S, K: KeySpace<Table: SameTable<S, K>>> OneGet<S> for GetShared<K> {
    type Found = K;
    type Entity = K::First;

    fn to_plain(&self) -> Result<request::Get> {
        self.request()
    }

    fn found<I: Item>(item: Option<I>) -> Result<Option<K>> {
        living(item)
    }
}

/// Reads several items in one transaction: from [`Table::transact_get`].
#[must_use = "a request does nothing until it is sent"]
#[doc(alias = "TransactGetItems")]
pub struct TransactGet<S, B: Backend, G> {
    table: Table<S, B>,
    /// The partition key of all items, if the transaction is in one partition.
    partition: Result<Option<String>>,
    gets: G,
    transact: TransactGets<B>,
}

impl<S: Schema, B: Backend> Table<S, B> {
    /// Reads up to 100 items in one transaction, so that all of them are from the same moment. The
    /// gets are given as a tuple or as a `Vec`.
    ///
    /// This costs twice as much as strongly consistent gets.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let (customer, order) = shop
    ///     .transact_get((Customer::get("C001"), Order::get("C001", "ORD-001")))
    ///     .send()
    ///     .await?;
    /// # assert!(customer.is_some() && order.is_some());
    /// # Ok(()) }) }
    /// ```
    pub fn transact_get<G: Gets<S>>(&self, gets: G) -> TransactGet<S, B, G>
    where
        B: CrossPartitionTransactions,
    {
        TransactGet { table: self.clone(), partition: Ok(None), gets, transact: transact_gets }
    }
}

impl<S: Schema, B: Backend, G: Gets<S>> TransactGet<S, B, G> {
    /// Sends the request. Returns `None` for each item that does not exist.
    ///
    /// # Errors
    ///
    /// Before any I/O: [`is_invalid_key`](Error::is_invalid_key),
    /// [`is_too_large`](Error::is_too_large) for more than 100 gets, and
    /// [`is_invalid_request`](Error::is_invalid_request) for two gets of the same item, and for an item that is
    /// not in the partition of [`transact_get_in`](Table::transact_get_in).
    ///
    /// Later: [`is_conflict`](Error::is_conflict) if a transaction was writing one of the items;
    /// [`is_decode`](Error::is_decode) if an item is of another entity; the errors of the backend.
    pub async fn send(self) -> Result<G::Output> {
        let partition = self.partition?;
        let verb = if partition.is_some() { Verb::TransactGetIn } else { Verb::TransactGet };
        let origin = Origin::Table(S::DEF.name, verb);
        let client = self.table.client(origin);
        let gets = self.gets.gets().at(origin)?;
        check::<B>(&gets).at(origin)?;
        if let Some(partition) = &partition {
            let mut gets = gets.iter().enumerate();
            gets.try_for_each(|(at, get)| check_partition(partition, at, get.entity, &get.key))
                .at(origin)?;
        }
        let items = if gets.is_empty() {
            Vec::new()
        } else {
            let request = request::TransactGet::new(S::DEF, gets);
            client.transact_get(self.transact, request).await?.items
        };
        G::read(items).at(origin)
    }
}

fn check<B: Backend>(gets: &[request::Get]) -> Result<()> {
    let most = B::LIMITS.transaction;
    if gets.len() > most {
        let message = format!("has {} gets, but at most {most} are allowed: split it", gets.len());
        return Err(Error::new(Kind::TooLarge, message));
    }
    let mut keys = std::collections::HashSet::with_capacity(gets.len());
    match gets.iter().find(|get| !keys.insert(&get.key)) {
        Some(twice) => {
            let message = format!("reads item `{}` twice: read it only once", twice.key);
            Err(Error::new(Kind::InvalidRequest, message))
        }
        None => Ok(()),
    }
}

impl<S, G: OneGet<S>> Gets<S> for Vec<G> {
    type Output = Vec<Option<G::Found>>;
    type Entities = (G::Entity,);

    fn gets(&self) -> Result<Vec<request::Get>> {
        self.iter().map(G::to_plain).collect()
    }

    fn read<I: Item>(items: Vec<Option<I>>) -> Result<Self::Output> {
        items.into_iter().map(G::found).collect()
    }
}

macro_rules! tuples {
    ($($($g:ident)*;)*) => {$(
        impl<S, $($g: OneGet<S>),*> Gets<S> for ($($g,)*) {
            type Output = ($(Option<$g::Found>,)*);
            type Entities = ($($g::Entity,)*);

            #[allow(non_snake_case)]
            fn gets(&self) -> Result<Vec<request::Get>> {
                let ($($g,)*) = self;
                Ok(vec![$($g.to_plain()?),*])
            }

            fn read<I: Item>(items: Vec<Option<I>>) -> Result<Self::Output> {
                let mut items = items.into_iter();
                Ok(($($g::found(items.next().flatten())?,)*))
            }
        }
    )*};
}

tuples! {
    G1;
    G1 G2;
    G1 G2 G3;
    G1 G2 G3 G4;
    G1 G2 G3 G4 G5;
    G1 G2 G3 G4 G5 G6;
    G1 G2 G3 G4 G5 G6 G7;
    G1 G2 G3 G4 G5 G6 G7 G8;
    G1 G2 G3 G4 G5 G6 G7 G8 G9;
    G1 G2 G3 G4 G5 G6 G7 G8 G9 G10;
    G1 G2 G3 G4 G5 G6 G7 G8 G9 G10 G11;
    G1 G2 G3 G4 G5 G6 G7 G8 G9 G10 G11 G12;
}

impl<S, B: Backend, G: Clone> Clone for TransactGet<S, B, G> {
    fn clone(&self) -> Self {
        let (table, partition) = (self.table.clone(), self.partition.clone());
        TransactGet { table, partition, gets: self.gets.clone(), transact: self.transact }
    }
}

impl<S, B: Backend, G: fmt::Debug> fmt::Debug for TransactGet<S, B, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("TransactGet");
        if let Ok(Some(partition)) = &self.partition {
            out.field("partition", partition);
        }
        out.field("gets", &self.gets).finish()
    }
}

//! `Returns`: writes that return the old or the new item.

use super::prepared::Prepared;
use crate::backend::Item;
use crate::entity::{decode_entity, decode_living};
use crate::error::{Error, Result};
use crate::request::{Delete, Put, Returning, Update};
use crate::schema::Entity;
use std::marker::PhantomData;

/// Marks a request that returns the item as it was before the write.
#[derive(Debug, Clone, Copy)]
pub enum Old {}
/// Marks a request that returns the item as it is after the write.
#[derive(Debug, Clone, Copy)]
pub enum New {}

/// Sends the request `R`, and returns the [`Old`] or the [`New`] item.
#[derive(Debug, Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Returns<R, W> {
    pub(crate) request: R,
    which: PhantomData<fn() -> W>,
}

impl<R, W> Returns<R, W> {
    pub(crate) fn new(request: R) -> Self {
        Returns { request, which: PhantomData }
    }
}

/// Requests that can return an item.
pub(crate) trait SetReturning {
    fn set_returning(&mut self, which: Returning);
}

macro_rules! set_returning {
    ($([$($generic:ident)?] $request:ty;)*) => {$(
        impl$(<$generic>)? SetReturning for $request {
            fn set_returning(&mut self, which: Returning) {
                self.returning = which;
            }
        }
    )*};
}
set_returning! {
    [I] Put<I>;
    [] Update;
    [] Delete;
}

/// Decodes the item that a write has returned. If it cannot be decoded, the error says that the write
/// happened.
pub(crate) fn returned<E: Entity, I: Item>(mut item: I) -> Result<E> {
    decode_entity(&mut item).map_err(Error::after_write)
}

/// Decodes the old item that a write has returned, if there was one that had not expired.
pub(crate) fn returned_old<E: Entity, I: Item>(item: Option<I>) -> Result<Option<E>> {
    decode_living(item).map_err(Error::after_write)
}

impl<I: Item, W> Prepared<I, W> {
    /// Asks the store to return an item. A transaction ignores it.
    pub(crate) fn returning(mut self, which: Returning) -> Self
    where
        W: SetReturning,
    {
        self.own.set_returning(which);
        self
    }
}

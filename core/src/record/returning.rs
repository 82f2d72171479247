//! Writes that give an item back.

use super::prepared::Prepared;
use crate::error::{Error, Kind, Result};
use crate::item::Item;
use crate::request::{Returning, Write};
use std::marker::PhantomData;

/// Gives back the item as it was before.
#[derive(Debug, Clone, Copy)]
pub enum Old {}
/// Gives back the item as it is now.
#[derive(Debug, Clone, Copy)]
pub enum New {}

/// The request `R`, giving back the [`Old`] or the [`New`] item.
#[derive(Debug, Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Returns<R, W> {
    pub(super) request: R,
    which: PhantomData<fn() -> W>,
}

impl<R, W> Returns<R, W> {
    pub(super) fn new(request: R) -> Self {
        Returns { request, which: PhantomData }
    }
}

impl<I: Item> Prepared<I> {
    /// Asks for an item back.
    pub(super) fn returning(mut self, which: Returning) -> Result<Self> {
        if !self.guards.is_empty() {
            let message = "writes unique guards with the item, in a transaction, and those give \
                           nothing back: send it without `returning_old` and `returning_new`";
            let error = Error::new(Kind::Unsupported, message);
            return Err(error.context(|| self.explain.place()));
        }
        match &mut self.own {
            Write::Put(put) => put.returning = which,
            Write::Update(update) => update.returning = which,
            Write::Delete(delete) => delete.returning = which,
            Write::Check(_) => {}
        }
        Ok(self)
    }
}

//! Updates that create the item if there is none.

use super::put::Record as _;
use super::returning::{New, Returns};
use super::update::Update;
use super::update::known::Known;
use crate::backend::Backend;
use crate::error::{Error, Kind, Result};
use crate::schema::Entity;
use crate::table::Table;
use std::fmt;

/// How often a race of others' creates and deletes is run after.
const ATTEMPTS: usize = 8;

/// Changes the item that is there, or creates this one: from
/// [`Update::or_create`](super::Update::or_create).
#[must_use = "a request does nothing until it is sent"]
pub struct UpdateOrCreate<'a, E: Entity, M> {
    update: Update<E, M>,
    entity: &'a E,
}

impl<'a, E: Entity, M: Known<E>> UpdateOrCreate<'a, E, M> {
    pub(super) fn new(update: Update<E, M>, entity: &'a E) -> Self {
        UpdateOrCreate { update, entity }
    }

    /// Gives back the item as it is now.
    pub fn returning_new(self) -> Returns<Self, New> {
        Returns::new(self)
    }

    /// Sends the update, and if there is no item, a create; each happens wholly or not at all.
    ///
    /// # Errors
    ///
    /// As [`Update::send`], except for `is_not_found`, and as a create's
    /// [`send`](super::Put::send); [`is_conflict`](Error::is_conflict) if others create and delete
    /// the item again and again; [`is_invalid_request`](Error::is_invalid_request) if the entity has
    /// another key than the update.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<()> {
        self.check_key()?;
        for _ in 0..ATTEMPTS {
            match self.update.clone().send(table).await {
                Err(error) if error.is_not_found() => {}
                result => return result,
            }
            match self.entity.create().send(table).await {
                Err(error) if error.is_condition_failed() => {}
                result => return result,
            }
        }
        Err(raced::<E>())
    }

    /// An item under another key would be created beside the one that is updated.
    fn check_key(&self) -> Result<()> {
        let (own, new) = (self.update.key().render()?, self.entity.primary_key().render()?);
        if own == new {
            return Ok(());
        }
        let message = format!("the update is of item `{own}`, and the entity to create is `{new}`");
        Err(Error::new(Kind::InvalidRequest, message).context(|| place::<E>()))
    }
}

impl<E: Entity, M: Known<E>> Returns<UpdateOrCreate<'_, E, M>, New> {
    /// Sends the update, and if there is no item, a create; each happens wholly or not at all.
    ///
    /// # Errors
    ///
    /// As [`UpdateOrCreate::send`].
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<E> {
        let UpdateOrCreate { update, entity } = &self.request;
        self.request.check_key()?;
        for _ in 0..ATTEMPTS {
            match update.clone().returning_new().send(table).await {
                Err(error) if error.is_not_found() => {}
                result => return result,
            }
            match entity.create().returning_new().send(table).await {
                Err(error) if error.is_condition_failed() => {}
                result => return result,
            }
        }
        Err(raced::<E>())
    }
}

fn place<E: Entity>() -> String {
    format!("{}::update", E::DEF.name)
}

fn raced<E: Entity>() -> Error {
    let message = format!(
        "the item was created and deleted by others between each of {ATTEMPTS} attempts: try again"
    );
    Error::new(Kind::Conflict, message).context(|| place::<E>())
}

impl<E: Entity, M> fmt::Debug for UpdateOrCreate<'_, E, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateOrCreate").field("update", &self.update).finish()
    }
}

//! `or_create`: an update that creates the item if it does not exist.

use super::create::Create;
use super::support::{Held, New, Returns, starts};
use super::update::{Mode, Update};
use crate::backend::{At as _, Backend, Origin, Verb};
use crate::entity::Key;
use crate::error::{Error, Kind, Result};
use crate::schema::Entity;
use crate::table::Table;
use std::fmt;

impl<E: Entity, M: Mode<E>> Update<E, M> {
    /// Creates the item from `entity` if it does not exist. The changes and the conditions of
    /// [`when`](Update::when) apply only to an item that exists.
    ///
    /// If the entity has a version, begin with the key (`Key::update`). An entity that was never stored
    /// does not have the version of the stored item, so its own `update` would be a conflict.
    ///
    /// This takes one request if the item exists, and two if it does not.
    ///
    /// # Example: count visits, including the first one
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
        UpdateOrCreate { update: self, entity }
    }
}

/// How many times update and create are tried, while other writers create and delete the item.
const ATTEMPTS: usize = 8;

/// Updates the item if it exists, and creates it otherwise: from
/// [`Update::or_create`](super::Update::or_create).
#[must_use = "a request does nothing until it is sent"]
#[doc(alias = "upsert")]
pub struct UpdateOrCreate<'a, E: Entity, M> {
    update: Update<E, M>,
    entity: &'a E,
}

impl<E: Entity, M: Mode<E>> UpdateOrCreate<'_, E, M> {
    const ORIGIN: Origin = Origin::Entity(E::DEF.name, Verb::Update);

    /// Makes the request return the item as it is after the request.
    pub fn returning_new(self) -> Returns<Self, New> {
        Returns::new(self)
    }

    /// Sends the update and, if the item does not exist, a create. Each of the two is atomic. If the
    /// future is dropped, [one of them may have happened](crate::ops#dropped-futures).
    ///
    /// # Errors
    ///
    /// The errors of [`Update::send`], except for `is_not_found`, and those of [`Create::send`];
    /// [`is_conflict`](Error::is_conflict) if other writers create and delete the item again and
    /// again; [`is_invalid_request`](Error::is_invalid_request) if the entity has another key than the
    /// update, or is not in an initial state of its workflow.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<()> {
        self.check()?;
        for _ in 0..ATTEMPTS {
            match self.update.clone().send(table).await {
                Err(error) if error.is_not_found() => {}
                result => return result,
            }
            match Create::new(Held::Borrowed(self.entity)).send(table).await {
                Err(error) if error.is_condition_failed() => {}
                result => return result,
            }
        }
        Err(raced()).at(Self::ORIGIN)
    }

    /// Refuses an entity with another key, which would be created beside the updated item, and one that cannot be
    /// created.
    fn check(&self) -> Result<()> {
        starts(self.entity).at(Self::ORIGIN)?;
        let (own, new) = (self.update.key().render()?, Key::of(self.entity).render()?);
        if own == new {
            return Ok(());
        }
        let message =
            format!("the update is of item `{own}`, but the entity to create has the key `{new}`");
        Err(Error::new(Kind::InvalidRequest, message)).at(Self::ORIGIN)
    }
}

impl<E: Entity, M: Mode<E>> Returns<UpdateOrCreate<'_, E, M>, New> {
    /// Sends the update and, if the item does not exist, a create. Each of the two is atomic.
    ///
    /// # Errors
    ///
    /// The errors of [`UpdateOrCreate::send`].
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<E> {
        let &UpdateOrCreate { ref update, entity } = &self.request;
        self.request.check()?;
        for _ in 0..ATTEMPTS {
            match update.clone().returning_new().send(table).await {
                Err(error) if error.is_not_found() => {}
                result => return result,
            }
            match Create::new(Held::Borrowed(entity)).returning_new().send(table).await {
                Err(error) if error.is_condition_failed() => {}
                result => return result,
            }
        }
        Err(raced()).at(UpdateOrCreate::<E, M>::ORIGIN)
    }
}

fn raced() -> Error {
    let message = format!(
        "other writers created and deleted the item between each of {ATTEMPTS} attempts: try again"
    );
    Error::new(Kind::Conflict, message)
}

impl<E: Entity, M> fmt::Debug for UpdateOrCreate<'_, E, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateOrCreate").field("update", &self.update).finish()
    }
}

//! `Explain`: finds out why a write was refused, from the stored item.

use crate::backend::{Item, Origin, Verb};
use crate::entity::decode_entity;
use crate::error::{Error, Kind, Result};
use crate::expiry::is_past;
use crate::expr::Expr;
use crate::request::PrimaryKey;
use crate::schema::{Entity, EntityDef, WRITE_NAME};
use crate::value::Map;
use std::any::Any;
use std::sync::Arc;

/// What a write required of the stored item. If the write is refused, this says why.
#[derive(Debug)]
pub(crate) struct Explain<I> {
    pub(crate) verb: Verb,
    pub(crate) entity: &'static EntityDef,
    /// The version that the stored item had to have.
    pub(crate) version: Option<u64>,
    /// Holds if the fields that were taken from the loaded entity are unchanged in the stored item.
    pub(crate) fresh: Option<Expr>,
    /// Whether the item had to exist, and not to be expired.
    pub(crate) needs_item: bool,
    /// The random name that the write leaves in the item.
    pub(crate) write_name: Option<String>,
    read: fn(&I) -> Result<Stored>,
}

/// A stored item as an entity.
pub(crate) struct Stored {
    entity: Arc<dyn Any + Send + Sync>,
    version: u64,
    expires: Option<i64>,
}

impl<I: Item> Explain<I> {
    pub(crate) fn new<E: Entity>(verb: Verb) -> Self {
        Explain {
            verb,
            entity: E::DEF,
            version: None,
            fresh: None,
            needs_item: false,
            write_name: None,
            read: |item| {
                let entity = decode_entity::<E, I>(&mut item.clone())?;
                let (version, expires) = (entity.version(), entity.expires());
                Ok(Stored { entity: Arc::new(entity), version, expires })
            },
        }
    }

    /// The same for a guard of the item, which has no version and no fields.
    pub(crate) fn of_a_guard(&self) -> Self {
        Explain { version: None, fresh: None, needs_item: false, ..self.clone() }
    }

    /// The entity and the method that the user called.
    pub(crate) fn origin(&self) -> Origin {
        Origin::Entity(self.entity.name, self.verb)
    }

    /// Whether a stored item has expired.
    pub(crate) fn has_expired(&self, item: &I) -> bool {
        (self.read)(item).is_ok_and(|stored| is_past(stored.expires))
    }

    /// Whether the stored item was written by this write, whose first answer was lost. Only the random
    /// name decides this, because the item of another writer may have the same version and values.
    pub(crate) fn happened(&self, current: Option<&I>) -> bool {
        let stored = current.and_then(|item| item.text(WRITE_NAME));
        self.write_name.is_some() && stored == self.write_name.as_deref()
    }

    /// The error of a refused write. `current` is the stored item.
    pub(crate) fn refused(&self, key: &PrimaryKey, current: Option<&I>) -> Error {
        let (stored, unreadable) = match current.map(self.read) {
            Some(Ok(stored)) => (Some(stored), None),
            Some(Err(error)) => (None, Some(error)),
            None => (None, None),
        };
        // An expired item counts as missing, so the error does not show it.
        let stored = stored.filter(|stored| !is_past(stored.expires));
        let is_gone = stored.is_none() && unreadable.is_none();
        if self.needs_item && is_gone {
            return self.not_found(key);
        }
        let (kind, what, hint) = if self.version.is_some() && unreadable.is_some() {
            // It is not known whether this item has another version.
            (Kind::Decode, "was not written", "")
        } else if let Some((what, hint)) = self.other_version(stored.as_ref()) {
            (Kind::VersionConflict, what, hint)
        } else if self.has_changed(current) {
            match self.entity.rules.created.filter(|_| self.verb == Verb::Put) {
                Some(created) => return self.recreates(key, created, stored),
                None => (
                    Kind::Stale,
                    "has changed since it was loaded, in a field that this write needs",
                    "load it again, or see the error's `current` item",
                ),
            }
        } else if self.verb == Verb::Create {
            (Kind::ConditionFailed, "exists already", "see the error's `current` item")
        } else {
            (Kind::ConditionFailed, "does not meet the condition", "see the error's `current` item")
        };
        if let Some(error) = unreadable {
            let message = format!("{what}, and the stored item cannot be read: {error}");
            return Error::new(kind, message).of_item(&key.to_string()).with_source(error);
        }
        let message = format!("{what}: {hint}");
        Error::new(kind, message).of_item(&key.to_string()).with_stored(stored.map(|it| it.entity))
    }

    fn not_found(&self, key: &PrimaryKey) -> Error {
        let hint = match self.verb {
            Verb::Update => ": create it, or use `.or_create(..)`",
            _ => "",
        };
        Error::new(Kind::NotFound, format!("there is no item `{key}`{hint}"))
    }

    /// What is wrong with the version of the stored item, and what to do.
    fn other_version(&self, stored: Option<&Stored>) -> Option<(&'static str, &'static str)> {
        let expected = self.version?;
        match stored {
            Some(stored) if stored.version == expected => None,
            None => Some(("no longer exists", "it was deleted or has expired since it was loaded")),
            Some(_) if expected == 0 => Some((
                "exists already and has a version, but the entity has version 0",
                "use the entity that `create().returning_new()` returns, or load the item",
            )),
            Some(_) => Some((
                "has another version than the entity that was loaded",
                "load it again, or see the error's `current` item",
            )),
        }
    }

    /// Whether the stored item differs from the loaded entity in a field that the write needs.
    fn has_changed(&self, current: Option<&I>) -> bool {
        let (Some(fresh), Some(item)) = (&self.fresh, current) else { return false };
        item.decode::<Map>().is_ok_and(|item| !fresh.holds(Some(&item)))
    }

    /// The error of a put that would change the time of creation, which is the field `created`.
    fn recreates(&self, key: &PrimaryKey, created: &str, stored: Option<Stored>) -> Error {
        let message = format!(
            "exists already, and a put of this entity would change its `{created}`: load the item first; if this \
             entity was loaded, another program wrote the time in another form: use `update` or `update_with`"
        );
        let error = Error::new(Kind::Stale, message).of_item(&key.to_string());
        error.with_stored(stored.map(|it| it.entity))
    }
}

impl<I> Clone for Explain<I> {
    fn clone(&self) -> Self {
        Explain {
            verb: self.verb,
            entity: self.entity,
            version: self.version,
            fresh: self.fresh.clone(),
            needs_item: self.needs_item,
            write_name: self.write_name.clone(),
            read: self.read,
        }
    }
}

/// The error of a cancelled transaction if the store gave no reason.
pub(crate) fn cancelled() -> Error {
    let message = "the transaction was cancelled, and the store gave no reason: try again";
    Error::new(Kind::Conflict, message)
}

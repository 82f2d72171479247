//! `Explain`: finds out why a write was refused, from the stored item.

use crate::backend::{Item, Origin, Verb};
use crate::entity::{decode_entity, decode_shared, other_entity};
use crate::error::{Current, Error, Kind, Result};
use crate::expiry::is_past;
use crate::expr::{Action, Expr, Path};
use crate::request::PrimaryKey;
use crate::schema::{Entity, EntityDef, KeySpace, Visit, VisitSpace};
use crate::value::{Map, Value};
use std::borrow::Cow;
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
    /// What the write leaves in the item.
    pub(crate) mark: Option<Mark>,
    /// The state of a workflow that the item had to be in.
    pub(crate) from: Option<FromStates>,
    /// The error of a refusal, if the item is none of an entity.
    pub(crate) refusal: Option<fn(&PrimaryKey) -> Error>,
    read: fn(&I) -> Result<Stored>,
    /// The name of the entity of an item, if it is another one with which this entity shares its keys.
    other: fn(&I) -> Option<&str>,
}

/// A text that a write leaves in an attribute of the item, by which it is recognised if it is sent again.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) attribute: Cow<'static, str>,
    pub(crate) text: String,
}

impl Mark {
    pub(crate) fn path(&self) -> Path {
        Path::named(self.attribute.clone().into_owned())
    }

    /// The action that leaves it.
    pub(crate) fn set(&self) -> Action {
        Action::Set(self.path(), Value::from(self.text.as_str()))
    }
}

/// The states from which a step of a workflow comes.
#[derive(Debug, Clone)]
pub(crate) struct FromStates {
    /// Holds if the item is in one of them.
    pub(crate) holds: Expr,
    /// Their names, and that of the next state.
    pub(crate) names: [String; 2],
}

/// A stored item as an entity, or as the enum of its key space.
pub(crate) struct Stored {
    current: Current,
    version: u64,
    expires: Option<i64>,
}

impl Stored {
    fn read<E: Entity, I: Item>(item: &I) -> Result<Self> {
        if let Some(shared) = E::in_space(ReadShared(item)) {
            return shared;
        }
        let entity = decode_entity::<E, I>(&mut item.clone())?;
        let (version, expires) = (entity.version(), entity.expires());
        Ok(Stored { current: Current::new(Arc::new(entity), |_| None), version, expires })
    }
}

/// Reads an item as the enum of a key space.
struct ReadShared<'a, I>(&'a I);

impl<I: Item> VisitSpace for ReadShared<'_, I> {
    type Output = Result<Stored>;
    fn space<S: KeySpace>(self) -> Result<Stored> {
        let item: S = decode_shared(&mut self.0.clone())?;
        let (version, expires) = item.visit(VersionAndExpiry);
        let current = Current::new(Arc::new(item), |item| item.downcast_ref::<S>().map(S::entity));
        Ok(Stored { current, version, expires })
    }
}

struct VersionAndExpiry;

impl Visit for VersionAndExpiry {
    type Output = (u64, Option<i64>);
    fn entity<E: Entity>(self, entity: &E) -> Self::Output {
        (entity.version(), entity.expires())
    }
}

impl<I: Item> Explain<I> {
    pub(crate) fn new<E: Entity>(verb: Verb) -> Self {
        Explain {
            verb,
            entity: E::DEF,
            version: None,
            fresh: None,
            needs_item: false,
            mark: None,
            from: None,
            refusal: None,
            read: Stored::read::<E, I>,
            other: other_entity::<E, I>,
        }
    }

    /// For an item of coordination, which is of no entity: `refusal` makes the error of a refusal. `def` only has a
    /// name.
    pub(crate) fn of_record(
        verb: Verb,
        def: &'static EntityDef,
        refusal: fn(&PrimaryKey) -> Error,
    ) -> Self {
        Explain {
            verb,
            entity: def,
            version: None,
            fresh: None,
            needs_item: false,
            refusal: Some(refusal),
            mark: None,
            from: None,
            read: |_| Err(Error::new(Kind::Decode, "is not of an entity")),
            other: |_| None,
        }
    }

    /// The same for a guard of the item, which has no version and no fields.
    pub(crate) fn of_a_guard(&self) -> Self {
        Explain { version: None, fresh: None, needs_item: false, from: None, ..self.clone() }
    }

    /// The entity and the method that the user called.
    pub(crate) fn origin(&self) -> Origin {
        Origin::Entity(self.entity.name, self.verb)
    }

    /// Whether a stored item has expired.
    pub(crate) fn has_expired(&self, item: &I) -> bool {
        (self.read)(item).is_ok_and(|stored| is_past(stored.expires))
    }

    /// Whether the stored item was written by this write, whose first answer was lost. Only the mark
    /// decides this, because the item of another writer may have the same version and values.
    pub(crate) fn happened(&self, current: Option<&I>) -> bool {
        let (Some(mark), Some(item)) = (&self.mark, current) else { return false };
        item.text(&mark.attribute) == Some(mark.text.as_str())
    }

    /// The error of a refused write. `current` is the stored item.
    pub(crate) fn refused(&self, key: &PrimaryKey, current: Option<&I>) -> Error {
        if let Some(refusal) = self.refusal {
            return refusal(key);
        }
        if let Some(error) = current.and_then(|item| self.other(key, item)) {
            return error;
        }
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
        let step = self.step(current);
        let (kind, what, hint) = if let Some((kind, what)) = &step {
            (*kind, what.as_str(), "see the error's `current` item")
        } else if self.version.is_some() && unreadable.is_some() {
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
        Error::new(kind, message).of_item(&key.to_string()).with_stored(stored.map(|it| it.current))
    }

    /// The error if a stored item is of another entity with which this one shares its keys, and has not expired.
    fn other(&self, key: &PrimaryKey, item: &I) -> Option<Error> {
        let other = (self.other)(item)?;
        let (stored, unreadable) = match (self.read)(item) {
            Ok(stored) if is_past(stored.expires) => return None,
            Ok(stored) => (Some(stored), None),
            Err(error) => (None, Some(error)),
        };
        let what = format!(
            "is stored as `{other}`, not as `{}`, with which `{other}` shares its keys",
            self.entity.name
        );
        let message = match &unreadable {
            Some(error) => format!("{what}, and it cannot be read: {error}"),
            None => format!("{what}: see the error's `current` item"),
        };
        let error = Error::new(Kind::ConditionFailed, message).of_item(&key.to_string());
        let error = error.with_stored(stored.map(|it| it.current));
        Some(match unreadable {
            Some(source) => error.with_source(source),
            None => error,
        })
    }

    /// The error of a move if there is an item with the new key.
    pub(crate) fn taken(&self, key: &PrimaryKey, current: Option<&I>) -> Error {
        current.and_then(|item| self.other(key, item)).unwrap_or_else(|| {
            Error::new(Kind::ConditionFailed, format!("the key `{key}` is taken"))
        })
    }

    /// What is wrong with a step of a workflow: it has been done before, or comes from another state.
    fn step(&self, current: Option<&I>) -> Option<(Kind, String)> {
        let (from, item) = (self.from.as_ref()?, current?);
        let [before, after] = &from.names;
        if self.happened(current) {
            let what = format!("has been advanced to {after} before, by the same step");
            return Some((Kind::AlreadyDone, what));
        }
        let is_elsewhere = item.decode::<Map>().is_ok_and(|item| !from.holds.holds(Some(&item)));
        let what = || format!("is not in the state {before}, from which it would go to {after}");
        is_elsewhere.then(|| (Kind::WrongState, what()))
    }

    fn not_found(&self, key: &PrimaryKey) -> Error {
        let hint = match self.verb {
            Verb::Update => ": create it, or use `.or_create(..)`",
            Verb::Advance => ": it is created in an initial state",
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
        error.with_stored(stored.map(|it| it.current))
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
            mark: self.mark.clone(),
            from: self.from.clone(),
            refusal: self.refusal,
            read: self.read,
            other: self.other,
        }
    }
}

/// The error of a cancelled transaction if the store gave no reason.
pub(crate) fn cancelled() -> Error {
    let message = "the transaction was cancelled, and the store gave no reason: try again";
    Error::new(Kind::Conflict, message)
}

//! `Change`: the changes that the closure of an `update_with` made, as one conditional update.

use crate::backend::{Backend, Verb};
use crate::entity::{Stamps, attributes, check_actions, check_changed, check_map, from_attributes};
use crate::error::{Error, Kind, Result};
use crate::expiry::is_present;
use crate::expr::{Action, Comparison, Expr, Path};
use crate::ops::support::{
    Explain, Guard, Mark, Prepared, guard, has_version, keeps_states, next_version,
};
use crate::random;
use crate::request::{self, PrimaryKey};
use crate::schema::{Entity, InState, Schema, UniqueDef, WRITE_NAME};
use crate::value::{Map, Number};

/// An entity as it was before the closure changed it.
pub(super) struct Before {
    key: PrimaryKey,
    version: u64,
    expires: Option<i64>,
    /// The stored item. It may differ from `item`, for example in a field with a default value.
    stored: Map,
    guards: Vec<(&'static UniqueDef, PrimaryKey)>,
    states: Vec<InState>,
    /// The item that a put of the entity would store.
    item: Map,
}

impl Before {
    pub(super) fn of<E: Entity>(entity: &E, stored: Map) -> Result<Self> {
        let (key, item) = attributes(entity, &Stamps::default())?;
        Ok(Before {
            key,
            version: entity.version(),
            expires: entity.expires(),
            stored,
            guards: guard::keys(entity)?,
            states: entity.in_workflows(),
            item,
        })
    }
}

/// A change of an item.
pub(super) struct Change<I, E> {
    /// One conditional update.
    pub(super) prepared: Prepared<I, request::Update>,
    /// The entity as it will be stored.
    pub(super) new: E,
}

impl Before {
    /// Returns the change from this item to `new`; `None` if nothing has changed.
    pub(super) fn change<E: Entity, B: Backend>(
        &self,
        backend: &B,
        new: &E,
    ) -> Result<Option<Change<B::Item, E>>> {
        let (table, rules) = (E::Table::DEF, E::DEF.rules);
        let (key, mut after) = attributes(new, &Stamps::default())?;
        if key != self.key {
            let message = format!(
                "the closure changed the primary key from `{}` to `{key}`: move the item with \
                 `old.move_to(&new)`",
                self.key
            );
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        if self.item == after {
            return Ok(None);
        }
        if let Some(created) = rules.created
            && self.item.get(created) != after.get(created)
        {
            let message = format!(
                "the closure changed `{created}`, which is written once, when the item is created: leave it as it is"
            );
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        keeps_states(&self.states, new, "the closure changed")?;
        if rules.updated.is_some() {
            (_, after) = attributes(new, &Stamps::of_change::<E>()?)?;
        }
        check_changed(new, |name| self.item.get(name) != after.get(name))?;
        let next = rules.version.map(|field| (field, next_version(self.version)));
        if let Some((field, version)) = next {
            after.insert(field, Number::from(version));
        }
        let mut explain = Explain::new::<E>(Verb::UpdateWith);
        explain.needs_item = true;
        let mut condition = Some(is_present(table, E::DEF));
        if let Some((field, _)) = next {
            has_version(field, self.version).require(&mut condition);
            explain.version = Some(self.version);
        } else if let Some(fresh) = unchanged::<E>(&self.stored) {
            fresh.clone().require(&mut condition);
            explain.fresh = Some(fresh);
        }
        let mut actions = changes::<E>(self, &after);
        if next.is_some() {
            let mark = Mark { attribute: WRITE_NAME.into(), text: random::name()? };
            actions.push(mark.set());
            explain.mark = Some(mark);
        }
        check_actions::<E>(&actions)
            .and_then(|()| check_map::<E>(&after))
            .map_err(|error| error.in_item(&key))?;
        let mut update = request::Update::new(table, E::DEF.name, key, actions);
        update.condition = condition;
        let guards = guards(backend, self, new)?;
        let prepared = Prepared::new(update, explain).with_guards(guards);
        Ok(Some(Change { prepared, new: from_attributes(&after)? }))
    }
}

/// Holds if every field of the item is as it was read. All fields count, because the closure may have
/// used any of them.
fn unchanged<E: Entity>(stored: &Map) -> Option<Expr> {
    let fields = E::DEF.fields.iter().copied().filter(|name| !name.is_empty());
    let names = fields.chain(E::DEF.aliases.iter().map(|(former, _)| *former));
    let mut fresh = None;
    for name in names {
        let path = Path::attribute(name);
        let same = match stored.get(name) {
            Some(value) => Expr::Compare(path, Comparison::Eq, value.clone()),
            None => Expr::Absent(path),
        };
        same.require(&mut fresh);
    }
    fresh
}

/// The changed attributes, with the key attributes of indexes.
fn changes<E: Entity>(before: &Before, after: &Map) -> Vec<Action> {
    let path = |name: &str| Path::named(name.to_owned());
    let differs = |name: &str| before.item.get(name) != after.get(name);
    // A key on an index is written if it is not the stored one, because the index may have been declared after
    // the item was stored.
    let keys = E::DEF.keys_by_index().filter_map(|mut keys| keys.next());
    let keys = keys.flat_map(|(_, on)| on.index.own_keys());
    let keys = keys.filter(|name| !differs(name) && before.stored.get(name) != after.get(name));
    let keys = keys.map(|name| match after.get(name) {
        Some(key) => Action::Set(path(name), key.clone()),
        None => Action::Remove(path(name)),
    });
    let set = after.iter().filter(|(name, _)| differs(name));
    let set = set.map(|(name, value)| Action::Set(path(name), value.clone()));
    let removed = before.item.iter().filter(|(name, _)| after.get(name).is_none());
    let removed = removed.map(|(name, _)| Action::Remove(path(name)));
    // If a field is written, the attribute with its former name is removed.
    let former = E::DEF.aliases.iter().filter(|(_, now)| differs(now));
    let former = former.map(|(former, _)| Action::Remove(path(former)));
    set.chain(removed).chain(former).chain(keys).collect()
}

fn guards<E: Entity, B: Backend>(
    backend: &B,
    before: &Before,
    new: &E,
) -> Result<Vec<Guard<B::Item>>> {
    let (own, expires) = (&before.key, new.expires());
    let after = guard::new_keys(new)?;
    let mut guards = Vec::new();
    for (unique, key) in &before.guards {
        if !after.iter().any(|(_, kept)| kept == key) {
            guards.push(guard::free::<E, B::Item>(unique, key.clone(), own));
        } else if expires != before.expires {
            let key = key.clone();
            guards.push(guard::hand_over::<E, B::Item>(unique, key, own, own, expires));
        }
    }
    for (unique, key) in after {
        if !before.guards.iter().any(|(_, known)| *known == key) {
            guards.push(guard::take::<E, B>(backend, unique, key, own, expires)?);
        }
    }
    Ok(guards)
}

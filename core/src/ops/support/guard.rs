//! Unique values: the guard items that are written in one transaction with an entity.
//!
//! A guard is an item whose key is a unique value, so that only one entity can have the value. It holds
//! the primary key of its owner.

use crate::backend::{Backend, Keyed};
use crate::entity::{Stamps, attributes, from_attributes, render_key};
use crate::error::{Error, Kind, Result};
use crate::expiry::{is_absent, seconds};
use crate::expr::{Action, Comparison, Expr, Path};
use crate::key::{PartSpec, PartValue, Source};
use crate::request::{self, PrimaryKey, Write};
use crate::schema::{Entity, EntityDef, Schema, TableDef, UniqueDef};
use crate::value::Value;
use serde::Serialize;

/// The attributes of a guard that hold its entity's primary key.
const OWNER: [&str; 2] = ["owner_pk", "owner_sk"];

/// The write of a guard, which is part of a transaction with the write of its entity.
#[derive(Debug, Clone)]
pub(crate) struct Guard<I> {
    pub(crate) write: Write<I>,
    role: Role,
}

#[derive(Debug, Clone, Copy)]
enum Role {
    /// Creates the guard of a new value. If this is refused, another item has the value.
    Takes(&'static UniqueDef),
    /// Deletes or changes a guard that the item has. If this is refused, the item has changed.
    Holds(&'static UniqueDef),
}

impl<I> Guard<I> {
    /// Whether the write gives up the value.
    pub(crate) fn gives_up(&self) -> bool {
        matches!(self.write, Write::Delete(_))
    }

    /// Adds a condition to the write.
    pub(crate) fn only_if(&mut self, condition: Expr) {
        let own = match &mut self.write {
            Write::Put(put) => &mut put.condition,
            Write::Update(update) => &mut update.condition,
            Write::Delete(delete) => &mut delete.condition,
        };
        condition.require(own);
    }

    /// The fields of the unique value, for messages.
    pub(crate) fn fields(&self) -> String {
        let (Role::Takes(unique) | Role::Holds(unique)) = self.role;
        unique.fields.join("` and `")
    }

    /// Takes the value from an item that gives it up in the same transaction. `condition` holds if the guard
    /// belongs to that item. Returns `false` if this write does not take the value.
    pub(crate) fn take_from(&mut self, condition: Option<Expr>) -> bool {
        let (Write::Put(put), Role::Takes(_)) = (&mut self.write, self.role) else { return false };
        if let Some(condition) = condition {
            put.condition = put.condition.take().map(|is_free| is_free.or(condition));
        }
        true
    }

    /// Why the write of the guard was refused.
    pub(crate) fn refused(&self, entity: &EntityDef) -> Error {
        let fields = self.fields();
        if let Role::Takes(_) = self.role {
            let message = format!(
                "another {} has this value of `{fields}`, which is unique: choose another",
                entity.name
            );
            Error::new(Kind::UniqueViolation, message)
        } else {
            let message = format!(
                "the guard of `{fields}` belongs to another item, so this item has changed since it was \
                 loaded: load it again"
            );
            Error::new(Kind::Stale, message)
        }
    }
}

/// The key of the guard of one unique value; `None` if a field of it is `None`.
pub(crate) fn key<'p, E: Entity>(
    unique: &UniqueDef,
    part: impl Fn(&PartSpec) -> Option<&'p dyn PartValue> + Copy,
) -> Result<Option<PrimaryKey>> {
    // A guard has the value of a field, and its key is no argument of a request.
    render_key::<E>([unique.pk, unique.sk], part, Source::Stored)
}

/// The keys of an entity's guards.
pub(crate) fn keys<E: Entity>(entity: &E) -> Result<Vec<(&'static UniqueDef, PrimaryKey)>> {
    let mut all = Vec::new();
    for unique in E::DEF.rules.unique {
        let key = key::<E>(unique, |spec: &PartSpec| entity.part(spec.field))?;
        all.extend(key.map(|key| (unique, key)));
    }
    Ok(all)
}

/// The keys of the guards of an entity that is written.
///
/// # Errors
///
/// `Encode` if a unique value reads back as another one, because its field has a serde function that loses some
/// of it. Its guard could not be found from the loaded entity.
pub(crate) fn new_keys<E: Entity>(entity: &E) -> Result<Vec<(&'static UniqueDef, PrimaryKey)>> {
    let keys = keys(entity)?;
    if E::GUARD_IS_CONVERTED {
        let (_, stored) = attributes(entity, &Stamps::default())?;
        let back: E = from_attributes(&stored)?;
        for unique in E::DEF.rules.unique {
            let of = |entity: &E| key::<E>(unique, |spec: &PartSpec| entity.part(spec.field));
            reads_back(unique, of(entity)?.as_ref(), of(&back)?.as_ref())?;
        }
    }
    Ok(keys)
}

/// Refuses the key of a guard that is not the same when the entity has been read back.
pub(crate) fn reads_back(
    unique: &UniqueDef,
    new: Option<&PrimaryKey>,
    back: Option<&PrimaryKey>,
) -> Result<()> {
    if new == back {
        return Ok(());
    }
    let message = format!(
        "the unique value of `{}` reads back as another one, because its serde function loses some of it: give the field a value that it keeps",
        unique.fields.join("` and `")
    );
    Err(Error::new(Kind::Encode, message))
}

/// Creates the guard of a value, on the condition that no other item has it.
pub(crate) fn take<E: Entity, B: Backend>(
    backend: &B,
    unique: &'static UniqueDef,
    key: PrimaryKey,
    owner: &PrimaryKey,
    expires: Option<i64>,
) -> Result<Guard<B::Item>> {
    #[derive(Serialize)]
    struct Nothing {}
    let table = E::Table::DEF;
    let attributes = [
        (table.pk, key.pk.as_str()),
        (table.sk, key.sk.as_str()),
        (table.tag, unique.name),
        (OWNER[0], owner.pk.as_str()),
        (OWNER[1], owner.sk.as_str()),
    ];
    let mut keyed = Keyed::new(&attributes, &Nothing {});
    keyed.expires = expires.map(|at| (table.ttl, at));
    let item = backend.encode(&keyed)?;
    let mut put = request::Put::new(table, E::DEF.name, key, item);
    // Holds if there is no guard of this value, or an expired one.
    put.condition = Some(is_absent(table, E::DEF));
    Ok(Guard { write: Write::Put(put), role: Role::Takes(unique) })
}

/// Creates the guards of all unique values of an entity.
pub(crate) fn take_all<E: Entity, B: Backend>(
    backend: &B,
    entity: &E,
    owner: &PrimaryKey,
) -> Result<Vec<Guard<B::Item>>> {
    let keys = new_keys(entity)?.into_iter();
    keys.map(|(unique, key)| take::<E, B>(backend, unique, key, owner, entity.expires())).collect()
}

/// Holds if the guard belongs to `owner`, or does not exist.
fn is_held_by(table: &TableDef, owner: &PrimaryKey) -> Expr {
    let is = |attribute, text: &str| {
        Expr::Compare(Path::attribute(attribute), Comparison::Eq, Value::from(text))
    };
    Expr::Absent(Path::attribute(table.pk)).or(is(OWNER[0], &owner.pk).and(is(OWNER[1], &owner.sk)))
}

/// Deletes the guard of a value, so that other items can have the value.
pub(crate) fn free<E: Entity, I>(
    unique: &'static UniqueDef,
    key: PrimaryKey,
    owner: &PrimaryKey,
) -> Guard<I> {
    let table = E::Table::DEF;
    let mut delete = request::Delete::new(table, E::DEF.name, key);
    delete.condition = Some(is_held_by(table, owner));
    Guard { write: Write::Delete(delete), role: Role::Holds(unique) }
}

/// Makes another item of the same entity the owner of a guard, or changes when the guard expires.
pub(crate) fn hand_over<E: Entity, I>(
    unique: &'static UniqueDef,
    key: PrimaryKey,
    from: &PrimaryKey,
    to: &PrimaryKey,
    expires: Option<i64>,
) -> Guard<I> {
    let table = E::Table::DEF;
    let set = |name, text: &str| Action::Set(Path::attribute(name), Value::from(text));
    let mut actions =
        vec![set(OWNER[0], &to.pk), set(OWNER[1], &to.sk), set(table.tag, unique.name)];
    if E::DEF.rules.expires {
        let ttl = Path::attribute(table.ttl);
        actions.push(match expires {
            Some(at) => Action::Set(ttl, seconds(at)),
            None => Action::Remove(ttl),
        });
    }
    let mut update = request::Update::new(table, E::DEF.name, key, actions);
    update.condition = Some(is_held_by(table, from));
    Guard { write: Write::Update(update), role: Role::Holds(unique) }
}

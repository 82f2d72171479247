//! Unique constraints: the guard items that are written with an entity.

use crate::backend::Backend;
use crate::error::{Error, Kind, Result};
use crate::expiry::{is_absent, seconds};
use crate::expr::{Action, Comparison, Expr, Path};
use crate::item::Keyed;
use crate::key::{PartSpec, PartValue, check_partition_key, check_sort_key, render};
use crate::request::{self, PrimaryKey, Write};
use crate::schema::{Entity, EntityDef, Schema, TableDef, UniqueDef};
use crate::value::Value;
use serde::Serialize;

/// The attributes of a guard that hold its entity's primary key.
const OWNER: [&str; 2] = ["owner_pk", "owner_sk"];

/// A write beside the entity's own.
#[derive(Debug, Clone)]
pub(super) struct Guard<I> {
    pub(super) write: Write<I>,
    role: Role,
}

#[derive(Debug, Clone, Copy)]
enum Role {
    /// Takes a value, so that being refused means that the value is taken.
    Takes(&'static UniqueDef),
    /// Gives a value free, or hands it on.
    Holds(&'static UniqueDef),
    /// No guard, but the other item of a move.
    Entity,
}

impl<I> Guard<I> {
    /// The item that a move creates.
    pub(super) fn entity(write: Write<I>) -> Self {
        Guard { write, role: Role::Entity }
    }

    /// Why the write of the guard was refused.
    pub(super) fn refused(&self, entity: &EntityDef) -> Error {
        let (unique, takes) = match self.role {
            Role::Takes(unique) => (unique, true),
            Role::Holds(unique) => (unique, false),
            Role::Entity => {
                let message = format!("the key `{}` is taken", self.write.key());
                return Error::new(Kind::ConditionFailed, message);
            }
        };
        let fields = unique.fields.join("` and `");
        if takes {
            let message = format!(
                "another {} has this value of `{fields}`, which is unique: choose another",
                entity.name
            );
            Error::new(Kind::UniqueViolation, message)
        } else {
            let message = format!(
                "the guard of `{fields}` is not this item's: it has changed since it was loaded, \
                 load it again"
            );
            Error::new(Kind::Stale, message)
        }
    }
}

/// The key of the guard of one constraint; `None` if a field is absent.
pub(super) fn key<'p, E: Entity>(
    unique: &UniqueDef,
    part: impl Fn(&PartSpec) -> Option<&'p dyn PartValue> + Copy,
) -> Result<Option<PrimaryKey>> {
    let encoding = E::Table::DEF.encoding;
    let (Some(pk), Some(sk)) =
        (render(unique.pk, part, encoding)?, render(unique.sk, part, encoding)?)
    else {
        return Ok(None);
    };
    check_partition_key(&pk, unique.pk)?;
    check_sort_key(&sk, unique.sk)?;
    Ok(Some(PrimaryKey { pk, sk }))
}

/// The keys of an entity's guards.
pub(super) fn keys<E: Entity>(entity: &E) -> Result<Vec<(&'static UniqueDef, PrimaryKey)>> {
    let mut all = Vec::new();
    for unique in E::DEF.rules.unique {
        let key = key::<E>(unique, |spec: &PartSpec| entity.part(spec.field))?;
        all.extend(key.map(|key| (unique, key)));
    }
    Ok(all)
}

/// Takes a value that no other item has.
pub(super) fn take<E: Entity, B: Backend>(
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
    // Nobody has the value, or somebody whose time is past.
    put.condition = Some(is_absent(table, E::DEF));
    Ok(Guard { write: Write::Put(put), role: Role::Takes(unique) })
}

/// The guard is this item's, or there is none.
fn is_own(table: &TableDef, owner: &PrimaryKey) -> Expr {
    let is = |attribute, text: &str| {
        Expr::Compare(Path::attribute(attribute), Comparison::Eq, Value::from(text))
    };
    Expr::Absent(Path::attribute(table.pk)).or(is(OWNER[0], &owner.pk).and(is(OWNER[1], &owner.sk)))
}

/// Gives the value free.
pub(super) fn free<E: Entity, I>(
    unique: &'static UniqueDef,
    key: PrimaryKey,
    owner: &PrimaryKey,
) -> Guard<I> {
    let table = E::Table::DEF;
    let mut delete = request::Delete::new(table, E::DEF.name, key);
    delete.condition = Some(is_own(table, owner));
    Guard { write: Write::Delete(delete), role: Role::Holds(unique) }
}

/// Hands the value on to another item of the same entity, or changes when its guard expires.
pub(super) fn hand_over<E: Entity, I>(
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
    update.condition = Some(is_own(table, from));
    Guard { write: Write::Update(update), role: Role::Holds(unique) }
}

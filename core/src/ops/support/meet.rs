//! Guards of one transaction that meet: a unique value that one write gives up and another one takes.

use super::guard::Guard;
use super::prepared::Prepared;
use crate::error::{Error, Kind, Result};
use crate::expr::Expr;
use crate::request::{PrimaryKey, TransactItem};
use crate::schema::EntityDef;
use std::collections::{HashMap, HashSet};

/// Joins the two writes of a guard if one write of a transaction gives up a unique value and another one
/// takes it. A transaction can write each item only once, so the write that takes the value replaces the
/// guard, on the condition that it is free or belongs to the item that gives it up.
///
/// # Errors
///
/// `UniqueViolation` if two writes take the same value, or one takes what another one keeps; `Stale` if two
/// writes give up the same value, which only one of their items can have.
pub(crate) fn join_guards<I>(writes: &mut [Prepared<I, TransactItem<I>>]) -> Result<()> {
    if writes.iter().map(|write| write.guards.len()).sum::<usize>() < 2 {
        return Ok(());
    }
    let mut given_up: HashMap<PrimaryKey, Option<Expr>> = HashMap::new();
    for write in writes.iter() {
        for guard in write.guards.iter().filter(|guard| guard.gives_up()) {
            let (key, condition) = (guard.write.key().clone(), guard.write.condition().cloned());
            if given_up.insert(key, condition).is_some() {
                return Err(given_up_twice(guard, write.explain.entity));
            }
        }
    }
    let (mut kept, mut joined) = (HashSet::new(), HashSet::new());
    for write in writes.iter_mut() {
        let entity = write.explain.entity;
        for guard in write.guards.iter_mut().filter(|guard| !guard.gives_up()) {
            let key = guard.write.key().clone();
            if let Some(condition) = given_up.remove(&key) {
                if !guard.take_from(condition) {
                    return Err(given_up_twice(guard, entity));
                }
                joined.insert(key.clone());
            }
            if !kept.insert(key) {
                return Err(taken_twice(guard, entity));
            }
        }
    }
    for write in writes.iter_mut() {
        write.guards.retain(|guard| !guard.gives_up() || !joined.contains(guard.write.key()));
    }
    Ok(())
}

fn taken_twice<I>(guard: &Guard<I>, entity: &EntityDef) -> Error {
    let message = format!(
        "two writes of the transaction give `{}` of a {} the same value, which is unique",
        guard.fields(),
        entity.name
    );
    Error::new(Kind::UniqueViolation, message)
}

fn given_up_twice<I>(guard: &Guard<I>, entity: &EntityDef) -> Error {
    let message = format!(
        "two writes of the transaction change the same value of `{}` of a {}, which is unique, so one of the \
         entities has changed since it was loaded: load them again",
        guard.fields(),
        entity.name
    );
    Error::new(Kind::Stale, message)
}

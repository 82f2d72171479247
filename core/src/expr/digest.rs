//! Hashes everything that distinguishes one write from another, to recognise a transaction that is sent again. Maps with
//! the same entries in different orders have the same hash.

use super::{Action, Expr};
use crate::value::{Map, Set, Value};
use std::hash::{Hash as _, Hasher};
use std::mem::discriminant;

/// Hashes an action of an update.
pub fn action<H: Hasher>(action: &Action, hasher: &mut H) {
    discriminant(action).hash(hasher);
    action.path().hash(hasher);
    match action {
        Action::Set(_, new)
        | Action::SetIfAbsent(_, new)
        | Action::Union(_, new)
        | Action::Difference(_, new) => one(new, hasher),
        Action::Add(_, by) | Action::Count(_, by) => by.hash(hasher),
        Action::Append(_, more) | Action::Prepend(_, more) => list(more, hasher),
        Action::Remove(_) => {}
    }
}

/// Hashes a condition.
pub fn condition<H: Hasher>(expr: &Expr, hasher: &mut H) {
    discriminant(expr).hash(hasher);
    match expr {
        Expr::Compare(path, comparison, with) => {
            (path, discriminant(comparison)).hash(hasher);
            one(with, hasher);
        }
        Expr::Between(path, lower, upper) => {
            path.hash(hasher);
            one(lower, hasher);
            one(upper, hasher);
        }
        Expr::In(path, values) => {
            path.hash(hasher);
            list(values, hasher);
        }
        Expr::BeginsWith(path, text) => (path, text).hash(hasher),
        Expr::Contains(path, element) => {
            path.hash(hasher);
            one(element, hasher);
        }
        Expr::Size(path, comparison, size) => {
            (path, discriminant(comparison), size).hash(hasher);
        }
        Expr::Exists(path) | Expr::Absent(path) => path.hash(hasher),
        Expr::And(all) | Expr::Or(all) => {
            all.len().hash(hasher);
            all.iter().for_each(|expr| condition(expr, hasher));
        }
        Expr::Not(expr) => condition(expr, hasher),
    }
}

fn one<H: Hasher>(value: &Value, hasher: &mut H) {
    discriminant(value).hash(hasher);
    match value {
        Value::Null => {}
        Value::Bool(value) => value.hash(hasher),
        Value::Number(value) => value.hash(hasher),
        Value::Text(value) => value.hash(hasher),
        Value::Bytes(value) => value.hash(hasher),
        Value::List(values) => list(values, hasher),
        Value::Map(entries) => map(entries, hasher),
        Value::Set(set) => {
            discriminant(set).hash(hasher);
            match set {
                Set::Text(texts) => texts.hash(hasher),
                Set::Numbers(numbers) => numbers.hash(hasher),
                Set::Bytes(all) => all.hash(hasher),
            }
        }
    }
}

fn list<H: Hasher>(values: &[Value], hasher: &mut H) {
    values.len().hash(hasher);
    values.iter().for_each(|value| one(value, hasher));
}

/// Hashes the entries of an item or a map, sorted by name.
pub fn map<H: Hasher>(map: &Map, hasher: &mut H) {
    let mut entries: Vec<_> = map.iter().collect();
    entries.sort_unstable_by_key(|(name, _)| *name);
    entries.len().hash(hasher);
    for (name, value) in entries {
        name.hash(hasher);
        one(value, hasher);
    }
}

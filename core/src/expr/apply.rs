//! Applying the actions of an update to an item.

use super::path::{Path, Step, leads_nowhere};
use super::update::Action;
use crate::error::{Error, Kind, Result};
use crate::value::front::FormatLimits;
use crate::value::{Map, Number, Set, Value};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Applies the actions to `item`. All of them read the item as it was before.
///
/// - Each step of a path, except for the last one, has to lead to a value that exists: a name into a
///   map, an index into a list. This is also true of [`Action::Remove`].
/// - An element whose index is after the end of a list is appended to the list. Several such elements
///   are appended in the order of their indexes.
/// - The indexes are those of the list before the change, even if elements are removed from it.
///
/// # Errors
///
/// `InvalidRequest`, naming the path, if a path leads nowhere, if the stored value is not of the
/// type that the action needs, if a sum is out of range, or if two paths overlap. In this case, the
/// item is not changed.
pub fn apply(actions: &[Action], item: &mut Map) -> Result<()> {
    check(actions)?;
    let mut effects = Vec::with_capacity(actions.len());
    for action in actions {
        let path = action.path();
        effects.push((path, effect(action, find(item, path)?)?));
    }
    // New elements are appended to a list in the order of their indexes. Old elements are removed from
    // the last to the first, so that the index of each is still right when it is removed.
    effects.sort_by(|(one, _), (other, _)| order(one, other));
    let mut removed = Vec::new();
    for (path, effect) in effects {
        match effect {
            Effect::Set(value) => set(item, path, value),
            Effect::Remove => removed.push(path),
            Effect::Keep => {}
        }
    }
    for path in removed.into_iter().rev() {
        remove(item, path);
    }
    Ok(())
}

/// Refuses actions that can be applied to no item. It needs no item, because stores refuse such
/// actions before they evaluate a condition.
///
/// # Errors
///
/// `InvalidRequest`, naming the path, if two paths overlap, if one path needs a map where another
/// needs a list, or if an action of sets has an operand that is not a set.
pub fn check(actions: &[Action]) -> Result<()> {
    refuse_overlaps(actions)?;
    actions.iter().try_for_each(|action| match action {
        Action::Union(path, value) | Action::Difference(path, value) => {
            operand(path, value).map(|_| ())
        }
        _ => Ok(()),
    })
}

/// What an action does with the value at its path.
enum Effect {
    Set(Value),
    Remove,
    Keep,
}

fn refuse_overlaps(actions: &[Action]) -> Result<()> {
    let mut rest = actions;
    while let Some((action, others)) = rest.split_first() {
        let path = action.path();
        if let Some(other) = others.iter().find(|other| other.path().overlaps(path)) {
            let other = other.path();
            let what = format!("overlaps with `{other}`: change only one of them in an update");
            return Err(refuse(path, what));
        }
        if let Some(other) = others.iter().find(|other| disagree(other.path(), path)) {
            let other = other.path();
            let what = format!(
                "and `{other}` need a map and a list at the same place: change only one of them"
            );
            return Err(refuse(path, what));
        }
        rest = others;
    }
    Ok(())
}

/// Returns whether one of the paths needs a map where the other needs a list.
fn disagree(one: &Path, other: &Path) -> bool {
    let mut steps = one.steps().iter().zip(other.steps());
    let parted = steps.find(|(one, other)| one != other);
    one.root() == other.root()
        && parted.is_some_and(|(one, other)| {
            matches!(one, Step::Name(_)) != matches!(other, Step::Name(_))
        })
}

fn refuse(path: &Path, what: impl std::fmt::Display) -> Error {
    Error::new(Kind::InvalidRequest, format!("`{path}` {what}"))
}

/// Returns the value at `path`, if there is one.
///
/// # Errors
///
/// If the value cannot be set, because the map or list that it would be in does not exist.
fn find<'a>(item: &'a Map, path: &Path) -> Result<Option<&'a Value>> {
    let root = item.get(path.root());
    let Some((last, steps)) = path.steps().split_last() else { return Ok(root) };
    let parent = root.and_then(|root| steps.iter().try_fold(root, |value, step| step.of(value)));
    match (parent, last) {
        (Some(Value::Map(_)), Step::Name(_)) | (Some(Value::List(_)), Step::Index(_)) => {
            Ok(parent.and_then(|parent| last.of(parent)))
        }
        _ => Err(Error::new(
            Kind::InvalidRequest,
            leads_nowhere([path]).unwrap_or_else(|| format!("`{path}` cannot be changed")),
        )),
    }
}

fn effect(action: &Action, old: Option<&Value>) -> Result<Effect> {
    Ok(match action {
        Action::Set(_, value) => Effect::Set(value.clone()),
        Action::SetIfAbsent(_, value) if old.is_none() => Effect::Set(value.clone()),
        Action::SetIfAbsent(..) => Effect::Keep,
        Action::Remove(_) if old.is_some() => Effect::Remove,
        Action::Remove(_) => Effect::Keep,
        Action::Add(path, number) | Action::Count(path, number) => {
            Effect::Set(Value::Number(sum(path, old, *number)?))
        }
        Action::Append(path, values) => {
            Effect::Set(Value::List([list(path, old)?, values].concat()))
        }
        Action::Prepend(path, values) => {
            Effect::Set(Value::List([values, list(path, old)?].concat()))
        }
        Action::Union(path, value) => {
            let (old, other) = sets(path, old, value)?;
            let Some(old) = old else { return Ok(Effect::Set(Value::Set(other.clone()))) };
            combined(path, old, other, &Union).map(Effect::Set)?
        }
        Action::Difference(path, value) => match sets(path, old, value)? {
            (None, _) => Effect::Keep,
            (Some(old), other) => match combined(path, old, other, &Difference)? {
                Value::Set(set) if is_empty(&set) => Effect::Remove,
                left => Effect::Set(left),
            },
        },
    })
}

fn sum(path: &Path, old: Option<&Value>, number: Number) -> Result<Number> {
    let sum = match old {
        None => Some(number),
        Some(Value::Number(old)) => old.checked_add(number),
        Some(other) => return Err(other_kind(path, other.kind(), "number")),
    };
    sum.filter(|sum| FormatLimits::DYNAMODB.check_number(*sum).is_ok()).ok_or_else(|| {
        refuse(path, "would have more than 38 digits, or be out of the range of stored numbers")
    })
}

fn list<'a>(path: &Path, old: Option<&'a Value>) -> Result<&'a [Value]> {
    match old {
        None => Ok(&[]),
        Some(Value::List(elements)) => Ok(elements),
        Some(other) => Err(other_kind(path, other.kind(), "list")),
    }
}

fn other_kind(path: &Path, found: &str, needed: &str) -> Error {
    refuse(path, format_args!("is a {found} in the item, and the action needs a {needed}"))
}

/// Returns the stored set and that of the action.
fn sets<'a>(
    path: &Path,
    old: Option<&'a Value>,
    value: &'a Value,
) -> Result<(Option<&'a Set>, &'a Set)> {
    let other = operand(path, value)?;
    match old {
        None => Ok((None, other)),
        Some(Value::Set(old)) => Ok((Some(old), other)),
        Some(found) => Err(other_kind(path, found.kind(), "set")),
    }
}

/// Returns the set of an action.
fn operand<'a>(path: &Path, value: &'a Value) -> Result<&'a Set> {
    match value {
        Value::Set(set) if is_empty(set) => Err(refuse(
            path,
            "is changed by an empty set, and stores have no empty sets: leave the action out",
        )),
        Value::Set(set) => Ok(set),
        other => {
            let kind = other.kind();
            Err(refuse(path, format_args!("cannot be changed by a {kind}: the action needs a set")))
        }
    }
}

/// An operation on two sets whose elements have the same type.
trait Combine {
    fn combine<T: Ord + Clone>(&self, old: &BTreeSet<T>, other: &BTreeSet<T>) -> BTreeSet<T>;
}

struct Union;
struct Difference;

impl Combine for Union {
    fn combine<T: Ord + Clone>(&self, old: &BTreeSet<T>, other: &BTreeSet<T>) -> BTreeSet<T> {
        let mut all = old.clone();
        all.extend(other.iter().cloned());
        all
    }
}

impl Combine for Difference {
    fn combine<T: Ord + Clone>(&self, old: &BTreeSet<T>, other: &BTreeSet<T>) -> BTreeSet<T> {
        let mut left = BTreeSet::new();
        left.extend(old.iter().filter(|element| !other.contains(*element)).cloned());
        left
    }
}

fn combined(path: &Path, old: &Set, other: &Set, how: &impl Combine) -> Result<Value> {
    Ok(Value::Set(match (old, other) {
        (Set::Text(old), Set::Text(other)) => Set::Text(how.combine(old, other)),
        (Set::Numbers(old), Set::Numbers(other)) => Set::Numbers(how.combine(old, other)),
        (Set::Bytes(old), Set::Bytes(other)) => Set::Bytes(how.combine(old, other)),
        _ => {
            return Err(refuse(
                path,
                "is a set whose elements have another type than those of the action",
            ));
        }
    }))
}

fn is_empty(set: &Set) -> bool {
    match set {
        Set::Text(elements) => elements.is_empty(),
        Set::Numbers(elements) => elements.is_empty(),
        Set::Bytes(elements) => elements.is_empty(),
    }
}

/// The order of two paths: element by element of a list, and a path before those inside of it.
fn order(one: &Path, other: &Path) -> Ordering {
    let steps = || one.steps().iter().zip(other.steps());
    let step = |(one, other): (&Step, &Step)| match (one, other) {
        (Step::Name(one), Step::Name(other)) => one.cmp(other),
        (Step::Index(one), Step::Index(other)) => one.cmp(other),
        (Step::Name(_), Step::Index(_)) => Ordering::Less,
        (Step::Index(_), Step::Name(_)) => Ordering::Greater,
    };
    one.root().cmp(other.root()).then_with(|| {
        let first = steps().map(step).find(|ordering| ordering.is_ne());
        first.unwrap_or_else(|| one.steps().len().cmp(&other.steps().len()))
    })
}

/// Sets the value at a path that [`find`] accepts.
fn set(item: &mut Map, path: &Path, value: Value) {
    let Some((last, steps)) = path.steps().split_last() else {
        item.insert(path.root(), value);
        return;
    };
    match (parent(item, path, steps), last) {
        (Some(Value::Map(entries)), Step::Name(name)) => {
            entries.insert(name.as_ref(), value);
        }
        (Some(Value::List(elements)), Step::Index(index)) => match elements.get_mut(*index) {
            Some(element) => *element = value,
            None => elements.push(value),
        },
        _ => {}
    }
}

/// Removes the value at a path that [`find`] accepts.
fn remove(item: &mut Map, path: &Path) {
    let Some((last, steps)) = path.steps().split_last() else {
        item.remove(path.root());
        return;
    };
    match (parent(item, path, steps), last) {
        (Some(Value::Map(entries)), Step::Name(name)) => {
            entries.remove(name);
        }
        (Some(Value::List(elements)), Step::Index(index)) if *index < elements.len() => {
            elements.remove(*index);
        }
        _ => {}
    }
}

fn parent<'a>(item: &'a mut Map, path: &Path, steps: &[Step]) -> Option<&'a mut Value> {
    steps.iter().try_fold(item.get_mut(path.root())?, |value, step| match (value, step) {
        (Value::Map(entries), Step::Name(name)) => entries.get_mut(name),
        (Value::List(elements), Step::Index(index)) => elements.get_mut(*index),
        _ => None,
    })
}

#[cfg(test)]
mod tests;

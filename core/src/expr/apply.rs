//! Changing an item as actions say.

use super::{Action, Path, Step, eval};
use crate::error::{Error, Kind, Result};
use crate::value::{Map, Number, Set, Value};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Changes `item`. All actions read it as it was before.
///
/// - A step into what is no map or no list, or is not there, leads nowhere, also for
///   [`Action::Remove`]; only the last step may lead to a value that is not there.
/// - An element set behind the end of a list becomes its last one; of several, in the order of
///   their places.
/// - Places in a list are those before the change, however many of them are removed.
///
/// # Errors
///
/// `InvalidRequest`, naming the path, if a path leads nowhere, if the value there is not of the
/// kind that the action needs, if a sum is out of range, or if two paths overlap. The item is then
/// as it was.
pub fn apply(actions: &[Action], item: &mut Map) -> Result<()> {
    check(actions)?;
    let mut sets = Vec::new();
    let mut removed = Vec::new();
    for action in actions {
        let path = action.path();
        match outcome(action, find(item, path)?)? {
            Outcome::Set(value) => sets.push((path, value)),
            Outcome::Removed => removed.push(path),
            Outcome::Same => {}
        }
    }
    // New elements of a list in the order of their places; old ones from the last to the first, so
    // that none moves before it is removed.
    sets.sort_by(|(one, _), (other, _)| order(one, other));
    removed.sort_by(|one, other| order(other, one));
    for (path, value) in sets {
        set(item, path, value);
    }
    for path in removed {
        remove(item, path);
    }
    Ok(())
}

/// Refuses actions that no item can take, as [`apply`] does, but without one: stores say so before
/// they look at a condition.
///
/// # Errors
///
/// `InvalidRequest`, naming the path, if two paths overlap, if one wants a map where another wants
/// a list, or if a set is changed by what is none.
pub fn check(actions: &[Action]) -> Result<()> {
    refuse_overlaps(actions)?;
    actions.iter().try_for_each(|action| match action {
        Action::Union(path, value) | Action::Difference(path, value) => {
            operand(path, value).map(|_| ())
        }
        _ => Ok(()),
    })
}

/// What becomes of the value at a place.
enum Outcome {
    Set(Value),
    Removed,
    Same,
}

fn refuse_overlaps(actions: &[Action]) -> Result<()> {
    let mut rest = actions;
    while let Some((action, others)) = rest.split_first() {
        let path = action.path();
        if let Some(other) = others.iter().find(|other| other.path().overlaps(path)) {
            let other = other.path();
            return Err(refuse(
                path,
                format!("is changed together with `{other}`: change it once"),
            ));
        }
        if let Some(other) = others.iter().find(|other| disagree(other.path(), path)) {
            let other = other.path();
            let what = format!("wants a map where `{other}` wants a list, or the other way round");
            return Err(refuse(path, what));
        }
        rest = others;
    }
    Ok(())
}

/// Whether one of the paths needs a map where the other needs a list.
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

/// The value where `path` leads to, if there is one.
fn find<'a>(item: &'a Map, path: &Path) -> Result<Option<&'a Value>> {
    let root = item.get(path.root());
    let Some((last, steps)) = path.steps().split_last() else { return Ok(root) };
    let parent = root.and_then(|root| steps.iter().try_fold(root, eval::step));
    match (parent, last) {
        (Some(Value::Map(_)), Step::Name(_)) | (Some(Value::List(_)), Step::Index(_)) => {
            Ok(parent.and_then(|parent| eval::step(parent, last)))
        }
        _ => Err(refuse(path, "cannot be changed: the document path leads nowhere")),
    }
}

fn outcome(action: &Action, old: Option<&Value>) -> Result<Outcome> {
    Ok(match action {
        Action::Set(_, value) => Outcome::Set(value.clone()),
        Action::SetIfAbsent(_, value) if old.is_none() => Outcome::Set(value.clone()),
        Action::SetIfAbsent(..) => Outcome::Same,
        Action::Remove(_) if old.is_some() => Outcome::Removed,
        Action::Remove(_) => Outcome::Same,
        Action::Add(path, number) => Outcome::Set(Value::Number(sum(path, old, *number)?)),
        Action::Append(path, values) => {
            Outcome::Set(Value::List([list(path, old)?, values].concat()))
        }
        Action::Prepend(path, values) => {
            Outcome::Set(Value::List([values, list(path, old)?].concat()))
        }
        Action::Union(path, value) => {
            let (old, other) = sets(path, old, value)?;
            let Some(old) = old else { return Ok(Outcome::Set(Value::Set(other.clone()))) };
            combined(path, old, other, &Union).map(Outcome::Set)?
        }
        Action::Difference(path, value) => match sets(path, old, value)? {
            (None, _) => Outcome::Same,
            (Some(old), other) => match combined(path, old, other, &Difference)? {
                Value::Set(set) if is_empty(&set) => Outcome::Removed,
                left => Outcome::Set(left),
            },
        },
    })
}

fn sum(path: &Path, old: Option<&Value>, number: Number) -> Result<Number> {
    match old {
        None => Ok(number),
        Some(Value::Number(old)) => old
            .checked_add(number)
            .ok_or_else(|| refuse(path, "would be out of the range of numbers")),
        Some(other) => Err(other_kind(path, other.kind(), "number")),
    }
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

/// The stored set and the action's.
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

/// The set that an action changes a set by.
fn operand<'a>(path: &Path, value: &'a Value) -> Result<&'a Set> {
    match value {
        Value::Set(set) if is_empty(set) => {
            Err(refuse(path, "is changed by an empty set: there is none in a store"))
        }
        Value::Set(set) => Ok(set),
        other => {
            let kind = other.kind();
            Err(refuse(path, format_args!("is changed as a set is, by a {kind}")))
        }
    }
}

/// How two sets of one kind become one.
trait Combine {
    fn combine<T: Ord + Clone>(&self, old: &BTreeSet<T>, other: &BTreeSet<T>) -> BTreeSet<T>;
}

struct Union;
struct Difference;

impl Combine for Union {
    fn combine<T: Ord + Clone>(&self, old: &BTreeSet<T>, other: &BTreeSet<T>) -> BTreeSet<T> {
        old | other
    }
}

impl Combine for Difference {
    fn combine<T: Ord + Clone>(&self, old: &BTreeSet<T>, other: &BTreeSet<T>) -> BTreeSet<T> {
        old - other
    }
}

fn combined(path: &Path, old: &Set, other: &Set, how: &impl Combine) -> Result<Value> {
    Ok(Value::Set(match (old, other) {
        (Set::Text(old), Set::Text(other)) => Set::Text(how.combine(old, other)),
        (Set::Numbers(old), Set::Numbers(other)) => Set::Numbers(how.combine(old, other)),
        (Set::Bytes(old), Set::Bytes(other)) => Set::Bytes(how.combine(old, other)),
        _ => return Err(refuse(path, "is a set of another kind of values than the action's")),
    }))
}

fn is_empty(set: &Set) -> bool {
    match set {
        Set::Text(elements) => elements.is_empty(),
        Set::Numbers(elements) => elements.is_empty(),
        Set::Bytes(elements) => elements.is_empty(),
    }
}

/// By places in lists, where all before is the same.
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

/// Sets the value at a place that [`find`] has found.
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

/// Removes the value at a place that [`find`] has found.
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

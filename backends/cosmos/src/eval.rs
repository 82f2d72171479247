//! Conditions and updates on documents that were read, by core's evaluator.
//!
//! A document has no sets and no binary data. So the values of a request are compared in the form in which documents
//! hold them.

use crate::json::{as_bytes, as_set, stored};
use monotable_core::expr::{Action, Expr, Path, Step, apply};
use monotable_core::value::{Map, Set, Value};
use monotable_core::{Error, Kind, Result};

/// Returns whether a condition holds for the attributes of a document.
pub(crate) fn holds(condition: &Expr, item: Option<&Map>) -> bool {
    match condition {
        Expr::And(all) => all.iter().all(|condition| holds(condition, item)),
        Expr::Or(all) => all.iter().any(|condition| holds(condition, item)),
        Expr::Not(condition) => !holds(condition, item),
        leaf => match of_bytes(leaf, item) {
            Some(holds) => holds,
            None => comparable(leaf).holds(item),
        },
    }
}

/// Returns the condition with its values in the form of documents.
fn comparable(leaf: &Expr) -> Expr {
    match leaf {
        Expr::Compare(path, comparison, value) => {
            Expr::Compare(path.clone(), *comparison, stored(value))
        }
        Expr::Between(path, from, to) => Expr::Between(path.clone(), stored(from), stored(to)),
        Expr::In(path, values) => Expr::In(path.clone(), values.iter().map(stored).collect()),
        Expr::Contains(path, part) => Expr::Contains(path.clone(), stored(part)),
        other => other.clone(),
    }
}

/// Returns whether a condition on the order or on a part of binary data holds. `None` if it is another condition, or if
/// the item has no binary data there.
fn of_bytes(leaf: &Expr, item: Option<&Map>) -> Option<bool> {
    let path = match leaf {
        Expr::Compare(path, _, Value::Bytes(_))
        | Expr::Between(path, Value::Bytes(_), _)
        | Expr::Contains(path, Value::Bytes(_)) => path,
        _ => return None,
    };
    let bytes = as_bytes(find(item?, path)?)?;
    let place = || Path::attribute("value");
    let leaf = match leaf {
        Expr::Compare(_, comparison, value) => Expr::Compare(place(), *comparison, value.clone()),
        Expr::Between(_, from, to) => Expr::Between(place(), from.clone(), to.clone()),
        Expr::Contains(_, part) => Expr::Contains(place(), part.clone()),
        _ => return None,
    };
    let mut item = Map::new();
    item.insert("value", Value::Bytes(bytes));
    Some(leaf.holds(Some(&item)))
}

/// Applies the actions of an update.
///
/// # Errors
///
/// `InvalidRequest`, naming the path, as core's evaluator does.
pub(crate) fn change(actions: &[Action], item: &mut Map) -> Result<()> {
    // The sets of all actions are made from the item as it was before.
    let mut sets: Vec<(Path, Set)> = Vec::new();
    for action in actions {
        if let Action::Union(path, Value::Set(like)) | Action::Difference(path, Value::Set(like)) =
            action
            && let Some(Value::List(list)) = find(item, path)
        {
            let set = as_set(list, like).ok_or_else(|| {
                let message = format!("`{path}` is a list in the item, and the action needs a set of the same elements");
                Error::new(Kind::InvalidRequest, message)
            })?;
            sets.push((path.clone(), set));
        }
    }
    for (path, set) in sets {
        if let Some(place) = find_mut(item, &path) {
            *place = Value::Set(set);
        }
    }
    apply(actions, item)
}

/// Returns the value at a place, if there is one.
pub(crate) fn find<'a>(item: &'a Map, path: &Path) -> Option<&'a Value> {
    path.steps().iter().try_fold(item.get(path.root())?, |value, step| match (value, step) {
        (Value::Map(map), Step::Name(name)) => map.get(name),
        (Value::List(list), Step::Index(index)) => list.get(*index),
        _ => None,
    })
}

fn find_mut<'a>(item: &'a mut Map, path: &Path) -> Option<&'a mut Value> {
    path.steps().iter().try_fold(item.get_mut(path.root())?, |value, step| match (value, step) {
        (Value::Map(map), Step::Name(name)) => map.get_mut(name),
        (Value::List(list), Step::Index(index)) => list.get_mut(*index),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use monotable_core::expr::Comparison;

    /// The order of the base64 texts is another one.
    #[test]
    fn binary_data_is_compared_as_bytes() {
        let mut item = Map::new();
        item.insert("data", stored(&Value::Bytes(vec![0xfb, 1])));
        let data = || Path::attribute("data");
        let bytes = |bytes: &[u8]| Value::Bytes(bytes.into());
        let compare = |comparison, with| Expr::Compare(data(), comparison, bytes(with));
        let holds = |condition: Expr| {
            let not = Expr::Not(Box::new(condition.clone()));
            let is_it = holds(&condition, Some(&item));
            assert_ne!(holds(&not, Some(&item)), is_it);
            is_it
        };
        assert!(holds(compare(Comparison::Gt, &[0x69])));
        assert!(holds(compare(Comparison::Eq, &[0xfb, 1])));
        assert!(!holds(compare(Comparison::Lt, &[0xfb])));
        assert!(holds(Expr::Between(data(), bytes(&[0xfa]), bytes(&[0xfc]))));
        assert!(holds(Expr::Contains(data(), bytes(&[1]))));
        assert!(!holds(Expr::Contains(data(), bytes(&[2]))));
        assert!(holds(Expr::In(data(), vec![bytes(&[0xfb, 1])])));
        // A set of binary data is a list of texts.
        let mut item = Map::new();
        item.insert("data", Value::List(vec![stored(&bytes(&[1])), stored(&bytes(&[2]))]));
        assert!(super::holds(&Expr::Contains(data(), bytes(&[2])), Some(&item)));
        assert!(!super::holds(&Expr::Contains(data(), bytes(&[3])), None));
    }
}

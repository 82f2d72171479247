//! Renders update expressions.

use super::Placeholders;
use crate::codec::value_to_attribute;
use monotable_core::expr::{Action, Path};
use monotable_core::value::{Number, Value};
use monotable_core::{Error, Kind, Result};

/// The clauses of an update expression. Each keyword may be in it once.
#[derive(Default)]
struct Clauses {
    set: Vec<String>,
    remove: Vec<String>,
    add: Vec<String>,
    delete: Vec<String>,
}

/// Renders an update expression. Returns `None` if there are no changes.
///
/// # Errors
///
/// `Encode` if DynamoDB cannot hold a value.
pub(crate) fn update(actions: &[Action], to: &mut Placeholders) -> Result<Option<String>> {
    let mut clauses = Clauses::default();
    for action in actions {
        clauses.take(action, to)?;
    }
    let Clauses { set, remove, add, delete } = clauses;
    let clauses = [("SET", set), ("REMOVE", remove), ("ADD", add), ("DELETE", delete)];
    let clauses = clauses.into_iter().filter(|(_, actions)| !actions.is_empty());
    let clauses: Vec<String> =
        clauses.map(|(clause, actions)| format!("{clause} {}", actions.join(", "))).collect();
    Ok((!clauses.is_empty()).then(|| clauses.join(" ")))
}

impl Clauses {
    fn take(&mut self, action: &Action, to: &mut Placeholders) -> Result<()> {
        let path = to.path(action.path());
        let mut value = |value: &Value| {
            let encoded = value_to_attribute(value)
                .map_err(|error| Error::new(Kind::Encode, format!("`{}`: {error}", action.path())));
            Ok::<_, Error>(to.value(encoded?))
        };
        match action {
            Action::Set(_, new) => self.set.push(format!("{path} = {}", value(new)?)),
            Action::SetIfAbsent(_, new) => {
                self.set.push(format!("{path} = if_not_exists({path}, {})", value(new)?));
            }
            Action::Remove(_) => self.remove.push(path),
            Action::Add(place, by) | Action::Count(place, by) => {
                self.number(place, path, *by, to)?
            }
            Action::Append(_, more) => {
                let (empty, more) = (to.empty_list(), list(more, to)?);
                let old = format!("if_not_exists({path}, {empty})");
                self.set.push(format!("{path} = list_append({old}, {more})"));
            }
            Action::Prepend(_, more) => {
                let (empty, more) = (to.empty_list(), list(more, to)?);
                let old = format!("if_not_exists({path}, {empty})");
                self.set.push(format!("{path} = list_append({more}, {old})"));
            }
            Action::Union(_, set) => self.add.push(format!("{path} {}", value(set)?)),
            Action::Difference(_, set) => self.delete.push(format!("{path} {}", value(set)?)),
            _ => {
                let message = "this version of the DynamoDB backend does not know this change";
                return Err(Error::new(Kind::Unsupported, message));
            }
        }
        Ok(())
    }

    /// Adds to a number. By DynamoDB's documentation, `ADD` works only on top-level attributes, so numbers
    /// in documents use `SET`.
    fn number(
        &mut self,
        place: &Path,
        path: String,
        by: Number,
        to: &mut Placeholders,
    ) -> Result<()> {
        let by = to.value(value_to_attribute(&Value::Number(by))?);
        if place.steps().is_empty() {
            self.add.push(format!("{path} {by}"));
        } else {
            let zero = to.value(value_to_attribute(&Value::Number(0_u64.into()))?);
            self.set.push(format!("{path} = if_not_exists({path}, {zero}) + {by}"));
        }
        Ok(())
    }
}

fn list(values: &[Value], to: &mut Placeholders) -> Result<String> {
    Ok(to.value(value_to_attribute(&Value::List(values.to_vec()))?))
}

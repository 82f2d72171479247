//! `Step`: a step of a workflow, as a part of an update.

use crate::error::{Error, Kind, Result};
use crate::expr::{Comparison, Expr, Path};
use crate::field::condition::stored;
use crate::field::role::AdvanceIn;
use crate::field::{Field, FieldDef};
use crate::ops::support::Mark;
use crate::random;
use crate::schema::{self, Entity, STEP, WorkflowDef, WorkflowImpl as _};
use crate::value::Value;

/// A step, without the change of the state itself.
#[derive(Clone)]
pub(super) struct Step {
    /// Holds if the item is in a state from which the step comes.
    pub(super) from: Expr,
    /// The names of these states and of the next one, for messages.
    pub(super) names: [String; 2],
    /// What the step leaves in the item.
    pub(super) mark: Mark,
}

impl Step {
    /// Returns a step of the workflow in this field, and the value of the field after it.
    pub(super) fn new<E, M, F, W, S>(field: &Field<E, F, W>) -> Result<(Self, W)>
    where
        E: Entity,
        S: schema::Step,
        F: FieldDef<W, Role: AdvanceIn<F, E, M, W, S::Workflow>>,
    {
        let from = S::from();
        let state = |at| F::Role::value(S::Workflow::state(at));
        let (name, def): (_, &WorkflowDef) = (field.name(), S::Workflow::DEF);
        let mut values = Vec::with_capacity(from.len());
        for at in &from {
            let value = stored::<F, W>(field.path(), &state(*at))?;
            // A state that was stored under a former name has that name until the item is advanced.
            if let (Value::Text(_), Some(state)) = (&value, def.state(*at)) {
                values.extend(state.former.iter().map(|name| Value::from(*name)));
            }
            values.push(value);
        }
        let to = def.state(S::TO).map_or("", |state| state.stored);
        let mark = Mark { attribute: format!("{STEP}{name}.{to}").into(), text: random::name()? };
        let names = [def.names(from), def.names([S::TO])];
        let default = F::default_value().and_then(Result::ok);
        let from = is_one_of::<E>(name, values, default);
        Ok((Step { from, names, mark }, state(S::TO)))
    }

    /// Replaces the random token.
    pub(super) fn set_token(&mut self, token: String) -> Result<()> {
        if !(1..=MOST).contains(&token.chars().count()) {
            let message = format!("the token `{token}` does not have 1 to {MOST} characters");
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        self.mark.text = token;
        Ok(())
    }
}

/// The greatest number of characters of a token. Each item keeps one for each state.
const MOST: usize = 128;

/// Holds if the field has one of these values. `default` is what serde fills in if the field is not stored.
fn is_one_of<E: Entity>(name: &'static str, values: Vec<Value>, default: Option<Value>) -> Expr {
    let path = Path::attribute(name);
    let is = |path: Path| match values.as_slice() {
        [one] => Expr::Compare(path, Comparison::Eq, one.clone()),
        many => Expr::In(path, many.to_vec()),
    };
    let formers: Vec<_> = E::DEF.former(name).map(Path::attribute).collect();
    let mut holds = is(path.clone());
    if default.is_some_and(|default| values.contains(&default)) {
        let absent = formers.iter().cloned().map(Expr::Absent);
        holds = holds.or(absent.fold(Expr::Absent(path.clone()), Expr::and));
    }
    // A field that was stored under a former name has that name until it is written.
    let formerly = formers.into_iter().map(|former| Expr::Absent(path.clone()).and(is(former)));
    formerly.fold(holds, Expr::or)
}

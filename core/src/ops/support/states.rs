//! The states of an entity's workflows, in writes that do not advance them.

use crate::error::{Error, Kind, Result};
use crate::schema::{Entity, InState};

/// Refuses to create an entity in a state that is not initial.
pub(crate) fn starts<E: Entity>(entity: &E) -> Result<()> {
    for state in entity.in_workflows() {
        if state.def().is_some_and(|def| def.is_initial) {
            continue;
        }
        let states = state.workflow.states.iter().enumerate();
        let initial = states.filter(|(_, state)| state.is_initial).map(|(at, _)| at);
        let message = format!(
            "`{}` is the state of a workflow, which begins in {}, and the entity is in another state: create it in that state and use `advance`, or write `.create().in_any_state()` for an item that another program made",
            name::<E>(&state),
            state.workflow.names(initial)
        );
        return Err(Error::new(Kind::InvalidRequest, message));
    }
    Ok(())
}

/// Refuses an entity in other states than `before`. `what` is the beginning of the message.
pub(crate) fn keeps_states<E: Entity>(before: &[InState], after: &E, what: &str) -> Result<()> {
    let after = after.in_workflows();
    match before.iter().zip(&after).find(|(before, after)| before.at != after.at) {
        None => Ok(()),
        Some((state, _)) => {
            let message = format!(
                "{what} `{}`, which is the state of a workflow: leave it as it is, and use `advance`",
                name::<E>(state)
            );
            Err(Error::new(Kind::InvalidRequest, message))
        }
    }
}

/// Returns whether the field with this stored name is the state of a workflow.
pub(crate) fn is_state<E: Entity>(entity: &E, field: &str) -> bool {
    entity.in_workflows().iter().any(|state| name::<E>(state) == field)
}

/// The stored name of the field.
fn name<E: Entity>(state: &InState) -> &'static str {
    E::DEF.fields.get(usize::from(state.field)).copied().unwrap_or_default()
}

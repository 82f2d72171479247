//! `Draft`: the changes of an update, while the user adds them.

use super::step::Step;
use crate::error::{Error, Kind, Result};
use crate::expr::{Action, Expr};
use crate::field::condition::stored;
use crate::field::role::Role;
use crate::field::{Expiry, Field, FieldDef};
use crate::key::PartValue;
use crate::schema::EntityDef;
use crate::value::Value;
use std::sync::Arc;

/// The changes and conditions that were added so far.
#[derive(Clone, Default)]
pub(super) struct Draft {
    /// Whether anything was added, be it without effect.
    pub(super) is_begun: bool,
    pub(super) actions: Vec<Action>,
    /// The new values of fields that are parts of keys, with the numbers of these fields.
    pub(super) fed: Vec<(u16, Arc<dyn Fed>)>,
    pub(super) condition: Option<Expr>,
    /// The step of a workflow that the update is.
    pub(super) step: Option<Step>,
}

/// The new value of a field that is part of a key, or decides about one.
pub(super) trait Fed: Send + Sync {
    fn part(&self) -> Option<&dyn PartValue>;
    fn when(&self, index: usize) -> bool;
    fn expires(&self) -> Expiry;
}

struct NewValue<F, T>(T, std::marker::PhantomData<fn() -> F>);

impl<F: FieldDef<T>, T: Send + Sync> Fed for NewValue<F, T> {
    fn part(&self) -> Option<&dyn PartValue> {
        F::part(&self.0)
    }

    fn when(&self, index: usize) -> bool {
        F::when(&self.0, index)
    }

    fn expires(&self) -> Expiry {
        F::expires(&self.0)
    }
}

impl Draft {
    pub(super) fn act(&mut self, action: Action) -> Result<()> {
        if let Some(other) = self.actions.iter().find(|it| it.path().overlaps(action.path())) {
            let (one, other) = (other.path(), action.path());
            let message = if one == other {
                format!("`{one}` is changed twice in one update: change it only once")
            } else {
                format!("`{one}` and `{other}` overlap: change only one of them in an update")
            };
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        self.actions.push(action);
        Ok(())
    }

    pub(super) fn set<E, F: FieldDef<T>, T: Send + Sync + 'static>(
        &mut self,
        entity: &EntityDef,
        field: Field<E, F, T>,
        new: T,
    ) -> Result<()> {
        let value = stored::<F, T>(field.path(), &new)?;
        let (name, may_be_null) = (field.name(), field.may_be_null());
        // A field that is `None` is not stored, but inside a document it is stored as null.
        let action = match value {
            Value::Null if !may_be_null => Action::Remove(field.into_path()),
            value => Action::Set(field.into_path(), value),
        };
        self.act(action)?;
        if <F::Role as Role>::FEEDS
            && let Some(number) = entity.field(name)
        {
            let value = NewValue::<F, T>(new, std::marker::PhantomData);
            self.fed.push((number, Arc::new(value)));
        }
        Ok(())
    }
}

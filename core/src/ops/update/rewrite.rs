//! Turns the changes of an update into one request, which also rewrites index keys, the expiry, unique
//! guards and the version.

use super::draft::{Draft, Fed};
use super::fresh::Fresh;
use super::mode::Mode;
use super::step::Step;
use crate::backend::{Backend, Verb};
use crate::entity::{
    IndexAttribute, Key, Stamps, attributes, check_actions, from_attributes, two_keys,
};
use crate::error::{Error, Kind, Result};
use crate::expiry::{check, is_present, seconds};
use crate::expr::{Action, Comparison, Expr, Path};
use crate::field::Expiry;
use crate::key::{PartSpec, PartValue, Segment, Source, Template};
use crate::ops::support::{Explain, FromStates, Guard, Prepared, guard, has_version, next_version};
use crate::request::{self, PrimaryKey};
use crate::schema::{Entity, IndexKey, Schema, UniqueDef};
use crate::value::{Number, Value};

/// Prepares the request, with the unique guards that change with it.
pub(super) fn prepare<E: Entity, M: Mode<E>, B: Backend>(
    backend: &B,
    key: &Key<E>,
    mode: &M,
    draft: Result<Draft>,
) -> Result<Prepared<B::Item, request::Update>> {
    let Draft { is_begun, mut actions, fed, condition: when, step } = draft?;
    if !is_begun && mode.entity().is_some() {
        // The fields of the struct were changed, and are not what an update writes.
        let message = "an update writes only what is added to it: name each change, such as `.set(..)`, or write the whole entity with `put`";
        return Err(Error::new(Kind::InvalidRequest, message));
    }
    let (table, rules) = (E::Table::DEF, E::DEF.rules);
    let primary = key.render()?;
    let stamps = Stamps::of_change::<E>()?;
    let change = Change { key, mode, fed: &fed, stamps: &stamps };
    let verb = if step.is_some() { Verb::Advance } else { Verb::Update };
    let mut explain = Explain::new::<E>(verb);
    explain.needs_item = true;
    let mut fresh = mode.entity().map(Fresh::new);

    change.rewrite_index_keys(&mut actions, &mut fresh)?;
    let expires = change.rewrite_expiry(&mut actions).map_err(|error| error.in_item(&primary))?;
    let guards = change.rewrite_guards(backend, &primary, expires, &mut fresh)?;
    change.check_guards(&actions)?;

    let mut condition = Some(is_present(table, E::DEF));
    for (name, value) in stamps.values() {
        actions.push(Action::Set(Path::attribute(name), value.clone()));
    }
    leave_former_names::<E>(&mut actions, &mut condition);
    if let Some(field) = rules.version {
        let path = Path::attribute(field);
        match mode.entity() {
            Some(entity) => {
                let version = entity.version();
                has_version(field, version).require(&mut condition);
                explain.version = Some(version);
                let next = Number::from(next_version(version));
                actions.push(Action::Set(path, Value::Number(next)));
            }
            None => actions.push(Action::Count(path, Number::from(1))),
        }
    }
    if let Some(step) = step {
        take_step(step, &mut actions, &mut condition, &mut explain);
    }
    if let Some(expr) = fresh.and_then(Fresh::expr) {
        expr.clone().require(&mut condition);
        explain.fresh = Some(expr);
    }
    if let Some(when) = when {
        when.require(&mut condition);
    }
    check_actions::<E>(&actions).map_err(|error| error.in_item(&primary))?;
    let mut update = request::Update::new(table, E::DEF.name, primary, actions);
    update.condition = condition;
    Ok(Prepared::new(update, explain).with_guards(guards))
}

/// Makes the update a step of a workflow, which leaves its mark.
fn take_step<I>(
    step: Step,
    actions: &mut Vec<Action>,
    condition: &mut Option<Expr>,
    explain: &mut Explain<I>,
) {
    let Step { from, names, mark } = step;
    from.clone().require(condition);
    // In a workflow with a circle, the item can be in the state again that a repeated step comes from.
    Expr::Compare(mark.path(), Comparison::Ne, Value::from(mark.text.as_str())).require(condition);
    actions.push(mark.set());
    explain.from = Some(FromStates { holds: from, names });
    explain.mark = Some(mark);
}

/// Handles fields with former names (serde's `alias`).
///
/// If a field is set, the attribute with its former name is removed: otherwise the item would have the
/// field twice, and could not be read. If a field is changed in place, such as by an increment, the
/// condition requires that there is no attribute with its former name.
fn leave_former_names<E: Entity>(actions: &mut Vec<Action>, condition: &mut Option<Expr>) {
    if E::DEF.aliases.is_empty() {
        return;
    }
    let mut removed = Vec::new();
    for action in actions.iter() {
        let path = action.path();
        let replaces = matches!(action, Action::Set(..) | Action::Remove(_));
        for former in E::DEF.former(path.root()) {
            let former = Path::attribute(former);
            if replaces && path.steps().is_empty() {
                removed.push(Action::Remove(former));
            } else {
                Expr::Absent(former).require(condition);
            }
        }
    }
    actions.extend(removed);
}

/// The new values of an update, and what else it knows of the item.
struct Change<'a, E: Entity, M> {
    key: &'a Key<E>,
    mode: &'a M,
    fed: &'a [(u16, std::sync::Arc<dyn Fed>)],
    /// The time of the write, which every update sets.
    stamps: &'a Stamps,
}

impl<'a, E: Entity, M: Mode<E>> Change<'a, E, M> {
    fn new_value(&self, field: u16) -> Option<&'a dyn Fed> {
        self.fed.iter().find(|(set, _)| *set == field).map(|(_, value)| &**value)
    }

    /// The value of a key part after the update.
    fn part(&self, field: u16) -> Option<&'a dyn PartValue> {
        match self.new_value(field) {
            Some(value) => value.part(),
            None => self.stamps.part(field, || self.mode.part(self.key, field)),
        }
    }

    /// Whether the update sets the field.
    fn sets(&self, field: u16) -> bool {
        self.new_value(field).is_some() || self.stamps.has(field)
    }

    fn touches(&self, template: Template) -> bool {
        fields(template).any(|field| self.sets(field))
    }

    /// Rewrites each attribute of an index key that depends on a new value.
    fn rewrite_index_keys(
        &self,
        actions: &mut Vec<Action>,
        fresh: &mut Option<Fresh<'_, E>>,
    ) -> Result<()> {
        for mut keys in E::DEF.keys_by_index() {
            let deciding = || keys.clone().flat_map(|(_, on)| on.when.iter().copied());
            let decided = deciding().any(|field| self.new_value(field).is_some());
            let depends = |on: &IndexKey, attribute: IndexAttribute| {
                decided || self.touches(attribute.template(on))
            };
            // All keys on one index have the same attributes.
            let first = keys.clone().next().map(|(_, on)| on);
            let written = first.into_iter().flat_map(IndexAttribute::written);
            let changed: Vec<_> = written
                .filter(|attribute| keys.clone().any(|(_, on)| depends(on, *attribute)))
                .collect();
            if changed.is_empty() {
                continue;
            }
            self.take(deciding(), fresh)?;
            // The key that the item has after the update, if it has one.
            let mut held = keys.clone().filter(|(at, on)| self.has_key(*at, on));
            let (first, second) = (held.next(), held.next());
            if let Some((_, second)) = second {
                return Err(two_keys(second));
            }
            let Some((_, on)) = first else {
                let on = keys.next().map(|(_, on)| on);
                let names = on.into_iter().flat_map(|on| changed.iter().map(|it| it.name(on)));
                actions.extend(names.map(|name| Action::Remove(Path::attribute(name))));
                continue;
            };
            for attribute in changed.into_iter().filter(|attribute| depends(on, *attribute)) {
                let part = |spec: &PartSpec| self.part(spec.field);
                attribute.check_new::<E>(on, part, |spec| self.new_value(spec.field).is_some())?;
                let path = Path::attribute(attribute.name(on));
                actions.push(match attribute.render::<E>(on, part, Source::Stored)? {
                    Some(key) => Action::Set(path, Value::Text(key)),
                    None => Action::Remove(path),
                });
                self.take(fields(attribute.template(on)), fresh)?;
            }
        }
        Ok(())
    }

    /// Whether the item has the key at this place of the list after the update.
    fn has_key(&self, at: usize, on: &IndexKey) -> bool {
        on.when.iter().all(|&field| match self.new_value(field) {
            Some(value) => value.when(at),
            None => self.mode.when(at, field),
        })
    }

    /// Records the fields that the update does not set: they were taken from the loaded entity.
    fn take(
        &self,
        fields: impl Iterator<Item = u16>,
        fresh: &mut Option<Fresh<'_, E>>,
    ) -> Result<()> {
        let Some(fresh) = fresh else { return Ok(()) };
        for field in fields {
            if !self.sets(field) {
                fresh.take(field)?;
            }
        }
        Ok(())
    }

    /// Rewrites the ttl attribute if its field is set. Returns its new value in that case.
    fn rewrite_expiry(&self, actions: &mut Vec<Action>) -> Result<Option<Option<i64>>> {
        let Some(expires) = self.fed.iter().find_map(|(_, value)| match value.expires() {
            Expiry::NotThisField => None,
            Expiry::Never => Some(None),
            Expiry::At(at) => Some(Some(at)),
        }) else {
            return Ok(None);
        };
        let expires = check(expires)?;
        let ttl = Path::attribute(E::Table::DEF.ttl);
        actions.push(match expires {
            Some(at) => Action::Set(ttl, seconds(at)),
            None => Action::Remove(ttl),
        });
        Ok(Some(expires))
    }

    /// The writes of guards whose unique value or expiry changes.
    fn rewrite_guards<B: Backend>(
        &self,
        backend: &B,
        owner: &PrimaryKey,
        expires: Option<Option<i64>>,
        fresh: &mut Option<Fresh<'_, E>>,
    ) -> Result<Vec<Guard<B::Item>>> {
        let mut guards = Vec::new();
        let Some(entity) = self.mode.entity() else { return Ok(guards) };
        for unique in E::DEF.rules.unique {
            if expires.is_none() && !self.touches(unique.pk) && !self.touches(unique.sk) {
                continue;
            }
            let old = guard::key::<E>(unique, |spec: &PartSpec| entity.part(spec.field))?;
            let new = guard::key::<E>(unique, |spec: &PartSpec| self.part(spec.field))?;
            let until = expires.unwrap_or_else(|| entity.expires());
            if old == new {
                if expires.is_some() {
                    let kept = old.map(|key| {
                        guard::hand_over::<E, B::Item>(unique, key, owner, owner, until)
                    });
                    guards.extend(kept);
                }
            } else {
                guards.extend(old.map(|key| guard::free::<E, B::Item>(unique, key, owner)));
                if let Some(key) = new {
                    guards.push(guard::take::<E, B>(backend, unique, key, owner, until)?);
                }
            }
            // The stored item has to have the old values that were loaded.
            if let Some(fresh) = fresh {
                fields(unique.pk).chain(fields(unique.sk)).try_for_each(|it| fresh.take(it))?;
                // A guard expires with its item, so it must not get the expiry of an older item.
                if expires.is_none() {
                    fresh.take_expiry();
                }
            }
        }
        Ok(guards)
    }
}

impl<E: Entity, M: Mode<E>> Change<'_, E, M> {
    /// Refuses a new unique value that reads back as another one.
    fn check_guards(&self, actions: &[Action]) -> Result<()> {
        let changed = || {
            let touched = |unique: &&UniqueDef| self.touches(unique.pk) || self.touches(unique.sk);
            E::DEF.rules.unique.iter().filter(touched)
        };
        let Some(entity) = self.mode.entity() else { return Ok(()) };
        if !E::GUARD_IS_CONVERTED || changed().next().is_none() {
            return Ok(());
        }
        let (_, mut stored) = attributes(entity, self.stamps)?;
        for action in actions.iter().filter(|action| action.path().steps().is_empty()) {
            match action {
                Action::Set(path, value) => drop(stored.insert(path.root(), value.clone())),
                Action::Remove(path) => drop(stored.remove(path.root())),
                _ => {}
            }
        }
        let back: E = from_attributes(&stored)?;
        for unique in changed() {
            let new = guard::key::<E>(unique, |spec: &PartSpec| self.part(spec.field))?;
            let back = guard::key::<E>(unique, |spec: &PartSpec| back.part(spec.field))?;
            guard::reads_back(unique, new.as_ref(), back.as_ref())?;
        }
        Ok(())
    }
}

/// The fields that a template names.
fn fields(template: Template) -> impl Iterator<Item = u16> {
    template.iter().filter_map(|segment| match segment {
        Segment::Part(spec) => Some(spec.field),
        Segment::Literal(_) => None,
    })
}

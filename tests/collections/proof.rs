//! Which collections compile: the checks of the derive are called as functions, and compared with a rule.

use crate::random;
use fastrand::Rng;
use monotable::__private::{CollectionDef, Count, MemberDef, assert_member};
use std::panic::catch_unwind;

/// The keys of all entities in one partition of the table or of an index, as the generator knows them.
pub(crate) struct Path {
    pub(crate) keys: Vec<Key>,
    /// The collection with these members.
    pub(crate) collection: fn(&'static [MemberDef]) -> CollectionDef,
}

pub(crate) struct Key {
    pub(crate) entity: &'static str,
    pub(crate) literal: &'static str,
    /// Whether a partition has at most one item of the entity.
    pub(crate) is_single: bool,
    pub(crate) member: MemberDef,
}

/// The entities between the members, and the members that have to be lists.
fn faults<'a>(path: &'a Path, chosen: &[(&'a Key, Count)]) -> [Vec<&'a str>; 2] {
    let literals = || chosen.iter().map(|(key, _)| key.literal);
    let (least, greatest) = (literals().min().unwrap(), literals().max().unwrap());
    let is_member = |key: &Key| chosen.iter().any(|(member, _)| member.entity == key.entity);
    let between = path
        .keys
        .iter()
        .filter(|key| !is_member(key) && *least < *key.literal && *key.literal < *greatest);
    let lists = chosen.iter().filter(|(key, count)| !key.is_single && *count != Count::Many);
    [between.map(|key| key.entity).collect(), lists.map(|(key, _)| key.entity).collect()]
}

/// Every set of entities is a collection or not, as the rule says.
#[test]
fn what_is_no_collection_does_not_compile() {
    let mut random = Rng::with_seed(1);
    let (mut good, mut bad) = (0, 0);
    for path in random::paths() {
        for set in 1_u32..1 << path.keys.len() {
            let keys = path.keys.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
            let mut chosen: Vec<_> = keys
                .map(|(_, key)| {
                    let other = random.u8(..4) == 0;
                    let count = [Count::One, Count::Optional][usize::from(random.bool())];
                    (key, if key.is_single || other { count } else { Count::Many })
                })
                .collect();
            random.shuffle(&mut chosen);
            let members = chosen.iter().map(|(key, count)| {
                let mut member = key.member;
                member.count = *count;
                member
            });
            let members: &'static [MemberDef] = members.collect::<Vec<_>>().leak();
            let collection = (path.collection)(members);
            let checked = catch_unwind(|| {
                (0..members.len()).for_each(|at| assert_member(&collection, at));
            });
            let message = checked.map_err(|panic| *panic.downcast::<String>().unwrap());
            let what: Vec<_> = chosen.iter().map(|(key, count)| (key.literal, count)).collect();
            let [between, lists] = faults(&path, &chosen);
            match message {
                Ok(()) => {
                    assert!(between.is_empty() && lists.is_empty(), "{what:?} compiles");
                    good += 1;
                }
                // The members are checked first.
                Err(message) if !lists.is_empty() => {
                    let names = |entity: &&str| message.contains(&format!("several `{entity}`"));
                    assert!(lists.iter().any(names), "{what:?}: {message}");
                    bad += 1;
                }
                Err(message) => {
                    let names = |entity: &&str| {
                        message.starts_with(&format!("the items of `{entity}` are between"))
                    };
                    assert!(between.iter().any(names), "{what:?}: {message}");
                    bad += 1;
                }
            }
        }
    }
    assert!(good > 50 && bad > 50, "{good} compile, {bad} do not: poor tables");
}

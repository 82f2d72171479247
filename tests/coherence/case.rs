//! The trait of an entity in a random run. A macro implements it from the names of the fields.

use crate::entities::Zoo;
use fastrand::Rng;
use monotable::field::role::{ByKey, Loaded};
use monotable::prelude::*;
use monotable::{Put, Update};
use std::fmt;

/// An entity with functions for random writes.
///
/// A draft is an entity with random values. An update sets some fields to the values of the draft,
/// and changes `to` in the same way.
pub trait Case: Entity<Table = Zoo> + Clone + PartialEq + fmt::Debug {
    /// Returns an entity with random values.
    fn random(random: &mut Rng) -> Self;
    /// Returns an update by key.
    fn blind(&self, to: &mut Self, random: &mut Rng) -> Update<Self, ByKey>;
    /// Returns an update of a loaded entity.
    fn loaded<'a>(
        &self,
        memory: &'a Self,
        to: &mut Self,
        random: &mut Rng,
    ) -> Update<Self, Loaded<'a, Self>>;
    /// Copies some fields from the draft.
    fn change(&self, to: &mut Self, random: &mut Rng);
    /// Returns a put, if the rules of the entity allow one.
    fn try_put(&self) -> Option<Put<'_, Self>>;
    /// Returns this entity with another version, if it has a version.
    fn with_version(self, version: u64) -> Self;
    /// Returns the unique values.
    fn unique(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Implements [`Case`]. `key` lists the fields of the primary key, and `fields` all others except
/// `note` and the version. `blind` lists the fields that an update by key can set, and `remove`
/// those that it can remove. Each `together` is a constant of fields that are set together.
macro_rules! case {
    (
        $entity:ident, $put:ident;
        key { $($key:ident: $of_key:expr),* }
        fields { $($constant:ident $field:ident: $of_field:expr),* }
        blind { $($blind:ident $blind_field:ident),* }
        $(remove { $($remove:ident $remove_field:ident),* })?
        $(together $together:ident { $($part:ident),* })*
        $(version $version:ident)?
        $(unique { $($unique:expr),* })?
    ) => {
        impl $crate::case::Case for $entity {
            fn random(random: &mut fastrand::Rng) -> Self {
                Self {
                    $($key: $of_key(random),)*
                    $($field: $of_field(random),)*
                    $($version: 0,)?
                    note: $crate::values::small(random),
                }
            }

            #[allow(unused_mut, unused_assignments, unused_variables)]
            fn blind(
                &self,
                to: &mut Self,
                random: &mut fastrand::Rng,
            ) -> monotable::Update<Self, monotable::field::role::ByKey> {
                let mut update = self.primary_key().update();
                let mut set: Vec<&str> = Vec::new();
                // Uses one of the constants, or none.
                let mut left = random.usize(..4);
                $(
                    if left == 0 {
                        let values = ($(self.$part.clone(),)*);
                        update = update.set_index_key(Self::$together, values);
                        $(to.$part = self.$part.clone();)*
                        set.extend([$(stringify!($part)),*]);
                    }
                    left = left.wrapping_sub(1);
                )*
                $(
                    if !set.contains(&stringify!($blind_field)) && random.bool() {
                        update = update.set(Self::$blind, self.$blind_field.clone());
                        to.$blind_field = self.$blind_field.clone();
                        set.push(stringify!($blind_field));
                    }
                )*
                $($(
                    if !set.contains(&stringify!($remove_field)) && random.bool() {
                        update = update.remove(Self::$remove);
                        to.$remove_field = None;
                    }
                )*)?
                if set.is_empty() || random.bool() {
                    update = update.set(Self::NOTE, self.note);
                    to.note = self.note;
                }
                update
            }

            fn loaded<'a>(
                &self,
                memory: &'a Self,
                to: &mut Self,
                random: &mut fastrand::Rng,
            ) -> monotable::Update<Self, monotable::field::role::Loaded<'a, Self>> {
                let mut update = memory.update().set(Self::NOTE, self.note);
                to.note = self.note;
                $(
                    if random.u8(..3) == 0 {
                        update = update.set(Self::$constant, self.$field.clone());
                        to.$field = self.$field.clone();
                    }
                )*
                update
            }

            fn change(&self, to: &mut Self, random: &mut fastrand::Rng) {
                $(if random.u8(..3) == 0 { to.$field = self.$field.clone(); })*
                if random.bool() {
                    to.note = self.note;
                }
            }

            fn try_put(&self) -> Option<monotable::Put<'_, Self>> {
                case!(@$put self)
            }

            #[allow(unused_mut, unused_variables)]
            fn with_version(mut self, version: u64) -> Self {
                $(self.$version = version;)?
                self
            }

            $(
                fn unique(&self) -> Vec<String> {
                    [$($unique(self)),*].into_iter().flatten().collect()
                }
            )?
        }
    };
    (@put $entity:ident) => { Some($entity.put()) };
    (@guarded $entity:ident) => { None };
}

//! The entities of the test: one for each way in which fields can feed keys, and random ones.

#[path = "entities/exclusive.rs"]
mod exclusive;
#[path = "entities/fed.rs"]
mod fed;
#[path = "entities/random.rs"]
#[rustfmt::skip]
#[allow(unused_imports, reason = "which kinds of field there are depends on the seed")]
mod random;
#[path = "entities/ruled.rs"]
mod ruled;
#[path = "entities/sparse.rs"]
mod sparse;

pub use exclusive::*;
pub use fed::*;
pub use random::*;
pub use ruled::*;
pub use sparse::*;

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

/// An index of whole items.
#[derive(Debug, Index)]
pub struct First;

/// An index of keys only.
#[derive(Debug, Index)]
#[index(projection = keys_only)]
pub struct Second;

/// An index of the keys and the note.
#[derive(Debug, Index)]
#[index(projection = include(note))]
pub struct Third;

/// A local index of keys only.
#[derive(Debug, Index)]
#[index(local, projection = keys_only)]
pub struct Near;

/// An index whose keys are attributes, of some of the random entities.
#[derive(Debug, Index)]
#[index(attributes)]
pub struct Fourth;

#[derive(Debug, Table)]
#[table(indexes(First, Second, Third, Near, Fourth))]
#[allow(dead_code)]
pub enum Zoo {
    Single(Single),
    Pair(Pair),
    Triple(Triple),
    Mixed(Mixed),
    Optional(Optional),
    Defaulted(Defaulted),
    Bucketed(Bucketed),
    Logged(Logged),
    OwnWhen(OwnWhen),
    OtherWhen(OtherWhen),
    SomeWhen(SomeWhen),
    Shared(Shared),
    Ending(Ending),
    Unique(Unique),
    Locked(Locked),
    Seat(Seat),
    Same(Same),
    Renamed(Renamed),
    Either(Either),
    Queue(Queue),
    Twice(Twice),
    R0(R0),
    R1(R1),
    R2(R2),
    R3(R3),
    R4(R4),
    R5(R5),
    R6(R6),
    R7(R7),
    R8(R8),
    R9(R9),
    R10(R10),
    R11(R11),
}

/// A key part that is written as the name of its variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, KeyPart)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Open,
    OnHold,
    Closed,
}

pub fn state(random: &mut fastrand::Rng) -> State {
    crate::values::pick(random, &[State::Open, State::OnHold, State::Closed])
}

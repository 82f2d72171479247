//! What happens to a change whose item is of no entity: items of the table itself, and unknown items.

use crate::backend::Item;
use crate::entity::decode_variant;
use crate::error::{Error, Result};
use crate::schema::{RECORDS, Schema, TableDef};

/// What happens to a change of an item that is of no entity of the table, or that cannot be decoded as its entity: another
/// program has written it, or another version of this one. [`FailOnUnknown`], [`SkipUnknown`] or [`KeepUnknown`].
pub trait UnknownItems: sealed::Sealed + Send + Sync + 'static {
    /// What the items of changes are.
    type Item<S: Schema, I: Item>: Send;

    /// Says what an item is that was decoded, or why it was not. Returns `None` if the change is to be left out.
    ///
    /// # Errors
    ///
    /// The error, if it is to stop the feed.
    #[doc(hidden)]
    fn decide<S: Schema, I: Item>(
        change: &str,
        item: &I,
        decoded: Result<S>,
    ) -> Result<Option<Self::Item<S, I>>>;
}

/// A change of an unknown item is an error, and nothing after it is delivered. This is the default.
#[derive(Debug)]
pub enum FailOnUnknown {}

/// Changes of unknown items are left out, with a warning as an event of [tracing](https://docs.rs/tracing). If one of the
/// two items of an update is unknown, the update is left out.
#[derive(Debug)]
pub enum SkipUnknown {}

/// Unknown items are handed over as they are stored: the items of changes are [`Decoded`].
#[derive(Debug)]
pub enum KeepUnknown {}

/// An item of a change: an entity of table `S`, or an unknown item as the backend has it.
#[derive(Debug, Clone)]
pub enum Decoded<S, I> {
    /// An entity.
    Entity(S),
    /// An item that is of no entity of the table, or that cannot be decoded as its entity.
    Unknown {
        /// The item.
        item: I,
        /// Why it is unknown.
        error: Error,
    },
}

impl UnknownItems for FailOnUnknown {
    type Item<S: Schema, I: Item> = S;

    fn decide<S: Schema, I: Item>(change: &str, _: &I, decoded: Result<S>) -> Result<Option<S>> {
        decoded.map(Some).map_err(|error| error.of_change(change))
    }
}

impl UnknownItems for SkipUnknown {
    type Item<S: Schema, I: Item> = S;

    fn decide<S: Schema, I: Item>(change: &str, _: &I, decoded: Result<S>) -> Result<Option<S>> {
        if let Err(error) = &decoded {
            tracing::warn!(target: "monotable", change, %error, "a change of an unknown item is left out");
        }
        Ok(decoded.ok())
    }
}

impl UnknownItems for KeepUnknown {
    type Item<S: Schema, I: Item> = Decoded<S, I>;

    fn decide<S: Schema, I: Item>(
        _: &str,
        item: &I,
        decoded: Result<S>,
    ) -> Result<Option<Decoded<S, I>>> {
        Ok(Some(match decoded {
            Ok(entity) => Decoded::Entity(entity),
            Err(error) => Decoded::Unknown { item: item.clone(), error },
        }))
    }
}

/// Reads an item of the change with this name. Returns `None` if the change is to be left out.
pub(super) fn read<S: Schema, U: UnknownItems, I: Item>(
    change: &str,
    item: &I,
) -> Result<Option<U::Item<S, I>>> {
    if item.text(S::DEF.tag).is_some_and(|tag| is_of_the_table(S::DEF, tag)) {
        return Ok(None);
    }
    U::decide(change, item, decode_variant(&mut item.clone()))
}

/// Returns whether items with this name belong to the table itself: guards of unique values, and those of coordination.
fn is_of_the_table(table: &TableDef, tag: &str) -> bool {
    let mut guards = table.entities.iter().flat_map(|entity| entity.rules.unique);
    // Without `coordination`, an entity may have such a name. With it, its items may be there from before.
    table.entity(tag).is_none() && (RECORDS.contains(&tag) || guards.any(|it| it.name == tag))
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::FailOnUnknown {}
    impl Sealed for super::SkipUnknown {}
    impl Sealed for super::KeepUnknown {}
}

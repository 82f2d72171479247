//! The types of the members of a collection.

use super::CollectionQuery;
use crate::backend::Item;
use crate::entity::decode_entity;
use crate::error::{Error, Kind, Result};
use crate::query::Partition;
use crate::query::target::WholeItems;
use crate::schema::{CollectionDef, Entity, QueryTarget, Schema};

/// A struct whose members are the items of several entities in one partition. `#[derive(Collection)]`
/// implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a collection: derive `Collection` for a struct with a member for each entity",
    label = "not a collection"
)]
pub trait Collection: Sized + Send + 'static {
    /// The table of its members.
    type Table: Schema;
    /// The index that it is read from, or [`Primary`](crate::schema::Primary).
    type Index: QueryTarget<Projection: WholeItems<Self::Index>>;
    /// The items of each member, while they are read.
    #[doc(hidden)]
    type Lists: Default + Send;
    /// The collection as data.
    const DEF: &'static CollectionDef;

    /// Decodes an item of the member at this place.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn push<D: Item>(lists: &mut Self::Lists, place: usize, item: &mut D) -> Result<()>;

    /// Returns the collection with these members.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn collect(lists: Self::Lists, read: &Members<'_>) -> Result<Self>;

    /// Reads the collection in a partition of one of its members.
    fn of<E, I>(partition: Partition<E, I>) -> CollectionQuery<Self>
    where
        Self: InPartition<E, I>,
    {
        CollectionQuery::new(partition)
    }
}

/// A collection with a member of entity `E`. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "collection `{Self}` has no member of `{E}`",
    label = "has no member of `{E}`",
    note = "begin at the partition of one of its members, and filter only members"
)]
pub trait HasMember<E>: Collection {}

/// A collection that is in the partitions of the key of entity `E` on `I`. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "collection `{Self}` has no member of `{E}` by its key on `{I}`: begin at the partition of one of its members",
    label = "has no member of `{E}` by its key on `{I}`"
)]
pub trait InPartition<E, I>: Collection {}

/// An access pattern of an entity by its name, which is the number `NAME`. The derive of entities implements it
/// for the derive of collections.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no access pattern of this name: name one that is declared by `#[access(..)]` above `{Self}`",
    label = "no access pattern of `{Self}`"
)]
pub trait Named<const NAME: u128> {
    /// The key that it reads.
    type On;
}

/// What the values of the members are made with. Its functions are called by generated code.
#[derive(Debug, Clone, Copy)]
pub struct Members<'a> {
    pub(super) collection: &'static CollectionDef,
    pub(super) pk: &'a str,
}

impl Members<'_> {
    /// Returns the item of the member at this place.
    ///
    /// # Errors
    ///
    /// [`is_not_found`](Error::is_not_found) if there is none.
    pub fn one<E>(&self, place: usize, mut items: Vec<E>) -> Result<E> {
        items.pop().ok_or_else(|| self.missing(place))
    }

    /// Returns the item of a member that may have none.
    #[must_use]
    pub fn optional<E>(&self, mut items: Vec<E>) -> Option<E> {
        items.pop()
    }

    fn missing(&self, place: usize) -> Error {
        let Some(member) = self.collection.members.get(place) else {
            return Error::new(Kind::NotFound, "a member is missing");
        };
        let (field, entity, pk) = (member.field, member.entity.name, self.pk);
        let message = format!(
            "there is no `{entity}` in partition `{pk}` for the member `{field}`: write `{field}: Option<{entity}>` if it can be missing"
        );
        Error::new(Kind::NotFound, message)
    }
}

/// Refers to the entity `E` by its [`Entity::Stored`], as the derive of a table does. So a type that is not an
/// entity is reported once only.
#[doc(hidden)]
pub trait Listed<E> {
    /// Decodes an item, and appends it.
    #[allow(clippy::missing_errors_doc)]
    fn push<D: Item>(list: &mut Vec<E>, item: &mut D) -> Result<()>;
}

#[diagnostic::do_not_recommend]
impl<E: Entity> Listed<E> for E {
    fn push<D: Item>(list: &mut Vec<E>, item: &mut D) -> Result<()> {
        list.push(decode_entity(item)?);
        Ok(())
    }
}

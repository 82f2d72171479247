//! What a query runs on: the primary key or an index, and what that yields.

use crate::error::{Error, Kind, Result};
use crate::item::Item;
use crate::record::Key;
use crate::schema::{
    AllAttributes, Entity, Include, Itself, KeysOnly, Make, Primary, Schema, TableDef,
};

/// What can be read consistently: the primary key, and no global index.
#[diagnostic::on_unimplemented(
    message = "index `{Self}` has no consistent reads: leave `.consistent()` out, or query the primary key",
    label = "global indexes are eventually consistent"
)]
pub trait ConsistentReads {}
impl ConsistentReads for Primary {}

/// The projections of index `I` that hold attributes to filter by.
#[diagnostic::on_unimplemented(
    message = "index `{I}` holds keys only, so its entries cannot be filtered: give it `projection = include(..)` with the field, or `all`",
    label = "no attributes to filter by"
)]
pub trait Filters<I> {}
#[diagnostic::do_not_recommend]
impl<I> Filters<I> for AllAttributes {}
#[diagnostic::do_not_recommend]
impl<I> Filters<I> for Include {}

/// What a query over a projection yields for entity `E`.
pub trait Yields<E: Entity> {
    /// The entity, or its key.
    type Output: Send + 'static;

    /// Reads one item.
    ///
    /// # Errors
    ///
    /// [`is_decode`](Error::is_decode) if the item is not of that entity.
    fn read<D: Item>(item: &mut D) -> Result<Self::Output>;
}

impl<E: Entity> Yields<E> for AllAttributes {
    type Output = E;
    fn read<D: Item>(item: &mut D) -> Result<E> {
        read_entity(item)
    }
}

impl<E: Entity> Yields<E> for KeysOnly {
    type Output = Key<E>;
    fn read<D: Item>(item: &mut D) -> Result<Key<E>> {
        read_key(item)
    }
}

impl<E: Entity> Yields<E> for Include {
    type Output = Key<E>;
    fn read<D: Item>(item: &mut D) -> Result<Key<E>> {
        read_key(item)
    }
}

/// Reads an item as the variant of its table that it is.
pub(crate) fn read_variant<S: Schema, D: Item>(item: &D) -> Result<S> {
    let table = S::DEF;
    let found = match item.text(table.tag) {
        Some(tag) => table.entities.iter().position(|entity| entity.name == tag).ok_or_else(|| {
            let message =
                format!("is stored as `{tag}`, which is no entity of table `{}`", table.name);
            Error::new(Kind::Decode, message)
        }),
        None => Err(untagged(table)),
    };
    S::make(found.map_err(|error| error.of_item(&place(table, item)))?, ReadEntity(item))
}

/// Reads an item as the entity that is asked for.
struct ReadEntity<'a, D>(&'a D);

impl<D: Item> Make for ReadEntity<'_, D> {
    fn entity<E: Entity>(self) -> Result<E> {
        read_entity(&mut self.0.clone())
    }
}

fn untagged(table: &TableDef) -> Error {
    Error::new(
        Kind::Decode,
        format!(
            "has no text attribute `{}` to name its entity: something else stored it",
            table.tag
        ),
    )
}

/// Reads an item as the entity, and as no other.
pub(crate) fn read_entity<E: Entity, D: Item>(item: &mut D) -> Result<E> {
    let table = E::Table::DEF;
    let entity = match item.text(table.tag) {
        Some(tag) if tag == E::DEF.name => {
            if E::KEY_IS_CONVERTED {
                item.decode::<E::Stored>()
                    .map(Itself::into_entity)
                    .and_then(|entity| same_key(item, entity))
            } else {
                item.take::<E::Stored>().map(Itself::into_entity)
            }
        }
        Some(tag) => {
            Err(Error::new(Kind::Decode, format!("is stored as `{tag}`, not as `{}`", E::DEF.name)))
        }
        None => Err(untagged(table)),
    };
    entity.map_err(|error| error.of_item(&place(table, &*item)))
}

/// An entity with another key than its item would be written and deleted elsewhere.
fn same_key<E: Entity, D: Item>(item: &D, entity: E) -> Result<E> {
    let table = E::Table::DEF;
    let key = Key::<E>::new(entity.to_key()).render()?;
    if item.text(table.pk) == Some(&*key.pk) && item.text(table.sk) == Some(&*key.sk) {
        return Ok(entity);
    }
    Err(Error::new(
        Kind::Decode,
        format!(
            "reads back as `{key}`: the serde function of a part of its key loses some of the value"
        ),
    ))
}

fn read_key<E: Entity, D: Item>(item: &D) -> Result<Key<E>> {
    let table = E::Table::DEF;
    match (item.text(table.pk), item.text(table.sk)) {
        (Some(pk), Some(sk)) => Key::parse(pk, sk),
        _ => Err(Error::new(Kind::Decode, "has no primary key")),
    }
    .map_err(|error| error.of_item(&place(table, item)))
}

/// The item's primary key, for errors.
fn place(table: &TableDef, item: &impl Item) -> String {
    let key = |attribute| item.text(attribute).unwrap_or("?");
    format!("{} / {}", key(table.pk), key(table.sk))
}

//! `Projection`: what is read of an entity if not all of it, and the attributes that it is read from.

use super::decode::untagged;
use crate::backend::{Readable, item_place};
use crate::error::{Error, Kind, Result};
use crate::expr::Path;
use crate::field::{Decode, Field, FieldDef, PartOf as _};
use crate::key::{KeyParts, Template};
use crate::schema::{Entity, IndexDef, IndexKeys, Schema};
use crate::value::{Map, Value, ValueError};
use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

/// Some fields of entity `E`, as a struct. `#[derive(Projection)]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a projection of `{E}`: derive `Projection` for it, with `#[projection(of = {E})]`",
    label = "not a projection of `{E}`"
)]
pub trait Projection<E: Entity>: Sized + Send + 'static {
    /// The markers of its fields as a list: `(a, (b, ()))`.
    #[doc(hidden)]
    type Fields;

    /// Returns the stored names of its fields.
    #[doc(hidden)]
    fn names() -> Vec<&'static str>;

    /// Reads its fields.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn read(from: &Attributes<E>) -> Result<Self>;
}

/// The marker of a field of a projection.
#[doc(hidden)]
pub trait ProjectedField {
    /// A [`Place`].
    type Place;
}

/// Where the value of a field is: in the attribute with the stored name `N`, and if `IS_KEY`, in the primary key,
/// too.
#[doc(hidden)]
#[derive(Debug)]
pub struct Place<N, const IS_KEY: bool>(PhantomData<fn() -> N>);

/// Returns 0, if the type is an entity. The derive calls it.
#[doc(hidden)]
#[must_use]
pub const fn is_entity<E: Entity>() -> usize {
    0
}

/// Has the entity as a type. It is implemented for an array whose length is [`is_entity`]: if the type is no entity,
/// the length is an error, which is reported once, and what is made from the array causes no further errors.
#[doc(hidden)]
pub trait IfEntity<E> {
    /// The entity.
    type Type;
}

impl<E> IfEntity<E> for [(); 0] {
    type Type = E;
}

/// Says that a request reads all fields that there are.
#[derive(Debug)]
pub enum AllFields {}

/// Says that a request reads the projection `P`.
#[derive(Debug)]
pub struct Only<P>(PhantomData<fn() -> P>);

/// The attributes of an item of entity `E`, or some of them.
pub struct Attributes<E> {
    map: Map,
    /// The key of the item, for errors.
    place: String,
    entity: PhantomData<fn() -> E>,
}

impl<E: Entity> Attributes<E> {
    /// Reads the attributes of an item, or of its entry on an index that projects the name of its entity.
    ///
    /// # Errors
    ///
    /// `Decode` if the item is of another entity.
    pub(crate) fn of_item<D: Readable>(item: &mut D) -> Result<Self> {
        match item.text(E::Table::DEF.tag) {
            Some(_) => Self::read(item),
            None => {
                let error = untagged(E::Table::DEF);
                Err(error.of_item(&item_place(E::Table::DEF, item)))
            }
        }
    }

    /// Reads the attributes of an entry of an index that projects only keys, and so no name of an entity.
    ///
    /// # Errors
    ///
    /// `Decode` if the entry cannot be read.
    pub(crate) fn of_keys<D: Readable>(item: &mut D) -> Result<Self> {
        Self::read(item)
    }

    fn read<D: Readable>(item: &mut D) -> Result<Self> {
        let table = E::Table::DEF;
        let place = item_place(table, item);
        let map = match item.text(table.tag) {
            Some(tag) if tag != E::DEF.name => {
                let message = format!("is stored as `{tag}`, not as `{}`", E::DEF.name);
                Err(Error::new(Kind::Decode, message))
            }
            _ => item.take::<Map>(),
        };
        let map = map.map_err(|error| error.of_item(&place))?;
        Ok(Attributes { map, place, entity: PhantomData })
    }

    /// Returns when the item expires, in seconds since 1970.
    pub(crate) fn expires(&self) -> Option<i64> {
        match self.map.get(E::Table::DEF.ttl) {
            Some(Value::Number(at)) if E::DEF.rules.expires => at.as_i64(),
            _ => None,
        }
    }

    /// Returns an attribute that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.map.get(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of a field, as it would be in the entity.
    ///
    /// # Errors
    ///
    /// `Decode`, with the item's key and the field, if the value is not of the field's type.
    pub(crate) fn get<F: FieldDef<T, Codec: Decode<T>>, T>(
        &self,
        field: &Field<E, F, T>,
    ) -> Result<T> {
        let path = field.path();
        let value = match self.root(path.root()) {
            Some(root) => decode::<F, T>(path, root),
            None => match self.key_part::<F, T>(path) {
                Some(part) => part,
                None => match F::absent() {
                    Some(default) => Ok(default),
                    // As serde does it: an `Option` is `None`, and any other type refuses it.
                    None => decode::<F, T>(path, &Value::Null),
                },
            },
        };
        value.map_err(|error| error.of_item(&self.place))
    }

    /// Returns the value of a field from the texts of a key on an index.
    ///
    /// # Errors
    ///
    /// `Decode`, with the item's key and the field, if the key has no such part.
    pub(crate) fn part_of<F: FieldDef<T>, T>(
        &self,
        [pk, sk]: [Template; 2],
        index: Option<&'static IndexDef>,
        field: &Field<E, F, T>,
    ) -> Result<T> {
        let (table, name) = (E::Table::DEF, field.path().root());
        let names = match index.map(|index| table.index_keys(index)) {
            Some(IndexKeys::Texts { pk, sk }) => [pk, sk],
            // The keys of attributes are no texts, and have no parts.
            _ => [table.pk, table.sk],
        };
        let missing =
            || Error::new(Kind::Decode, format!("has no `{name}` in its key on the index"));
        let part = E::DEF.field(name).and_then(|it| self.cut::<F, T>(names, [pk, sk], it));
        part.unwrap_or_else(|| Err(missing())).map_err(|error| error.of_item(&self.place))
    }

    /// The attribute with this name, or with a former one.
    fn root(&self, name: &str) -> Option<&Value> {
        let former = || E::DEF.former(name).find_map(|name| self.map.get(name));
        self.map.get(name).or_else(former)
    }

    /// The value of a field that the primary key has, if the item does not have its attribute.
    fn key_part<F: FieldDef<T>, T>(&self, path: &Path) -> Option<Result<T>> {
        let (table, number) = (E::Table::DEF, E::DEF.field(path.root())?);
        let is_key = E::DEF.key_fields().any(|key| key == number);
        is_key.then(|| self.cut::<F, T>([table.pk, table.sk], [E::DEF.pk, E::DEF.sk], number))?
    }

    /// The value of a field from the texts of a key, which are in these attributes and have these templates.
    fn cut<F: FieldDef<T>, T>(
        &self,
        [pk, sk]: [&str; 2],
        templates: [Template; 2],
        field: u16,
    ) -> Option<Result<T>> {
        let keys = [(self.text(pk)?, templates[0]), (self.text(sk)?, templates[1])];
        match KeyParts::cut(keys, E::Table::DEF.encoding) {
            Ok(parts) => F::Part::read(&parts, field),
            Err(error) => Some(Err(error)),
        }
    }
}

fn decode<F: FieldDef<T, Codec: Decode<T>>, T>(path: &Path, value: &Value) -> Result<T> {
    F::Codec::from_value(value).map_err(|error| unreadable(path, error))
}

fn unreadable(path: &Path, error: ValueError) -> Error {
    Error::new(Kind::Decode, format!("has no `{path}` that can be read: {error}"))
        .with_source(error)
}

impl<E> Clone for Attributes<E> {
    fn clone(&self) -> Self {
        let (map, place) = (self.map.clone(), self.place.clone());
        Attributes { map, place, entity: PhantomData }
    }
}

impl<E> fmt::Debug for Attributes<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values are not shown, because entries are logged. The order of attributes differs between stores.
        let names: BTreeSet<_> = self.map.iter().map(|(name, _)| name).collect();
        f.debug_list().entries(names).finish()
    }
}

/// The type of a field of an entity, which a projection has as `T`. The two have to be the same type.
#[diagnostic::on_unimplemented(
    message = "this field is a `{Self}` in the entity, and a `{T}` in the projection: give it the type `{Self}`",
    label = "a `{Self}` in the entity"
)]
#[doc(hidden)]
pub trait ProjectedAs<T> {
    /// Returns the same value.
    fn same(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> ProjectedAs<T> for T {
    fn same(self) -> T {
        self
    }
}

/// Reads a field of a projection, which is a `T` there. The derive calls it.
#[doc(hidden)]
#[allow(clippy::missing_errors_doc)]
pub fn projected<T, E, F, U>(from: &Attributes<E>, field: Field<E, F, U>) -> Result<T>
where
    E: Entity,
    F: FieldDef<U, Codec: Decode<U>>,
    U: ProjectedAs<T>,
{
    from.get(&field).map(U::same)
}

/// The stored names that a projection of an entity needs: its fields with their former names, and what says whether
/// the item is of the entity and has expired. The keys are not among them.
pub(crate) fn names_of<E: Entity, P: Projection<E>>() -> Vec<&'static str> {
    let (table, entity) = (E::Table::DEF, E::DEF);
    let mut names = vec![table.tag];
    names.extend(entity.rules.expires.then_some(table.ttl));
    for name in P::names() {
        // A projection may have one field of the entity twice, and DynamoDB refuses a name that is twice in a list.
        if !names.contains(&name) {
            names.push(name);
            names.extend(entity.former(name));
        }
    }
    names
}

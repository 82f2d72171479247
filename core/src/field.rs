//! Fields as values: `Order::STATUS`, what is stored for them, and what an update may do with them.

pub(crate) mod condition;
mod def;
pub mod form;
mod into_value;
pub mod role;

pub use condition::Condition;
pub use def::{BySerde, Codec, Declared, Expiry, FieldDef, Is, IsPart, MayBePart, NoPart, PartOf};
pub use into_value::IntoValue;

use crate::expr::{Path, Step};
use form::{ListForm, MapForm};
use std::fmt;
use std::marker::PhantomData;

/// A struct that is stored inside of an entity; implemented by `#[derive(Document)]`.
///
/// Its fields are constants too, and lead further in:
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// let here = Customer::ADDRESS.then(Address::ZIP).eq("10115");
/// Customer::key("C001").update().set(Customer::BLOCKED, true).when(!here).send(&shop).await?;
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a document: derive `Document` for it, so that its fields have names",
    label = "not a document"
)]
pub trait Document: 'static {}

/// Documents that field `F` of type `T` holds: the type itself, or what an `Option` or a `Box` of
/// it holds.
///
/// On the document and not on `T`, so that the document is known when this is asked.
#[diagnostic::on_unimplemented(
    message = "`{F}` is `{T}`, whose fields are not those of `{Self}`",
    label = "not a field of `{T}`",
    note = "a struct whose fields are to have names derives `Document`"
)]
pub trait Within<F, T> {}
#[diagnostic::do_not_recommend]
impl<F, D: Document> Within<F, D> for D {}
#[diagnostic::do_not_recommend]
impl<F, D: Within<F, T>, T> Within<F, Option<T>> for D {}
#[diagnostic::do_not_recommend]
impl<F, D: Document> Within<F, Box<D>> for D {}

/// A field of an entity, or a place inside of one: `Order::STATUS`.
///
/// `E` is the entity, `F` what the derive knows of the field, `T` the field's type.
///
/// # Example: inside of a field
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// let zip = Customer::ADDRESS.then(Address::ZIP);
/// let first = Order::LABELS.at(0);
/// assert_eq!(zip.path().to_string(), "address.zip");
/// assert_eq!(first.path().to_string(), "labels[0]");
/// # Ok(()) }) }
/// ```
pub struct Field<E, F, T> {
    path: Path,
    /// The stored name of the last step.
    name: &'static str,
    is_optional: bool,
    #[expect(
        clippy::type_complexity,
        reason = "a function type, so that the field is `Send` whatever its markers"
    )]
    types: PhantomData<fn() -> (E, F, T)>,
}

/// A place inside of a field, which `F` describes.
#[derive(Debug)]
pub struct Inside<F>(PhantomData<fn() -> F>);

/// An element of a list, or an entry of a map.
#[derive(Debug)]
pub enum Element {}

impl<T, F: FieldDef<T>> Declared<T> for Inside<F> {
    type Is = Is<role::Plain, NoPart, F::Form, F::Codec>;
}

impl<T: serde::Serialize> Declared<T> for Element {
    type Is = Is;
}

impl<E, F, T> Field<E, F, T> {
    /// A field with this stored name. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Field { path: Path::attribute(name), name, is_optional: false, types: PhantomData }
    }

    /// A field with this stored name, whose type is an `Option`. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn optional(name: &'static str) -> Self {
        Field { path: Path::attribute(name), name, is_optional: true, types: PhantomData }
    }

    /// The field's stored name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether null may be stored at this place, for `None`: in an entity, nothing is stored for it.
    pub(crate) fn may_be_null(&self) -> bool {
        self.is_optional && !self.path.steps().is_empty()
    }

    /// The field's stored name, with the steps into it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn go<F2, T2>(self, step: Step) -> Field<E, F2, T2> {
        // It does no harm to ask for null of types that are not an `Option`, too.
        let path = self.path.step(step);
        Field { path, name: "element", is_optional: true, types: PhantomData }
    }
}

impl<E, F, T> Field<E, F, T> {
    pub(crate) fn into_path(self) -> Path {
        self.path
    }
}

impl<E, F: FieldDef<T, Role = role::Plain>, T> Field<E, F, T> {
    /// A field of the document that this one holds.
    #[must_use]
    pub fn then<D, F2: FieldDef<T2>, T2>(self, field: Field<D, F2, T2>) -> Field<E, Inside<F2>, T2>
    where
        D: Within<F, T>,
    {
        let name = Path::root(&field.path).to_owned();
        let mut path = self.path.step(Step::Name(name.into()));
        for step in field.path.steps() {
            path = path.step(step.clone());
        }
        Field { path, name: field.name, is_optional: field.is_optional, types: PhantomData }
    }

    /// The element at this place of a list, from 0.
    #[must_use]
    pub fn at<X>(self, index: usize) -> Field<E, Element, X>
    where
        F::Form: ListForm<F, T, X>,
    {
        self.go(Step::Index(index))
    }

    /// The entry of a map with this key.
    #[must_use]
    pub fn entry<X>(self, key: impl Into<String>) -> Field<E, Element, X>
    where
        F::Form: MapForm<F, T, X>,
    {
        self.go(Step::Name(key.into().into()))
    }
}

impl<E, F, T> Clone for Field<E, F, T> {
    fn clone(&self) -> Self {
        let (name, is_optional) = (self.name, self.is_optional);
        Field { path: self.path.clone(), name, is_optional, types: PhantomData }
    }
}

impl<E, F, T> fmt::Debug for Field<E, F, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", self.path)
    }
}

/// Fields that an update by key has to set together, so that an index stays true:
/// `Order::GSI1_KEY`. `F` and `T` are the tuples of their markers and types.
pub struct IndexKeyFields<E, F, T> {
    names: &'static [&'static str],
    #[expect(clippy::type_complexity, reason = "as in `Field`")]
    types: PhantomData<fn() -> (E, F, T)>,
}

impl<E, F, T> IndexKeyFields<E, F, T> {
    /// The fields with these stored names. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(names: &'static [&'static str]) -> Self {
        IndexKeyFields { names, types: PhantomData }
    }

    pub(crate) fn names(&self) -> &'static [&'static str] {
        self.names
    }
}

impl<E, F, T> Clone for IndexKeyFields<E, F, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, F, T> Copy for IndexKeyFields<E, F, T> {}

impl<E, F, T> fmt::Debug for IndexKeyFields<E, F, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IndexKeyFields")
    }
}

/// A type that a version may have.
#[diagnostic::on_unimplemented(
    message = "a version is a `u64`, and this field is `{Self}`",
    label = "not a `u64`"
)]
#[doc(hidden)]
pub trait IsVersion: Copy {
    /// The number.
    fn number(self) -> u64;
}
impl IsVersion for u64 {
    fn number(self) -> u64 {
        self
    }
}

/// The version's number. For the derives.
#[doc(hidden)]
pub fn version<T: IsVersion>(version: &T) -> u64 {
    version.number()
}

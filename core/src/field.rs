//! Fields as values: `Order::STATUS`, what is stored for them, and what an update may do with them.

pub(crate) mod condition;
pub mod form;
mod into_value;
pub mod role;

pub use condition::Condition;
pub use into_value::IntoValue;

use crate::expr::{Path, Step};
use crate::key::{KeyPart, PartValue};
use crate::value::{Value, ValueError};
use form::{ListForm, MapForm, Own};
use std::fmt;
use std::marker::PhantomData;

/// What the derive knows of a field of type `T`, on a marker type of the field's name.
pub trait FieldDef<T>: 'static {
    /// What an update may do with the field.
    type Role: role::Role;
    /// The form in which it is stored; decides which comparisons there are. See [`form`].
    type Form;
    /// How a value becomes what is stored: by the type's `Serialize`, or by the field's own serde
    /// function.
    #[doc(hidden)]
    type Codec: Codec<T>;
    /// Whether its values are parts of keys. A type, because a function would be a body that users'
    /// compilers check, for each field.
    #[doc(hidden)]
    type Part: PartOf<T>;
    /// Its name and place, in one constant, for the same reason.
    #[doc(hidden)]
    const DEF: FieldInfo;
    /// The field's stored name.
    const NAME: &'static str = Self::DEF.0;
    /// The field's position in the struct.
    const FIELD: u16 = Self::DEF.1;
    /// Whether it is an `Option`: `None` is stored as nothing, or as null inside of a document.
    const OPTIONAL: bool = Self::DEF.2;

    /// What is stored for a value, through the field's own serde function if it has one.
    ///
    /// # Errors
    ///
    /// If the value cannot be stored.
    fn to_value(value: &T) -> Result<Value, ValueError> {
        Self::Codec::to_value(value)
    }

    /// A value as a part of keys, for a field that feeds some; `None` if it is absent from them.
    #[doc(hidden)]
    fn part(value: &T) -> Option<&dyn PartValue> {
        Self::Part::part(value)
    }

    /// Whether the `when(..)` of an index key holds of a value, as far as this field decides it.
    #[doc(hidden)]
    fn is_in(value: &T, index: usize) -> bool {
        let _ = (value, index);
        true
    }

    /// When an item with this value expires, for the field that says so.
    #[doc(hidden)]
    fn expires(value: &T) -> Expiry {
        let _ = value;
        Expiry::NotThisField
    }
}

/// What the derive says of a field in one constant: its stored name, its position, and whether it
/// is an `Option`. A tuple, because a call in each constant takes compilers longer.
#[doc(hidden)]
pub type FieldInfo = (&'static str, u16, bool);

/// How a value of type `T` becomes a part of keys.
#[doc(hidden)]
pub trait PartOf<T> {
    /// The part; `None` if it is absent.
    fn part(value: &T) -> Option<&dyn PartValue>;
}

/// Feeds no key.
#[doc(hidden)]
#[derive(Debug)]
pub enum NoPart {}

/// Is a part itself. `K` is the part's [`Kind`](KeyPart::Kind): naming it asks for the type to be a
/// part where it is written.
#[doc(hidden)]
#[derive(Debug)]
pub struct IsPart<K>(PhantomData<fn() -> K>);

/// An `Option` of a part.
#[doc(hidden)]
#[derive(Debug)]
pub struct MayBePart<K>(PhantomData<fn() -> K>);

impl<T> PartOf<T> for NoPart {
    fn part(_: &T) -> Option<&dyn PartValue> {
        None
    }
}

impl<T: KeyPart, K> PartOf<T> for IsPart<K> {
    fn part(value: &T) -> Option<&dyn PartValue> {
        value.as_part()
    }
}

impl<T: KeyPart, K> PartOf<Option<T>> for MayBePart<K> {
    fn part(value: &Option<T>) -> Option<&dyn PartValue> {
        value.as_ref().and_then(T::as_part)
    }
}

/// How a field of type `T` becomes what is stored.
#[doc(hidden)]
pub trait Codec<T> {
    /// What is stored.
    ///
    /// # Errors
    ///
    /// If the value cannot be stored.
    fn to_value(value: &T) -> Result<Value, ValueError>;
}

/// By the type's own `Serialize`.
#[doc(hidden)]
#[derive(Debug)]
pub enum BySerde {}

impl<T: serde::Serialize> Codec<T> for BySerde {
    fn to_value(value: &T) -> Result<Value, ValueError> {
        crate::value::to_value(value)
    }
}

/// What a field's value says of when its item expires.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// Nothing.
    NotThisField,
    /// Never.
    Never,
    /// At this second since 1970.
    At(i64),
}

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

impl<T, F: FieldDef<T>> FieldDef<T> for Inside<F> {
    type Role = role::Plain;
    type Form = F::Form;
    type Codec = F::Codec;
    type Part = NoPart;
    const DEF: FieldInfo = (F::NAME, u16::MAX, F::OPTIONAL);
}

impl<T: serde::Serialize> FieldDef<T> for Element {
    type Role = role::Plain;
    type Form = Own<T>;
    type Codec = BySerde;
    type Part = NoPart;
    // Null is stored for `None` here, and it does no harm to ask for other types, too.
    const DEF: FieldInfo = ("element", u16::MAX, true);
}

impl<E, F: FieldDef<T>, T> Field<E, F, T> {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    #[allow(clippy::new_without_default, reason = "a constant, made by the derive only")]
    pub const fn new() -> Self {
        Field { path: Path::attribute(F::NAME), types: PhantomData }
    }

    /// The field's stored name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        F::NAME
    }

    /// The field's stored name, with the steps into it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn go<F2, T2>(self, step: Step) -> Field<E, F2, T2> {
        Field { path: self.path.step(step), types: PhantomData }
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
        Field { path, types: PhantomData }
    }

    /// The element at this place of a list, from 0.
    #[must_use]
    pub fn at<X>(self, index: usize) -> Field<E, Element, X>
    where
        F::Form: ListForm<F, Element = X>,
    {
        self.go(Step::Index(index))
    }

    /// The entry of a map with this key.
    #[must_use]
    pub fn entry<X>(self, key: impl Into<String>) -> Field<E, Element, X>
    where
        F::Form: MapForm<F, Value = X>,
    {
        self.go(Step::Name(key.into().into()))
    }
}

impl<E, F, T> Clone for Field<E, F, T> {
    fn clone(&self) -> Self {
        Field { path: self.path.clone(), types: PhantomData }
    }
}

impl<E, F, T> fmt::Debug for Field<E, F, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", self.path)
    }
}

/// Fields that an update by key has to set together, so that an index stays true:
/// `Order::GSI1_KEY`. `F` and `T` are the tuples of their markers and types.
#[expect(clippy::type_complexity, reason = "as in `Field`")]
pub struct Together<E, F, T>(PhantomData<fn() -> (E, F, T)>);

impl<E, F, T> Together<E, F, T> {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    #[allow(clippy::new_without_default, reason = "a constant, made by the derive only")]
    pub const fn new() -> Self {
        Together(PhantomData)
    }
}

impl<E, F, T> Clone for Together<E, F, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, F, T> Copy for Together<E, F, T> {}

impl<E, F, T> fmt::Debug for Together<E, F, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Together")
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

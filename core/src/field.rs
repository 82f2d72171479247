//! Fields as values, such as `Order::STATUS`: the form in which they are stored, and what an update can do
//! with them.

mod attributes;
pub(crate) mod condition;
mod def;
pub mod form;
mod into_value;
pub(crate) mod key_form;
pub mod role;
mod stamp;

pub use attributes::{Has, InKey, ReadFrom, Takes};
pub use condition::{Condition, IntoCondition};
pub use def::{
    AtPlace, BySerde, Codec, Declared, Decode, Expiry, FieldDef, Is, IsPart, MayBePart, Name,
    NoPart, PartOf, StoredName,
};
pub use into_value::IntoValue;
pub use key_form::{KeyForm, KeyKind, key_attribute};
pub use stamp::{FromNow, stamp};

use crate::expr::{Path, Step};
use form::{ListForm, MapForm};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// A struct that is stored inside of an entity. `#[derive(Document)]` implements it.
///
/// Its fields are constants, too, so a condition or an update can name a field inside of a field:
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

/// The documents that a field `F` of type `T` contains: the type itself, or the type inside of an `Option` or
/// a `Box`.
///
/// It is a trait of the document and not of `T`, so that the compiler knows the document when it checks this.
#[diagnostic::on_unimplemented(
    message = "this field is of type `{T}`, which does not have the fields of `{Self}`",
    label = "not a field of `{T}`",
    note = "`then` needs a field that is the document, or an `Option` or `Box` of it; the document derives `Document`"
)]
pub trait Within<F, T> {}
#[diagnostic::do_not_recommend]
impl<F, D: Document> Within<F, D> for D {}
// The message is about the type inside of the `Option`, so it is not marked `do_not_recommend`.
impl<F, D: Within<F, T>, T> Within<F, Option<T>> for D {}
#[diagnostic::do_not_recommend]
impl<F, D: Document> Within<F, Box<D>> for D {}

/// Gives a list or a map its own message. These implementations hold for no field.
macro_rules! elements_first {
    ($([$($g:tt)*] $type:ty: $first:ident;)*) => {$(
        impl<F: $first, D, $($g)*> Within<F, $type> for D {}
    )*};
}
elements_first! {
    [T] Vec<T>: SelectElement;
    [T] VecDeque<T>: SelectElement;
    [T] Box<[T]>: SelectElement;
    [T] Arc<[T]>: SelectElement;
    [K, T] BTreeMap<K, T>: SelectEntry;
    [K, T, S] HashMap<K, T, S>: SelectEntry;
}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a list: select an element first, as in `.at(0).then(..)`",
    label = "not a field of a list"
)]
#[doc(hidden)]
pub trait SelectElement {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a map: select an entry first, as in `.entry(\"key\").then(..)`",
    label = "not a field of a map"
)]
#[doc(hidden)]
pub trait SelectEntry {}

/// A field of an entity, such as `Order::STATUS`, or a place inside of a field.
///
/// `E` is the entity, `F` is the marker of the field, and `T` is its type.
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

/// The marker of a field with marker `F` of a document, which is in the field that is stored as `N`.
#[derive(Debug)]
pub struct Inside<F, N>(PhantomData<fn() -> (F, N)>);

/// The marker of an element of a list, or of an entry of a map, in the field that is stored as `N`.
#[derive(Debug)]
pub struct Element<N>(PhantomData<fn() -> N>);

impl<T, F: FieldDef<T>, N: StoredName> Declared<T> for Inside<F, N> {
    type Is = Is<N, role::Plain, NoPart, F::Form, AtPlace<F::Codec>>;
}

impl<T: serde::Serialize, N: StoredName> Declared<T> for Element<N> {
    type Is = Is<N, role::Plain, NoPart, form::Own, AtPlace<BySerde>>;
}

impl<E, F, T> Field<E, F, T> {
    /// Returns the field with this stored name. The derives call it.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Field { path: Path::attribute(name), name, is_optional: false, types: PhantomData }
    }

    /// Returns the field with this stored name, whose type is an `Option`. The derives call it.
    #[doc(hidden)]
    #[must_use]
    pub const fn optional(name: &'static str) -> Self {
        Field { path: Path::attribute(name), name, is_optional: true, types: PhantomData }
    }

    /// Returns the stored name of the field.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns whether null may be stored at this place for `None`. In the entity itself, nothing is stored for
    /// `None`.
    pub(crate) fn may_be_null(&self) -> bool {
        self.is_optional && !self.path.steps().is_empty()
    }

    /// Returns the path: the stored name of the field, with the steps into it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn go<F2, T2>(self, step: Step) -> Field<E, F2, T2> {
        // For types that are not an `Option`, comparing with null, too, has no effect.
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
    /// Returns a field of the document in this field.
    #[must_use]
    pub fn then<D, F2: FieldDef<T2>, T2>(
        self,
        field: Field<D, F2, T2>,
    ) -> Field<E, Inside<F2, F::Name>, T2>
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

    /// Returns the element of a list at this place, counted from 0.
    #[must_use]
    pub fn at<X>(self, index: usize) -> Field<E, Element<F::Name>, X>
    where
        F::Form: ListForm<F, T, X>,
    {
        self.go(Step::Index(index))
    }

    /// Returns the entry of a map with this key.
    #[must_use]
    pub fn entry<X>(self, key: impl Into<String>) -> Field<E, Element<F::Name>, X>
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

/// The fields that an update by key has to set together, so that the keys of an index stay correct, such as
/// `Order::GSI1_KEY`. `F` and `T` are the tuples of their markers and types.
pub struct IndexKeyFields<E, F, T> {
    names: &'static [&'static str],
    #[expect(clippy::type_complexity, reason = "as in `Field`")]
    types: PhantomData<fn() -> (E, F, T)>,
}

impl<E, F, T> IndexKeyFields<E, F, T> {
    /// Returns the fields with these stored names. The derives call it.
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

/// Returns the hash of a field's stored name. The derives call it.
#[doc(hidden)]
pub const fn name_of<E, F: FieldDef<T>, T>(field: Field<E, F, T>) -> u128 {
    // A constant function cannot drop it. The field is a constant, whose path has nothing on the heap.
    std::mem::forget(field);
    <F::Name as StoredName>::HASH
}

/// Returns whether the primary key has the value of a field. The derives call it.
#[doc(hidden)]
pub const fn is_key<E, F: FieldDef<T>, T>(field: Field<E, F, T>) -> bool {
    std::mem::forget(field);
    <F::Role as role::Role>::IS_KEY
}

/// Returns the hash of the stored name of a field that a state of a workflow adds. The derives call it.
#[doc(hidden)]
pub const fn added<E, F: FieldDef<T>, T: Added>(field: Field<E, F, T>) -> u128 {
    name_of(field)
}

/// The types of fields that a state of a workflow can add.
#[diagnostic::on_unimplemented(
    message = "a field that a state adds is an `Option`, because an item has no value there before: this one is `{Self}`",
    label = "not an `Option`"
)]
#[doc(hidden)]
pub trait Added {}
#[diagnostic::do_not_recommend]
impl<T> Added for Option<T> {}

/// The types that a version can have.
#[diagnostic::on_unimplemented(
    message = "a version is a `u64`, and this field is `{Self}`",
    label = "not a `u64`"
)]
#[doc(hidden)]
pub trait IsVersion: Copy {
    /// Returns the number.
    fn number(self) -> u64;
}
impl IsVersion for u64 {
    fn number(self) -> u64 {
        self
    }
}

/// Returns the number of a version. The derives call it.
#[doc(hidden)]
pub fn version<T: IsVersion>(version: &T) -> u64 {
    version.number()
}

//! The forms in which fields are stored, and what can be asked of each.
//!
//! A field without a serde function of its own has the form of its type, [`Own`]: which comparisons
//! it takes is told by traits on the type ([`OrderedType`], [`TextType`], …), which a type of your
//! own can implement. A field with `#[serde(with = "..")]` has the form that the function stores:
//! that of monotable's own (`monotable::fixed::s`, `monotable::decimal`, `monotable::set`) and of
//! the usual ones is known; of others, `#[stored(number)]` or `#[stored(text)]` on the field says
//! it.

use crate::key::{KeyPart, kind};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::BuildHasher;
use std::marker::PhantomData;
use std::sync::Arc;

/// Stored as serde stores the type.
#[derive(Debug)]
pub struct Own<T>(PhantomData<fn() -> T>);
/// Stored as a number.
#[derive(Debug)]
pub enum Number {}
/// Stored as text in the order of the values.
#[derive(Debug)]
pub enum Text {}
/// Stored as a set, by `monotable::set`; `T` is the field's type.
#[derive(Debug)]
pub struct Set<T>(PhantomData<fn() -> T>);
/// Stored by a function that is not known; `T` is the field's type.
#[derive(Debug)]
pub struct Opaque<T>(PhantomData<fn() -> T>);

/// Types whose stored form has the order of their values.
pub trait OrderedType {}

/// Types that are stored as text.
pub trait TextType {}

/// Types that are stored as numbers.
pub trait NumberType {}

/// Types that are stored as lists.
#[diagnostic::on_unimplemented(
    message = "this needs a list, and the field is `{Self}`: a set has `union`, a map `entry`, a document `then`",
    label = "not a list"
)]
pub trait ListType {
    /// What the list holds.
    type Element;
}

/// Types that are stored as maps with keys of text.
#[diagnostic::on_unimplemented(
    message = "`entry` needs a map, and the field is `{Self}`: a list has `at`, a document `then`",
    label = "not a map"
)]
pub trait MapType {
    /// What the map holds.
    type Value;
}

/// Collections that `monotable::set` stores as sets.
#[diagnostic::on_unimplemented(
    message = "this needs a set, and the field is `{Self}`",
    label = "not a set"
)]
pub trait SetType {
    /// What the set holds.
    type Element;
}

/// Types whose stored form has a size: texts, lists, maps.
pub trait SizedType {}

/// Types that `contains` looks into.
#[diagnostic::on_unimplemented(
    message = "`contains` needs text, a list or a set, and the field is `{Self}`",
    label = "contains nothing",
    note = "whether a map has an entry: `.entry(\"key\").exists()`"
)]
pub trait ContainerType {
    /// What it looks for.
    type Element;
}

macro_rules! implement {
    ($trait:ident: $($type:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl $trait for $type {}
    )*};
}

implement!(NumberType: u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64);
implement!(OrderedType: u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64);
implement!(OrderedType: char, jiff::civil::Date);
#[cfg(feature = "uuid")]
implement!(OrderedType: uuid::Uuid);
#[cfg(feature = "ulid")]
implement!(OrderedType: ulid::Ulid);
#[cfg(feature = "chrono")]
implement!(OrderedType: chrono::NaiveDate);

#[diagnostic::do_not_recommend]
impl<T: KeyPart<Kind = kind::Text>> OrderedType for T {}
#[diagnostic::do_not_recommend]
impl<T: KeyPart<Kind = kind::Text>> TextType for T {}
#[diagnostic::do_not_recommend]
impl<T: KeyPart<Kind = kind::Text>> SizedType for T {}
#[diagnostic::do_not_recommend]
impl<T: KeyPart<Kind = kind::Text>> ContainerType for T {
    type Element = String;
}

#[diagnostic::do_not_recommend]
impl<T: OrderedType> OrderedType for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: TextType> TextType for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: NumberType> NumberType for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: SizedType> SizedType for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: ContainerType> ContainerType for Option<T> {
    type Element = T::Element;
}
#[diagnostic::do_not_recommend]
impl<T: ListType> ListType for Option<T> {
    type Element = T::Element;
}
#[diagnostic::do_not_recommend]
impl<T: MapType> MapType for Option<T> {
    type Value = T::Value;
}
#[diagnostic::do_not_recommend]
impl<T: SetType> SetType for Option<T> {
    type Element = T::Element;
}

macro_rules! lists {
    ($([$($g:tt)*] $type:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T, $($g)*> ListType for $type { type Element = T; }
        #[diagnostic::do_not_recommend]
        impl<T, $($g)*> SizedType for $type {}
        #[diagnostic::do_not_recommend]
        impl<T, $($g)*> ContainerType for $type { type Element = T; }
    )*};
}
lists! {
    [] Vec<T>;
    [] VecDeque<T>;
    [] Box<[T]>;
    [] Arc<[T]>;
    [] BTreeSet<T>;
    [S: BuildHasher] HashSet<T, S>;
}

macro_rules! sets {
    ($([$($g:tt)*] $type:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T, $($g)*> SetType for $type { type Element = T; }
    )*};
}
sets! {
    [] BTreeSet<T>;
    [S: BuildHasher] HashSet<T, S>;
    [] Vec<T>;
}

#[diagnostic::do_not_recommend]
impl<K, V, S: BuildHasher> MapType for HashMap<K, V, S> {
    type Value = V;
}
#[diagnostic::do_not_recommend]
impl<K, V> MapType for BTreeMap<K, V> {
    type Value = V;
}
#[diagnostic::do_not_recommend]
impl<K, V, S: BuildHasher> SizedType for HashMap<K, V, S> {}
#[diagnostic::do_not_recommend]
impl<K, V> SizedType for BTreeMap<K, V> {}

/// Forms of field `F` of which it is known what is stored: all but [`Opaque`].
///
/// Asked for by itself, so that an opaque field has its own message: it passes for every form below
/// that it might be.
#[diagnostic::on_unimplemented(
    message = "`{F}` has a serde function of its own, and what that stores is not known: say it on the field, `#[stored(number)]` or `#[stored(text)]`",
    label = "not known to be stored in a form that can do this"
)]
pub trait KnownForm<F> {}
#[diagnostic::do_not_recommend]
impl<F, T> KnownForm<F> for Own<T> {}
#[diagnostic::do_not_recommend]
impl<F, T> KnownForm<F> for Set<T> {}
#[diagnostic::do_not_recommend]
impl<F> KnownForm<F> for Number {}
#[diagnostic::do_not_recommend]
impl<F> KnownForm<F> for Text {}

// The forms know the field, and carry the messages; those of types with an associated type are for
// where the compiler asks for that first.

/// Forms of field `F` with the order of their values.
#[diagnostic::on_unimplemented(
    message = "`{F}` is not stored in the order of its values, so it can only be compared with `eq`, `ne` and `is_in`: store a time with `#[serde(with = \"monotable::fixed::s\")]`, a decimal with `#[serde(with = \"monotable::decimal\")]`",
    label = "not stored in order",
    note = "times are stored in order by `monotable::fixed::s`, `ms`, `us` and `ns`; enums are stored by name",
    note = "of a type of your own that serde stores as a number or as ordered text, say so on the field: `#[stored(number)]`, `#[stored(text)]`"
)]
pub trait OrderedForm<F> {}

/// Forms of field `F` that are text.
#[diagnostic::on_unimplemented(
    message = "`begins_with` needs text, and `{F}` is not stored as text: use another comparison",
    label = "not text",
    note = "of a type of your own that serde stores as text, say so on the field: `#[stored(text)]`"
)]
pub trait TextForm<F> {}

/// Forms of field `F` that are numbers.
#[diagnostic::on_unimplemented(
    message = "only a number can be incremented, and `{F}` is not stored as one: use `set`",
    label = "not a number",
    note = "decimals are stored as numbers with `#[serde(with = \"monotable::decimal\")]`",
    note = "of a type of your own that serde stores as a number, say so on the field: `#[stored(number)]`"
)]
pub trait NumberForm<F> {}

/// Forms of field `F` that are lists.
#[diagnostic::on_unimplemented(
    message = "`{F}` is not stored as a list, which has `append`, `prepend` and `at`: a set has `union`, a map `entry`, a document `then`",
    label = "not a list"
)]
pub trait ListForm<F> {
    /// What it holds.
    type Element;
}

/// Forms of field `F` that are maps.
#[diagnostic::on_unimplemented(
    message = "`{F}` is not stored as a map, which has `entry`: a list has `at`, a document `then`",
    label = "not a map"
)]
pub trait MapForm<F> {
    /// What it holds.
    type Value;
}

/// Forms of field `F` that are sets.
#[diagnostic::on_unimplemented(
    message = "`{F}` is not stored as a set: declare it with `#[serde(default, with = \"monotable::set\")]`",
    label = "not stored as a set",
    note = "without it, serde stores a `HashSet` as a list, which stores do not keep free of repetitions"
)]
pub trait SetForm<F> {
    /// What it holds.
    type Element;
}

/// Forms of field `F` that have a size.
#[diagnostic::on_unimplemented(
    message = "`size` needs text, a list, a map or a set, and `{F}` is none of these",
    label = "has no size"
)]
pub trait SizedForm<F> {}

/// Forms of field `F` that `contains` looks into.
#[diagnostic::on_unimplemented(
    message = "`contains` needs text, a list or a set, and `{F}` is none of these",
    label = "contains nothing",
    note = "whether a map has an entry: `.entry(\"key\").exists()`"
)]
pub trait ContainerForm<F> {
    /// What it holds.
    type Element;
}

macro_rules! forms {
    ($($trait:ident $(-> $assoc:ident)?: $type:ident $(, $also:ident)*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<F, T: $type> $trait<F> for Own<T> {
            $(type $assoc = T::$assoc;)?
        }
        $(
            #[diagnostic::do_not_recommend]
            impl<F> $trait<F> for $also {}
        )*
    )*};
}
forms! {
    OrderedForm: OrderedType, Number, Text;
    TextForm: TextType, Text;
    NumberForm: NumberType, Number;
    ListForm -> Element: ListType;
    MapForm -> Value: MapType;
    SizedForm: SizedType, Text;
    ContainerForm -> Element: ContainerType;
}

#[diagnostic::do_not_recommend]
impl<F, T> OrderedForm<F> for Opaque<T> {}
#[diagnostic::do_not_recommend]
impl<F, T> TextForm<F> for Opaque<T> {}
#[diagnostic::do_not_recommend]
impl<F, T> NumberForm<F> for Opaque<T> {}
#[diagnostic::do_not_recommend]
impl<F, T> SizedForm<F> for Opaque<T> {}
#[diagnostic::do_not_recommend]
impl<F, T> ContainerForm<F> for Opaque<T> {
    type Element = T;
}

#[diagnostic::do_not_recommend]
impl<F, T> SizedForm<F> for Set<T> {}
#[diagnostic::do_not_recommend]
impl<F, T: SetType> ContainerForm<F> for Set<T> {
    type Element = T::Element;
}
#[diagnostic::do_not_recommend]
impl<F, T: SetType> SetForm<F> for Set<T> {
    type Element = T::Element;
}
#[diagnostic::do_not_recommend]
impl<F> ContainerForm<F> for Text {
    type Element = String;
}

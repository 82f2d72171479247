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
#[diagnostic::on_unimplemented(
    message = "this comparison needs a field that is stored in its order, and `{Self}` is not known to be",
    label = "not stored in order",
    note = "store times with `#[serde(with = \"monotable::fixed::s\")]` (or `ms`, `us`, `ns`), decimals with `#[serde(with = \"monotable::decimal\")]`",
    note = "of a type of your own that serde stores as a number or as ordered text, say so on the field: `#[stored(number)]`, `#[stored(text)]`"
)]
pub trait OrderedType {}

/// Types that are stored as text.
#[diagnostic::on_unimplemented(
    message = "this needs a text field, and this one is `{Self}`",
    label = "not text",
    note = "of a type of your own that serde stores as text, say so on the field: `#[stored(text)]`"
)]
pub trait TextType {}

/// Types that are stored as numbers.
#[diagnostic::on_unimplemented(
    message = "`increment` needs a number, and this field is `{Self}`",
    label = "not a number",
    note = "of a type of your own that serde stores as a number, say so on the field: `#[stored(number)]`"
)]
pub trait NumberType {}

/// Types that are stored as lists.
#[diagnostic::on_unimplemented(
    message = "this needs a list, and this field is `{Self}`",
    label = "not a list"
)]
pub trait ListType {
    /// What the list holds.
    type Element;
}

/// Types that are stored as maps with keys of text.
#[diagnostic::on_unimplemented(
    message = "this needs a map, and this field is `{Self}`",
    label = "not a map"
)]
pub trait MapType {
    /// What the map holds.
    type Value;
}

/// Collections that `monotable::set` stores as sets.
#[diagnostic::on_unimplemented(
    message = "this needs a set, and this field is `{Self}`",
    label = "not a set"
)]
pub trait SetType {
    /// What the set holds.
    type Element;
}

/// Types whose stored form has a size: texts, lists, maps.
#[diagnostic::on_unimplemented(
    message = "`size` needs text, a list, a map or a set, and this field is `{Self}`",
    label = "has no size"
)]
pub trait SizedType {}

/// Types that `contains` looks into.
#[diagnostic::on_unimplemented(
    message = "`contains` needs text, a list or a set, and this field is `{Self}`",
    label = "contains nothing"
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

/// Implemented by nothing: what is asked of a field whose serde function is not known.
#[diagnostic::on_unimplemented(
    message = "this field (`{Self}`) has a serde function of its own, and what that stores is not known: say it on the field, `#[stored(number)]` or `#[stored(text)]`",
    label = "not known to be stored in a form that can do this"
)]
pub trait KnownForm {}

macro_rules! forms {
    ($($(#[$doc:meta])* $trait:ident($message:literal) $(-> $assoc:ident)?: $type:ident $(, $also:ident)*;)*) => {$(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(message = $message, label = "stored in another form")]
        pub trait $trait {
            $(
                /// What it holds.
                type $assoc;
            )?
        }
        #[diagnostic::do_not_recommend]
        impl<T: $type> $trait for Own<T> {
            $(type $assoc = T::$assoc;)?
        }
        $(
            #[diagnostic::do_not_recommend]
            impl $trait for $also {}
        )*
    )*};
}

forms! {
    /// Forms with the order of their values.
    OrderedForm("this comparison needs a field that is stored in its order"): OrderedType, Number, Text;
    /// Forms of text.
    TextForm("this needs a text field"): TextType, Text;
    /// Numbers.
    NumberForm("`increment` needs a number"): NumberType, Number;
    /// Lists.
    ListForm("this needs a list") -> Element: ListType;
    /// Maps.
    MapForm("this needs a map") -> Value: MapType;
    /// Forms that have a size.
    SizedForm("`size` needs text, a list, a map or a set"): SizedType, Text;
    /// Forms that `contains` looks into.
    ContainerForm("`contains` needs text, a list or a set") -> Element: ContainerType;
}

#[diagnostic::do_not_recommend]
impl<T: KnownForm> OrderedForm for Opaque<T> {}
#[diagnostic::do_not_recommend]
impl<T: KnownForm> TextForm for Opaque<T> {}
#[diagnostic::do_not_recommend]
impl<T: KnownForm> NumberForm for Opaque<T> {}
#[diagnostic::do_not_recommend]
impl<T> SizedForm for Set<T> {}
#[diagnostic::do_not_recommend]
impl<T: SetType> ContainerForm for Set<T> {
    type Element = T::Element;
}
#[diagnostic::do_not_recommend]
impl ContainerForm for Text {
    type Element = String;
}

/// Sets.
#[diagnostic::on_unimplemented(
    message = "this needs a set: store the field with `#[serde(default, with = \"monotable::set\")]`",
    label = "not stored as a set",
    note = "without it, serde stores a `HashSet` as a list, which stores do not keep free of repetitions"
)]
pub trait SetForm {
    /// What it holds.
    type Element;
}
#[diagnostic::do_not_recommend]
impl<T: SetType> SetForm for Set<T> {
    type Element = T::Element;
}

//! The forms in which fields are stored, and the conditions and updates that each form has.
//!
//! A field without a serde function has the form of its type, which [`HasForm`] declares. You can implement it
//! for a type of your own that serde stores as a number or as text. A field with `#[serde(with = "..")]` has
//! the form that the function stores. This form is known for monotable's functions
//! (`monotable::timestamp::s`, `monotable::decimal`, `monotable::set`) and for the usual ones of other crates.
//! For all others, `#[stored(number)]` or `#[stored(text)]` on the field declares it.
//!
//! For each thing that a condition or an update can do with a field there is one trait of forms. It has the
//! compiler's message for the fields that cannot do this.

use crate::expr::{Action, Path};
use crate::key::{KeyPart, kind};
use crate::value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::BuildHasher;
use std::marker::PhantomData;
use std::sync::Arc;

/// Stored in the form of the field's type, if [`HasForm`] declares one.
#[derive(Debug)]
pub enum Own {}
/// Stored as a number.
#[derive(Debug)]
pub enum Number {}
/// Stored as a number that is always an integer.
#[derive(Debug)]
pub enum Integer {}
/// Stored as text in the order of the values.
#[derive(Debug)]
pub enum Text {}
/// Stored as text in a format that has the order of the values, such as that of dates.
#[derive(Debug)]
pub enum Sorted {}
/// Stored as a list of `X`.
#[derive(Debug)]
pub struct List<X>(PhantomData<fn() -> X>);
/// Stored as a map from texts to `X`.
#[derive(Debug)]
pub struct Map<X>(PhantomData<fn() -> X>);
/// Stored as a set, by `monotable::set`.
#[derive(Debug)]
pub enum Set {}
/// Stored by a function whose form is not known.
#[derive(Debug)]
pub enum Opaque {}

/// The types for which it is known in which form serde stores them.
pub trait HasForm {
    /// [`Number`], [`Integer`], [`Text`], [`Sorted`], [`List`] or [`Map`].
    type Form;
}

macro_rules! has_form {
    ($([$($g:tt)*] $type:ty => $form:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($g)*> HasForm for $type {
            type Form = $form;
        }
    )*};
    ($($form:ident: $($type:ty),*;)*) => {
        has_form! { $($([] $type => $form;)*)* }
    };
}
has_form! {
    Integer: u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize;
    Number: f32, f64;
    Sorted: char, jiff::civil::Date;
}
#[cfg(feature = "uuid")]
has_form! { Sorted: uuid::Uuid; }
#[cfg(feature = "ulid")]
has_form! { Sorted: ulid::Ulid; }
#[cfg(feature = "chrono")]
has_form! { Sorted: chrono::NaiveDate; }
has_form! {
    [T: KeyPart<Kind = kind::Text>] T => Text;
    [T: HasForm] Option<T> => T::Form;
    [T] Vec<T> => List<T>;
    [T] VecDeque<T> => List<T>;
    [T] Box<[T]> => List<T>;
    [T] Arc<[T]> => List<T>;
    [T] BTreeSet<T> => List<T>;
    [T, S: BuildHasher] HashSet<T, S> => List<T>;
    [K, V] BTreeMap<K, V> => Map<V>;
    [K, V, S: BuildHasher] HashMap<K, V, S> => Map<V>;
}

/// The forms of field `F` that are known: all except [`Opaque`].
///
/// It is a bound of its own, so that a field with an unknown form has its own message. Such a field satisfies the
/// traits below.
#[diagnostic::on_unimplemented(
    message = "this field has a serde function, and it is not known what that stores: declare it on the field with `#[stored(number)]` or `#[stored(text)]`",
    label = "not known to be stored in a form that can do this"
)]
pub trait KnownForm<F> {}

/// The forms of field `F` of type `T` with the order of their values.
#[diagnostic::on_unimplemented(
    message = "this field is not stored in the order of its values: compare it with `eq`, `ne` or `is_in`",
    label = "not stored in order",
    note = "a time is stored in order with `#[serde(with = \"monotable::timestamp::s\")]`, or `ms`, `us`, `ns`; if it is an `Option`, with `#[serde(default, with = ..)]`",
    note = "a decimal is stored in order with `#[serde(with = \"monotable::decimal\")]`; enums are stored by name",
    note = "if serde stores your type as a number or as ordered text, declare that on the field: `#[stored(number)]` or `#[stored(text)]`"
)]
pub trait OrderedForm<F, T> {}

/// The forms of field `F` of type `T` that are text.
#[diagnostic::on_unimplemented(
    message = "`begins_with` needs a text, but this field is not stored as a text that can begin with another: compare it with `eq`, `ne` or `is_in`",
    label = "not text",
    note = "if serde stores your type as text, declare that on the field: `#[stored(text)]`"
)]
pub trait TextForm<F, T> {}

/// The forms of field `F` of type `T` that are numbers.
#[diagnostic::on_unimplemented(
    message = "only a number can be incremented, but this field is not stored as a number: use `set`",
    label = "not a number",
    note = "decimals are stored as numbers with `#[serde(with = \"monotable::decimal\")]`",
    note = "if serde stores your type as a number, declare that on the field: `#[stored(number)]`"
)]
pub trait NumberForm<F, T> {
    /// The type of what is added: `T`. If a field is not a number, there is no such type, so the compiler does
    /// not also report what was to be added.
    type Amount;

    /// Returns the same value.
    #[doc(hidden)]
    fn amount(amount: Self::Amount) -> T;

    /// Returns the action that adds a number.
    #[doc(hidden)]
    fn add(path: Path, number: value::Number) -> Action {
        Action::Add(path, number)
    }
}

/// The forms of field `F` of type `T` that are lists of `X`.
#[diagnostic::on_unimplemented(
    message = "this field is not stored as a list, which has `append`, `prepend` and `at`: a set has `union`, a map `entry`, a document `then`",
    label = "not a list"
)]
pub trait ListForm<F, T, X> {}

/// The forms of field `F` of type `T` that are maps to `X`.
#[diagnostic::on_unimplemented(
    message = "this field is not stored as a map, which has `entry`: a list has `at`, a document `then`",
    label = "not a map"
)]
pub trait MapForm<F, T, X> {}

/// The forms of field `F` of type `T` that are sets of `X`.
#[diagnostic::on_unimplemented(
    message = "this field is not stored as a set: declare it with `#[serde(default, with = \"monotable::set\")]`",
    label = "not stored as a set",
    note = "without it, serde stores a `HashSet` as a list, in which stores allow repetitions"
)]
pub trait SetForm<F, T, X> {}

/// The forms of field `F` of type `T` that have a size.
#[diagnostic::on_unimplemented(
    message = "`size` needs a text, a list, a map or a set, but this field is stored as something else",
    label = "has no size"
)]
pub trait SizedForm<F, T> {}

/// The forms of field `F` of type `T` in which `contains` looks for an `X`.
#[diagnostic::on_unimplemented(
    message = "`contains` needs a text, a list or a set, but this field is stored as something else",
    label = "contains nothing",
    note = "to ask whether a map has an entry, use `.entry(\"key\").exists()`"
)]
pub trait ContainerForm<F, T, X> {}

/// Declares what forms can do. A field in the form of its type can do what that form can.
macro_rules! can {
    ($($trait:ident $(($x:ident))?: $([$($g:tt)*] $form:ty $(=> $what:ty)?),*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<F, T: HasForm<Form: $trait<F, T $(, $x)?>> $(, $x)?> $trait<F, T $(, $x)?> for Own {}
        $(
            #[diagnostic::do_not_recommend]
            impl<F, T, $($g)*> $trait<F, T $(, $what)?> for $form {}
        )*
    )*};
}
can! {
    OrderedForm: [] Number, [] Integer, [] Text, [] Sorted, [] Opaque;
    TextForm: [] Text, [] Opaque;
    SizedForm: [] Text, [X] List<X>, [X] Map<X>, [] Set, [] Opaque;
    ListForm(X): [X] List<X> => X;
    MapForm(X): [X] Map<X> => X;
    SetForm(X):;
    ContainerForm(X): [] Text => String, [X] List<X> => X, [] Opaque => T;
}

#[diagnostic::do_not_recommend]
impl<F, T: HasForm<Form = List<X>>, X> SetForm<F, T, X> for Set {}
#[diagnostic::do_not_recommend]
impl<F, T: HasForm<Form = List<X>>, X> ContainerForm<F, T, X> for Set {}

#[diagnostic::do_not_recommend]
impl<F, T: HasForm<Form: NumberForm<F, T>>> NumberForm<F, T> for Own {
    type Amount = <T::Form as NumberForm<F, T>>::Amount;

    fn amount(amount: Self::Amount) -> T {
        T::Form::amount(amount)
    }

    fn add(path: Path, number: value::Number) -> Action {
        T::Form::add(path, number)
    }
}
#[diagnostic::do_not_recommend]
impl<F, T> NumberForm<F, T> for Integer {
    type Amount = T;

    fn amount(amount: T) -> T {
        amount
    }

    fn add(path: Path, number: value::Number) -> Action {
        Action::Count(path, number)
    }
}
#[diagnostic::do_not_recommend]
impl<F, T> NumberForm<F, T> for Number {
    type Amount = T;

    fn amount(amount: T) -> T {
        amount
    }
}
#[diagnostic::do_not_recommend]
impl<F, T> NumberForm<F, T> for Opaque {
    type Amount = T;

    fn amount(amount: T) -> T {
        amount
    }
}

macro_rules! known {
    ($($form:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<F> KnownForm<F> for $form {}
    )*};
}
known!(Own, Number, Text, Set);

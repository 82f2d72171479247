//! `IntoPart` and `IntoRange`: the types that arguments of keys and queries can have.

use super::part::Absent;
use std::borrow::Cow;
use std::ops::{Bound, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use std::sync::Arc;

/// A type that can be the argument for a key part of type `T`: the value, a reference to it, and for
/// text any kind of string.
///
/// `P` is [`Absent`] if a query has no next part. Then every argument is accepted, so that the compiler
/// reports only that the part is missing.
#[diagnostic::on_unimplemented(
    message = "this key part is a `{T}`, but a `{Self}` is given",
    label = "expected `{T}`"
)]
pub trait IntoPart<T, P = Present> {
    /// Returns the value.
    fn into_part(self) -> T;
}

/// The second parameter of [`IntoPart`] for a part that exists.
#[derive(Debug)]
pub enum Present {}

// These have no bound on `KeyPart`. A type that is not a key part is reported where it is declared, and
// not a second time where a value of it is used.
#[diagnostic::do_not_recommend]
impl<T> IntoPart<T> for T {
    fn into_part(self) -> T {
        self
    }
}
#[diagnostic::do_not_recommend]
impl<T: Clone> IntoPart<T> for &T {
    fn into_part(self) -> T {
        self.clone()
    }
}
#[diagnostic::do_not_recommend]
impl<V> IntoPart<Absent, Absent> for V {
    fn into_part(self) -> Absent {
        Absent
    }
}

macro_rules! text {
    ($($type:ty: $($from:ty),*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl IntoPart<$type> for $from {
            fn into_part(self) -> $type { self.into() }
        }
    )*)*};
}
text! {
    String: &str, Cow<'_, str>, Box<str>, char;
    Box<str>: &str, Cow<'_, str>, String;
    Arc<str>: &str, Cow<'_, str>, Box<str>, String;
    Cow<'static, str>: &'static str, String;
}
macro_rules! text_behind {
    ($($from:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoPart<String> for $from {
            fn into_part(self) -> String {
                let text: &str = &self;
                text.to_owned()
            }
        }
    )*};
}
macro_rules! text_of_string {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoPart<$type> for &String {
            fn into_part(self) -> $type {
                self.clone().into()
            }
        }
    )*};
}
text_of_string!(Box<str>, Arc<str>, Cow<'static, str>);
text_behind!(&&str, &Cow<'_, str>, &Box<str>, Arc<str>, &Arc<str>);

/// A range of key parts of type `T`. It is a standard range whose ends are [`IntoPart`], or a pair of
/// [`Bound`]s. If `T` is a time, it is also a date, a [`Month`](crate::key::Month), a
/// [`Year`](crate::key::Year), or a range of these.
///
/// This is not std's `RangeBounds`, because the compiler could not infer its type for `..`.
#[diagnostic::on_unimplemented(
    message = "this key part needs a range of `{T}`, but a `{Self}` is given",
    label = "not a range of `{T}`",
    note = "write `a..b`, `a..=b`, `a..`, `..b`, `..=b`, `..` or a pair of `Bound`s",
    note = "a part that is a time also takes a date, a `Month` or a `Year`, and ranges of them"
)]
pub trait PartRange<T, P = Present> {
    /// Returns the lower and the upper end.
    fn into_bounds(self) -> (Bound<T>, Bound<T>);
}

macro_rules! range {
    ($($type:ty, $self:ident => $lower:expr, $upper:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T, P, V: IntoPart<T, P>> PartRange<T, P> for $type {
            fn into_bounds($self) -> (Bound<T>, Bound<T>) {
                ($lower, $upper)
            }
        }
    )*};
}
range! {
    Range<V>, self => Bound::Included(self.start.into_part()), Bound::Excluded(self.end.into_part());
    RangeFrom<V>, self => Bound::Included(self.start.into_part()), Bound::Unbounded;
    RangeTo<V>, self => Bound::Unbounded, Bound::Excluded(self.end.into_part());
    RangeToInclusive<V>, self => Bound::Unbounded, Bound::Included(self.end.into_part());
    (Bound<V>, Bound<V>), self => self.0.map(IntoPart::into_part), self.1.map(IntoPart::into_part);
}
#[diagnostic::do_not_recommend]
impl<T, P, V: IntoPart<T, P>> PartRange<T, P> for RangeInclusive<V> {
    fn into_bounds(self) -> (Bound<T>, Bound<T>) {
        let (lower, upper) = self.into_inner();
        (Bound::Included(lower.into_part()), Bound::Included(upper.into_part()))
    }
}
#[diagnostic::do_not_recommend]
impl<T, P> PartRange<T, P> for RangeFull {
    fn into_bounds(self) -> (Bound<T>, Bound<T>) {
        (Bound::Unbounded, Bound::Unbounded)
    }
}

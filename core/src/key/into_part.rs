//! `IntoPart` and `IntoRange`: the types that arguments of keys and queries can have.

use super::part::Absent;
use std::borrow::Cow;
use std::ops::{Bound, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use std::sync::Arc;

/// A type that can be the argument for key field `F`, whose type is `T`: the value, a reference to it,
/// and for text any kind of string.
#[diagnostic::on_unimplemented(
    message = "key part `{F}` is a `{T}`, but a `{Self}` is given",
    label = "expected `{T}`"
)]
pub trait IntoPart<F, T> {
    /// Returns the value.
    fn into_part(self) -> T;
}

/// Implements `IntoPart` for `Copy` types and references to them.
macro_rules! into_part_by_value {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<F> $crate::key::IntoPart<F, $type> for $type {
            fn into_part(self) -> $type { self }
        }
        #[diagnostic::do_not_recommend]
        impl<F> $crate::key::IntoPart<F, $type> for &$type {
            fn into_part(self) -> $type { *self }
        }
    )*};
}
pub(crate) use into_part_by_value;

macro_rules! text {
    ($($type:ty: $($from:ty),*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl<F> IntoPart<F, $type> for $from {
            fn into_part(self) -> $type { self.into() }
        }
    )*)*};
}
text! {
    String: String, &String, &str, Cow<'_, str>, Box<str>, char;
    Box<str>: Box<str>, &str, String;
    Arc<str>: Arc<str>, &str, String;
    Cow<'static, str>: Cow<'static, str>, &'static str, String;
}
#[diagnostic::do_not_recommend]
impl<F> IntoPart<F, String> for &&str {
    fn into_part(self) -> String {
        (*self).to_owned()
    }
}
#[diagnostic::do_not_recommend]
impl<F> IntoPart<F, Arc<str>> for &Arc<str> {
    fn into_part(self) -> Arc<str> {
        Arc::clone(self)
    }
}
#[diagnostic::do_not_recommend]
impl<F, V> IntoPart<F, Absent> for V {
    fn into_part(self) -> Absent {
        Absent
    }
}

/// A range of key parts for field `F`, whose type is `T`. It is a standard range whose ends are
/// [`IntoPart`], or a pair of [`Bound`]s.
///
/// This is not std's `RangeBounds`, because the compiler could not infer its type for `..`.
#[diagnostic::on_unimplemented(
    message = "key part `{F}` needs a range of `{T}`, but a `{Self}` is given",
    label = "not a range of `{T}`",
    note = "write `a..b`, `a..=b`, `a..`, `..b`, `..=b`, `..` or a pair of `Bound`s",
    note = "if the part is a time and these are dates: days are a range of times, `begin_of_first..begin_of_day_after_last`, because `..=date` would end where that day begins"
)]
pub trait PartRange<F, T> {
    /// Returns the lower and the upper end.
    fn into_bounds(self) -> (Bound<T>, Bound<T>);
}

macro_rules! range {
    ($($type:ty, $self:ident => $lower:expr, $upper:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<F, T, V: IntoPart<F, T>> PartRange<F, T> for $type {
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
impl<F, T, V: IntoPart<F, T>> PartRange<F, T> for RangeInclusive<V> {
    fn into_bounds(self) -> (Bound<T>, Bound<T>) {
        let (lower, upper) = self.into_inner();
        (Bound::Included(lower.into_part()), Bound::Included(upper.into_part()))
    }
}
#[diagnostic::do_not_recommend]
impl<F, T> PartRange<F, T> for RangeFull {
    fn into_bounds(self) -> (Bound<T>, Bound<T>) {
        (Bound::Unbounded, Bound::Unbounded)
    }
}

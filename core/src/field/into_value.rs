//! `IntoValue`: the types from which the value of a field can be given.

use std::borrow::Cow;

/// A value that can be given for a field `F` of type `T`: a `T`, or a type that converts to it without loss, such
/// as `&str` for a `String`, or a value for an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "this field needs a value of type `{T}`, but `{Self}` is given",
    label = "expected `{T}`"
)]
pub trait IntoValue<F, T> {
    /// Returns the value.
    fn into_value(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<F, T> IntoValue<F, T> for T {
    fn into_value(self) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<F, T> IntoValue<F, Option<T>> for T {
    fn into_value(self) -> Option<T> {
        Some(self)
    }
}

macro_rules! text {
    ($($from:ty => $to:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<F> IntoValue<F, $to> for $from {
            fn into_value(self) -> $to {
                self.into()
            }
        }
        #[diagnostic::do_not_recommend]
        impl<F> IntoValue<F, Option<$to>> for $from {
            fn into_value(self) -> Option<$to> {
                Some(self.into())
            }
        }
    )*};
}
text! {
    &str => String,
    &String => String,
    &str => Box<str>,
    &str => std::sync::Arc<str>,
    &'static str => Cow<'static, str>,
}

//! What a field's value may be written as.

use std::borrow::Cow;

/// A value that field `F` takes for a `T`, or for the `T`s that it holds: a `T`, or what becomes one
/// without loss; `&str` for a `String`, a value for an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "`{F}` takes `{T}`, and `{Self}` is given",
    label = "expected `{T}`"
)]
pub trait IntoValue<F, T> {
    /// The value.
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

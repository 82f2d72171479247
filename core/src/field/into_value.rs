//! `IntoValue`: the types from which the value of a field can be given.

use std::borrow::Cow;
use std::sync::Arc;

/// A value that can be given for a field `F` of type `T`.
///
/// - For every type: a `T`, or a reference to one.
/// - For a text (`String`, `Box<str>`, `Arc<str>`, `Cow<'static, str>`): any kind of string, and a `char`.
/// - For a `Vec<X>`: also a slice or an array, of values that can be given for an `X`.
/// - For an `Option`: what can be given for the type inside of it, with or without `Some`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// let note: Option<&str> = Some("ring twice");
/// Order::key("C001", "ORD-001").update().set(Order::NOTE, note).send(&shop).await?;
/// Order::key("C001", "ORD-001").update().set(Order::LABELS, ["express"]).send(&shop).await?;
/// # Ok(()) }) }
/// ```
///
/// Because so many types are taken, the compiler does not know the type of a bare `None`. To take the value
/// away, write `remove`; to ask whether there is none, write `absent`; elsewhere, write `None::<String>`, with
/// the type that is inside of the `Option`.
#[diagnostic::on_unimplemented(
    message = "this field needs a value of type `{T}`, but `{Self}` is given",
    label = "expected `{T}`"
)]
pub trait IntoValue<F, T> {
    /// Returns the value.
    fn into_value(self) -> T;
}

/// Implements `IntoValue` for types from which a value can be made.
macro_rules! into_value {
    ($([$($g:tt)*] $from:ty => $to:ty, $self:ident => $value:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<F, $($g)*> IntoValue<F, $to> for $from {
            fn into_value($self) -> $to {
                $value
            }
        }
    )*};
}

into_value! {
    [T] T => T, self => self;
    [T: Clone] &T => T, self => self.clone();
    [T: Clone] &&T => T, self => (*self).clone();
    [T] T => Option<T>, self => Some(self);
    [T: Clone] &T => Option<T>, self => Some(self.clone());
    [T: Clone] &&T => Option<T>, self => Some((*self).clone());
    [T: Clone] Option<&T> => Option<T>, self => self.cloned();
}

into_value! {
    [V: IntoValue<F, T>, T, const N: usize] [V; N] => Vec<T>, self => list(self);
    [V: IntoValue<F, T> + Clone, T, const N: usize] &[V; N] => Vec<T>, self => list(self.to_vec());
    [V: IntoValue<F, T> + Clone, T] &[V] => Vec<T>, self => list(self.to_vec());
    [V: IntoValue<F, T>, T, const N: usize] [V; N] => Option<Vec<T>>, self => Some(list(self));
    [V: IntoValue<F, T> + Clone, T, const N: usize] &[V; N] => Option<Vec<T>>, self => Some(list(self.to_vec()));
    [V: IntoValue<F, T> + Clone, T] &[V] => Option<Vec<T>>, self => Some(list(self.to_vec()));
    [V: IntoValue<F, T>, T, const N: usize] Option<[V; N]> => Option<Vec<T>>, self => self.map(list);
    [V: IntoValue<F, T> + Clone, T] Option<&[V]> => Option<Vec<T>>, self => self.map(|list| self::list(list.to_vec()));
}

/// Returns the elements, each as a value of the list.
fn list<F, T, V: IntoValue<F, T>>(elements: impl IntoIterator<Item = V>) -> Vec<T> {
    elements.into_iter().map(V::into_value).collect()
}

/// Declares from which other types a text can be made, also inside of an `Option`.
macro_rules! text {
    ($($to:ty: $($from:ty),*;)*) => {
        into_value! {$($(
            [] $from => $to, self => self.to_string().into();
            [] $from => Option<$to>, self => Some(self.to_string().into());
            [] Option<$from> => Option<$to>, self => self.map(|text| text.to_string().into());
        )*)*}
    };
}
text! {
    String: &str, &&str, char, Box<str>, &Box<str>, Arc<str>, &Arc<str>, Cow<'_, str>, &Cow<'_, str>;
    Box<str>: &str, &&str, char, String, &String, Arc<str>, &Arc<str>, Cow<'_, str>, &Cow<'_, str>;
    Arc<str>: &str, &&str, char, String, &String, Box<str>, &Box<str>, Cow<'_, str>, &Cow<'_, str>;
    Cow<'static, str>: &str, &&str, char, String, &String, Box<str>, &Box<str>, Arc<str>, &Arc<str>;
}

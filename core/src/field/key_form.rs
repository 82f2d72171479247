//! The forms of fields that can be attributes in the keys of an index.

use super::def::FieldDef;
use super::form::{HasForm, Integer, KnownForm, Number, Opaque, Own, Sorted, Text};
use crate::key::{KeyPart, kind};
use crate::schema::{KeyAttribute, KeyType};

/// The forms of field `F` of type `T` that stores take in the keys of an index.
///
/// It is decided by what a type is as a part of rendered keys: such a type is one value, and not a list or a
/// document. The parts that have no order as they are stored, such as times, are left out.
#[diagnostic::on_unimplemented(
    message = "a `{T}` cannot be in the key of an index with `attributes`, which takes texts, integers and enums: list another field, or store this one as a text or a number",
    label = "cannot be in such a key",
    note = "a time can be in it with `#[serde(with = \"monotable::timestamp::s\")]`, or `ms`, `us`, `ns`; if it is an `Option`, with `#[serde(default, with = ..)]`",
    note = "a decimal can be in it with `#[serde(with = \"monotable::decimal\")]`",
    note = "if serde stores your type as a number or as ordered text, declare that on the field: `#[stored(number)]` or `#[stored(text)]`"
)]
pub trait KeyForm<F, T> {
    /// The type of the attribute.
    const TYPE: KeyType;
}

#[diagnostic::do_not_recommend]
impl<F, T> KeyForm<F, T> for Number {
    const TYPE: KeyType = KeyType::Number;
}
#[diagnostic::do_not_recommend]
impl<F, T> KeyForm<F, T> for Integer {
    const TYPE: KeyType = KeyType::Number;
}
#[diagnostic::do_not_recommend]
impl<F, T> KeyForm<F, T> for Text {
    const TYPE: KeyType = KeyType::Text;
}
#[diagnostic::do_not_recommend]
impl<F, T> KeyForm<F, T> for Sorted {
    const TYPE: KeyType = KeyType::Text;
}
/// It is refused by [`KnownForm`].
#[diagnostic::do_not_recommend]
impl<F, T> KeyForm<F, T> for Opaque {
    const TYPE: KeyType = KeyType::Text;
}
#[diagnostic::do_not_recommend]
impl<F, T: KeyPart<Kind: KeyKind<F, T>>> KeyForm<F, T> for Own {
    const TYPE: KeyType = <T::Kind as KeyKind<F, T>>::TYPE;
}
#[diagnostic::do_not_recommend]
impl<F, T> KeyForm<F, Option<T>> for Own
where
    Own: KeyForm<F, T>,
{
    const TYPE: KeyType = <Own as KeyForm<F, T>>::TYPE;
}

/// The kinds of key parts `T` that serde stores as a text or as a number.
pub trait KeyKind<F, T> {
    /// The type of the attribute.
    const TYPE: KeyType;
}

macro_rules! texts {
    ($($kind:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<F, T> KeyKind<F, T> for kind::$kind {
            const TYPE: KeyType = KeyType::Text;
        }
    )*};
}
texts!(Text, Named, Character);

#[diagnostic::do_not_recommend]
impl<F, T: HasForm<Form: KeyForm<F, T>>> KeyKind<F, T> for kind::Ordered {
    const TYPE: KeyType = <T::Form as KeyForm<F, T>>::TYPE;
}

/// Returns the attribute with this name that holds a field of this type. For the derives.
#[doc(hidden)]
#[must_use]
pub const fn key_attribute<F: FieldDef<T>, T>(name: &'static str) -> KeyAttribute
where
    F::Form: KnownForm<F> + KeyForm<F, T>,
{
    KeyAttribute::new(name, <F::Form as KeyForm<F, T>>::TYPE)
}

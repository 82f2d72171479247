//! `FieldDef`: what the derives declare about a field.
//!
//! All of it is in one type. Constants and functions would have bodies, which the compilers of users check for
//! each field.

use super::form::Own;
use super::role::{Plain, Role};
use crate::error::Result;
use crate::key::{KeyPart, KeyParts, PartValue};
use crate::value::{Value, ValueError};
use std::marker::PhantomData;

/// Describes a field of type `T`. The derives implement it for a marker type with the name of the field.
pub trait FieldDef<T>: 'static {
    /// The role, which says what an update can do with the field.
    type Role: Role;
    /// The form in which the field is stored, which decides what conditions and updates it has. See
    /// [`form`](super::form).
    type Form;
    /// How a value is encoded: by the `Serialize` of its type, or by the serde function of the field.
    #[doc(hidden)]
    type Codec: Codec<T>;
    /// How the values of the field are parts of keys.
    #[doc(hidden)]
    type Part: PartOf<T>;
    /// The stored name of the field as a type: a [`Name`].
    #[doc(hidden)]
    type Name: StoredName;

    /// Returns a value as it is stored, through the serde function of the field if it has one.
    ///
    /// # Errors
    ///
    /// If the value cannot be stored.
    fn to_value(value: &T) -> Result<Value, ValueError> {
        Self::Codec::to_value(value)
    }

    /// Returns the stored form of the value that serde fills in if the field is not stored, if there is one.
    #[doc(hidden)]
    fn default_value() -> Option<Result<Value, ValueError>> {
        Self::absent().map(|value| Self::to_value(&value))
    }

    /// Returns a value as a part of keys, if the field is part of keys; `None` if the value is absent.
    #[doc(hidden)]
    fn part(value: &T) -> Option<&dyn PartValue> {
        Self::Part::part(value)
    }

    /// Returns whether a value satisfies the `when(..)` of an index key, as far as it is about this field.
    #[doc(hidden)]
    fn when(value: &T, index: usize) -> bool;

    /// Returns the value that serde fills in if the field is not stored, if there is one.
    #[doc(hidden)]
    fn absent() -> Option<T>;

    /// Returns when an item with this value expires, if the field is the entity's time of expiry.
    #[doc(hidden)]
    fn expires(value: &T) -> Expiry;
}

/// What the derives emit for a field. [`FieldDef`] follows from it.
#[doc(hidden)]
pub trait Declared<T>: 'static {
    /// [`Is`], with what is special about the field. It is one type and not four, because each of them takes the
    /// compilers of users some time.
    type Is;

    /// See [`FieldDef::when`].
    fn when(value: &T, index: usize) -> bool {
        let _ = (value, index);
        true
    }

    /// See [`FieldDef::absent`].
    fn absent() -> Option<T> {
        None
    }

    /// See [`FieldDef::expires`].
    fn expires(value: &T) -> Expiry {
        let _ = value;
        Expiry::NotThisField
    }
}

/// A stored name as a type, by its hash, so that the compiler can compare it with the names that an index includes.
/// The derives compute the hash.
#[doc(hidden)]
#[derive(Debug)]
pub enum Name<const HASH: u128> {}

/// A [`Name`].
#[doc(hidden)]
pub trait StoredName: 'static {
    /// The hash of the stored name.
    const HASH: u128;
}

impl<const HASH: u128> StoredName for Name<HASH> {
    const HASH: u128 = HASH;
}

/// A field with the stored name `N`, role `R` and form `F`, which codec `C` encodes. `P` says how its values are
/// parts of keys. Most fields have the defaults.
#[doc(hidden)]
#[derive(Debug)]
#[expect(
    clippy::type_complexity,
    reason = "a function type, so that the parameters are only names"
)]
pub struct Is<N, R = Plain, P = NoPart, F = Own, C = BySerde>(PhantomData<fn() -> (N, R, P, F, C)>);

#[diagnostic::do_not_recommend]
impl<T, M, N, R, P, F, C> FieldDef<T> for M
where
    M: Declared<T, Is = Is<N, R, P, F, C>>,
    N: StoredName,
    R: Role,
    P: PartOf<T>,
    C: Codec<T>,
{
    type Role = R;
    type Form = F;
    type Codec = C;
    type Part = P;
    type Name = N;

    fn when(value: &T, index: usize) -> bool {
        M::when(value, index)
    }

    fn absent() -> Option<T> {
        M::absent()
    }

    fn expires(value: &T) -> Expiry {
        M::expires(value)
    }
}

/// How a value of type `T` becomes a part of keys.
#[doc(hidden)]
pub trait PartOf<T> {
    /// Returns the part, or `None` if it is absent.
    fn part(value: &T) -> Option<&dyn PartValue>;

    /// Reads the value from the part of a key; `None` if the field is not part of keys.
    fn read(parts: &KeyParts<'_>, field: u16) -> Option<Result<T>>;
}

/// The field is not part of any key.
#[doc(hidden)]
#[derive(Debug)]
pub enum NoPart {}

/// The type is a key part itself. `K` is its [`Kind`](KeyPart::Kind). Because the derive names it, a type that
/// is not a key part is reported at the field.
#[doc(hidden)]
#[derive(Debug)]
pub struct IsPart<K>(PhantomData<fn() -> K>);

/// The type is an `Option` of a key part.
#[doc(hidden)]
#[derive(Debug)]
pub struct MayBePart<K>(PhantomData<fn() -> K>);

impl<T> PartOf<T> for NoPart {
    fn part(_: &T) -> Option<&dyn PartValue> {
        None
    }

    fn read(_: &KeyParts<'_>, _: u16) -> Option<Result<T>> {
        None
    }
}

impl<T: KeyPart, K> PartOf<T> for IsPart<K> {
    fn part(value: &T) -> Option<&dyn PartValue> {
        value.as_part()
    }

    fn read(parts: &KeyParts<'_>, field: u16) -> Option<Result<T>> {
        Some(parts.read(field))
    }
}

impl<T: KeyPart, K> PartOf<Option<T>> for MayBePart<K> {
    fn part(value: &Option<T>) -> Option<&dyn PartValue> {
        value.as_ref().and_then(T::as_part)
    }

    fn read(parts: &KeyParts<'_>, field: u16) -> Option<Result<Option<T>>> {
        Some(parts.read(field).map(Some))
    }
}

/// How values of a field of type `T` are encoded.
#[doc(hidden)]
pub trait Codec<T> {
    /// Returns the value as it is stored.
    ///
    /// # Errors
    ///
    /// If the value cannot be stored.
    fn to_value(value: &T) -> Result<Value, ValueError>;
}

/// Encodes values with the `Serialize` of their type.
#[doc(hidden)]
#[derive(Debug)]
pub enum BySerde {}

impl<T: serde::Serialize> Codec<T> for BySerde {
    fn to_value(value: &T) -> Result<Value, ValueError> {
        crate::value::to_value(value)
    }
}

/// How values of a field of type `T` are decoded. Not implemented for places inside of fields: the defaults and
/// former names on the way to them are known to serde only, which reads whole fields.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a place inside of a field is not read by itself: read the whole field, as in `entry.get(Order::ADDRESS)?`, and then the place",
    label = "inside of a field"
)]
pub trait Decode<T> {
    /// Returns the value that is stored.
    ///
    /// # Errors
    ///
    /// If it is not a value of the type.
    fn from_value(value: &Value) -> Result<T, ValueError>;
}

/// The codec of a place inside of a field, which is encoded by codec `C`.
#[doc(hidden)]
#[derive(Debug)]
pub struct AtPlace<C>(PhantomData<fn() -> C>);

impl<T, C: Codec<T>> Codec<T> for AtPlace<C> {
    fn to_value(value: &T) -> Result<Value, ValueError> {
        C::to_value(value)
    }
}

#[diagnostic::do_not_recommend]
impl<T: serde::de::DeserializeOwned> Decode<T> for BySerde {
    fn from_value(value: &Value) -> Result<T, ValueError> {
        crate::value::from_value(value)
    }
}

/// When an item expires, from the value of a field.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// The field does not say it.
    NotThisField,
    /// Never.
    Never,
    /// At this second since 1970.
    At(i64),
}

//! `FieldDef`: what the derives say of a field.
//!
//! All of it is one type. A constant or a function would be a body, which users' compilers check for
//! each field.

use super::form::Own;
use super::role::{Plain, Role};
use crate::key::{KeyPart, PartValue};
use crate::value::{Value, ValueError};
use std::marker::PhantomData;

/// Describes a field of type `T`. The derives implement it for a marker type of the field's name.
pub trait FieldDef<T>: 'static {
    /// What an update may do with the field.
    type Role: Role;
    /// The form in which it is stored; decides which comparisons there are. See
    /// [`form`](super::form).
    type Form;
    /// How a value becomes what is stored: by the type's `Serialize`, or by the field's own serde
    /// function.
    #[doc(hidden)]
    type Codec: Codec<T>;
    /// How values are parts of keys.
    #[doc(hidden)]
    type Part: PartOf<T>;

    /// What is stored for a value, through the field's own serde function if it has one.
    ///
    /// # Errors
    ///
    /// If the value cannot be stored.
    fn to_value(value: &T) -> Result<Value, ValueError> {
        Self::Codec::to_value(value)
    }

    /// A value as a part of keys, for a field that feeds some; `None` if it is absent from them.
    #[doc(hidden)]
    fn part(value: &T) -> Option<&dyn PartValue> {
        Self::Part::part(value)
    }

    /// Whether the `when(..)` of an index key holds of a value, as far as this field decides it.
    #[doc(hidden)]
    fn when(value: &T, index: usize) -> bool;

    /// When an item with this value expires, for the field that says so.
    #[doc(hidden)]
    fn expires(value: &T) -> Expiry;
}

/// What the derives write for a field. [`FieldDef`] follows from it.
#[doc(hidden)]
pub trait Declared<T>: 'static {
    /// [`Is`], with what is special about the field. One type and not four, because each is work for
    /// users' compilers.
    type Is;

    /// See [`FieldDef::when`].
    fn when(value: &T, index: usize) -> bool {
        let _ = (value, index);
        true
    }

    /// See [`FieldDef::expires`].
    fn expires(value: &T) -> Expiry {
        let _ = value;
        Expiry::NotThisField
    }
}

/// A field with role `R`, whose values are parts of keys by `P`, in form `F`, which codec `C` stores.
/// Most fields are the defaults.
#[doc(hidden)]
#[derive(Debug)]
#[expect(
    clippy::type_complexity,
    reason = "a function type, so that the parameters are only names"
)]
pub struct Is<R = Plain, P = NoPart, F = Own, C = BySerde>(PhantomData<fn() -> (R, P, F, C)>);

#[diagnostic::do_not_recommend]
impl<T, M, R, P, F, C> FieldDef<T> for M
where
    M: Declared<T, Is = Is<R, P, F, C>>,
    R: Role,
    P: PartOf<T>,
    C: Codec<T>,
{
    type Role = R;
    type Form = F;
    type Codec = C;
    type Part = P;

    fn when(value: &T, index: usize) -> bool {
        M::when(value, index)
    }

    fn expires(value: &T) -> Expiry {
        M::expires(value)
    }
}

/// How a value of type `T` becomes a part of keys.
#[doc(hidden)]
pub trait PartOf<T> {
    /// The part; `None` if it is absent.
    fn part(value: &T) -> Option<&dyn PartValue>;
}

/// Feeds no key.
#[doc(hidden)]
#[derive(Debug)]
pub enum NoPart {}

/// Is a part itself. `K` is the part's [`Kind`](KeyPart::Kind): naming it asks for the type to be a
/// part where it is written.
#[doc(hidden)]
#[derive(Debug)]
pub struct IsPart<K>(PhantomData<fn() -> K>);

/// An `Option` of a part.
#[doc(hidden)]
#[derive(Debug)]
pub struct MayBePart<K>(PhantomData<fn() -> K>);

impl<T> PartOf<T> for NoPart {
    fn part(_: &T) -> Option<&dyn PartValue> {
        None
    }
}

impl<T: KeyPart, K> PartOf<T> for IsPart<K> {
    fn part(value: &T) -> Option<&dyn PartValue> {
        value.as_part()
    }
}

impl<T: KeyPart, K> PartOf<Option<T>> for MayBePart<K> {
    fn part(value: &Option<T>) -> Option<&dyn PartValue> {
        value.as_ref().and_then(T::as_part)
    }
}

/// How a field of type `T` becomes what is stored.
#[doc(hidden)]
pub trait Codec<T> {
    /// What is stored.
    ///
    /// # Errors
    ///
    /// If the value cannot be stored.
    fn to_value(value: &T) -> Result<Value, ValueError>;
}

/// By the type's own `Serialize`.
#[doc(hidden)]
#[derive(Debug)]
pub enum BySerde {}

impl<T: serde::Serialize> Codec<T> for BySerde {
    fn to_value(value: &T) -> Result<Value, ValueError> {
        crate::value::to_value(value)
    }
}

/// What a field's value says of when its item expires.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// Nothing.
    NotThisField,
    /// Never.
    Never,
    /// At this second since 1970.
    At(i64),
}

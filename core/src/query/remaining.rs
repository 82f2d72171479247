//! The sort-key parts that a query can still bind, as a type.

use crate::field::form::{KnownForm, OrderedForm, TextForm};
use crate::field::{FieldDef, IntoValue};
use crate::key::{Absent, IntoPart, KeyPart, OrderedKind, PartValue, Present, TextKind, kind};
use crate::value::{Value, ValueError};
use std::marker::PhantomData;

/// A list whose next part has the field `F` and the type `T`, and whose later parts are `Rest`.
pub struct Part<F, T, Rest = End>(PhantomData<(F, T, Rest)>);

/// A list whose next part is the attribute that holds the field `F` of type `T`, in a query of an index whose keys
/// are attributes. Its later parts are `Rest`.
pub struct Attribute<F, T, Rest = End>(PhantomData<(F, T, Rest)>);

/// An empty list: every part is bound.
pub enum End {}

/// An empty list: a range or a prefix has ended the key.
pub enum Ended {}

/// A list of the sort-key parts that are not bound yet.
///
/// The empty lists have a next part, too. So the types stay valid when the bound [`Open`] fails, and one
/// mistake gives only one message.
pub trait Remaining {
    /// What can be given for the next part: the second parameter of [`IntoPart`](crate::key::IntoPart).
    type Presence;
    /// The next part's type.
    type Next;
    /// What a query can do with the next part.
    type Kind;
    /// The parts after it.
    type Rest: Remaining;

    /// Returns a value of the next part as it is bound.
    #[doc(hidden)]
    fn given(value: &Self::Next) -> Given<'_>;
}

/// A value of the next part of a query.
#[doc(hidden)]
#[derive(Debug)]
pub enum Given<'a> {
    /// It is written to the sort key.
    Part(&'a dyn PartValue),
    /// The next attribute has to have it.
    Value(Result<Value, ValueError>),
}

impl<F, T: KeyPart, Rest: Remaining> Remaining for Part<F, T, Rest> {
    type Presence = Present;
    type Next = T;
    type Kind = T::Kind;
    type Rest = Rest;

    fn given(value: &T) -> Given<'_> {
        Given::Part(value)
    }
}

impl<F: FieldDef<T>, T, Rest: Remaining> Remaining for Attribute<F, T, Rest> {
    type Presence = Stored<F>;
    type Next = T;
    type Kind = Stored<F>;
    type Rest = Rest;

    fn given(value: &T) -> Given<'_> {
        Given::Value(F::to_value(value))
    }
}

/// Says that a part is compared as the field `F` is stored.
pub struct Stored<F>(PhantomData<fn() -> F>);

#[diagnostic::do_not_recommend]
impl<V: IntoValue<F, T>, F, T> IntoPart<T, Stored<F>> for V {
    fn into_part(self) -> T {
        self.into_value()
    }
}
#[diagnostic::do_not_recommend]
impl<F, T, X> OrderedKind<T, X> for Stored<F> where
    F: FieldDef<T, Form: KnownForm<F> + OrderedForm<F, T>>
{
}
#[diagnostic::do_not_recommend]
impl<F, T> TextKind<T> for Stored<F> where F: FieldDef<T, Form: KnownForm<F> + TextForm<F, T>> {}

impl Remaining for End {
    type Presence = Absent;
    type Next = Absent;
    type Kind = kind::Absent;
    type Rest = End;

    fn given(value: &Absent) -> Given<'_> {
        Given::Part(value)
    }
}

impl Remaining for Ended {
    type Presence = Absent;
    type Next = Absent;
    type Kind = kind::Absent;
    type Rest = Ended;

    fn given(value: &Absent) -> Given<'_> {
        Given::Part(value)
    }
}

/// The lists with a part left to bind, for a query of `E`.
#[diagnostic::on_unimplemented(
    message = "this query of `{E}` has no sort-key part left to bind: leave this call out",
    label = "the key has ended here",
    note = "parts are bound left to right; a range or a prefix is the last thing a sort key takes",
    note = "to narrow the result further, declare an access pattern whose key has this part"
)]
pub trait Open<E> {}
#[diagnostic::do_not_recommend]
impl<E, F, T, Rest> Open<E> for Part<F, T, Rest> {}
#[diagnostic::do_not_recommend]
impl<E, F, T, Rest> Open<E> for Attribute<F, T, Rest> {}

macro_rules! debug {
    ($([$($generic:ident),*] $type:ty => $name:literal;)*) => {$(
        impl<$($generic),*> std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($name)
            }
        }
    )*};
}
debug! {
    [F, T, R] Part<F, T, R> => "Part";
    [F, T, R] Attribute<F, T, R> => "Attribute";
    [F] Stored<F> => "Stored";
    [] End => "End";
    [] Ended => "Ended";
}

//! The sort-key parts that a query can still bind, as a type.

use crate::key::{Absent, KeyPart, Present};
use std::marker::PhantomData;

/// A list whose next part has the field `F` and the type `T`, and whose later parts are `Rest`.
pub struct Part<F, T, Rest = End>(PhantomData<(F, T, Rest)>);

/// An empty list: every part is bound.
pub enum End {}

/// An empty list: a range or a prefix has ended the key.
pub enum Ended {}

/// A list of the sort-key parts that are not bound yet.
///
/// The empty lists have a next part, too. So the types stay valid when the bound [`Open`] fails, and one
/// mistake gives only one message.
pub trait Remaining {
    /// `Present` or `Absent`: whether there is a next part.
    type Presence;
    /// The next part's type.
    type Next: KeyPart;
    /// The parts after it.
    type Rest: Remaining;
}

impl<F, T: KeyPart, Rest: Remaining> Remaining for Part<F, T, Rest> {
    type Presence = Present;
    type Next = T;
    type Rest = Rest;
}

impl Remaining for End {
    type Presence = Absent;
    type Next = Absent;
    type Rest = End;
}

impl Remaining for Ended {
    type Presence = Absent;
    type Next = Absent;
    type Rest = Ended;
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
    [] End => "End";
    [] Ended => "Ended";
}

//! `SetIndexKey`: the values of all fields that an index key consists of.

use super::draft::Draft;
use crate::error::Result;
use crate::field::role::SetTogether;
use crate::field::{Field, FieldDef, IntoValue};
use crate::schema::EntityDef;
use std::fmt;

/// Receives the values.
pub struct Setter<'a> {
    pub(super) draft: &'a mut Draft,
    pub(super) entity: &'static EntityDef,
    /// The stored names of the fields that are not set yet.
    pub(super) names: std::slice::Iter<'static, &'static str>,
}

impl Setter<'_> {
    /// Sets the next field of the constant, which has as many as there are values.
    fn set<F, T>(&mut self, value: impl IntoValue<F, T>) -> Result<()>
    where
        F: FieldDef<T>,
        T: Send + Sync + 'static,
    {
        let Some(name) = self.names.next() else { return Ok(()) };
        self.draft.set(self.entity, Field::<(), F, T>::new(name), value.into_value())
    }
}

impl fmt::Debug for Setter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Setter")
    }
}

/// A tuple of values for the fields with the markers `F` and the types `T`.
#[diagnostic::on_unimplemented(
    message = "these fields need values of type `{T}`, but `{Self}` is given",
    label = "expected `{T}`",
    note = "all the fields of the constant are set together, in its order"
)]
pub trait SetIndexKey<F, T> {
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn set_all(self, setter: &mut Setter<'_>) -> Result<()>;
}

macro_rules! tuples {
    ($(($($f:ident $t:ident $v:ident),*);)*) => {$(
        impl<$($f, $t, $v),*> SetIndexKey<($($f,)*), ($($t,)*)> for ($($v,)*)
        where
            $($f: FieldDef<$t, Role: SetTogether<$f>>, $t: Send + Sync + 'static, $v: IntoValue<$f, $t>),*
        {
            #[allow(non_snake_case)]
            fn set_all(self, setter: &mut Setter<'_>) -> Result<()> {
                let ($($v,)*) = self;
                $(setter.set::<$f, $t>($v)?;)*
                Ok(())
            }
        }
    )*};
}

tuples! {
    (F1 T1 V1, F2 T2 V2);
    (F1 T1 V1, F2 T2 V2, F3 T3 V3);
    (F1 T1 V1, F2 T2 V2, F3 T3 V3, F4 T4 V4);
    (F1 T1 V1, F2 T2 V2, F3 T3 V3, F4 T4 V4, F5 T5 V5);
    (F1 T1 V1, F2 T2 V2, F3 T3 V3, F4 T4 V4, F5 T5 V5, F6 T6 V6);
    (F1 T1 V1, F2 T2 V2, F3 T3 V3, F4 T4 V4, F5 T5 V5, F6 T6 V6, F7 T7 V7);
    (F1 T1 V1, F2 T2 V2, F3 T3 V3, F4 T4 V4, F5 T5 V5, F6 T6 V6, F7 T7 V7, F8 T8 V8);
}

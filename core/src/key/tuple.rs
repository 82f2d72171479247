//! `KeyTuple`: the parts of a primary key as a tuple; `IntoParts`: what such a tuple is made from.

use super::into_part::IntoPart;
use super::part::{PartFns, PartValue};
use super::reader::KeyParts;
use crate::error::Result;

/// A tuple with one part for each distinct field of a primary key, in the order of the templates. The derive
/// refuses a key with more than 16 fields.
#[doc(hidden)]
pub trait KeyTuple: Clone + Send + Sync + 'static {
    /// The [`PartFns`] of all parts.
    type Fns;

    /// Returns the part at this place, or `None` after the last one.
    fn part(&self, fns: &Self::Fns, place: usize) -> Option<&dyn PartValue>;

    /// Reads the parts from their texts; `fields` are their fields.
    #[allow(clippy::missing_errors_doc)]
    fn read(
        parts: &KeyParts<'_>,
        fns: &Self::Fns,
        fields: impl Iterator<Item = u16>,
    ) -> Result<Self>;
}

macro_rules! tuples {
    ($(($($part:ident $place:tt),*);)*) => {$(
        impl<$($part: Clone + Send + Sync + 'static),*> KeyTuple for ($($part,)*) {
            type Fns = ($(PartFns<$part>,)*);

            #[allow(unused_variables, reason = "the tuple without parts has none")]
            fn part(&self, fns: &Self::Fns, place: usize) -> Option<&dyn PartValue> {
                match place {
                    $($place => (fns.$place.part)(&self.$place),)*
                    _ => None,
                }
            }

            #[allow(unused, reason = "the tuple without parts reads none")]
            fn read(
                parts: &KeyParts<'_>,
                fns: &Self::Fns,
                mut fields: impl Iterator<Item = u16>,
            ) -> Result<Self> {
                // A field that is not there has no text, which is an error.
                let mut field = || fields.next().unwrap_or(u16::MAX);
                Ok(($((fns.$place.read)(parts, field())?,)*))
            }
        }
    )*};
}
tuples! {
    ();
    (A 0);
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, E 4);
    (A 0, B 1, C 2, D 3, E 4, F 5);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15);
}

/// The arguments for all parts of a key, as a tuple; for a key with one part, also this argument alone. Each can be
/// what [`IntoPart`] takes for its part.
#[diagnostic::on_unimplemented(
    message = "this key has the parts `{T}`, but `{Self}` is given: give one argument for each, several as a tuple",
    label = "expected `{T}`"
)]
pub trait IntoParts<T> {
    /// Returns the parts.
    fn into_parts(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T, V: IntoPart<T>> IntoParts<(T,)> for V {
    fn into_parts(self) -> (T,) {
        (self.into_part(),)
    }
}

macro_rules! into_parts {
    ($($($part:ident $given:ident $place:tt),*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($part, $given: IntoPart<$part>),*> IntoParts<($($part,)*)> for ($($given,)*) {
            fn into_parts(self) -> ($($part,)*) {
                ($(self.$place.into_part(),)*)
            }
        }
    )*};
}
into_parts! {
    A VA 0, B VB 1;
    A VA 0, B VB 1, C VC 2;
    A VA 0, B VB 1, C VC 2, D VD 3;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6, H VH 7;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6, H VH 7, I VI 8;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6, H VH 7, I VI 8, J VJ 9;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6, H VH 7, I VI 8, J VJ 9, K VK 10;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6, H VH 7, I VI 8, J VJ 9, K VK 10, L VL 11;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6, H VH 7, I VI 8, J VJ 9, K VK 10, L VL 11, M VM 12;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6, H VH 7, I VI 8, J VJ 9, K VK 10, L VL 11, M VM 12, N VN 13;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6, H VH 7, I VI 8, J VJ 9, K VK 10, L VL 11, M VM 12, N VN 13, O VO 14;
    A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6, H VH 7, I VI 8, J VJ 9, K VK 10, L VL 11, M VM 12, N VN 13, O VO 14, P VP 15;
}

#[diagnostic::do_not_recommend]
impl IntoParts<()> for () {
    fn into_parts(self) {}
}

//! Integers as key parts. They have a fixed width, so that their text sorts like the numbers.

use super::class::Class;
use super::part::{KeyPart, kind};
use super::reader::KeyText;
use super::writer::KeyWriter;
use crate::error::Result;
use std::num::NonZero;

macro_rules! integers {
    ($class:ident, $write:ident, $wide:ty: $($type:ty = $digits:literal),*) => {$(
        #[diagnostic::do_not_recommend]
        impl KeyPart for $type {
            const CLASS: Class = Class::$class { digits: $digits };
            type Kind = kind::Ordered;
            fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
                // `as` widens here: there is no `From` for the pointer-sized types.
                out.$write(*self as $wide)
            }
            fn read(text: &KeyText<'_>) -> Result<Self> {
                let wide = text.$write()?;
                <$type>::try_from(wide).map_err(|_| text.error(concat!("is not a `", stringify!($type), "`")))
            }
        }
        // The text is that of the integer.
        #[diagnostic::do_not_recommend]
        impl KeyPart for NonZero<$type> {
            const CLASS: Class = <$type>::CLASS;
            type Kind = kind::Ordered;
            fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
                self.get().write(out)
            }
            fn read(text: &KeyText<'_>) -> Result<Self> {
                NonZero::new(<$type>::read(text)?).ok_or_else(|| text.error("is zero"))
            }
        }
    )*};
}

// Pointer-sized integers have 64 bits in keys, on every machine. One that does not fit into the machine's is
// an error when it is read.
integers!(Unsigned, unsigned, u128: u8 = 3, u16 = 5, u32 = 10, u64 = 20, u128 = 39, usize = 20);
integers!(Signed, signed, i128: i8 = 3, i16 = 5, i32 = 10, i64 = 19, i128 = 39, isize = 19);

//! `ulid::Ulid` as a key part, in its canonical upper-case form.

use crate::error::Result;
use crate::key::{Class, KeyPart, KeyText, KeyWriter, kind};
use ulid::Ulid;

#[diagnostic::do_not_recommend]
impl KeyPart for Ulid {
    const CLASS: Class = Class::Ulid;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        let mut buffer = [0; ulid::ULID_LEN];
        out.fixed(self.array_to_str(&mut buffer));
        Ok(())
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        Ulid::from_string(text.as_str()).map_err(|_| text.error("is not a ULID"))
    }
}

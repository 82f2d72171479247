//! `uuid::Uuid` as a key part, lower-case and hyphenated.

use crate::error::Result;
use crate::key::{Class, KeyPart, KeyText, KeyWriter, kind};
use uuid::Uuid;

#[diagnostic::do_not_recommend]
impl KeyPart for Uuid {
    const CLASS: Class = Class::Uuid;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.fixed(self.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
        Ok(())
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        Uuid::try_parse(text.as_str()).map_err(|_| text.error("is not a UUID"))
    }
}

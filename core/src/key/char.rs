//! `char` as a key part: the text of one character.

use super::class::Class;
use super::part::{KeyPart, kind};
use super::reader::KeyText;
use super::writer::KeyWriter;
use crate::error::Result;

// The order of characters is that of their UTF-8 bytes, which escaped text keeps and raw text does not. The class
// is not that of text, because a character is never empty.
#[diagnostic::do_not_recommend]
impl KeyPart for char {
    const CLASS: Class = Class::Name;
    type Kind = kind::Character;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.text(self.encode_utf8(&mut [0; 4]))
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        let written = text.text()?;
        let mut chars = written.chars();
        match (chars.next(), chars.next()) {
            (Some(char), None) => Ok(char),
            _ => Err(text.error("is not one character")),
        }
    }
}

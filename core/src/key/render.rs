//! Rendering a whole key from a template.

use super::part::PartValue;
use super::template::{Encoding, PartSpec, Segment, literal_before};
use crate::error::Result;

/// Renders a template with the parts that `part` returns. Returns `None` if one of them is absent.
pub(crate) fn render<'p>(
    template: &[Segment],
    parts: impl Fn(&PartSpec) -> Option<&'p dyn PartValue>,
    encoding: Encoding,
) -> Result<Option<String>> {
    let mut out = String::with_capacity(48);
    for (at, segment) in template.iter().enumerate() {
        match segment {
            Segment::Literal(text) => out.push_str(text),
            Segment::Part(spec) => match parts(spec) {
                Some(part) => {
                    spec.write(part, encoding, literal_before(template, at), &mut out)?;
                }
                None => return Ok(None),
            },
        }
    }
    Ok(Some(out))
}

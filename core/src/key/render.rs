//! Rendering a whole key from a template.

use super::part::PartValue;
use super::template::{Encoding, PartSpec, Segment, literal_before};
use crate::error::Result;

/// Where the values of a key come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    /// From the arguments of a request, or from an entity that is written. A text must not repeat the
    /// literal before it, see [`literal_before`].
    Given,
    /// From an item that is stored. It is accepted as it is, so that an item which has such a text
    /// nevertheless can be changed, moved and deleted.
    Stored,
}

/// Checks the values that are new in a key whose other values are stored, see [`Source::Given`].
pub(crate) fn check_new<'p>(
    template: &[Segment],
    parts: impl Fn(&PartSpec) -> Option<&'p dyn PartValue>,
    encoding: Encoding,
    is_new: impl Fn(&PartSpec) -> bool,
) -> Result<()> {
    for (at, segment) in template.iter().enumerate() {
        if let Segment::Part(spec) = segment
            && is_new(spec)
            && let Some(part) = parts(spec)
        {
            spec.write(part, encoding, literal_before(template, at), &mut String::new())?;
        }
    }
    Ok(())
}

/// Renders a template with the parts that `part` returns. Returns `None` if one of them is absent.
pub(crate) fn render<'p>(
    template: &[Segment],
    parts: impl Fn(&PartSpec) -> Option<&'p dyn PartValue>,
    encoding: Encoding,
    source: Source,
) -> Result<Option<String>> {
    let mut out = String::with_capacity(48);
    for (at, segment) in template.iter().enumerate() {
        match segment {
            Segment::Literal(text) => out.push_str(text),
            Segment::Part(spec) => match parts(spec) {
                Some(part) => {
                    let literal = match source {
                        Source::Given => literal_before(template, at),
                        Source::Stored => "",
                    };
                    spec.write(part, encoding, literal, &mut out)?;
                }
                None => return Ok(None),
            },
        }
    }
    Ok(Some(out))
}

//! The check whether two templates can give the same text.
//!
//! Two keys can only be equal if they have the same number of components, because no encoded part
//! contains the separator, and if each pair of components can be equal. A component is a sequence of
//! bytes. The literals and the classes say which set each byte is from. Only at its end can a component
//! have a variable-width part. So components are compared position by position, until two sets are
//! disjoint or a variable part begins. Where the answer is not known, it is "may be equal".

use crate::key::{Bytes, Segment, Template};

/// A place in a template: a segment, and a byte of it.
#[derive(Clone, Copy)]
struct Place {
    segment: usize,
    byte: usize,
}

/// What is at a place.
enum Here {
    /// A byte of this set.
    One(Bytes),
    /// A variable-width part: any bytes except the separator, up to the end of the component.
    Any,
    /// The end of the template.
    End,
}

#[inline]
const fn here(template: Template, at: Place) -> Here {
    if at.segment >= template.len() {
        return Here::End;
    }
    match template[at.segment] {
        Segment::Literal(text) => Here::One(Bytes::one(text.as_bytes()[at.byte])),
        Segment::Part(spec) => match spec.class.width(spec.format) {
            None => Here::Any,
            Some(_) => Here::One(spec.class.bytes_at(at.byte)),
        },
    }
}

#[inline]
const fn next(template: Template, at: Place) -> Place {
    let length = match template[at.segment] {
        Segment::Literal(text) => text.len(),
        Segment::Part(spec) => match spec.class.width(spec.format) {
            Some(width) => width,
            None => 1,
        },
    };
    if at.byte + 1 < length {
        Place { segment: at.segment, byte: at.byte + 1 }
    } else {
        Place { segment: at.segment + 1, byte: 0 }
    }
}

/// Skips the rest of the component, up to its separator or to the end.
#[inline]
const fn component_end(template: Template, mut at: Place) -> Place {
    loop {
        match here(template, at) {
            Here::End => return at,
            Here::One(bytes) if bytes.meets(SEPARATOR) => return at,
            _ => at = next(template, at),
        }
    }
}

const SEPARATOR: Bytes = Bytes::one(b'#');

/// Returns whether there are parts for which both templates give the same text.
#[inline]
pub(super) const fn may_be_equal(a: Template, b: Template) -> bool {
    let (mut i, mut j) = (Place { segment: 0, byte: 0 }, Place { segment: 0, byte: 0 });
    loop {
        match (here(a, i), here(b, j)) {
            (Here::End, Here::End) => return true,
            (Here::One(x), Here::One(y)) => {
                if !x.meets(y) {
                    return false;
                }
                i = next(a, i);
                j = next(b, j);
            }
            // A variable part may equal the rest of the other component.
            (Here::Any, _) | (_, Here::Any) => {
                i = component_end(a, i);
                j = component_end(b, j);
            }
            (Here::End, Here::One(_)) | (Here::One(_), Here::End) => return false,
        }
    }
}

/// Returns whether there are parts for which `template` begins with the literal prefix of `of`. A query
/// of `of` in which no part is bound reads all keys with this prefix.
#[inline]
pub(super) const fn may_begin_with(template: Template, of: Template) -> bool {
    let prefix = match of {
        [Segment::Literal(text), ..] => text.as_bytes(),
        _ => &[],
    };
    // If a template consists of literals only, a query reads exactly this key.
    let exact = of.len() == 1 && !prefix.is_empty();
    let mut at = Place { segment: 0, byte: 0 };
    let mut byte = 0;
    while byte < prefix.len() {
        match here(template, at) {
            Here::End => return false,
            Here::One(bytes) => {
                if !bytes.meets(Bytes::one(prefix[byte])) {
                    return false;
                }
                at = next(template, at);
                byte += 1;
            }
            Here::Any => {
                // The part may be any text up to the prefix's next separator.
                while byte < prefix.len() && prefix[byte] != b'#' {
                    byte += 1;
                }
                at = component_end(template, at);
            }
        }
    }
    !exact || matches!(here(template, at), Here::End | Here::Any)
}

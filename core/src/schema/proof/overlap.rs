//! Whether two templates can give the same text.
//!
//! Two keys can only be equal if they have as many components, because no encoded part holds the
//! separator, and if each pair of components can be equal. A component is a run of bytes, each from
//! a set that is known from the literals and the classes, with at most one variable-width part, at
//! its end. So components are compared position by position until a set is disjoint or a variable
//! part begins. The answer errs on one side only: "may be equal" where it is not known.

use crate::key::{Bytes, Segment, Template};

/// A place in a template: a segment, and a byte of it.
#[derive(Clone, Copy)]
struct At {
    segment: usize,
    byte: usize,
}

/// What stands at a place.
enum Here {
    /// A byte of this set.
    One(Bytes),
    /// A variable-width part: anything but the separator, to the end of the component.
    Any,
    /// The end of the template.
    End,
}

const fn here(template: Template, at: At) -> Here {
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

const fn next(template: Template, at: At) -> At {
    let length = match template[at.segment] {
        Segment::Literal(text) => text.len(),
        Segment::Part(spec) => match spec.class.width(spec.format) {
            Some(width) => width,
            None => 1,
        },
    };
    if at.byte + 1 < length {
        At { segment: at.segment, byte: at.byte + 1 }
    } else {
        At { segment: at.segment + 1, byte: 0 }
    }
}

/// Past the rest of the component: to its separator, or to the end.
const fn component_end(template: Template, mut at: At) -> At {
    loop {
        match here(template, at) {
            Here::End => return at,
            Here::One(bytes) if bytes.meets(SEPARATOR) => return at,
            _ => at = next(template, at),
        }
    }
}

const SEPARATOR: Bytes = Bytes::one(b'#');

/// Whether some parts give both templates the same text.
pub(super) const fn may_be_equal(a: Template, b: Template) -> bool {
    let (mut i, mut j) = (At { segment: 0, byte: 0 }, At { segment: 0, byte: 0 });
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
            // A variable part may be what is left of the other's component.
            (Here::Any, _) | (_, Here::Any) => {
                i = component_end(a, i);
                j = component_end(b, j);
            }
            (Here::End, Here::One(_)) | (Here::One(_), Here::End) => return false,
        }
    }
}

/// Whether some parts make `template` begin with the literal prefix of `of`: what a query of `of`
/// reads when no part is bound.
pub(super) const fn may_begin_with(template: Template, of: Template) -> bool {
    let prefix = match of {
        [Segment::Literal(text), ..] => text.as_bytes(),
        _ => &[],
    };
    // A template that is nothing but literals is read as that one key.
    let exact = of.len() == 1 && !prefix.is_empty();
    let mut at = At { segment: 0, byte: 0 };
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

//! That the entities of a table stay apart.
//!
//! Two keys can only be equal if they have as many components, because no encoded part holds the
//! separator, and if each pair of components can be equal. A component is a run of bytes, each from
//! a set that is known from the literals and the classes, with at most one variable-width part, at
//! its end. So components are compared position by position until a set is disjoint or a variable
//! part begins. The answer errs on one side only: "may be equal" where it is not known.

use super::message::{fail, same};
use crate::key::{Bytes, Segment, Template};
use crate::schema::{EntityDef, IndexKey, TableDef};

/// The entity in variant `variant` of the table cannot be mistaken for one before it.
#[doc(hidden)]
#[track_caller]
pub const fn assert_apart(table: &TableDef, variant: usize) {
    let mut other = 0;
    while other < variant {
        let (a, b) = (table.entities[other], table.entities[variant]);
        if may_be_equal(a.pk, b.pk) {
            if may_be_equal(a.sk, b.sk) {
                fail(&[
                    "`",
                    a.name,
                    "` and `",
                    b.name,
                    "` can write the same primary key: begin their sort keys with different literals, such as `",
                    "ORDER#{..}` and `ITEM#{..}`",
                ]);
            }
            assert_sort_keys_apart(a, b, [a.sk, b.sk], "the primary key");
        }
        assert_indexes_apart(a, b);
        other += 1;
    }
}

/// No two entities of the table go by one name.
#[doc(hidden)]
#[track_caller]
pub const fn assert_names(table: &TableDef, variant: usize) {
    let mut other = 0;
    while other < variant {
        if same(table.entities[other].name, table.entities[variant].name) {
            fail(&[
                "two entities of `",
                table.name,
                "` are stored under the name `",
                table.entities[variant].name,
                "`: give one of them `#[entity(name = \"..\")]`",
            ]);
        }
        other += 1;
    }
}

#[track_caller]
const fn assert_indexes_apart(a: &EntityDef, b: &EntityDef) {
    let mut i = 0;
    while i < a.indexes.len() {
        let mut j = 0;
        while j < b.indexes.len() {
            let (on_a, on_b): (&IndexKey, &IndexKey) = (&a.indexes[i], &b.indexes[j]);
            if same(on_a.index.name, on_b.index.name) && may_be_equal(on_a.pk, on_b.pk) {
                assert_sort_keys_apart(a, b, [on_a.sk, on_b.sk], on_a.index.name);
            }
            j += 1;
        }
        i += 1;
    }
}

/// In a partition that both can be in, a query of one, which reads all with its literal prefix,
/// does not read the other.
#[track_caller]
const fn assert_sort_keys_apart(a: &EntityDef, b: &EntityDef, sk: [Template; 2], index: &str) {
    if may_begin_with(sk[1], sk[0]) || may_begin_with(sk[0], sk[1]) {
        fail(&[
            "`",
            a.name,
            "` and `",
            b.name,
            "` can share a partition of ",
            index,
            ", and a query of one would read the other: begin their sort keys with different literals",
        ]);
    }
}

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
const fn may_be_equal(a: Template, b: Template) -> bool {
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
const fn may_begin_with(template: Template, of: Template) -> bool {
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

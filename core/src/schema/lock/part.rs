//! The form of a key part: all on which its stored text depends.

use super::out::Out;
use crate::key::{Class, PartSpec, Segment, Template, Unit};
use crate::schema::EntityDef;

/// Renders a template. A part is named by the stored name of its field.
pub(super) const fn template(out: &mut Out<'_>, entity: &EntityDef, mut template: Template) {
    while let [segment, rest @ ..] = template {
        template = rest;
        match segment {
            Segment::Literal(text) => out.put(&[text]),
            Segment::Part(spec) => part(out, field(entity, spec), spec),
        }
    }
}

const fn part(out: &mut Out<'_>, field: &str, spec: &PartSpec) {
    let end = match (spec.format.descending, spec.format.or_empty) {
        (false, false) => "}",
        (true, _) => ", desc}",
        (false, true) => ", may be empty}",
    };
    match form(spec) {
        Form::Name(name) => out.put(&["{", field, ": ", name, end]),
        Form::Of(name, unit) => out.put(&["{", field, ": ", name, unit_name(unit), end]),
        Form::Number(before, number, after) => {
            out.put(&["{", field, ": ", before]);
            out.number(number);
            out.put(&[after, end]);
        }
    }
}

/// Returns the stored name of a part's field, or its name in the struct if it is never stored.
pub(super) const fn field(entity: &EntityDef, spec: &PartSpec) -> &'static str {
    let at = spec.field as usize;
    if at < entity.fields.len() && !entity.fields[at].is_empty() {
        entity.fields[at]
    } else {
        spec.name
    }
}

/// The words for a form.
enum Form {
    Name(&'static str),
    Of(&'static str, Unit),
    Number(&'static str, u16, &'static str),
}

const fn form(spec: &PartSpec) -> Form {
    Form::Name(match (spec.class, spec.format.width) {
        (Class::Text, _) => "text",
        (Class::Name | Class::OneOf(_), _) => "name",
        (Class::Bool, _) => "bool",
        (Class::Unsigned { digits: 3 }, 0) => "u8",
        (Class::Unsigned { digits: 5 }, 0) => "u16",
        (Class::Unsigned { digits: 10 }, 0) => "u32",
        (Class::Unsigned { digits: 20 }, 0) => "u64",
        (Class::Unsigned { digits: 39 }, 0) => "u128",
        (Class::Unsigned { digits }, 0) | (Class::Unsigned { .. }, digits) => {
            return Form::Number("", digits as u16, " digits");
        }
        (Class::Signed { digits: 3 }, 0) => "i8",
        (Class::Signed { digits: 5 }, 0) => "i16",
        (Class::Signed { digits: 10 }, 0) => "i32",
        (Class::Signed { digits: 19 }, 0) => "i64",
        (Class::Signed { digits: 39 }, 0) => "i128",
        (Class::Signed { digits }, 0) | (Class::Signed { .. }, digits) => {
            return Form::Number("sign and ", digits as u16, " digits");
        }
        (Class::Time, _) => return time(spec, "time", "time down to a "),
        (Class::Date, _) => return time(spec, "date", ""),
        (Class::DateTime, _) => return time(spec, "civil time", "civil time down to a "),
        (Class::Clock, _) => return time(spec, "time of day", "time of day down to a "),
        // Its text is that of a bucket of a time.
        (Class::Span(unit), _) => return Form::Of(BUCKET, unit),
        (Class::Uuid, _) => "uuid",
        (Class::Ulid, _) => "ulid",
        (Class::Hex { bytes }, _) => return Form::Number("", bytes, " bytes"),
        (Class::Ipv4, _) => "ipv4",
        (Class::Ipv6, _) => "ipv6",
    })
}

const BUCKET: &str = "bucket of a ";

/// A time that the template does not cut off has only its type's name.
const fn time(spec: &PartSpec, name: &'static str, down_to: &'static str) -> Form {
    match spec.format.unit {
        None | Some(Unit::Nanosecond) => Form::Name(name),
        // Down to the minute, the texts of all times are the same.
        Some(unit) if unit.is_bucket() => Form::Of(BUCKET, unit),
        Some(unit) => Form::Of(down_to, unit),
    }
}

const fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Year => "year",
        Unit::Month => "month",
        Unit::Day => "day",
        Unit::Hour => "hour",
        Unit::Minute => "minute",
        Unit::Second => "second",
        Unit::Millisecond => "millisecond",
        Unit::Microsecond => "microsecond",
        Unit::Nanosecond => "nanosecond",
    }
}

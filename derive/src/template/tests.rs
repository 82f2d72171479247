use super::{Format, Segment, Unit, segments};

fn shown(text: &str) -> Result<String, String> {
    let parts = segments(text, &[])?.into_iter().map(|segment| match segment {
        Segment::Literal(text) => text,
        Segment::Part(part) => format!("<{}>", part.field),
    });
    Ok(parts.collect())
}

fn format(text: &str) -> Format {
    match segments(text, &[]).as_deref() {
        Ok([Segment::Part(part)]) => part.format,
        _ => panic!("{text} is one part"),
    }
}

#[test]
fn cuts_into_literals_and_parts() {
    assert_eq!(shown("CUSTOMER#{customer_id}").unwrap(), "CUSTOMER#<customer_id>");
    assert_eq!(shown("#{a}#B{c}#").unwrap(), "#<a>#B<c>#");
    assert_eq!(shown("PROFILE").unwrap(), "PROFILE");
    assert_eq!(shown("{a}").unwrap(), "<a>");
}

#[test]
fn reads_formats() {
    assert_eq!(format("{n:08}").width, Some(8));
    assert_eq!(format("{n:08:desc}"), Format { width: Some(8), descending: true, ..format("{n}") });
    assert_eq!(format("{t:ms}").unit, Some(Unit::Millisecond));
    assert_eq!(format("{t:day:bucket}").bucket(), Some(Unit::Day));
    assert_eq!(format("{t:day:bucket:desc}").bucket(), Some(Unit::Day));
    assert_eq!(format("{t:s}").bucket(), None);
    assert_eq!(format("{t:second:bucket}").bucket(), Some(Unit::Second));
    assert_eq!(format("{t:second:bucket}").unit, format("{t:s}").unit);
    assert_eq!(format("{t:millisecond:bucket:desc}").bucket(), Some(Unit::Millisecond));
    assert_eq!(format("{t:bucket:microsecond}").bucket(), Some(Unit::Microsecond));
    assert!(format("{x?}").or_empty);
    assert!(format("{x?:desc}").or_empty);
}

#[test]
fn says_what_to_change() {
    for (template, expected) in [
        ("", "the template is empty"),
        ("A{", "`{` is not closed: write `{}`"),
        ("A{id", "`{id` is not closed: write `{id}`"),
        ("A{id#{x}", "`{id` is not closed: write `{id}`"),
        ("A}", "`}` closes nothing"),
        ("A{{x}}", "`{{` is not supported"),
        ("A{}", "`{}` names no field"),
        ("A{ id }", "`{ id }` has a space in it: write `{id}`"),
        ("A B", "a space cannot stand in a key's literal text"),
        ("A\u{7}", "the control character `\\u{7}` cannot stand"),
        ("Ä", "`Ä`, which is not ASCII, cannot stand"),
        ("50%", "`%` cannot stand"),
        ("A${id}", "a placeholder has no `$` before it: write `{id}`"),
        ("A{i{d}}", "`{i{` has braces inside of braces"),
        ("{n:08:010}", "`{n:08:010}` has two widths: keep one"),
        ("{n:8}", "a width begins with a zero, as the key's digits do: write `{n:08}`"),
        ("{n:040}", "`040` is not a width"),
        ("{n:00}", "`00` is not a width"),
        ("{n:}", "a word is missing after `:`"),
        ("{t:dya:bucket}", "`dya` in `{t:dya}` is not a format: did you mean `day`?"),
        ("{t:day}", "`day` makes a bucket, so write `{t:day:bucket}`"),
        ("{t:s:bucket}", "`s` is a precision and not the unit of a bucket: write `{t:s}`"),
        (
            "{t:us:bucket}",
            "`us` is a precision and not the unit of a bucket: write `{t:us}`, or the bucket `{t:microsecond:bucket}`",
        ),
        (
            "{t:ns:bucket}",
            "`ns` is a precision and not the unit of a bucket: write `{t:ns}`, or a bucket of",
        ),
        (
            "{t:second}",
            "`second` makes a bucket, so write `{t:second:bucket}`, or `{t:s}` for a precision",
        ),
        ("{t:s:second}", "`{t:s:second}` has two units of time: keep one"),
        ("{t:bucket}", "`bucket` needs its unit"),
        ("{t:s:ms}", "`{t:s:ms}` has two units of time: keep one"),
        ("{t:08:s}", "`{t:..}` has a width and a unit of time"),
        ("{t:desc:desc}", "`{t:desc:desc}` says `desc` twice"),
    ] {
        let fault = shown(template).unwrap_err();
        assert!(fault.starts_with(expected), "{template}: {fault}");
    }
}

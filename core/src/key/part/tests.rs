//! Parts that are implemented by hand.

use crate::Result;
use crate::key::{Class, Encoding, Format, KeyPart, KeyText, KeyWriter, PartSpec, kind};

/// Defines a part that is written by the given expression.
macro_rules! part {
    ($name:ident, $class:expr, $out:ident => $write:expr) => {
        #[derive(Debug, Clone)]
        struct $name;
        impl KeyPart for $name {
            const CLASS: Class = $class;
            type Kind = kind::Ordered;
            fn write(&self, $out: &mut KeyWriter<'_>) -> Result<()> {
                $write
            }
            fn read(_: &KeyText<'_>) -> Result<Self> {
                Ok($name)
            }
        }
    };
}

fn write<T: KeyPart>(value: &T, format: Format, encoding: Encoding) -> Result<String> {
    let spec = PartSpec { field: 0, name: "code", format, class: T::CLASS };
    let mut out = "CODE#".to_owned();
    spec.write(value, encoding, "", &mut out).map(|()| out)
}

/// Returns the messages in both encodings.
fn refused<T: KeyPart>(value: &T, format: Format) -> [String; 2] {
    [Encoding::Escaped, Encoding::Raw].map(|encoding| {
        let error = write(value, format, encoding).unwrap_err();
        assert!(error.is_invalid_key(), "{error:?}");
        let message = error.to_string();
        assert!(message.starts_with("key part `code` "), "{message}");
        message
    })
}

part!(NoDigits, Class::Unsigned { digits: 3 }, out => out.text("abc"));
part!(ShortNumber, Class::Unsigned { digits: 3 }, out => out.text("42"));
part!(Twice, Class::Unsigned { digits: 3 }, out => {
    out.unsigned(1)?;
    out.unsigned(2)
});
part!(Sign, Class::Signed { digits: 3 }, out => out.text("x001"));
part!(Flag, Class::Bool, out => out.unsigned(1));
part!(DateText, Class::Unsigned { digits: 10 }, out => out.text("2026-11-02"));
part!(UpperUuid, Class::Uuid, out => out.text("6BA7B810-9DAD-11D1-80B4-00C04FD430C8"));
part!(TooManyDigits, Class::Unsigned { digits: 200 }, out => out.unsigned(7));
part!(Accent, Class::Unsigned { digits: 2 }, out => out.text("é"));

#[test]
fn a_part_of_another_form_than_its_class_is_refused() {
    let all = [
        refused(&NoDigits, Format::OWN),
        refused(&NoDigits, Format::OWN.descending()),
        refused(&ShortNumber, Format::OWN),
        refused(&Twice, Format::OWN),
        refused(&Sign, Format::OWN),
        refused(&Flag, Format::OWN),
        refused(&DateText, Format::OWN),
        refused(&UpperUuid, Format::OWN),
        refused(&TooManyDigits, Format::OWN),
        refused(&Accent, Format::OWN),
    ];
    for message in all.as_flattened() {
        assert!(message.contains("the `CLASS` of its type"), "{message}");
    }
    assert!(all[0][0].contains("is written as `abc`"), "{}", all[0][0]);
    assert!(all[2][0].contains("says 3 bytes"), "{}", all[2][0]);
}

part!(Empty, Class::Name, _out => Ok(()));

#[test]
fn a_part_that_writes_nothing_is_refused() {
    for message in refused(&Empty, Format::OWN) {
        assert!(message.contains("is empty"), "{message}");
    }
    assert_eq!(write(&Empty, Format::OWN.or_empty(), Encoding::Raw).unwrap(), "CODE#");
}

part!(Fits, Class::Unsigned { digits: 3 }, out => out.text("042"));
part!(Pair, Class::Text, out => {
    out.text("a#")?;
    out.text("b")
});
part!(LowerUuid, Class::Uuid, out => out.text("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));

#[test]
fn a_part_of_the_form_of_its_class_is_written() {
    assert_eq!(write(&Fits, Format::OWN, Encoding::Escaped).unwrap(), "CODE#042");
    assert_eq!(write(&Fits, Format::OWN.descending(), Encoding::Raw).unwrap(), "CODE#957");
    assert_eq!(write(&Pair, Format::OWN, Encoding::Escaped).unwrap(), "CODE#a%23b");
    assert!(write(&LowerUuid, Format::OWN, Encoding::Raw).unwrap().ends_with("30c8"));
}

//! The format of a part: the text after the colon in a placeholder.

use crate::nearest::suggest;

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Format {
    pub(crate) width: Option<u8>,
    pub(crate) unit: Option<Unit>,
    pub(crate) descending: bool,
    pub(crate) or_empty: bool,
}

/// A unit of time, coarsest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
}

const UNITS: &[(&str, Unit)] = &[
    ("s", Unit::Second),
    ("ms", Unit::Millisecond),
    ("us", Unit::Microsecond),
    ("ns", Unit::Nanosecond),
    ("year", Unit::Year),
    ("month", Unit::Month),
    ("day", Unit::Day),
    ("hour", Unit::Hour),
    ("minute", Unit::Minute),
];
const BUCKET: &str = "bucket";
const DESC: &str = "desc";
const MOST_DIGITS: u8 = 39;

impl Unit {
    pub(crate) fn is_bucket(self) -> bool {
        self <= Unit::Minute
    }

    /// The name of the variant of core's `Unit`, and of the type in its `unit`.
    pub(crate) fn variant(self) -> &'static str {
        match self {
            Unit::Year => "Year",
            Unit::Month => "Month",
            Unit::Day => "Day",
            Unit::Hour => "Hour",
            Unit::Minute => "Minute",
            Unit::Second => "Second",
            Unit::Millisecond => "Millisecond",
            Unit::Microsecond => "Microsecond",
            Unit::Nanosecond => "Nanosecond",
        }
    }
}

impl Format {
    /// The unit, if the part is a bucket.
    pub(crate) fn bucket(self) -> Option<Unit> {
        self.unit.filter(|unit| unit.is_bucket())
    }

    /// Reads `08:desc`, the words after the field's name.
    pub(super) fn parse(field: &str, words: Option<&str>, or_empty: bool) -> Result<Self, String> {
        let mut format = Format { or_empty, ..Format::default() };
        let mut bucket = false;
        for word in words.into_iter().flat_map(|words| words.split(':')) {
            let is_new = match word {
                BUCKET => !std::mem::replace(&mut bucket, true),
                DESC => !std::mem::replace(&mut format.descending, true),
                _ if word.starts_with(|c: char| c.is_ascii_digit()) => {
                    format.width.replace(width(field, word)?).is_none()
                }
                _ => match UNITS.iter().find(|(name, _)| *name == word) {
                    Some((_, unit)) => format.unit.replace(*unit).is_none(),
                    None => return Err(unknown(field, word)),
                },
            };
            if !is_new {
                let (is_word, words) = (word == BUCKET || word == DESC, words.unwrap_or_default());
                return Err(match (is_word, word.starts_with(|c: char| c.is_ascii_digit())) {
                    (true, _) => {
                        format!("`{{{field}:{words}}}` says `{word}` twice: write it once")
                    }
                    (_, true) => format!("`{{{field}:{words}}}` has two widths: keep one"),
                    _ => format!("`{{{field}:{words}}}` has two units of time: keep one"),
                });
            }
        }
        format.check(field, bucket)
    }

    fn check(self, field: &str, bucket: bool) -> Result<Self, String> {
        match self.unit {
            Some(_) if self.width.is_some() => Err(format!(
                "`{{{field}:..}}` has a width and a unit of time, but widths are for integers: leave one out"
            )),
            Some(unit) if unit.is_bucket() && !bucket => {
                let unit = word(unit);
                Err(format!(
                    "`{unit}` makes a bucket, so write `{{{field}:{unit}:bucket}}`: its values are \
                     whole {unit}s, and times in the same {unit} share a key"
                ))
            }
            Some(unit) if !unit.is_bucket() && bucket => {
                let unit = word(unit);
                Err(format!(
                    "`{unit}` is a precision and not the unit of a bucket: write `{{{field}:{unit}}}`, or a \
                     bucket of `year`, `month`, `day`, `hour` or `minute`"
                ))
            }
            None if bucket => Err(format!(
                "`bucket` needs its unit: write `{{{field}:day:bucket}}`, or `year`, `month`, `hour` \
                 or `minute`"
            )),
            _ => Ok(self),
        }
    }
}

fn word(unit: Unit) -> &'static str {
    UNITS.iter().find(|(_, known)| *known == unit).map_or("", |(word, _)| word)
}

fn width(field: &str, word: &str) -> Result<u8, String> {
    let digits = word.parse::<u8>().ok().filter(|width| (1..=MOST_DIGITS).contains(width));
    match digits {
        None => Err(format!(
            "`{word}` is not a width: write `{{{field}:08}}`, with 1 to {MOST_DIGITS} digits"
        )),
        Some(digits) if !word.starts_with('0') => Err(format!(
            "a width begins with a zero, as the key's digits do: write `{{{field}:0{digits}}}`"
        )),
        Some(digits) => Ok(digits),
    }
}

fn unknown(field: &str, word: &str) -> String {
    if word.is_empty() {
        return format!(
            "a word is missing after `:`: write `{{{field}}}`, or one as in `{{{field}:desc}}`"
        );
    }
    let words = UNITS.iter().map(|(word, _)| *word).chain([BUCKET, DESC, "08"]);
    format!("`{word}` in `{{{field}:{word}}}` is not a format: {}", suggest(word, words))
}

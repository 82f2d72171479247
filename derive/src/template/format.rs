//! The format of a part: the text after the colon in a placeholder.

use crate::nearest::suggest;

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Format {
    pub(crate) width: Option<u8>,
    pub(crate) unit: Option<Unit>,
    /// Whether the part is a bucket of its unit.
    pub(crate) is_bucket: bool,
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

/// The units of precisions.
const PRECISIONS: &[(&str, Unit)] = &[
    ("s", Unit::Second),
    ("ms", Unit::Millisecond),
    ("us", Unit::Microsecond),
    ("ns", Unit::Nanosecond),
];
/// The units of buckets.
const BUCKETS: &[(&str, Unit)] = &[
    ("year", Unit::Year),
    ("month", Unit::Month),
    ("day", Unit::Day),
    ("hour", Unit::Hour),
    ("minute", Unit::Minute),
    ("second", Unit::Second),
    ("millisecond", Unit::Millisecond),
    ("microsecond", Unit::Microsecond),
];
const BUCKET: &str = "bucket";
const DESC: &str = "desc";
const MOST_DIGITS: u8 = 39;

impl Unit {
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
        self.unit.filter(|_| self.is_bucket)
    }

    /// Reads `08:desc`, the words after the field's name.
    pub(super) fn parse(field: &str, words: Option<&str>, or_empty: bool) -> Result<Self, String> {
        let mut format = Format { or_empty, ..Format::default() };
        let mut bucket = false;
        let mut known = None;
        for word in words.into_iter().flat_map(|words| words.split(':')) {
            let is_new = match word {
                BUCKET => !std::mem::replace(&mut bucket, true),
                DESC => !std::mem::replace(&mut format.descending, true),
                _ if word.starts_with(|c: char| c.is_ascii_digit()) => {
                    format.width.replace(width(field, word)?).is_none()
                }
                _ => {
                    let mut units = PRECISIONS.iter().chain(BUCKETS);
                    let Some(unit) = units.find(|(name, _)| *name == word) else {
                        return Err(unknown(field, word));
                    };
                    known.replace(unit).is_none()
                }
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
        format.unit = known.map(|(_, unit)| *unit);
        format.is_bucket = bucket;
        format.check(field, known.map(|(word, _)| *word))
    }

    /// Checks what the words say together. `unit` is the word of the unit.
    fn check(self, field: &str, unit: Option<&str>) -> Result<Self, String> {
        let Some(word) = unit else {
            return if self.is_bucket {
                Err(format!(
                    "`bucket` needs its unit: write `{{{field}:day:bucket}}`, or `year`, `month`, `hour`, \
                     `minute` or `second`"
                ))
            } else {
                Ok(self)
            };
        };
        if self.width.is_some() {
            return Err(format!(
                "`{{{field}:..}}` has a width and a unit of time, but widths are for integers: leave one out"
            ));
        }
        let precision = PRECISIONS.iter().find(|(_, unit)| Some(*unit) == self.unit);
        let bucket = BUCKETS.iter().find(|(_, unit)| Some(*unit) == self.unit);
        match (precision, bucket) {
            (_, Some((bucket, _))) if *bucket == word && !self.is_bucket => {
                let or = match precision {
                    Some((precision, _)) => {
                        format!(", or `{{{field}:{precision}}}` for a precision")
                    }
                    None => String::new(),
                };
                Err(format!(
                    "`{word}` makes a bucket, so write `{{{field}:{word}:bucket}}`{or}: the values of a bucket are \
                     whole {word}s, and times in the same {word} share a key"
                ))
            }
            (Some((precision, _)), _) if *precision == word && self.is_bucket => {
                let or = match bucket {
                    Some((bucket, _)) => format!("the bucket `{{{field}:{bucket}:bucket}}`"),
                    None => "a bucket of `year`, `month`, `day`, `hour` or `minute`".to_owned(),
                };
                Err(format!(
                    "`{word}` is a precision and not the unit of a bucket: write `{{{field}:{word}}}`, or {or}"
                ))
            }
            _ => Ok(self),
        }
    }
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
    let words = PRECISIONS.iter().chain(BUCKETS).map(|(word, _)| *word).chain([BUCKET, DESC, "08"]);
    format!("`{word}` in `{{{field}:{word}}}` is not a format: {}", suggest(word, words))
}

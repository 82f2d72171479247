//! Formats of key parts, and units of time.

/// A unit of time, as templates name it. The units from the second on can be the precision of a time, and
/// all of them but the last can be the unit of a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `{t:year:bucket}`
    Year,
    /// `{t:month:bucket}`
    Month,
    /// `{t:day:bucket}`
    Day,
    /// `{t:hour:bucket}`
    Hour,
    /// `{t:minute:bucket}`
    Minute,
    /// `{t:s}`, `{t:second:bucket}`
    Second,
    /// `{t:ms}`, `{t:millisecond:bucket}`
    Millisecond,
    /// `{t:us}`, `{t:microsecond:bucket}`
    Microsecond,
    /// `{t:ns}`, which is what a time without a unit means
    Nanosecond,
}

/// The format of a part: what the template says after the colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    pub(crate) width: u8,
    pub(crate) unit: Option<Unit>,
    /// Whether the part is a bucket of its unit, and not a time that is cut off.
    pub(crate) is_bucket: bool,
    pub(crate) descending: bool,
    pub(crate) or_empty: bool,
}

/// How much of a time such a part has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// A time in UTC. From the second on, it ends with `Z`.
    Utc,
    /// A time in no time zone.
    Civil,
    /// A time of day.
    Clock,
}

/// How many bytes of a time are before its time of day.
pub(super) const DATE: usize = "2026-11-02T".len();

impl Format {
    /// The form of the type itself: the template says nothing after the colon.
    pub const OWN: Format =
        Format { width: 0, unit: None, is_bucket: false, descending: false, or_empty: false };

    /// `{n:08}`: this number of digits.
    #[must_use]
    pub const fn width(mut self, digits: u8) -> Self {
        self.width = digits;
        self
    }

    /// `{t:s}`: down to this unit. If it is longer than a second, the part is a bucket.
    #[must_use]
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.unit = Some(unit);
        self.is_bucket = unit.is_bucket();
        self
    }

    /// `{t:day:bucket}`: the bucket of this unit.
    #[must_use]
    pub const fn bucket(mut self, unit: Unit) -> Self {
        self.unit = Some(unit);
        self.is_bucket = true;
        self
    }

    /// Returns the unit, if the part is a bucket.
    pub(crate) const fn bucket_unit(self) -> Option<Unit> {
        if self.is_bucket { self.unit } else { None }
    }

    /// `{x:desc}`: the greatest value is first.
    #[must_use]
    pub const fn descending(mut self) -> Self {
        self.descending = true;
        self
    }

    /// `{x?}`: text that may be empty.
    #[must_use]
    pub const fn or_empty(mut self) -> Self {
        self.or_empty = true;
        self
    }

    pub(super) const fn digits(self, own: u8) -> usize {
        if self.width == 0 { own as usize } else { self.width as usize }
    }
}

impl Unit {
    /// Returns whether it can only be the unit of a bucket, and not a precision.
    #[must_use]
    pub const fn is_bucket(self) -> bool {
        (self as u8) <= (Unit::Minute as u8)
    }

    pub(crate) const fn is_finer_than(self, other: Unit) -> bool {
        (self as u8) > (other as u8)
    }

    /// Returns how many bytes of `2026-11-02T10:00:00.000000000Z` a time down to this unit has.
    pub(super) const fn width(self) -> usize {
        match self {
            Unit::Year => 4,
            Unit::Month => 7,
            Unit::Day => 10,
            Unit::Hour => 13,
            Unit::Minute => 16,
            Unit::Second => 20,
            Unit::Millisecond => 24,
            Unit::Microsecond => 27,
            Unit::Nanosecond => 30,
        }
    }

    /// Returns how many bytes as much of a time has down to this unit.
    pub(super) const fn width_in(self, span: Span) -> usize {
        let civil = self.width() - if self.is_bucket() { 0 } else { 1 };
        match span {
            Span::Utc => self.width(),
            Span::Civil => civil,
            // A template cannot name a unit of a date.
            Span::Clock => civil.saturating_sub(DATE),
        }
    }
}

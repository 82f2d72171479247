//! The promises of keys, over random templates and random values.
//!
//! Each property runs 10,000 cases; `MONOTABLE_CASES` asks for another number.

use super::*;
use crate::access::Plan;
use crate::request::SortKeys;
use crate::schema::{EntityDef, TableDef};
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;
use std::cmp::Ordering;
use std::ops::Bound;

/// A value of a part, whatever its type; values of one column are of one variant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Text(String),
    Bool(bool),
    U8(u8),
    U16(u16),
    U32(u32),
    U64(u64),
    U128(u128),
    I8(i8),
    I16(i16),
    I32(i32),
    I64(i64),
    I128(i128),
    Usize(usize),
    Isize(isize),
    Time(Timestamp),
    Date(Date),
    Year(Year),
    Month(Month),
    Hour(Hour),
    Minute(Minute),
    #[cfg(feature = "uuid")]
    Uuid(uuid::Uuid),
    #[cfg(feature = "ulid")]
    Ulid(ulid::Ulid),
    #[cfg(feature = "chrono")]
    Chrono(chrono::DateTime<chrono::Utc>),
    #[cfg(feature = "chrono")]
    NaiveDate(chrono::NaiveDate),
    #[cfg(feature = "time")]
    OffsetDateTime(time_crate::OffsetDateTime),
    #[cfg(feature = "time")]
    TimeDate(time_crate::Date),
}

#[cfg(feature = "time")]
use ::time as time_crate;

macro_rules! each {
    ($($(#[$cfg:meta])* $variant:ident($type:ty);)*) => {
        impl Value {
            fn part(&self) -> &dyn PartValue {
                match self { $($(#[$cfg])* Value::$variant(value) => value,)* }
            }
            fn class(&self) -> Class {
                match self { $($(#[$cfg])* Value::$variant(_) => <$type as KeyPart>::CLASS,)* }
            }
            /// Reads a value of the same type.
            fn read_like(&self, parts: &KeyParts<'_>, field: u16) -> Value {
                match self {
                    $($(#[$cfg])* Value::$variant(_) => Value::$variant(parts.read::<$type>(field).unwrap()),)*
                }
            }
        }
    };
}
each! {
    Text(String);
    Bool(bool);
    U8(u8);
    U16(u16);
    U32(u32);
    U64(u64);
    U128(u128);
    I8(i8);
    I16(i16);
    I32(i32);
    I64(i64);
    I128(i128);
    Usize(usize);
    Isize(isize);
    Time(Timestamp);
    Date(Date);
    Year(Year);
    Month(Month);
    Hour(Hour);
    Minute(Minute);
    #[cfg(feature = "uuid")] Uuid(uuid::Uuid);
    #[cfg(feature = "ulid")] Ulid(ulid::Ulid);
    #[cfg(feature = "chrono")] Chrono(chrono::DateTime<chrono::Utc>);
    #[cfg(feature = "chrono")] NaiveDate(chrono::NaiveDate);
    #[cfg(feature = "time")] OffsetDateTime(time_crate::OffsetDateTime);
    #[cfg(feature = "time")] TimeDate(time_crate::Date);
}

/// A column: what the template says of a part, and some values for it.
#[derive(Debug, Clone)]
struct Column {
    format: Format,
    values: Vec<Value>,
}

/// How many values each column has: enough that tuples often agree in some columns.
const POOL: usize = 6;

/// Text in which every kind of byte meets every other.
fn texts(least: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec!["a", "b", "A", "0", "9", "&", "}", "|"]),
        4 => prop::sample::select(vec!["#", "$", "%", "~", "\u{0}", " ", "%23", "~7E", "~~"]),
        2 => prop::sample::select(vec!["\u{7f}", "é", "ÿ", "\u{ffff}", "\u{1f600}", "\u{10ffff}"]),
    ];
    prop::collection::vec(piece, least..5).prop_map(|pieces| pieces.concat())
}

/// Seconds of the years 0 to 9999, with a liking for the ends and for small differences.
fn seconds() -> impl Strategy<Value = i64> {
    const FIRST: i64 = -62_167_219_200;
    const LAST: i64 = 253_402_207_199;
    prop_oneof![
        FIRST..LAST,
        FIRST..FIRST + 100_000,
        LAST - 100_000..LAST,
        -100_000_i64..100_000,
        1_793_000_000_i64..1_793_000_010,
    ]
}

fn times(step: u32) -> impl Strategy<Value = Timestamp> {
    (seconds(), prop_oneof![0_u32..1_000_000_000, 0_u32..3_000])
        .prop_map(move |(s, n)| Timestamp::new(s, (n / step * step) as i32).unwrap())
}

fn pool(format: Format, values: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Column> {
    prop::collection::vec(values, POOL).prop_map(move |values| Column { format, values }).boxed()
}

/// Integers small, great and in between.
macro_rules! integers {
    ($type:ident, $variant:ident) => {
        pool(
            Format::OWN,
            prop_oneof![
                any::<$type>(),
                any::<i8>().prop_map(|n| n as $type),
                Just($type::MIN),
                Just($type::MAX)
            ]
            .prop_map(Value::$variant),
        )
    };
}

fn ascending_columns() -> BoxedStrategy<Column> {
    let days = || seconds().prop_map(|s| Timestamp::from_second(s).unwrap());
    let date = |time: Timestamp| jiff::tz::TimeZone::UTC.to_datetime(time).date();
    let mut columns: Vec<BoxedStrategy<Column>> = vec![
        pool(Format::OWN, texts(1).prop_map(Value::Text)),
        pool(Format::OWN, texts(1).prop_map(Value::Text)),
        pool(Format::OWN.or_empty(), texts(0).prop_map(Value::Text)),
        pool(Format::OWN, any::<bool>().prop_map(Value::Bool)),
        integers!(u8, U8),
        integers!(u16, U16),
        integers!(u32, U32),
        integers!(u64, U64),
        integers!(u128, U128),
        integers!(i8, I8),
        integers!(i16, I16),
        integers!(i32, I32),
        integers!(i64, I64),
        integers!(i128, I128),
        integers!(usize, Usize),
        integers!(isize, Isize),
        pool(Format::OWN.width(3), (0_u32..1000).prop_map(Value::U32)),
        pool(Format::OWN.width(2), (-99_i32..100).prop_map(Value::I32)),
        pool(Format::OWN, times(1).prop_map(Value::Time)),
        pool(Format::OWN.unit(Unit::Microsecond), times(1_000).prop_map(Value::Time)),
        pool(Format::OWN.unit(Unit::Millisecond), times(1_000_000).prop_map(Value::Time)),
        pool(Format::OWN.unit(Unit::Second), times(1_000_000_000).prop_map(Value::Time)),
        pool(Format::OWN, days().prop_map(move |t| Value::Date(date(t)))),
        pool(Format::OWN.unit(Unit::Year), days().prop_map(|t| Value::Year(t.into()))),
        pool(Format::OWN.unit(Unit::Month), days().prop_map(|t| Value::Month(t.into()))),
        pool(Format::OWN.unit(Unit::Day), days().prop_map(move |t| Value::Date(date(t)))),
        pool(Format::OWN.unit(Unit::Hour), days().prop_map(|t| Value::Hour(t.into()))),
        pool(Format::OWN.unit(Unit::Minute), days().prop_map(|t| Value::Minute(t.into()))),
    ];
    columns.extend(integrations());
    prop::strategy::Union::new(columns).boxed()
}

#[allow(unused_mut, unused_assignments, clippy::vec_init_then_push)]
fn integrations() -> Vec<BoxedStrategy<Column>> {
    let mut columns: Vec<BoxedStrategy<Column>> = Vec::new();
    #[cfg(feature = "uuid")]
    columns
        .push(pool(Format::OWN, any::<u128>().prop_map(|n| Value::Uuid(uuid::Uuid::from_u128(n)))));
    #[cfg(feature = "ulid")]
    columns.push(pool(Format::OWN, any::<u128>().prop_map(|n| Value::Ulid(ulid::Ulid(n)))));
    #[cfg(feature = "chrono")]
    columns.extend([
        pool(
            Format::OWN.unit(Unit::Microsecond),
            (seconds(), 0_u32..1_000_000).prop_map(|(s, n)| {
                Value::Chrono(chrono::DateTime::from_timestamp(s, n * 1_000).unwrap())
            }),
        ),
        pool(
            Format::OWN,
            seconds().prop_map(|s| {
                Value::NaiveDate(chrono::DateTime::from_timestamp(s, 0).unwrap().date_naive())
            }),
        ),
    ]);
    #[cfg(feature = "time")]
    columns.extend([
        pool(
            Format::OWN,
            (seconds(), 0_i64..1_000_000_000, -12_i8..=12).prop_map(|(s, n, hours)| {
                let time = time_crate::OffsetDateTime::from_unix_timestamp(s).unwrap();
                let time = time + time_crate::Duration::nanoseconds(n);
                // The same time, told elsewhere.
                let offset = time_crate::UtcOffset::from_hms(hours, 0, 0).unwrap();
                Value::OffsetDateTime(time.checked_to_offset(offset).unwrap_or(time))
            }),
        ),
        pool(
            Format::OWN,
            seconds().prop_map(|s| {
                let time = time_crate::OffsetDateTime::from_unix_timestamp(s).unwrap();
                Value::TimeDate(time.date())
            }),
        ),
    ]);
    columns
}

fn columns() -> impl Strategy<Value = Column> {
    (ascending_columns(), any::<bool>()).prop_map(|(mut column, turn)| {
        if turn && column.class().width(column.format).is_some() {
            column.format = column.format.descending();
        }
        column
    })
}

impl Column {
    fn class(&self) -> Class {
        // A day bucket's part is a time in the template, whose values are dates.
        self.values[0].class()
    }

    fn is_text(&self) -> bool {
        matches!(self.values[0], Value::Text(_))
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        if self.format.descending { b.cmp(a) } else { a.cmp(b) }
    }
}

/// A sort key's template with columns for its parts.
#[derive(Debug, Clone)]
struct Shape {
    template: Template,
    columns: Vec<Column>,
}

fn shapes() -> impl Strategy<Value = Shape> {
    shapes_of(columns().boxed())
}

/// Shapes with at least one text column.
fn text_shapes() -> impl Strategy<Value = Shape> {
    let text = pool(Format::OWN, texts(1).prop_map(Value::Text));
    shapes_of(prop_oneof![3 => text, 1 => columns()].boxed())
        .prop_filter("a text column", |shape| shape.columns.iter().any(Column::is_text))
}

fn shapes_of(columns: BoxedStrategy<Column>) -> impl Strategy<Value = Shape> {
    let literals =
        || prop::sample::select(vec!["#", "#", "##", "#ITEM#", "#}#", "#(", "", "", "K", "&", "}"]);
    let first = prop::sample::select(vec!["", "", "ORDER#", "#", "A", "}#"]);
    let last = prop::sample::select(vec!["", "", "", "#END"]);
    (first, prop::collection::vec((columns, literals()), 1..4), last).prop_map(
        |(first, parts, last)| {
            let mut segments = vec![];
            let mut text = first.to_owned();
            let mut columns = vec![];
            let count = parts.len();
            for (at, (column, literal)) in parts.into_iter().enumerate() {
                if !text.is_empty() {
                    segments.push(literal_segment(std::mem::take(&mut text)));
                }
                let class = column.class();
                segments.push(part(at as u16, "x", column.format, class));
                let is_last = at + 1 == count;
                let variable = class.width(column.format).is_none();
                text = if is_last { last } else { literal }.to_owned();
                if variable && !text.is_empty() && !text.starts_with('#')
                    || variable && text.is_empty() && !is_last
                {
                    text.insert(0, '#');
                }
                columns.push(column);
            }
            if !text.is_empty() {
                segments.push(literal_segment(text));
            }
            Shape { template: segments.leak(), columns }
        },
    )
}

fn literal_segment(text: String) -> Segment {
    Segment::Literal(text.leak())
}

impl Shape {
    /// All tuples that the selection picks, one value of each column's pool.
    fn tuple(&self, pick: &[usize]) -> Vec<Value> {
        let pick = pick.iter().chain(std::iter::repeat(&0));
        self.columns.iter().zip(pick).map(|(c, i)| c.values[i % POOL].clone()).collect()
    }

    fn key(&self, tuple: &[Value]) -> Option<String> {
        self.key_in(Encoding::Escaped, tuple)
    }

    fn key_in(&self, encoding: Encoding, tuple: &[Value]) -> Option<String> {
        let part = |spec: &PartSpec| Some(tuple[usize::from(spec.field)].part());
        // A raw key refuses the separator in a text.
        render(self.template, part, encoding).ok().flatten().filter(|key| !key.is_empty())
    }

    /// What a table of raw keys takes: no text right after a fixed-width part.
    fn can_be_raw(&self) -> bool {
        let variable = |segment: &Segment| match segment {
            Segment::Part(spec) => spec.class.width(spec.format).is_none(),
            Segment::Literal(_) => false,
        };
        let is_part = |segment: &Segment| matches!(segment, Segment::Part(_));
        !self.template.windows(2).any(|pair| is_part(&pair[0]) && variable(&pair[1]))
    }

    fn compare(&self, a: &[Value], b: &[Value]) -> Ordering {
        let parts = self.columns.iter().zip(a.iter().zip(b));
        parts
            .map(|(column, (a, b))| column.compare(a, b))
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    fn plan(&self, bound: &[Value]) -> Plan {
        self.plan_in(Encoding::Escaped, bound).unwrap()
    }

    fn plan_in(&self, encoding: Encoding, bound: &[Value]) -> crate::Result<Plan> {
        let pk: Template = &[Segment::Literal("P")];
        let entity: &'static EntityDef =
            Box::leak(Box::new(EntityDef::new("E", [pk, self.template], &[], &[])));
        let names = ["pk", "sk", "_type"];
        let table: &'static TableDef =
            Box::leak(Box::new(TableDef::new("T", names, encoding, &[], &[])));
        let mut plan = Plan::new(table, entity, None, "p", [pk, self.template], &[])?;
        for value in bound {
            plan.eq(value.part())?;
        }
        Ok(plan)
    }
}

fn picks() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..POOL, 3)
}

fn selects(sort: Option<&SortKeys>, key: &str) -> bool {
    match sort {
        None => false,
        Some(SortKeys::All) => true,
        Some(SortKeys::Equals(wanted)) => key == wanted,
        Some(SortKeys::BeginsWith(prefix)) => key.starts_with(prefix.as_str()),
        Some(SortKeys::Between(lower, upper)) => {
            assert!(!lower.is_empty() && !upper.is_empty(), "stores take no empty key");
            lower.as_str() <= key && key <= upper.as_str()
        }
    }
}

/// Ranges are of values, whichever way round the keys are.
fn in_range(value: &Value, (lower, upper): &(Bound<Value>, Bound<Value>)) -> bool {
    let above = match lower {
        Bound::Included(bound) => value >= bound,
        Bound::Excluded(bound) => value > bound,
        Bound::Unbounded => true,
    };
    let below = match upper {
        Bound::Included(bound) => value <= bound,
        Bound::Excluded(bound) => value < bound,
        Bound::Unbounded => true,
    };
    above && below
}

fn part_bound(bound: &Bound<Value>) -> Bound<&dyn PartValue> {
    match bound {
        Bound::Included(value) => Bound::Included(value.part()),
        Bound::Excluded(value) => Bound::Excluded(value.part()),
        Bound::Unbounded => Bound::Unbounded,
    }
}

fn config() -> ProptestConfig {
    let cases = std::env::var("MONOTABLE_CASES").ok().and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(10_000),
        failure_persistence: None,
        ..Default::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn other_parts_give_another_key_and_keys_sort_as_their_parts(
        shape in shapes(), a in picks(), b in picks(),
    ) {
        let (a, b) = (shape.tuple(&a), shape.tuple(&b));
        if let (Some(x), Some(y)) = (shape.key(&a), shape.key(&b)) {
            prop_assert_eq!(x.cmp(&y), shape.compare(&a, &b), "{:?} {:?}", x, y);
            prop_assert!(x.is_ascii());
            prop_assert!(!x.contains('$') && !x.contains("~~"));
        }
    }

    #[test]
    fn a_key_reads_back_as_its_parts(shape in shapes(), pick in picks()) {
        let tuple = shape.tuple(&pick);
        if let Some(key) = shape.key(&tuple) {
            let parts = KeyParts::cut([(&key, shape.template), ("", &[])], Encoding::Escaped).unwrap();
            for (field, value) in tuple.iter().enumerate() {
                prop_assert_eq!(&value.read_like(&parts, field as u16), value);
            }
        }
    }

    #[test]
    fn the_key_of_a_prefix_is_a_prefix_of_the_key(text in texts(1), cut in 0_usize..20) {
        let cut = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let encode = |text: &str| { let mut out = String::new(); text::escape(text, &mut out); out };
        prop_assert!(encode(&text).starts_with(&encode(&text[..cut])));
    }

    #[test]
    fn a_prefix_selects_what_a_filter_selects(
        shape in text_shapes(), pool in prop::collection::vec(picks(), 12), prefix in texts(0), at in 0_usize..3,
    ) {
        let texts: Vec<_> = (0..shape.columns.len()).filter(|i| shape.columns[*i].is_text()).collect();
        let at = texts[at % texts.len()];
        let rows: Vec<_> = pool.iter().map(|pick| shape.tuple(pick)).collect();
        let bound = &rows[0][..at];
        let Some(_) = shape.key(&rows[0]) else { return Ok(()) };
        let mut plan = shape.plan(bound);
        plan.begins_with(&prefix).unwrap();
        for row in &rows {
            let Some(key) = shape.key(row) else { continue };
            let wanted = row[..at] == *bound
                && matches!(&row[at], Value::Text(text) if text.starts_with(&prefix));
            prop_assert_eq!(selects(plan.sort_keys().as_ref(), &key), wanted, "{:?} {:?}", key, plan.sort_keys());
        }
    }

    #[test]
    fn a_range_of_a_raw_key_selects_what_a_filter_selects(
        shape in shapes().prop_filter("raw", Shape::can_be_raw),
        pool in prop::collection::vec(picks(), 12),
        at in 0_usize..3,
        ends in (0..POOL, 0..3, 0..POOL, 0..3),
    ) {
        let at = at % shape.columns.len();
        let column = &shape.columns[at];
        // Of text, it does not compile.
        if column.is_text() {
            return Ok(());
        }
        let end = |i: usize, kind| match kind {
            0 => Bound::Included(column.values[i].clone()),
            1 => Bound::Excluded(column.values[i].clone()),
            _ => Bound::Unbounded,
        };
        let range = (end(ends.0, ends.1), end(ends.2, ends.3));
        let rows: Vec<_> = pool.iter().map(|pick| shape.tuple(pick)).collect();
        let bound = &rows[0][..at];
        let Ok(mut plan) = shape.plan_in(Encoding::Raw, bound) else { return Ok(()) };
        plan.range(part_bound(&range.0), part_bound(&range.1)).unwrap();
        let sort = plan.sort_keys();
        for row in &rows {
            let Some(key) = shape.key_in(Encoding::Raw, row) else { continue };
            let wanted = row[..at] == *bound && in_range(&row[at], &range);
            prop_assert_eq!(selects(sort.as_ref(), &key), wanted, "{:?} {:?} {:?}", key, sort, range);
        }
    }

    #[test]
    fn a_range_selects_what_a_filter_selects(
        shape in shapes(),
        pool in prop::collection::vec(picks(), 12),
        at in 0_usize..3,
        ends in (0..POOL, 0..3, 0..POOL, 0..3),
    ) {
        let at = at % shape.columns.len();
        let column = &shape.columns[at];
        let end = |i: usize, kind| match kind {
            0 => Bound::Included(column.values[i].clone()),
            1 => Bound::Excluded(column.values[i].clone()),
            _ => Bound::Unbounded,
        };
        let range = (end(ends.0, ends.1), end(ends.2, ends.3));
        let rows: Vec<_> = pool.iter().map(|pick| shape.tuple(pick)).collect();
        let bound = &rows[0][..at];
        let mut plan = shape.plan(bound);
        plan.range(part_bound(&range.0), part_bound(&range.1)).unwrap();
        let sort = plan.sort_keys();
        if let Some(SortKeys::Between(lower, upper)) = &sort {
            // Nothing of another entity: both ends have the entity's own prefix.
            let prefix = literal_prefix(shape.template);
            prop_assert!(lower.starts_with(prefix) && upper.starts_with(prefix));
        }
        for row in &rows {
            let Some(key) = shape.key(row) else { continue };
            let wanted = row[..at] == *bound && in_range(&row[at], &range);
            prop_assert_eq!(selects(sort.as_ref(), &key), wanted, "{:?} {:?} {:?}", key, sort, range);
        }
    }
}

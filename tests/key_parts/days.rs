//! Ranges of days, months and years of a part that is a time select the times whose date is in them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use monotable::key::{Month, Year};
use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Bound;

/// Declares an entity with a time of this type in its sort key, in both orders, and cut off on an index.
macro_rules! events {
    ($($name:ident: $type:ty, $convert:expr;)*) => {$(
        mod $name {
            use super::*;

            #[derive(Debug, Index)]
            pub struct Other;

            #[derive(Debug, Table)]
            #[table(indexes(Other))]
            #[allow(dead_code)]
            pub enum Log {
                Event(Event),
            }

            #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
            #[entity(table = Log, pk = "LOG#{log}", sk = "{at}#{n}")]
            #[access(up)]
            #[access(down, index = Other, pk = "LOG#{log}", sk = "{at:desc}")]
            pub struct Event {
                log: String,
                at: $type,
                n: u16,
            }

            #[tokio::test]
            async fn days() {
                let log = Log::on(Embedded::in_memory());
                let all = times();
                for (n, time) in all.iter().enumerate() {
                    let convert: fn(DateTime) -> $type = $convert;
                    let n = u16::try_from(n).unwrap();
                    Event { log: "a".into(), at: convert(*time), n }.create().send(&log).await.unwrap();
                }
                macro_rules! check {
                    ($range:expr, $holds:expr) => {{
                        let holds: &dyn Fn(Date) -> bool = &$holds;
                        let expected = all.iter().filter(|time| holds(time.date())).count();
                        let up = Event::up("a").range($range).count(&log).await.unwrap();
                        assert_eq!(up, expected, "{:?}", $range);
                        let down = Event::down("a").range($range).count(&log).await.unwrap();
                        assert_eq!(down, expected, "{:?}, descending", $range);
                    }};
                }
                let days = ends();
                for &a in &days {
                    check!(a, |day| day == a);
                    check!(a.., |day| day >= a);
                    check!(..a, |day| day < a);
                    check!(..=a, |day| day <= a);
                    let (month, year) = (Month::from(a), Year::from(a));
                    check!(month, |day| (day.year(), day.month()) == (a.year(), a.month()));
                    check!(year, |day| day.year() == a.year());
                    check!(month.., |day| day >= a.first_of_month());
                    check!(..=month, |day| day <= a.last_of_month());
                    check!(..year, |day| day < a.first_of_year());
                    for &b in &days {
                        check!(a..b, |day| (a..b).contains(&day));
                        check!(a..=b, |day| (a..=b).contains(&day));
                        let pair = (Bound::Excluded(a), Bound::Included(b));
                        check!(pair, |day| a < day && day <= b);
                        check!(month..=Month::from(b), |day| {
                            (a.first_of_month()..=b.last_of_month()).contains(&day)
                        });
                    }
                }
            }
        }
    )*};
}
events! {
    timestamp: Timestamp, |time| TimeZone::UTC.to_timestamp(time).unwrap();
    civil: DateTime, |time| time;
    chrono_utc: chrono::DateTime<chrono::Utc>, |time| chrono_naive(time).and_utc();
    chrono_civil: chrono::NaiveDateTime, chrono_naive;
    time_offset: time::OffsetDateTime, |time| time_primitive(time).assume_utc();
    time_civil: time::PrimitiveDateTime, time_primitive;
}

fn chrono_naive(time: DateTime) -> chrono::NaiveDateTime {
    let nanoseconds = TimeZone::UTC.to_timestamp(time).unwrap().as_nanosecond();
    let seconds = i64::try_from(nanoseconds.div_euclid(1_000_000_000)).unwrap();
    let fraction = u32::try_from(nanoseconds.rem_euclid(1_000_000_000)).unwrap();
    chrono::DateTime::from_timestamp(seconds, fraction).unwrap().naive_utc()
}

fn time_primitive(time: DateTime) -> time::PrimitiveDateTime {
    let nanoseconds = TimeZone::UTC.to_timestamp(time).unwrap().as_nanosecond();
    let at = time::OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).unwrap();
    time::PrimitiveDateTime::new(at.date(), at.time())
}

/// Times at the beginning, in the middle and at the end of days around the ends of months and years.
fn times() -> Vec<DateTime> {
    let days = ["2026-05-31", "2026-06-01", "2026-06-02", "2026-06-21", "2026-06-22", "2026-12-31"];
    let days = days.into_iter().chain(["2027-01-01", "2028-02-29", "0001-01-01", "9999-12-30"]);
    let days = days.map(|day| day.parse::<Date>().unwrap());
    days.flat_map(|day| [day.at(0, 0, 0, 0), day.at(12, 0, 0, 1), day.at(21, 59, 59, 999_999_999)])
        .collect()
}

fn ends() -> Vec<Date> {
    let mut ends: Vec<Date> = times().iter().map(|time| time.date()).collect();
    ends.dedup();
    ends.extend([date(2026, 6, 15), date(9999, 12, 31)]);
    ends
}

/// The dates of other crates are taken, too.
#[test]
fn dates_of_other_crates() {
    let chrono = |day| chrono::NaiveDate::from_ymd_opt(2026, 6, day).unwrap();
    let of_time = |day| time::Date::from_calendar_date(2026, time::Month::June, day).unwrap();
    let request = |request: monotable::Result<Option<monotable::request::Query>>| {
        request.unwrap().unwrap().keys.texts().unwrap().1.clone()
    };
    let expected =
        request(timestamp::Event::up("a").range(date(2026, 6, 1)..=date(2026, 6, 21)).request());
    for sort in [
        request(chrono_utc::Event::up("a").range(chrono(1)..=chrono(21)).request()),
        request(chrono_civil::Event::up("a").range(chrono(1)..chrono(22)).request()),
        request(time_offset::Event::up("a").range(of_time(1)..=of_time(21)).request()),
        request(time_civil::Event::up("a").range(of_time(1)..of_time(22)).request()),
    ] {
        let ends = |sort: &monotable::request::SortKeys| match sort {
            monotable::request::SortKeys::Between(lower, upper) => {
                (lower[..19].to_owned(), upper[..19].to_owned())
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(ends(&sort), ends(&expected));
    }
}

/// Keys hold the years 0 to 9999. A date before is an error, and no panic.
#[tokio::test]
async fn dates_that_no_key_holds() {
    let log = timestamp::Log::on(Embedded::in_memory());
    for range in [date(-1, 1, 1)..=date(2026, 1, 1), Date::MIN..=Date::MAX] {
        let error = timestamp::Event::up("a").range(range).count(&log).await.unwrap_err();
        assert!(error.is_invalid_key() && error.to_string().contains("`at`"), "{error:?}");
    }
    let all = timestamp::Event::up("a").range(date(1, 1, 1)..=Date::MAX).count(&log).await.unwrap();
    assert_eq!(all, 0);
}

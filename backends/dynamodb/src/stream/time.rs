//! The times of DynamoDB Streams.

use jiff::Timestamp;

/// Reads a JSON number of seconds since 1970, to the microsecond. Returns `None` for what is none, such as `null`: then it is
/// not known when the change was made.
pub(super) fn seconds(number: &str) -> Option<Timestamp> {
    // A whole number is read exactly. DynamoDB writes `1.47949974E9`, too.
    if let Ok(seconds) = number.parse() {
        return Timestamp::from_second(seconds).ok();
    }
    let microseconds = (number.parse::<f64>().ok()? * 1e6).round();
    // A float that is out of range becomes the greatest integer, which is no time.
    Timestamp::from_microsecond(microseconds as i64).ok().filter(|_| microseconds.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_seconds_are_times() {
        let time = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        assert_eq!(seconds("1479499740"), time("2016-11-18T20:09:00Z"));
        assert_eq!(seconds("1479499740.5"), time("2016-11-18T20:09:00.5Z"));
        assert_eq!(seconds("1479499740.000001"), time("2016-11-18T20:09:00.000001Z"));
        assert_eq!(seconds("1.47949974E9"), time("2016-11-18T20:09:00Z"));
        assert_eq!(seconds("1.4794997405E+9"), time("2016-11-18T20:09:00.5Z"));
        assert_eq!(seconds("0"), Some(Timestamp::UNIX_EPOCH));
        assert_eq!(seconds("-1"), time("1969-12-31T23:59:59Z"));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "null", "true", "\"1479499740\"", "{}", "1e300", "-1e300", "NaN", "inf"] {
            assert_eq!(seconds(text), None, "{text}");
        }
        assert_eq!(seconds("99999999999999999999"), None);
    }
}

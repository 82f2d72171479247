//! `Place` and `Places`: how far the shards of a stream have been read, and the text of it.

use monotable_core::change::FeedPosition;
use monotable_core::{Error, Kind, Result};
use std::fmt::Write as _;

/// How far a shard has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing of it. It was the oldest of its line at this time, in seconds since 1970.
    Oldest(i64),
    /// Nothing of it. Its parent has been read to the end.
    Child,
    /// Nothing of it. What was written before this time, in seconds since 1970, is left out.
    Since(i64),
    /// Up to the record with this sequence number.
    After(String),
    /// To its end. It is kept until its children are known.
    Ended,
}

/// How far the shards of a stream have been read. Shards that are not here were read to their end, if they come before one that
/// is here, and not at all otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Places {
    /// The ARN of the stream.
    pub(super) stream: String,
    /// Shards by their ids.
    pub(super) shards: Vec<(String, Place)>,
}

/// The version of the text.
const VERSION: &str = "1";

impl Places {
    /// The text of the places: the version, the ARN of the stream, and `shard=place` for each shard.
    pub(super) fn position(&self) -> FeedPosition {
        let mut text = format!("{VERSION} {}", self.stream);
        for (shard, place) in &self.shards {
            // A text can be written to without an error.
            let _ = write!(text, " {shard}=");
            let _ = match place {
                Place::Oldest(time) => write!(text, "o{time}"),
                Place::Child => write!(text, "c"),
                Place::Since(time) => write!(text, "n{time}"),
                Place::After(sequence) => write!(text, "a{sequence}"),
                Place::Ended => write!(text, "e"),
            };
        }
        FeedPosition::new(text)
    }

    /// Reads a text.
    ///
    /// # Errors
    ///
    /// `InvalidCursor` if it is none of this version.
    pub(super) fn parse(position: &FeedPosition) -> Result<Self> {
        Self::read(position.as_str()).ok_or_else(|| {
            let message = "the position is none of a stream of DynamoDB, or of a later version of monotable: start at the oldest change, or from now on";
            Error::new(Kind::InvalidCursor, message)
        })
    }

    fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        if words.next() != Some(VERSION) {
            return None;
        }
        let stream = words.next().filter(|arn| !arn.is_empty())?.to_owned();
        let shards = words.map(|word| {
            let (shard, place) = word.split_once('=')?;
            let rest = place.get(1..)?;
            let place = match place.as_bytes().first()? {
                b'o' => Place::Oldest(rest.parse().ok()?),
                b'c' if rest.is_empty() => Place::Child,
                b'n' => Place::Since(rest.parse().ok()?),
                b'a' if !rest.is_empty() => Place::After(rest.to_owned()),
                b'e' if rest.is_empty() => Place::Ended,
                _ => return None,
            };
            (!shard.is_empty()).then(|| (shard.to_owned(), place))
        });
        Some(Places { stream, shards: shards.collect::<Option<_>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_it_was_written() {
        let places = Places {
            stream: "arn:aws:dynamodb:eu-central-1:1:table/shop/stream/2026-11-18T00:00:00.000"
                .into(),
            shards: vec![
                ("shardId-1".into(), Place::Oldest(1_479_499_740)),
                ("shardId-2".into(), Place::Child),
                ("shardId-3".into(), Place::Since(-1)),
                ("shardId-4".into(), Place::After("000000000000000000321".into())),
                ("shardId-5".into(), Place::Ended),
            ],
        };
        assert_eq!(Places::parse(&places.position()).unwrap(), places);
        let none = Places { stream: "arn".into(), shards: Vec::new() };
        assert_eq!(Places::parse(&none.position()).unwrap(), none);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "1",
            "1 ",
            "2 arn",
            "1 arn x",
            "1 arn x=",
            "1 arn =e",
            "1 arn x=z",
            "1 arn x=a",
            "1 arn x=o",
            "1 arn x=ee",
            "1 arn x=é",
            "1 arn ",
        ] {
            let error = Places::parse(&FeedPosition::new(text)).unwrap_err();
            assert!(error.is_invalid_cursor(), "{text:?}");
        }
    }
}

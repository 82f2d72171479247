//! `StreamReader`: reads all shards of a stream, parents before children.

use super::call::{Got, get_records};
use super::client::DynamoDbStreams;
use super::error::{convert, other_stream, trimmed};
use super::lineage::{self, Listed};
use super::position::{Place, Places};
use crate::Attributes;
use aws_sdk_dynamodbstreams::types::{Shard as SdkShard, ShardIteratorType};
use monotable_core::change::{Change, ChangePage, OpenChanges, StartFrom};
use monotable_core::schema::TableDef;
use monotable_core::{Backend as _, Cost, Error, Kind, Result};
use std::collections::HashSet;
use std::fmt;
use std::time::UNIX_EPOCH;

/// The most records that DynamoDB returns at once.
const MOST: u32 = 1000;

/// How much earlier than the beginning a record may be that is delivered, in seconds: times of records are approximate, and
/// DynamoDB Local cuts them to the minute.
const INEXACT: i64 = 90;

/// How old a list of shards may be by which it is decided whether records are lost, in seconds.
const RECENT: i64 = 60 * 60;

/// A reader of a stream, with how far it has read each shard.
pub struct StreamReader {
    table: &'static TableDef,
    places: Places,
    /// What is known of each shard in `places`, in the same order.
    shards: Vec<Shard>,
    /// All shards that were ever listed. A listing can be older than the one before it.
    listed: Vec<Listed>,
    /// When they were listed last, in seconds since 1970.
    listed_at: i64,
    /// The shard that is read next.
    turn: usize,
    /// Whether the shards of the stream are to be listed before more is read.
    lists: bool,
    most: i32,
}

/// What is known of a shard, besides its place.
#[derive(Debug, Clone, Default)]
struct Shard {
    /// Where DynamoDB reads on. It is valid for 15 minutes.
    iterator: Option<String>,
    /// Whether it had no more records when it was last read.
    is_read: bool,
    /// Whether nothing is added to it any more.
    is_closed: bool,
}

impl StreamReader {
    pub(super) async fn open(streams: &DynamoDbStreams, request: OpenChanges) -> Result<Self> {
        let stream = streams.stream().await?;
        let listed = list(streams, &stream).await?;
        let now = now(streams);
        let shards = match &request.from {
            StartFrom::Now => lineage::newest(&listed, now),
            StartFrom::After(position) => {
                let Places { stream: stored, mut shards } = Places::parse(position)?;
                if stored != stream {
                    return Err(other_stream(streams.db()));
                }
                if lineage::lost(&shards, &listed, now).is_some() {
                    return Err(trimmed(streams.db()));
                }
                lineage::follow(&mut shards, &listed, now);
                shards
            }
            _ => lineage::oldest(&listed, now),
        };
        let most = request.page_size.map_or(MOST, |most| most.get().min(MOST));
        let known = |(id, _): &(String, Place)| Shard {
            is_closed: is_closed(&listed, id),
            ..Shard::default()
        };
        let mut reader = StreamReader {
            table: request.table,
            shards: shards.iter().map(known).collect(),
            places: Places { stream, shards },
            listed,
            listed_at: now,
            turn: 0,
            lists: false,
            most: i32::try_from(most).unwrap_or(i32::MAX),
        };
        if request.from == StartFrom::Now {
            reader.skip_to_the_end(streams).await?;
        }
        Ok(reader)
    }

    /// Begins at the ends of the shards. If a reader is opened again before it has read a record, it reads from the beginning,
    /// and leaves out what is older.
    async fn skip_to_the_end(&mut self, streams: &DynamoDbStreams) -> Result<()> {
        for (shard, (id, place)) in self.shards.iter_mut().zip(&self.places.shards) {
            if *place != Place::Ended {
                let latest = ShardIteratorType::Latest;
                let stream = &self.places.stream;
                shard.iterator = Some(iterator(streams, stream, id, latest, None).await?);
            }
        }
        Ok(())
    }

    /// Reads records of one shard.
    pub(super) async fn next(
        &mut self,
        streams: &DynamoDbStreams,
    ) -> Result<ChangePage<Change<Attributes>>> {
        if self.lists {
            let listed = list(streams, &self.places.stream).await?;
            self.follow(listed, now(streams));
        }
        // Without one, the last shard of each line has ended, and the one that follows it is not listed yet.
        let Some(at) = self.readable() else { return Ok(self.page(Vec::new())) };
        let got = self.read(streams, at).await?;
        let changes = self.changes(at, &got)?;
        // From here on nothing fails and nothing waits.
        self.moved(at, got, !changes.is_empty());
        Ok(self.page(changes))
    }

    /// Moves the place of a shard behind what was read.
    fn moved(&mut self, at: usize, got: Got, has_changes: bool) {
        let place = self.places.shards.get_mut(at).map(|(_, place)| place);
        let (Some(place), Some(shard)) = (place, self.shards.get_mut(at)) else { return };
        let mut sequences = got.records.all().iter().rev().map(|record| &record.sequence);
        // As long as all of it is before the beginning, what comes after it may be, too.
        if (has_changes || !matches!(place, Place::Since(_)))
            && let Some(last) = sequences.find(|sequence| !sequence.is_empty())
        {
            *place = Place::After(last.clone());
        }
        shard.is_read = got.records.len() == 0;
        if got.next.is_none() {
            *place = Place::Ended;
            self.lists = true;
        }
        shard.iterator = got.next;
        // The other shards are read before this one is read again.
        self.turn = at + 1;
    }

    /// Reads records of a shard, from a new iterator if the known one has expired.
    async fn read(&self, streams: &DynamoDbStreams, at: usize) -> Result<Got> {
        let (db, client) = (streams.db(), streams.client());
        if let Some(known) = self.shards.get(at).and_then(|shard| shard.iterator.as_deref())
            && let Some(got) = get_records(db, client, known, self.most).await?
        {
            return Ok(got);
        }
        let Some((id, place)) = self.places.shards.get(at) else { return Err(expired()) };
        let (ty, sequence) = match place {
            Place::After(sequence) => (ShardIteratorType::AfterSequenceNumber, Some(&**sequence)),
            _ => {
                self.check_is_kept(streams, at).await?;
                (ShardIteratorType::TrimHorizon, None)
            }
        };
        let iterator = iterator(streams, &self.places.stream, id, ty, sequence).await?;
        get_records(db, client, &iterator, self.most).await?.ok_or_else(expired)
    }

    /// Checks that the first records of a shard are still kept, as when a reader is opened. DynamoDB does not tell it when a
    /// shard is read from its beginning, and a reader may have stood still for long.
    async fn check_is_kept(&self, streams: &DynamoDbStreams, at: usize) -> Result<()> {
        let Some(place) = self.places.shards.get(at) else { return Ok(()) };
        let now = now(streams);
        let lost =
            |listed: &[Listed]| lineage::lost(std::slice::from_ref(place), listed, now).is_some();
        let is_lost = match now.saturating_sub(self.listed_at) < RECENT {
            true => lost(&self.listed),
            false => lost(&list(streams, &self.places.stream).await?),
        };
        if is_lost { Err(trimmed(streams.db())) } else { Ok(()) }
    }

    /// The changes of records, without those before the beginning.
    fn changes(&self, at: usize, got: &Got) -> Result<Vec<Change<Attributes>>> {
        let since = match self.places.shards.get(at) {
            Some((_, Place::Since(since))) => Some(since.saturating_sub(INEXACT)),
            _ => None,
        };
        let changes = got.records.all().iter().map(|record| got.records.change(self.table, record));
        let is_before = |change: &Change<Attributes>| {
            since.zip(change.time).is_some_and(|(since, time)| time.as_second() < since)
        };
        changes.filter(|change| !change.as_ref().is_ok_and(is_before)).collect()
    }

    /// The next shard to read.
    fn readable(&self) -> Option<usize> {
        let all = 0..self.places.shards.len();
        let mut turns = all.clone().map(|step| (self.turn + step) % all.len().max(1));
        turns
            .find(|at| self.places.shards.get(*at).is_some_and(|(_, place)| *place != Place::Ended))
    }

    fn page(&mut self, changes: Vec<Change<Attributes>>) -> ChangePage<Change<Attributes>> {
        let mut all = self.places.shards.iter().zip(&self.shards);
        // An answer without records does not mean that there are no more. One that is closed is read until its end is told.
        let is_read = all.all(|((_, place), shard)| {
            *place == Place::Ended || (shard.is_read && !shard.is_closed)
        });
        // After the end of a shard, others may follow. They are known when the shards are listed.
        let is_caught_up = is_read && !self.lists;
        let places = &self.places.shards;
        let waits = places.is_empty() || places.iter().any(|(_, it)| *it == Place::Ended);
        // Also when each shard was read once: some may have changes all the time.
        if waits && (is_caught_up || self.turn >= places.len()) {
            self.lists = true;
        }
        ChangePage::new(changes, self.places.position(), is_caught_up, Cost::ZERO)
    }

    fn follow(&mut self, listed: Vec<Listed>, now: i64) {
        for it in listed {
            match self.listed.iter_mut().find(|known| known.id == it.id) {
                Some(known) => known.is_closed |= it.is_closed,
                None => self.listed.push(it),
            }
        }
        self.listed_at = now;
        let before = self.places.shards.clone();
        lineage::follow(&mut self.places.shards, &self.listed, now);
        let known = |id: &str| before.iter().position(|(known, _)| known == id);
        self.shards = self
            .places
            .shards
            .iter()
            .map(|(id, _)| {
                let shard = known(id).and_then(|at| self.shards.get(at)).cloned();
                Shard { is_closed: is_closed(&self.listed, id), ..shard.unwrap_or_default() }
            })
            .collect();
        self.lists = false;
    }
}

fn is_closed(listed: &[Listed], id: &str) -> bool {
    listed.iter().any(|it| it.id == id && it.is_closed)
}

fn expired() -> Error {
    Error::new(Kind::Unavailable, "DynamoDB returned an iterator that has expired: try again")
}

fn now(streams: &DynamoDbStreams) -> i64 {
    let now = streams.db().now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}

/// All shards of a stream.
async fn list(streams: &DynamoDbStreams, stream: &str) -> Result<Vec<Listed>> {
    let (mut all, mut after, mut seen) = (Vec::new(), None::<String>, HashSet::new());
    loop {
        let call = streams.client().describe_stream().stream_arn(stream);
        let call = call.set_exclusive_start_shard_id(after.clone());
        let answer = Box::pin(call.send()).await.map_err(|failed| convert(streams.db(), failed))?;
        let Some(description) = answer.stream_description else { return Ok(all) };
        let shards = description.shards.unwrap_or_default();
        all.extend(shards.into_iter().filter_map(listed).filter(|it| seen.insert(it.id.clone())));
        after = description.last_evaluated_shard_id;
        if after.is_none() {
            return Ok(all);
        }
    }
}

fn listed(shard: SdkShard) -> Option<Listed> {
    let range = shard.sequence_number_range;
    let is_closed = range.is_some_and(|range| range.ending_sequence_number.is_some());
    let parent = shard.parent_shard_id.filter(|parent| !parent.is_empty());
    Some(Listed { id: shard.shard_id?, parent, is_closed })
}

async fn iterator(
    streams: &DynamoDbStreams,
    stream: &str,
    shard: &str,
    ty: ShardIteratorType,
    sequence: Option<&str>,
) -> Result<String> {
    let call = streams.client().get_shard_iterator().stream_arn(stream).shard_id(shard);
    let call = call.shard_iterator_type(ty).set_sequence_number(sequence.map(ToOwned::to_owned));
    let answer = Box::pin(call.send()).await.map_err(|failed| convert(streams.db(), failed))?;
    answer.shard_iterator.ok_or_else(expired)
}

impl fmt::Debug for StreamReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamReader").field("places", &self.places).finish_non_exhaustive()
    }
}

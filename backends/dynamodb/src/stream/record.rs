//! `Records`: the records of DynamoDB Streams in a JSON text, which are the same in the event of a function of AWS Lambda
//! and in the answer of `GetRecords`.

use super::time;
use crate::Attributes;
use crate::codec::{Checker, Page, Place};
use bytes_utils::Str;
use jiff::Timestamp;
use monotable_core::backend::Readable as _;
use monotable_core::change::{Change, ChangeKind};
use monotable_core::request::PrimaryKey;
use monotable_core::schema::TableDef;
use monotable_core::{Error, Kind, Result};
use monotable_json::{Cursor, Invalid};
use std::ops::Range;
use std::sync::Arc;

/// The records in a text.
#[derive(Clone)]
pub(crate) struct Records {
    page: Arc<Page>,
    all: Vec<Record>,
    /// The place of the list in the text.
    #[cfg_attr(not(feature = "streams"), allow(dead_code, reason = "an event has nothing else"))]
    pub(crate) list: Range<usize>,
}

/// A record. Its items are numbers of a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    id: String,
    /// The sequence number; empty if there is none.
    pub(crate) sequence: String,
    name: String,
    source: Option<String>,
    view: Option<String>,
    time: Option<Timestamp>,
    /// Whether the time to live of the item was over, and DynamoDB has deleted it.
    is_expiry: bool,
    keys: Image,
    new: Image,
    old: Image,
}

/// An item of a record.
#[derive(Debug, Clone, Copy, Default)]
enum Image {
    #[default]
    Absent,
    /// The number of the item in the page.
    Item(usize),
    /// It is not as DynamoDB sends items.
    Damaged,
}

impl Records {
    /// Reads the records of a text, which are in its member `Records`. Returns `None` if there is no such list. A record that
    /// is not as DynamoDB sends it is an error when it is asked for, and not before.
    pub(crate) fn read(text: Str) -> Option<Self> {
        let mut reader =
            Reader { cursor: Cursor::new(&text), checker: Checker::default(), items: Vec::new() };
        let (all, list) = reader.answer().ok()??;
        let Reader { checker, items, .. } = reader;
        Some(Records { page: Arc::new(Page::new(text.clone(), items, checker)), all, list })
    }

    /// The number of records.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The records, in order.
    pub(crate) fn all(&self) -> &[Record] {
        &self.all
    }

    /// Takes the records out, in order.
    pub(crate) fn take(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.all)
    }

    /// The change that a record tells of.
    ///
    /// # Errors
    ///
    /// `SchemaMismatch` if the stream does not have the items before and after each change; `Decode` if the record is not
    /// as DynamoDB sends it.
    pub(crate) fn change(&self, table: &TableDef, record: &Record) -> Result<Change<Attributes>> {
        record.check_source()?;
        let keys = self.image(record, "Keys", record.keys)?;
        let text = |name| keys.as_ref().and_then(|keys| keys.text(name)).map(str::to_owned);
        let (Some(pk), Some(sk)) = (text(table.pk), text(table.sk)) else {
            let (pk, sk) = (table.pk, table.sk);
            return Err(record.error(&format!(
                "has no `Keys` with the texts `{pk}` and `{sk}`: is it of the table `{}`?",
                table.name
            )));
        };
        let old = self.image(record, "OldImage", record.old)?;
        let new = self.image(record, "NewImage", record.new)?;
        let kind = record.kind(old, new)?;
        let id = record.id()?;
        Ok(Change::new(id, record.time, PrimaryKey { pk, sk }, kind))
    }

    fn image(&self, record: &Record, name: &str, image: Image) -> Result<Option<Attributes>> {
        match image {
            Image::Absent => Ok(None),
            Image::Item(at) => {
                // A stored item has its keys, so one without attributes is none.
                Ok(Some(Attributes::of_page(&self.page, at)).filter(|item| !item.is_empty()))
            }
            Image::Damaged => {
                Err(record.error(&format!("has an item in `{name}` that is none of DynamoDB")))
            }
        }
    }
}

impl Record {
    fn error(&self, message: &str) -> Error {
        Error::new(Kind::Decode, format!("the stream record {} {message}", self.shown()))
    }

    /// The record in messages.
    fn shown(&self) -> String {
        let names = [&self.id, &self.sequence];
        names
            .into_iter()
            .find(|name| !name.is_empty())
            .map_or("without an `eventID`".into(), |name| format!("`{name}`"))
    }

    fn check_source(&self) -> Result<()> {
        match self.source.as_deref() {
            None | Some("aws:dynamodb") => Ok(()),
            Some(source) => {
                Err(self
                    .error(&format!("comes from `{source}`, and not from a stream of DynamoDB")))
            }
        }
    }

    /// The name of the change: DynamoDB's name of the event, which is unique in the world.
    fn id(&self) -> Result<&str> {
        match [&*self.id, &*self.sequence].into_iter().find(|id| !id.is_empty()) {
            Some(id) => Ok(id),
            None => Err(self.error("and without a `SequenceNumber` cannot be told from others")),
        }
    }

    /// What has happened, by the items that are there. Names are not enough: DynamoDB Local has one of its own for
    /// deletions by time to live.
    fn kind(
        &self,
        old: Option<Attributes>,
        new: Option<Attributes>,
    ) -> Result<ChangeKind<Attributes>> {
        if let Some(view) = self.view.as_deref().filter(|view| *view != "NEW_AND_OLD_IMAGES") {
            return Err(self.wrong_view(&format!("has the view type `{view}`")));
        }
        match (old, new) {
            (Some(old), Some(new)) => Ok(ChangeKind::Updated { old, new }),
            (None, Some(new)) if self.view.is_some() || self.name == "INSERT" => {
                Ok(ChangeKind::Created(new))
            }
            (Some(old), None) if self.is_expiry => Ok(ChangeKind::Expired(old)),
            (Some(old), None) => Ok(ChangeKind::Deleted(old)),
            (None, _) => Err(self.wrong_view("does not have the item before the change")),
        }
    }

    fn wrong_view(&self, what: &str) -> Error {
        let message = format!(
            "the stream record {} comes from a stream that {what}: give the table a stream with `StreamViewType` `NEW_AND_OLD_IMAGES`, which is a new stream",
            self.shown()
        );
        Error::new(Kind::SchemaMismatch, message)
    }
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    checker: Checker,
    items: Vec<Place>,
}

type Read<T> = std::result::Result<T, Invalid>;

impl<'a> Reader<'a> {
    fn answer(&mut self) -> Read<Option<(Vec<Record>, Range<usize>)>> {
        let mut found = None;
        self.object(|this, name| {
            if name != "Records" {
                return this.cursor.skip();
            }
            this.cursor.peek();
            let start = this.cursor.at();
            this.cursor.expect(b'[')?;
            let (mut first, mut all) = (true, Vec::new());
            while this.cursor.next(b']', &mut first)? {
                all.push(this.record()?);
            }
            found = Some((all, start..this.cursor.at()));
            Ok(())
        })?;
        Ok(found)
    }

    fn object(&mut self, mut member: impl FnMut(&mut Self, &str) -> Read<()>) -> Read<()> {
        self.cursor.expect(b'{')?;
        let mut first = true;
        while self.cursor.next(b'}', &mut first)? {
            let name = self.cursor.name()?.text()?;
            member(self, &name)?;
        }
        Ok(())
    }

    /// Moves over an object, or over any other value, in which there is nothing.
    fn object_if_any(&mut self, member: impl FnMut(&mut Self, &str) -> Read<()>) -> Read<()> {
        if self.cursor.peek() == Some(b'{') { self.object(member) } else { self.cursor.skip() }
    }

    /// Moves over a value. Returns its text if it is a string.
    fn text(&mut self) -> Read<Option<String>> {
        if self.cursor.peek() != Some(b'"') {
            return self.cursor.skip().map(|()| None);
        }
        Ok(Some(self.cursor.string()?.text()?.into_owned()))
    }

    fn record(&mut self) -> Read<Record> {
        let mut record = Record::default();
        self.object_if_any(|this, name| {
            match name {
                "eventID" => record.id = this.text()?.unwrap_or_default(),
                "eventName" => record.name = this.text()?.unwrap_or_default(),
                "eventSource" => record.source = this.text()?,
                "userIdentity" => record.is_expiry = this.is_expiry()?,
                "dynamodb" => this.content(&mut record)?,
                _ => this.cursor.skip()?,
            }
            Ok(())
        })?;
        Ok(record)
    }

    fn content(&mut self, record: &mut Record) -> Read<()> {
        self.object_if_any(|this, name| {
            match name {
                "ApproximateCreationDateTime" => record.time = this.time()?,
                "Keys" => record.keys = this.image()?,
                "NewImage" => record.new = this.image()?,
                "OldImage" => record.old = this.image()?,
                "SequenceNumber" => record.sequence = this.text()?.unwrap_or_default(),
                "StreamViewType" => record.view = this.text()?,
                _ => this.cursor.skip()?,
            }
            Ok(())
        })
    }

    /// Whether the identity is that of DynamoDB's time to live. The names are in other cases in the answer of
    /// `GetRecords`.
    fn is_expiry(&mut self) -> Read<bool> {
        let (mut ty, mut principal) = (None, None);
        self.object_if_any(|this, name| {
            match name {
                "type" | "Type" => ty = this.text()?,
                "principalId" | "PrincipalId" => principal = this.text()?,
                _ => this.cursor.skip()?,
            }
            Ok(())
        })?;
        Ok(ty.as_deref() == Some("Service")
            && principal.as_deref() == Some("dynamodb.amazonaws.com"))
    }

    fn time(&mut self) -> Read<Option<Timestamp>> {
        self.cursor.peek();
        let start = self.cursor;
        self.cursor.skip()?;
        let text = start.rest().get(..self.cursor.at() - start.at()).unwrap_or_default();
        Ok(time::seconds(text))
    }

    /// Moves over an item. `null` is none.
    fn image(&mut self) -> Read<Image> {
        let start = self.cursor;
        if self.cursor.peek() == Some(b'n') {
            return self.cursor.skip().map(|()| Image::Absent);
        }
        if let Ok(place) = Place::read(&mut self.cursor, &mut self.checker) {
            self.items.push(place);
            return Ok(Image::Item(self.items.len() - 1));
        }
        // The other records can still be read.
        self.cursor = start;
        self.cursor.skip().map(|()| Image::Damaged)
    }
}

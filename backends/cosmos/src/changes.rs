//! The implementation of [`ChangeFeed`]: the latest version of each item that was written.

use crate::Cosmos;
use crate::client::Inner;
use crate::document::Document;
use crate::feed::{self, Change, PAGE, Pages, Start};
use jiff::Timestamp;
use monotable_core::change::{
    ChangeFeed, ChangePage, FeedPosition, Latest, LatestVersions, OpenChanges, StartFrom,
};
use monotable_core::schema::TableDef;
use monotable_core::{Cost, Error, Kind, Result};
use serde_json::{Map, Value};
use std::fmt;
use std::num::NonZeroU32;

/// Reads the change feed of a container, see [`ChangeFeed`].
pub struct ChangeReader {
    table: &'static TableDef,
    most: NonZeroU32,
    /// The continuation token of the last page that was returned; `None` before the first one, which is that of the
    /// beginning.
    position: Option<String>,
    /// The feed at this position; `None` if a page was begun and not returned.
    pages: Option<Pages>,
    /// What was charged and not told yet.
    cost: Cost,
}

impl fmt::Debug for ChangeReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangeReader").field("table", &self.table.name).finish_non_exhaustive()
    }
}

impl ChangeReader {
    async fn open(backend: &Inner, request: OpenChanges) -> Result<Self> {
        let OpenChanges { table, from, page_size, .. } = request;
        let most = page_size.unwrap_or(PAGE).min(PAGE);
        let mut reader =
            ChangeReader { table, most, position: None, pages: None, cost: Cost::ZERO };
        match from {
            StartFrom::After(position) => {
                reader.position = Some(position.as_str().to_owned());
                reader.pages =
                    Some(reader.begin(backend).await.map_err(|error| unknown(&position, error))?);
            }
            StartFrom::Now => reader.begin_now(backend).await?,
            _ => reader.pages = Some(reader.begin(backend).await?),
        }
        Ok(reader)
    }

    async fn begin(&mut self, backend: &Inner) -> Result<Pages> {
        let start = self.position.clone().map_or(Start::Beginning, Start::At);
        Pages::open(backend.container.client(self.table.pk).await?, start, self.most).await
    }

    /// Opens the feed at its end. A partition has a place in the feed when it has answered once, and until then it
    /// would begin at a later time after a restart. So each one is asked here.
    async fn begin_now(&mut self, backend: &Inner) -> Result<()> {
        let table = backend.container.client(self.table.pk).await?;
        let mut pages = Pages::open(table, Start::Now, self.most).await?;
        for _ in 0..feed::partitions(table, true).await? {
            let (_, cost) = pages.next().await?;
            self.cost += cost;
        }
        self.position = Some(pages.continuation()?);
        self.pages = Some(pages);
        Ok(())
    }

    async fn next(&mut self, backend: &Inner) -> Result<ChangePage<Latest<Document>>> {
        // If this ends early, the next call begins again where the last page has ended.
        let mut pages = match self.pages.take() {
            Some(pages) => pages,
            None => self.begin(backend).await?,
        };
        let (documents, cost) = pages.next().await?;
        self.cost += cost;
        let changes = documents.into_iter().filter_map(|document| latest(self.table, document));
        let changes = changes.collect::<Result<Vec<_>>>()?;
        let table = backend.container.client(self.table.pk).await?;
        let is_caught_up = pages.is_caught_up(table).await?;
        let position = pages.continuation()?;
        self.position = Some(position.clone());
        self.pages = Some(pages);
        let cost = std::mem::replace(&mut self.cost, Cost::ZERO);
        Ok(ChangePage::new(changes, FeedPosition::new(position), is_caught_up, cost))
    }
}

/// Returns a document of the feed as a change; `None` if it is no item of the table. Notes about deletions are none:
/// only handles with the container of an index write them, so they would tell of some deletions and not of others.
fn latest(table: &TableDef, document: Value) -> Option<Result<Latest<Document>>> {
    let Change { key, document, at, .. } = Change::of(table, document)?;
    let document = document?;
    let id = id(&document)?;
    let time = Timestamp::from_second(at).ok();
    let text = Value::Object(document).to_string();
    Some(Document::from_json(&text).map(|item| Latest::new(id, time, key, item)))
}

/// Returns the name of a version: that of the document in the account, which no other document ever has, and its ETag.
fn id(document: &Map<String, Value>) -> Option<String> {
    let text = |name| document.get(name).and_then(Value::as_str);
    let (document, version) = (text("_rid")?, text("_etag")?);
    Some(format!("{document}:{}", version.trim_matches('"')))
}

/// Returns the error for a position that the SDK does not know.
fn unknown(position: &FeedPosition, error: Error) -> Error {
    if error.kind() != Kind::InvalidRequest {
        return error;
    }
    let message = format!(
        "`{position}` is not a position in the change feed of this container: give one that was read there ({error})"
    );
    Error::new(Kind::InvalidCursor, message).with_source(error)
}

impl<L: 'static> ChangeFeed for Cosmos<L> {
    type Mode = LatestVersions;
    type Reader = ChangeReader;

    async fn open_changes(&self, request: OpenChanges) -> Result<ChangeReader> {
        Box::pin(ChangeReader::open(&self.inner, request)).await
    }

    async fn next_changes(
        &self,
        reader: &mut ChangeReader,
    ) -> Result<ChangePage<Latest<Document>>> {
        Box::pin(reader.next(&self.inner)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use monotable_core::key::Encoding;
    use serde_json::json;

    static TABLE: TableDef =
        TableDef::new("Work", ["pk", "sk", "_type"], Encoding::Escaped, &[], &[]);

    #[test]
    fn an_item_is_a_change_and_a_note_is_none() {
        let item = json!({
            "id": "S", "pk": "P", "sk": "S", "a": 0.1, "_op": "x", "_rid": "r1==", "_etag": "\"e1\"", "_ts": 7,
        });
        let change = latest(&TABLE, item).unwrap().unwrap();
        assert_eq!(change.id, "r1==:e1");
        assert_eq!(change.time, Timestamp::from_second(7).ok());
        assert_eq!((change.key.pk.as_str(), change.key.sk.as_str()), ("P", "S"));
        let fields: monotable_core::value::Map =
            monotable_core::backend::Item::decode(&change.item).unwrap();
        assert_eq!(fields.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["a", "pk", "sk"]);
        for other in [
            json!({"id": "_:deleted_-S", "pk": "P", "_index": {"deleted": "S"}, "_rid": "r", "_etag": "e"}),
            json!({"id": "S", "pk": "P", "_rid": "r", "_etag": "e"}),
        ] {
            assert!(latest(&TABLE, other.clone()).is_none(), "{other}");
        }
    }
}

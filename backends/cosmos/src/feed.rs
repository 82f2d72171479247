//! Reads the change feed of the table's container: for index workers, and for readers of change events.

mod change;

pub(crate) use change::{Change, by_item, text};

use crate::client::{charge, operation};
use crate::error::error;
use azure_data_cosmos::FeedScope;
use azure_data_cosmos::clients::ContainerClient;
use azure_data_cosmos::feed::{ChangeFeedPageIterator, ContinuationToken};
use azure_data_cosmos::models::ChangeFeedItem;
use azure_data_cosmos::options::{
    ChangeFeedOptions, ChangeFeedStartFrom, MaxItemCountHint, ReadFeedRangesOptions,
};
use futures_util::StreamExt as _;
use monotable_core::{Cost, Error, Kind, Result};
use serde_json::Value;
use std::num::NonZeroU32;
use std::pin::Pin;

/// The most changes that are asked for at once.
pub(crate) const PAGE: NonZeroU32 = NonZeroU32::new(100).unwrap();

/// The pages of a feed, which has no end. Each is of one physical partition.
pub(crate) struct Pages {
    pages: Pin<Box<ChangeFeedPageIterator<ChangeFeedItem<Value>>>>,
    /// How many pages in a row had no changes.
    empty: usize,
}

/// Where a feed is read from.
pub(crate) enum Start {
    Beginning,
    Now,
    /// At the place of this continuation token.
    At(String),
}

impl Pages {
    /// Opens the feed of all partitions, in the mode that tells the latest version of each item.
    pub(crate) async fn open(
        table: &ContainerClient,
        start: Start,
        most: NonZeroU32,
    ) -> Result<Self> {
        let mut options = ChangeFeedOptions::default()
            .with_operation_options(operation())
            .with_max_item_count(MaxItemCountHint::Limit(most));
        options.feed.max_fan_out = Some(u32::MAX);
        let from = match start {
            Start::Beginning => ChangeFeedStartFrom::Beginning,
            Start::Now => ChangeFeedStartFrom::Now,
            Start::At(continuation) => {
                let token = ContinuationToken::from_string(continuation);
                options.feed.continuation_token = Some(token);
                // The token has the place.
                ChangeFeedStartFrom::Beginning
            }
        };
        let all = FeedScope::full_container();
        let pages = table.query_change_feed(all, from, Some(options)).await.map_err(error)?;
        Ok(Pages { pages: Box::pin(pages), empty: 0 })
    }

    /// Returns the documents of the next page, in order.
    pub(crate) async fn next(&mut self) -> Result<(Vec<Value>, Cost)> {
        let Some(page) = self.pages.next().await else {
            let message = "the change feed has ended, which it should not";
            return Err(Error::new(Kind::Unavailable, message));
        };
        let page = page.map_err(error)?;
        let cost = charge(page.headers());
        let documents = page.into_items().into_iter().filter_map(|item| item.current().cloned());
        let documents: Vec<Value> = documents.collect();
        self.empty = if documents.is_empty() { self.empty + 1 } else { 0 };
        Ok((documents, cost))
    }

    /// Returns the place after the last page.
    pub(crate) fn continuation(&self) -> Result<String> {
        let token = self.pages.to_continuation_token().map_err(error)?;
        Ok(token.as_str().to_owned())
    }

    /// Returns whether each physical partition has answered that it has no more changes.
    pub(crate) async fn is_caught_up(&mut self, table: &ContainerClient) -> Result<bool> {
        if self.empty < partitions(table, false).await? {
            return Ok(false);
        }
        // They may have been split since.
        let is_caught_up = self.empty >= partitions(table, true).await?;
        if is_caught_up {
            self.empty = 0;
        }
        Ok(is_caught_up)
    }
}

/// Returns the number of physical partitions, or what is remembered of it.
pub(crate) async fn partitions(table: &ContainerClient, anew: bool) -> Result<usize> {
    let options = ReadFeedRangesOptions::default().with_force_refresh(anew);
    let ranges = table.read_feed_ranges(Some(options)).await.map_err(error)?;
    Ok(ranges.len())
}

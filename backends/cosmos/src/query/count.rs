//! Counts.

use super::{Plan, charged};
use crate::client::Inner;
use crate::document::Document;
use crate::error::error;
use futures_util::StreamExt as _;
use monotable_core::request::Queried;
use monotable_core::{Cost, Result};

impl Plan<'_> {
    /// Counts all items in one query.
    pub(super) async fn count(self, backend: &Inner) -> Result<Queried<Document>> {
        let text = format!("SELECT VALUE COUNT(1) FROM c{}", self.conditions());
        let (is_own, options) = (self.is_own, self.options(backend));
        let query = self.parameters.query(text)?;
        let answer = self.container.query_items::<usize>(query, self.scope, Some(options)).await;
        let mut pages = answer.map_err(error)?.into_pages();
        let mut page = Queried::new(Vec::new(), None, Cost::ZERO);
        // The service may count a partition in several steps.
        while let Some(counted) = pages.next().await {
            let counted = counted.map_err(error)?;
            page.cost += charged(backend, is_own, counted.headers());
            page.count += counted.into_items().into_iter().sum::<usize>();
        }
        page.read = page.count;
        Ok(page)
    }
}

//! Pages of values.

use super::{Plan, charged};
use crate::client::Inner;
use crate::error::error;
use crate::page::{Value, Values, values};
use futures_util::StreamExt as _;
use monotable_core::backend::Reader;
use monotable_core::request::Queried;
use monotable_core::{Cost, Result};

impl Plan<'_> {
    /// Reads a page of documents as values. The filter, if there is one, is exact.
    pub(super) async fn values<R: Reader>(mut self, backend: &Inner) -> Result<Queried<R::Output>> {
        let mut pages = self.pages::<Value<R>>(backend).await?;
        let most = self.most();
        let mut known = Values::of(self.request, most);
        let mut page = Queried::new(Vec::new(), None, Cost::ZERO);
        let mut is_end = false;
        while !is_end && self.goes_on(page.read, known.bytes()) {
            let part;
            (part, known) = values(known, pages.next()).await?;
            let Some(part) = part else {
                is_end = true;
                break;
            };
            let part = part.map_err(|failed| known.failure().unwrap_or_else(|| error(failed)))?;
            page.cost += charged(backend, self.is_own, part.headers());
            is_end = self.is_one_partition && part.headers().continuation().is_none();
            let left = most - page.read;
            let mut found = part.into_items();
            is_end &= found.len() <= left;
            found.truncate(left);
            page.read += found.len();
            let found = found.into_iter().map(|Value(value)| value);
            match page.items.is_empty() {
                true => page.items = found.collect(),
                false => page.items.extend(found),
            }
        }
        page.count = page.read;
        if !is_end && page.read > 0 {
            page.last = Some(self.position(|attribute| known.last(attribute))?);
        }
        Ok(page)
    }
}

//! Pages of documents.

use super::{Plan, charged, matches};
use crate::client::Inner;
use crate::document::Document;
use crate::error::error;
use crate::page::{Piece, collect};
use futures_util::StreamExt as _;
use monotable_core::backend::Readable as _;
use monotable_core::request::{Queried, Select};
use monotable_core::{Cost, Result};

impl Plan<'_> {
    /// Reads a page of documents.
    pub(super) async fn items(mut self, backend: &Inner) -> Result<Queried<Document>> {
        let mut pages = self.pages::<Piece>(backend).await?;
        let (request, most, is_exact) = (self.request, self.most(), self.is_exact());
        let mut page = Queried::new(Vec::new(), None, Cost::ZERO);
        let (mut last, mut bytes, mut is_end) = (None, 0, false);
        while !is_end && self.goes_on(page.read, bytes) {
            let (Some(part), text) = collect(pages.next()).await else {
                is_end = true;
                break;
            };
            let part = part.map_err(error)?;
            page.cost += charged(backend, self.is_own, part.headers());
            is_end = self.is_one_partition && part.headers().continuation().is_none();
            for piece in part.into_items() {
                if page.read == most {
                    is_end = false;
                    break;
                }
                let document = piece.into_document(&text);
                (page.read, bytes) = (page.read + 1, bytes + document.as_json().len());
                last = Some(document.clone());
                if is_exact || matches(request, &document)? {
                    page.count += 1;
                    if request.select == Select::Items {
                        page.items.push(document);
                    }
                }
            }
        }
        if let (Some(last), false) = (last, is_end) {
            page.last = Some(self.position(|attribute| last.text(attribute))?);
        }
        Ok(page)
    }
}

//! The documents of a page, in one text.
//!
//! The SDK decodes each document of a page as a type of the caller. What is wanted of each is its text, and a text of
//! its own for each would be an allocation for each. So while a page is awaited, a buffer lies ready on the
//! thread, to which each document is added as it is decoded. A document that finds no buffer has a text of its own.

mod lend;
mod values;

pub(crate) use values::{Value, Values, values};

use crate::document::Document;
use lend::lend;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::cell::RefCell;
use std::future::Future;
use std::ops::Range;
use std::sync::Arc;

thread_local! {
    static PAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A document that was decoded.
pub(crate) enum Piece {
    /// A part of the text of the page.
    InPage(Range<usize>),
    /// A text of its own.
    Alone(Arc<str>),
}

impl<'de> Deserialize<'de> for Piece {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &RawValue = Deserialize::deserialize(deserializer)?;
        Ok(PAGE.with_borrow_mut(|page| match page {
            Some(page) => {
                let start = page.len();
                page.push_str(raw.get());
                Piece::InPage(start..page.len())
            }
            None => Piece::Alone(Arc::from(raw.get())),
        }))
    }
}

/// Awaits a page whose documents are [`Piece`]s. Returns it with the text that they are parts of.
pub(crate) async fn collect<T>(page: impl Future<Output = T>) -> (T, Arc<str>) {
    let (page, text) = lend(&PAGE, String::new(), page).await;
    (page, Arc::from(text.unwrap_or_default()))
}

impl Piece {
    /// Returns the document.
    pub(crate) fn into_document(self, page: &Arc<str>) -> Document {
        match self {
            Piece::InPage(range) => Document::in_page(Arc::clone(page), range),
            Piece::Alone(text) => {
                let all = 0..text.len();
                Document::in_page(text, all)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_parts_of_their_page() {
        let json = r#"[{"a": 1}, {"b": [2, "c"]}]"#;
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let decoded = async { serde_json::from_str::<Vec<Piece>>(json).unwrap() };
        let (pieces, text) = runtime.block_on(collect(decoded));
        assert_eq!(&*text, r#"{"a": 1}{"b": [2, "c"]}"#);
        let documents = pieces.into_iter().map(|piece| piece.into_document(&text));
        let texts: Vec<String> = documents.map(|it| it.as_json().to_owned()).collect();
        assert_eq!(texts, [r#"{"a": 1}"#, r#"{"b": [2, "c"]}"#]);
        // Outside of it, each has a text of its own.
        let alone: Vec<Piece> = serde_json::from_str(json).unwrap();
        assert!(alone.iter().all(|piece| matches!(piece, Piece::Alone(_))));
    }
}

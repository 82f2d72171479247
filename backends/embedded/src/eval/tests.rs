//! Tests of requests, on both kinds of store.

mod expiry;
mod log;
mod paging;
mod transactions;
mod writes;

use crate::document::Document;
use monotable_core::backend::Readable as _;
use monotable_core::request::{Outcome, Queried, Written};

/// Returns the sort keys of the items on a page.
fn sort_keys(page: &Queried<Document>) -> Vec<&str> {
    page.items.iter().map(|item| item.text("sk").unwrap()).collect()
}

fn is_done(written: &Written<Document>) -> bool {
    matches!(written.outcome, Outcome::Done)
}

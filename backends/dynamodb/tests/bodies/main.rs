//! The JSON that is sent for each request, and the result of each kind of answer. There is no network:
//! the SDK's client runs completely, with a connector that records requests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod attributes;
mod batches;
mod codecs;
mod environment;
mod errors;
mod expiry;
mod lengths;
mod local_indexes;
mod queries;
mod reads;
#[cfg(feature = "streams")]
mod streams;
mod support;
mod tables;
mod transactions;
mod writes;

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The source of this crate has no scan.
#[test]
fn there_is_no_scan() {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 10, "{found:?}");
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        for call in [".scan(", "scan()", "operation::scan", "ScanInput", "execute_statement"] {
            assert!(!text.contains(call), "{} has `{call}`", path.display());
        }
    }
}

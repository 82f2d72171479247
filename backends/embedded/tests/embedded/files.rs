//! Tests of stores in files.

use crate::support::{Folder, TABLE, block_on, item, key};
use monotable_core::backend::Readable as _;
use monotable_core::key::Encoding;
use monotable_core::request::{CreateTable, Delete, Get, Outcome, Put, Query, SortKeys};
use monotable_core::schema::TableDef;
use monotable_core::{Backend as _, Error};
use monotable_embedded::Embedded;
use std::sync::Barrier;
use std::{fs, thread};

fn put(store: &Embedded, sk: &str) {
    let put = Put::new(&TABLE, "Thing", key("p", sk), item(store, "p", sk));
    assert!(matches!(block_on(store.put(put)).unwrap().outcome, Outcome::Done));
}

fn all(store: &Embedded) -> Vec<String> {
    let query = Query::new(&TABLE, "Thing", "all", "p".to_owned(), SortKeys::All);
    let page = block_on(store.query(query)).unwrap();
    page.items.iter().map(|item| item.text("sk").unwrap().to_owned()).collect()
}

fn fails(path: &std::path::Path) -> Error {
    let error = Embedded::open(path).unwrap_err();
    assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
    error
}

#[test]
fn items_are_there_when_the_store_is_opened_again() {
    let folder = Folder::new();
    let path = folder.path("shop.db");
    for round in 0..5 {
        // From the second round on, this is immediately after the last handle was dropped.
        let store = Embedded::open(&path).unwrap();
        assert_eq!(all(&store).len(), round);
        put(&store, &round.to_string());
        let clone = store.clone();
        drop(store);
        assert_eq!(all(&clone).len(), round + 1);
    }
    let names: Vec<_> =
        fs::read_dir(folder.path("")).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, ["shop.db"]);
}

#[test]
fn an_empty_file_is_a_new_store() {
    let folder = Folder::new();
    let path = folder.path("shop.db");
    fs::write(&path, "").unwrap();
    put(&Embedded::open(&path).unwrap(), "1");
    assert_eq!(all(&Embedded::open(&path).unwrap()), ["1"]);
}

#[test]
fn a_file_that_is_not_a_store_is_reported_and_not_changed() {
    let folder = Folder::new();
    let path = folder.path("flights.csv");
    fs::write(&path, "year,month,day\n2013,1,1\n".repeat(1000)).unwrap();
    let error = fails(&path);
    assert!(error.is_schema_mismatch());
    assert!(error.to_string().contains("is not a monotable store"), "{error}");
    assert!(fs::read_to_string(&path).unwrap().starts_with("year,"));
}

#[test]
fn a_store_of_a_newer_format_is_reported() {
    let folder = Folder::new();
    let path = folder.path("shop.db");
    drop(Embedded::open(&path).unwrap());
    let mut bytes = fs::read(&path).unwrap();
    bytes[16] = 3;
    fs::write(&path, bytes).unwrap();
    let error = fails(&path);
    assert!(error.is_schema_mismatch());
    let message = error.to_string();
    assert!(message.contains("format 3") && message.contains("formats 1 and 2"), "{message}");
}

#[test]
fn a_truncated_store_is_reported() {
    let folder = Folder::new();
    let path = folder.path("shop.db");
    let store = Embedded::open(&path).unwrap();
    put(&store, "1");
    drop(store);
    let bytes = fs::read(&path).unwrap();
    for length in [10, 40, 4096, 5000] {
        fs::write(&path, &bytes[..length]).unwrap();
        assert!(fails(&path).is_schema_mismatch());
    }
}

#[test]
fn a_store_cannot_be_opened_twice() {
    let folder = Folder::new();
    let path = folder.path("shop.db");
    let store = Embedded::open(&path).unwrap();
    put(&store, "1");
    let error = fails(&path);
    assert!(error.is_conflict());
    assert!(error.to_string().contains("is already open"), "{error}");
    put(&store, "2");
    drop(store);
    assert_eq!(all(&Embedded::open(&path).unwrap()), ["1", "2"]);
}

#[test]
fn an_error_of_the_operating_system_is_the_source() {
    let folder = Folder::new();
    fs::create_dir(folder.path("folder")).unwrap();
    for path in ["no/such/folder/shop.db", "folder"] {
        let error = fails(&folder.path(path));
        assert!(error.is_unavailable(), "{error:?}");
        let source = std::error::Error::source(&error).unwrap();
        assert!(source.is::<std::io::Error>());
    }
}

#[test]
fn another_table_is_refused_by_every_request() {
    static OTHER: TableDef =
        TableDef::new("Shop", ["pk", "sk", "type"], Encoding::Escaped, &[], &[]);
    let folder = Folder::new();
    let path = folder.path("shop.db");
    for store in [Embedded::in_memory(), Embedded::open(&path).unwrap()] {
        block_on(store.create_table(CreateTable::new(&TABLE))).unwrap();
        put(&store, "1");
        let get = Get::new(&OTHER, "Thing", key("p", "1"));
        let put = Put::new(&OTHER, "Thing", key("p", "2"), item(&store, "p", "2"));
        let query = Query::new(&OTHER, "Thing", "all", "p".to_owned(), SortKeys::All);
        let errors = [
            block_on(store.create_table(CreateTable::new(&OTHER))).unwrap_err(),
            block_on(store.get(get)).unwrap_err(),
            block_on(store.put(put)).unwrap_err(),
            block_on(store.delete(Delete::new(&OTHER, "Thing", key("p", "1")))).unwrap_err(),
            block_on(store.query(query)).unwrap_err(),
        ];
        for error in errors {
            assert!(error.is_schema_mismatch());
            let message = error.to_string();
            assert!(message.contains("tag attribute is `_type` in the store"), "{message}");
            assert!(message.contains("index `gsi` is in the store"), "{message}");
        }
        assert_eq!(all(&store), ["1"]);
    }
    // The schema is in the file.
    let store = Embedded::open(&path).unwrap();
    assert!(
        block_on(store.create_table(CreateTable::new(&OTHER))).unwrap_err().is_schema_mismatch()
    );
}

/// Several threads send the first requests of a store at the same time, for two different tables.
/// One of the tables is recorded, and all requests of the other one fail.
#[test]
fn concurrent_first_requests_record_one_table() {
    const THREADS: usize = 8;
    static OTHER: TableDef =
        TableDef::new("Shop", ["pk", "sk", "type"], Encoding::Escaped, &[], &[]);
    let folder = Folder::new();
    for round in 0..50 {
        let store = match round % 5 {
            0 => Embedded::open(folder.path(&format!("{round}.db"))).unwrap(),
            _ => Embedded::in_memory(),
        };
        let start = Barrier::new(THREADS);
        let create = |table| {
            start.wait();
            block_on(store.create_table(CreateTable::new(table)))
        };
        let results = thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS)
                .map(|at| scope.spawn(move || create(if at % 2 == 0 { &TABLE } else { &OTHER })))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        let recorded = results[0].is_ok();
        for (at, result) in results.into_iter().enumerate() {
            match result {
                Ok(()) => assert_eq!(at % 2 == 0, recorded, "round {round}"),
                Err(error) => {
                    assert!(error.is_schema_mismatch(), "{error:?}");
                    assert_ne!(at % 2 == 0, recorded, "round {round}");
                }
            }
        }
    }
}

#[test]
fn debug_output_names_the_file() {
    let folder = Folder::new();
    assert_eq!(format!("{:?}", Embedded::in_memory()), "Embedded(in memory)");
    let text = format!("{:?}", Embedded::open(folder.path("shop.db")).unwrap());
    assert!(text.starts_with("Embedded(\"") && text.ends_with("shop.db\")"), "{text}");
}

use super::{commit, put, records, rows, switch_on};
use crate::disk::file::{self, Phase};
use crate::testing::{Medium, Random};
use monotable_core::Error;

fn message(error: &Error) -> String {
    assert!(error.is_schema_mismatch(), "{error:?}");
    let message = error.to_string();
    assert!(message.contains("`test.db"), "{message}");
    message
}

#[test]
fn a_file_that_is_not_a_store_is_reported_and_not_changed() {
    for bytes in [&b"x"[..], &[0; 40], &[0; 10_000], b"id,name\n1,Ada\n", &[0xFF; 5000]] {
        let medium = Medium::new();
        medium.set_bytes(bytes.to_vec());
        let message = message(&medium.open().unwrap_err());
        assert!(message.contains("is not a monotable store"), "{message}");
        assert_eq!(medium.bytes(), bytes);
    }
}

#[test]
fn a_store_of_another_format_is_reported_with_both_versions() {
    let medium = Medium::new();
    drop(medium.open().unwrap());
    let mut bytes = medium.bytes();
    bytes[16] = 7;
    medium.set_bytes(bytes.clone());
    let message = message(&medium.open().unwrap_err());
    assert!(
        message.contains("of format 7") && message.contains("reads the formats 1 and 2"),
        "{message}"
    );
    assert!(message.contains("use a newer version of monotable"), "{message}");
    assert_eq!(medium.bytes(), bytes);
}

#[test]
fn a_damaged_header_is_reported() {
    let medium = Medium::new();
    drop(medium.open().unwrap());
    let bytes = medium.bytes();
    for at in 20..24 {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x40;
        medium.set_bytes(bytes);
        assert!(message(&medium.open().unwrap_err()).contains("is damaged"));
    }
}

#[test]
fn a_truncated_store_is_reported_and_does_not_panic() {
    let medium = Medium::new();
    let store = medium.open().unwrap();
    for sk in 0..200 {
        commit(&store, &[put(sk, &"x".repeat(500))]).unwrap();
    }
    drop(store);
    let bytes = medium.bytes();
    let mut random = Random::new(5);
    let mut lengths = vec![24, 100, 4096, 4097, 4500, 4096 + 512, 8192, bytes.len() - 1];
    lengths.extend((0..100).map(|_| random.below(bytes.len() - 24) + 24));
    for length in lengths {
        medium.set_bytes(bytes[..length].to_vec());
        // redb can open the file if the missing bytes are not needed.
        match medium.open() {
            Ok(store) => drop(rows(&store)),
            Err(error) => {
                assert!(message(&error).contains("is damaged"), "{length}: {error}");
            }
        }
    }
}

#[test]
fn an_interrupted_creation_is_started_again() {
    let medium = Medium::new();
    file::mark(&medium, file::PLAIN, Phase::New).unwrap();
    let mut bytes = medium.bytes();
    bytes.resize(9000, 7);
    medium.set_bytes(bytes);
    let store = medium.open().unwrap();
    commit(&store, &[put(1, "x")]).unwrap();
    drop(store);
    assert_eq!(rows(&medium.open().unwrap()).unwrap().len(), 1);
}

/// Flips random bits in redb's pages. An error is fine. A panic is not, nor is an error that says
/// that the code of monotable panicked.
#[test]
fn damage_anywhere_does_not_panic() {
    let medium = Medium::new();
    let store = medium.open().unwrap();
    switch_on(&store).unwrap();
    for sk in 0..200 {
        commit(&store, &[put(sk, &"x".repeat(100))]).unwrap();
    }
    drop(store);
    let bytes = medium.bytes();
    let mut random = Random::new(6);
    for _ in 0..200 {
        let mut bytes = bytes.clone();
        for _ in 0..=random.below(20) {
            let at = 4096 + random.below(bytes.len() - 4096);
            bytes[at] ^= 1 << random.below(8);
        }
        medium.set_bytes(bytes);
        if let Ok(store) = medium.open() {
            let results = [
                rows(&store).map(drop),
                commit(&store, &[put(random.below(300), "y")]),
                rows(&store).map(drop),
                records(&store).map(drop),
            ];
            for error in results.into_iter().filter_map(Result::err) {
                assert!(!error.to_string().contains("bug"), "{error}");
            }
        }
    }
}

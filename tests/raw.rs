//! Raw keys, for existing data that another program has written without escaping.

use jiff::civil::{Date, date};
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Index)]
#[index(name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
struct Gsi1;

#[derive(Debug, Table)]
#[table(pk = "PK", sk = "SK", tag = "type", encoding = "raw", indexes(Gsi1))]
#[allow(dead_code)]
enum Legacy {
    Visit(Visit),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Legacy, name = "visit", pk = "USER#{user}", sk = "VISIT#{day}#{page}")]
#[access(visits)]
#[access(of_page, index = Gsi1, pk = "PAGE#{page}", sk = "{user}")]
struct Visit {
    user: String,
    day: Date,
    page: String,
}

fn visit(user: &str, day: Date, page: &str) -> Visit {
    Visit { user: user.into(), day, page: page.into() }
}

#[tokio::test]
async fn text_is_written_as_it_is() {
    let table = Legacy::on(Embedded::in_memory());
    let stored = visit("Ann é ~%", date(2026, 11, 2), "/a b");
    stored.put().send(&table).await.unwrap();
    let key = stored.primary_key().render().unwrap();
    assert_eq!((&*key.pk, &*key.sk), ("USER#Ann é ~%", "VISIT#2026-11-02#/a b"));
    let found = Visit::get("Ann é ~%", date(2026, 11, 2), "/a b").send(&table).await.unwrap();
    assert_eq!(found, Some(stored.clone()));
    assert_eq!(monotable::Key::<Visit>::parse(&key.pk, &key.sk).unwrap(), stored.primary_key());
    assert_eq!(Visit::of_page("/a b").begins_with("Ann é").all(&table).await.unwrap(), [stored]);
}

#[tokio::test]
async fn the_separator_in_a_value_is_an_error_and_nothing_is_written() {
    let table = Legacy::on(Embedded::in_memory());
    let error = visit("a#b", date(2026, 11, 2), "p").put().send(&table).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().contains("`user` contains `#`"), "{error}");
    let error = visit("a", date(2026, 11, 2), "p#").put().send(&table).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().contains("`page`"), "{error}");
    assert!(Visit::visits("a#b").count(&table).await.unwrap_err().is_invalid_key());
    assert_eq!(Visit::visits("a").count(&table).await.unwrap(), 0);
}

#[tokio::test]
async fn ranges_of_fixed_width_parts_work() {
    let table = Legacy::on(Embedded::in_memory());
    for day in [1, 2, 3] {
        for page in ["$", "~~~", "z"] {
            visit("u", date(2026, 11, day), page).put().send(&table).await.unwrap();
        }
    }
    let days = date(2026, 11, 1)..=date(2026, 11, 2);
    assert_eq!(Visit::visits("u").range(days).count(&table).await.unwrap(), 6);
    let rest = date(2026, 11, 2)..;
    assert_eq!(Visit::visits("u").range(rest).count(&table).await.unwrap(), 6);
    assert_eq!(Visit::visits("u").eq(date(2026, 11, 3)).count(&table).await.unwrap(), 3);
}

#[derive(Debug, Table)]
#[table(encoding = "raw")]
#[allow(dead_code)]
enum Shelves {
    Shelf(Shelf),
    Book(Book),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shelves, pk = "SHELF#{shelf}", sk = "SHELF")]
struct Shelf {
    shelf: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shelves, pk = "SHELF#{shelf}", sk = "TITLE#{title}")]
struct Book {
    shelf: String,
    title: String,
}

#[derive(Debug, PartialEq, Collection)]
struct WithBooks {
    shelf: Shelf,
    books: Vec<Book>,
}

/// Characters after `~` are within the range of a collection, and of texts of a partition.
#[tokio::test]
async fn collections_and_partitions_have_every_text() {
    let table = Shelves::on(Embedded::in_memory());
    let shelf = Shelf { shelf: "é".into() };
    shelf.create().send(&table).await.unwrap();
    let book = |title: &str| Book { shelf: "é".into(), title: title.into() };
    let books = ["a", "~~~", "é", "日本", "\u{FFFD}", "\u{10000}"].map(book);
    for book in &books {
        book.create().send(&table).await.unwrap();
    }
    let all = WithBooks::of(Shelf::partition("é")).send(&table).await.unwrap();
    assert_eq!(all, WithBooks { shelf, books: books.to_vec() });
    let query = || Shelf::partition("é").query();
    assert_eq!(query().begins_with("TITLE#").count(&table).await.unwrap(), 6);
    assert_eq!(query().range("TITLE#é"..).count(&table).await.unwrap(), 4);
    assert_eq!(query().range("TITLE#"..="TITLE#日本").count(&table).await.unwrap(), 4);
    assert_eq!(query().range("TITLE#"..).all(&table).await.unwrap().len(), 6);
}

//! Entries of indexes that do not project whole items, and what is read after them.

use monotable::backend::Keyed;
use monotable::prelude::*;
use monotable::request::Put;
use monotable::testing::{Recorder, Request};
use monotable_tests::Store;
use serde::{Deserialize, Serialize};

#[derive(Debug, Index)]
#[index(local, projection = keys_only)]
pub struct ByTotal;

#[derive(Debug, Index)]
#[index(attributes)]
pub struct ByPlace;

#[derive(Debug, Table)]
#[table(indexes(ByTotal))]
#[allow(dead_code)]
pub enum Books {
    Sale(Sale),
}

#[derive(Debug, Table)]
#[table(indexes(ByPlace))]
#[allow(dead_code)]
pub enum Shelves {
    Copy(Copy),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Books, pk = "SHOP#{shop}", sk = "SALE#{number}")]
#[access(by_total, index = ByTotal, sk = "TOTAL#{total}")]
pub struct Sale {
    shop: String,
    number: u32,
    total: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shelves, pk = "SHOP#{shop}", sk = "COPY#{number}")]
#[access(by_place, index = ByPlace, pk(shop), sk(shelf, title))]
pub struct Copy {
    shop: String,
    number: u32,
    shelf: String,
    title: String,
}

#[derive(Debug, PartialEq, Projection)]
#[projection(of = Sale)]
struct Line {
    total: u32,
}

fn sale(number: u32) -> Sale {
    Sale { shop: "s".to_owned(), number, total: 100 - number }
}

fn copy(number: u32) -> Copy {
    let (shop, shelf) = ("s".to_owned(), "a".repeat(600));
    Copy { shop, number, shelf, title: format!("title {number}") }
}

pub async fn a_consistent_query_hydrates_consistently<B: Store>(backend: B) {
    let recorder = Recorder::new(backend);
    let books = Books::on(recorder.clone());
    for number in 0..3 {
        sale(number).create().send(&books).await.unwrap();
    }
    for consistent in [false, true] {
        recorder.take();
        let query = Sale::by_total("s");
        let query = if consistent { query.consistent() } else { query };
        let found = query.hydrate().all(&books).await.unwrap().found();
        assert_eq!(found, [2, 1, 0].map(sale));
        let requests = recorder.take();
        let reads = requests.iter().filter_map(|call| match call.request() {
            Request::BatchGet(get) => Some(get.consistent),
            Request::Query(query) => Some(query.consistent),
            _ => None,
        });
        assert_eq!(reads.collect::<Vec<_>>(), [consistent; 2], "{requests}");
    }
}

pub async fn parts_of_the_key_on_an_index<B: Store>(backend: B) {
    let books = Books::on(backend);
    sale(3).create().send(&books).await.unwrap();
    let entry = Sale::by_total("s").one(&books).await.unwrap();
    assert_eq!(
        (entry.key_part(Sale::TOTAL).unwrap(), entry.key_part(Sale::SHOP).unwrap()),
        (97, "s".into())
    );
}

pub async fn items_without_the_name_of_an_entity<B: Store>(backend: B) {
    let books = Books::on(backend.clone());
    let key = Sale::key("s", 7_u32).render().unwrap();
    let attributes = [("pk", &*key.pk), ("sk", &*key.sk)];
    let item = backend.encode(&Keyed::new(&attributes, &sale(7))).unwrap();
    backend.put(Put::new(Books::DEF, "Sale", key.clone(), item)).await.unwrap();
    let get = || Sale::get("s", 7_u32);
    assert!(get().send(&books).await.unwrap_err().is_decode());
    assert!(get().project::<Line>().send(&books).await.unwrap_err().is_decode());
}

pub async fn key_attributes_are_not_too_long_together<B: Store>(backend: B) {
    let shelves = Shelves::on(backend);
    copy(1).create().send(&shelves).await.unwrap();
    copy(2).create().send(&shelves).await.unwrap();
    let long = "x".repeat(600);
    let error = Copy { title: long.clone(), ..copy(3) }.put().send(&shelves).await.unwrap_err();
    assert!(error.is_invalid_key(), "{error:?}");
    let change = |copy: &mut Copy| copy.title.clone_from(&long);
    let error = Copy::key("s", 1_u32).update_with(change).send(&shelves).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().contains("by_place"), "{error:?}");
    let all = Copy::by_place("s").page_size(1).all(&shelves).await.unwrap();
    assert_eq!(all, [1, 2].map(copy));
}

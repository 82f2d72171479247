//! Expressions that are longer than DynamoDB allows are not sent.

use crate::support::{PLAIN, backend, item, key, ok};
use monotable_core::expr::{Action, Expr, Path};
use monotable_core::request::{
    Check, Delete, Put, Query, SortKeys, TransactItem, TransactWrite, Update,
};
use monotable_core::{Backend as _, Error, Transactions as _};
use serde_json::json;

/// A condition that is rendered as several `#0 IN (..)` with this many values.
fn among(values: usize) -> Expr {
    Expr::In(Path::attribute("name"), vec!["x".into(); values])
}

fn put(condition: Expr) -> Put<monotable_dynamodb::Attributes> {
    let mut put = Put::new(&PLAIN, "Order", key("a", "b"), item("a", "b", &[]));
    put.condition = Some(condition);
    put
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Error>, says: &str) {
    let error = result.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
    let message = error.to_string();
    assert!(message.contains(says) && message.contains("a version field"), "{message}");
}

#[tokio::test]
async fn what_is_too_long_is_refused_before_it_is_sent() {
    let (backend, wire) = backend([]);
    let of_item = "Order `a / b`: the condition expression is ";
    let long = || among(1000);
    refused(backend.put(put(long())).await, of_item);
    let mut delete = Delete::new(&PLAIN, "Order", key("a", "b"));
    delete.condition = Some(long());
    refused(backend.delete(delete.clone()).await, of_item);
    let mut update = Update::new(&PLAIN, "Order", key("a", "b"), vec![]);
    update.condition = Some(long());
    refused(backend.update(update.clone()).await, of_item);
    let name = |number: usize| Path::named(format!("field{number}"));
    let set = |number| Action::Set(name(number), "x".into());
    let actions = (0..500).map(set).collect();
    let update = Update::new(&PLAIN, "Order", key("a", "b"), actions);
    let of_update = "Order `a / b`: the update expression is ";
    refused(backend.update(update.clone()).await, of_update);

    let check = Check::new(&PLAIN, "Order", key("a", "b"), long());
    for (write, says) in [
        (TransactItem::Put(put(long())), of_item),
        (TransactItem::Delete(delete), of_item),
        (TransactItem::Check(check), of_item),
        (TransactItem::Update(update), of_update),
    ] {
        let request = TransactWrite::new(&PLAIN, vec![write], "token".to_owned());
        refused(backend.transact_write(request).await, says);
    }

    let mut query = Query::new(&PLAIN, "Order", "by_user", "a".to_owned(), SortKeys::All);
    query.filter = Some(long());
    refused(backend.query(query).await, "Order by by_user: the filter expression is ");
    assert_eq!(wire.sent(), []);
}

#[tokio::test]
async fn what_is_just_short_enough_is_sent() {
    // Each has about 27 bytes, so one more is too long.
    let exists = |number: usize| Expr::Exists(Path::named(format!("field{number}")));
    let condition = |count: usize| Expr::And((0..count).map(exists).collect());
    let (backend, wire) = backend((0..200).map(|_| ok(json!({}))));
    for count in 100..300 {
        if let Err(error) = backend.put(put(condition(count))).await {
            assert!(error.is_too_large());
            break;
        }
    }
    let sent = wire.sent();
    let longest = sent.last().unwrap().1["ConditionExpression"].as_str().unwrap().len();
    assert!((4096 - 27..=4096).contains(&longest), "{longest}");
}

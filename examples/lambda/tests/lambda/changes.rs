//! The function `shop-changes`, with events of a stream.

use crate::support::{Answer, Function, Proxy};
use jiff::civil::date;
use lambda::handlers::{self, Sales};
use lambda::model::Shop;
use monotable::testing::dynamodb;
use std::collections::BTreeSet;

const CHANGES: &str = env!("CARGO_BIN_EXE_shop-changes");

/// As a stream sends it: an order is placed, another one is paid and one that was paid is deleted, and a record of a rate
/// limit.
const EVENT: &str = include_str!("payloads/stream.json");

/// The sequence numbers of the failures that a function answers.
fn failures(answer: Answer) -> Vec<String> {
    let Answer::Response(answer) = answer else { panic!("{answer:?}") };
    let failures = answer["batchItemFailures"].as_array().expect("a list");
    let number =
        |failure: &serde_json::Value| failure["itemIdentifier"].as_str().map(str::to_owned);
    failures.iter().filter_map(number).collect()
}

#[tokio::test]
async fn the_sales_follow_the_orders() -> monotable::Result<()> {
    let Some(shop) = dynamodb::table::<Shop>().await? else { return Ok(()) };
    let Some(endpoint) = dynamodb::endpoint().await? else { return Ok(()) };
    let proxy = Proxy::of(&endpoint).await;
    let variables = [
        ("MONOTABLE_TABLE", shop.backend().table_name()),
        ("AWS_ENDPOINT_URL_DYNAMODB", &*proxy.endpoint),
    ];
    let mut function = Function::start(CHANGES, &variables).await;
    // The same event twice, cold and warm.
    for _ in 0..2 {
        assert_eq!(failures(function.api.invoke(EVENT).await), [""; 0]);
        let sales = handlers::sales(&shop, date(2026, 11, 2)).await.expect("the sales");
        assert_eq!(sales, Sales { orders: 1, total_cents: 4_500 });
    }
    assert_eq!((proxy.connections(), function.logged("connected")), (1, 1));

    // The policy of the template allows what was sent, and nothing else.
    let template = include_str!("../../template.yaml");
    let (_, policy) = template.split_once("# What shop-changes sends").expect("the policy");
    let (policy, _) = policy.split_once("Resource:").expect("the end of the actions");
    let allowed = policy.lines().filter_map(|line| line.trim().strip_prefix("- dynamodb:"));
    assert_eq!(allowed.map(str::to_owned).collect::<BTreeSet<_>>(), proxy.actions());
    shop.close().await
}

#[tokio::test]
async fn the_first_change_that_fails_is_named() -> monotable::Result<()> {
    // Nothing listens there.
    let variables =
        [("MONOTABLE_TABLE", "shop"), ("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1")];
    let function = Function::start(CHANGES, &variables).await;
    // The first record writes nothing, and the second one cannot.
    let failed = failures(function.api.invoke(EVENT).await);
    assert_eq!(failed, ["4421584500000000017450440000"]);
    // An item that is of no entity: it comes again until Lambda gives up, and puts it into the queue.
    let unknown = EVENT.replacen(r#""_type": {"S": "Order"}"#, r#""_type": {"S": "Parcel"}"#, 1);
    assert_eq!(failures(function.api.invoke(unknown).await), ["4421584500000000017450439000"]);
    // An event of another service is an error of the call.
    let other = function.api.invoke(r#"{"detail-type":"Scheduled Event"}"#).await;
    assert!(matches!(other, Answer::Error(_)), "{other:?}");
    Ok(())
}

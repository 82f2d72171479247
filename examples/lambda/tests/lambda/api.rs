//! The function `shop-api`.

use crate::support::{Answer, Function, Proxy, event};
use futures_util::future::join_all;
use lambda::model::Shop;
use monotable::testing::dynamodb::{self, TestTable};
use std::collections::BTreeSet;

const API: &str = env!("CARGO_BIN_EXE_shop-api");

/// A table, and a proxy in front of it.
async fn shop() -> monotable::Result<Option<(TestTable<Shop>, Proxy)>> {
    let Some(shop) = dynamodb::table::<Shop>().await? else { return Ok(None) };
    let Some(endpoint) = dynamodb::endpoint().await? else { return Ok(None) };
    Ok(Some((shop, Proxy::of(&endpoint).await)))
}

async fn start(shop: &TestTable<Shop>, proxy: &Proxy, more: &[(&str, &str)]) -> Function {
    let table = shop.backend().table_name();
    let mut variables =
        vec![("MONOTABLE_TABLE", table), ("AWS_ENDPOINT_URL_DYNAMODB", &*proxy.endpoint)];
    variables.extend_from_slice(more);
    Function::start(API, &variables).await
}

fn register(customer: &str) -> String {
    let path = [("customer", customer)];
    event("PUT /customers/{customer}", &path, &[], &[], Some(r#"{"name":"Ada"}"#))
}

fn place(key: &str, order: &str, total_cents: u32) -> String {
    let body = format!(r#"{{"order_id":"{order}","total_cents":{total_cents}}}"#);
    let (path, headers) = ([("customer", "C001")], [("idempotency-key", key)]);
    event("POST /customers/{customer}/orders", &path, &[], &headers, Some(&body))
}

fn pay(order: &str, payment: &str) -> String {
    let path = [("customer", "C001"), ("order", order)];
    let body = format!(r#"{{"payment_id":"{payment}"}}"#);
    event("POST /customers/{customer}/orders/{order}/payment", &path, &[], &[], Some(&body))
}

fn orders(query: &[(&str, &str)]) -> String {
    event("GET /customers/{customer}/orders", &[("customer", "C001")], query, &[], None)
}

#[tokio::test]
async fn an_order_goes_its_way_on_one_connection() -> monotable::Result<()> {
    let Some((shop, proxy)) = shop().await? else { return Ok(()) };
    let mut function = start(&shop, &proxy, &[]).await;
    let api = &function.api;

    // The first call is cold.
    assert_eq!(api.invoke(register("C001")).await.http().0, 201);
    assert_eq!(proxy.connections(), 1);

    // A request that is sent twice places one order, and both have the same answer.
    let (status, order) = api.invoke(place("r-1", "ORD-001", 4_500)).await.http();
    assert_eq!((status, &order["status"]), (201, &"PLACED".into()));
    assert_eq!(api.invoke(place("r-1", "ORD-001", 4_500)).await.http(), (201, order));
    // With other content, under the id of another order, or of nobody, it is refused.
    assert_eq!(api.invoke(place("r-1", "ORD-001", 9_900)).await.http().0, 422);
    assert_eq!(api.invoke(place("r-2", "ORD-001", 4_500)).await.http().0, 409);
    let unpaid = event("GET /unpaid", &[], &[], &[], None);
    assert_eq!(api.invoke(unpaid.as_str()).await.http().1.as_array().map(Vec::len), Some(1));

    // The message of a payment comes twice. Another payment is too late.
    for _ in 0..2 {
        let (status, order) = api.invoke(pay("ORD-001", "pay-17")).await.http();
        assert_eq!((status, &order["payment_id"]), (200, &"pay-17".into()));
    }
    assert_eq!(api.invoke(pay("ORD-001", "pay-18")).await.http().0, 409);
    assert_eq!(api.invoke(pay("ORD-009", "pay-18")).await.http().0, 404);
    assert_eq!(api.invoke(unpaid).await.http().1, serde_json::json!([]));

    // The sales are written by the other function.
    let sales = |day| event("GET /sales/{day}", &[("day", day)], &[], &[], None);
    let none = serde_json::json!({ "orders": 0, "total_cents": 0 });
    assert_eq!(api.invoke(sales("2026-11-02")).await.http(), (200, none));
    assert_eq!(api.invoke(sales("today")).await.http().0, 400);

    // A page, and a cursor that is no cursor.
    let (status, page) = api.invoke(orders(&[])).await.http();
    assert_eq!((status, page["orders"].as_array().map(Vec::len)), (200, Some(1)));
    assert_eq!(api.invoke(orders(&[("after", "x")])).await.http().0, 400);
    assert_eq!(api.invoke(register("C001")).await.http().0, 409);
    assert_eq!(api.invoke(register("")).await.http().0, 400);

    // All of it on the client of the first call.
    assert_eq!((proxy.connections(), function.logged("connected")), (1, 1));

    // The policy of the template allows what was sent, and nothing else.
    let template = include_str!("../../template.yaml");
    let (_, policy) = template.split_once("# What shop-api sends").expect("the policy");
    let (policy, _) = policy.split_once("Resource:").expect("the end of the actions");
    let allowed: BTreeSet<String> = policy
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- dynamodb:"))
        .map(str::to_owned)
        .collect();
    assert_eq!(allowed, proxy.actions());
    shop.close().await
}

/// What a deployment creates is the table that the code declares.
#[tokio::test]
async fn the_template_has_the_declared_table() -> monotable::Result<()> {
    let Some((shop, _)) = shop().await? else { return Ok(()) };
    let template = include_str!("../../template.yaml");
    let call = shop.backend().client().describe_table().table_name(shop.backend().table_name());
    let table = call.send().await.expect("the table").table.expect("the table");
    let attributes = table.attribute_definitions().iter().map(|it| it.attribute_name().to_owned());
    let attributes: BTreeSet<String> = attributes.collect();
    let named = template.lines().filter_map(|line| {
        let (name, _) =
            line.trim().strip_prefix("- { AttributeName: ")?.split_once(", AttributeType")?;
        Some(name.to_owned())
    });
    assert_eq!(named.collect::<BTreeSet<_>>(), attributes);
    let indexes: Vec<_> =
        table.global_secondary_indexes().iter().filter_map(|it| it.index_name()).collect();
    let named = template.lines().filter_map(|line| line.trim().strip_prefix("- IndexName: "));
    assert_eq!(named.collect::<Vec<_>>(), indexes);
    assert!(
        indexes.iter().all(|index| template.contains(&format!("${{Table.Arn}}/index/{index}")))
    );
    shop.close().await
}

#[tokio::test]
async fn what_is_wrong_is_answered_and_the_next_call_goes_on() -> monotable::Result<()> {
    let Some((shop, proxy)) = shop().await? else { return Ok(()) };
    let function = start(&shop, &proxy, &[]).await;
    let api = &function.api;
    // An event that is no request: an error of the call, and not of the process.
    let Answer::Error(error) = api.invoke(r#"{"Records":[]}"#).await else { panic!("an error") };
    assert!(error["errorMessage"].as_str().is_some_and(|it| it.contains("routeKey")), "{error}");
    // What a client can get wrong.
    let path = [("customer", "C001")];
    for bad in [
        event("DELETE /customers/{customer}", &path, &[], &[], None),
        event("PUT /customers/{customer}", &path, &[], &[], None),
        event("PUT /customers/{customer}", &path, &[], &[], Some("{\"name\":")),
        event("POST /customers/{customer}/orders", &path, &[], &[], Some("{}")),
        event("GET /customers/{customer}/orders", &[], &[], &[], None),
    ] {
        let (status, body) = api.invoke(bad).await.http();
        assert_eq!(status, 400, "{body}");
    }
    assert_eq!(api.invoke(place("r-1", "ORD-001", 1)).await.http().0, 404);
    // A deadline that has passed, as a local server sends it, is the business of the service.
    for deadline in [0, 600_000] {
        assert_eq!(api.invoke_until(orders(&[]), deadline).await.http().0, 200);
    }
    assert_eq!(proxy.connections(), 1);
    shop.close().await
}

#[tokio::test]
async fn calls_at_the_same_time_have_one_client() -> monotable::Result<()> {
    let Some((shop, proxy)) = shop().await? else { return Ok(()) };
    let mut function = start(&shop, &proxy, &[("AWS_LAMBDA_MAX_CONCURRENCY", "8")]).await;
    let api = &function.api;
    assert_eq!(api.invoke(register("C001")).await.http().0, 201);
    let calls = (0..8).map(|call| {
        let place = place(&format!("r-{call}"), &format!("ORD-{call:03}"), 100);
        async move { api.invoke(place).await.http() }
    });
    let answers = join_all(calls).await;
    assert!(answers.iter().all(|(status, _)| *status == 201), "{answers:?}");
    let (_, page) = api.invoke(orders(&[])).await.http();
    assert_eq!(page["orders"].as_array().map(Vec::len), Some(8));
    assert_eq!(function.logged("connected"), 1);
    // Each request waits for a connection that gets free, and opens one meanwhile. The 25 requests need fewer.
    assert!(proxy.connections() <= 16, "{}", proxy.connections());
    shop.close().await
}

#[tokio::test]
async fn after_a_snapshot_was_restored_there_is_a_new_client() -> monotable::Result<()> {
    let Some((shop, proxy)) = shop().await? else { return Ok(()) };
    let snapshot = [("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")];
    let mut function = start(&shop, &proxy, &snapshot).await;
    assert_eq!(function.api.invoke(register("C001")).await.http().0, 201);
    assert_eq!(function.api.invoke(orders(&[])).await.http().0, 200);
    // One before the snapshot, and one after it.
    assert_eq!((proxy.connections(), function.logged("connected")), (2, 2));
    shop.close().await
}

#[tokio::test]
async fn what_is_missing_in_the_environment_is_named_in_each_call() {
    let function = Function::start(API, &[]).await;
    for _ in 0..2 {
        let Answer::Error(error) = function.api.invoke(orders(&[])).await else {
            panic!("an error")
        };
        let message = error["errorMessage"].as_str().unwrap_or_default();
        assert!(message.contains("set `MONOTABLE_TABLE`"), "{error}");
    }
}

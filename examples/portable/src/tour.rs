//! What is run on each store, and what it prints.

use crate::handlers;
use crate::shop::{Customer, Order, Session, Shop, Status};
use jiff::{SignedDuration, Timestamp};
use monotable::backend::HeldBy;
use monotable::prelude::*;
use monotable::{Result, Transactions};

/// Runs the shop on a backend that can hold its table, and returns what it prints.
pub async fn tour<B: Transactions>(backend: B) -> Result<Vec<String>>
where
    Shop: HeldBy<B>,
{
    let shop = &Shop::on(backend);
    shop.create_if_missing().await?;
    for customer in ["C001", "C002"] {
        Customer::partition(customer).delete_all().send(shop).await?; // What an earlier run has left.
    }
    let mut lines = Vec::new();
    let mut say = |line: String| lines.push(line);

    let interests = ["tea", "books", "tea"].map(String::from).into();
    let ada = Customer { customer_id: "C001".into(), name: "Ada".into(), orders: 0, interests };
    ada.create().send(shop).await?;
    let taken = Customer { name: "Eve".into(), ..ada.clone() }.create().send(shop).await;
    let error = taken.err().filter(|error| error.is_condition_failed());
    let stored = error.as_ref().and_then(|error| error.current::<Customer>());
    say(format!("C001 exists already: {:?}", stored.map(|customer| &customer.name)));

    let begun: Timestamp = "2026-11-02T09:00:00Z".parse().unwrap_or_default();
    for (number, total_cents) in [(1, 3_000), (2, 999), (3, 12_345), (4, 50), (5, 7_000)] {
        let order = Order {
            customer_id: "C001".into(),
            order_id: format!("ORD-{number:03}"),
            status: Status::Placed,
            placed_at: begun + SignedDuration::from_hours(number),
            total_cents,
            note: (number == 3).then(|| "with a card, \"für Zoë\" 🎁".to_owned()),
            version: 0,
        };
        handlers::place(shop, &order).await?;
    }

    // Two clerks have loaded the order. The second one is told that it has changed.
    let Some(loaded) = Order::get("C001", "ORD-003").consistent().send(shop).await? else {
        return Ok(lines);
    };
    let paid = handlers::pay(shop, &loaded).await?;
    let again = handlers::pay(shop, &loaded).await;
    say(format!("{} is {:?}", paid.order_id, paid.status));
    say(format!("paid again: {:?}", again.err().map(|error| error.kind())));
    handlers::ship(shop, "C001", "ORD-003").await?;
    handlers::ship(shop, "C001", "ORD-004").await?;

    for status in [Status::Placed, Status::Paid] {
        let open = handlers::open(shop, status).await?;
        let ids: Vec<&str> = open.iter().map(|order| order.order_id.as_str()).collect();
        say(format!("open and {status:?}: {ids:?}"));
    }

    let mut after: Option<String> = None;
    loop {
        let (orders, next) = handlers::page(shop, "C001", after.as_deref()).await?;
        for Order { order_id, total_cents, note, .. } in &orders {
            say(format!("  {order_id}: {total_cents} cents, {note:?}"));
        }
        after = next;
        if after.is_none() {
            break;
        }
        say("  next page".to_owned());
    }

    let large = Order::TOTAL_CENTS.ge(3_000_u64) & Order::NOTE.absent();
    say(format!(
        "large and without a note: {}",
        Order::by_customer("C001").filter(large).count(shop).await?
    ));
    let middle = Order::by_customer("C001").range("ORD-002".to_owned()..="ORD-004".to_owned());
    say(format!("from ORD-002 to ORD-004: {}", middle.count(shop).await?));

    let account = handlers::account(shop, "C001").await?;
    let Customer { name, orders, interests, .. } = &account.customer;
    say(format!(
        "{name} has {} orders, {orders} counted, and likes {interests:?}",
        account.orders.len()
    ));

    let nobody = Customer::key("C002").update().set(Customer::NAME, "Bob").send(shop).await;
    say(format!("change of nobody: {:?}", nobody.err().map(|error| error.kind())));
    let keys = ["ORD-005", "ORD-009", "ORD-001"].map(|order| Order::key("C001", order));
    let some = Order::get_many(keys).send(shop).await?;
    let found =
        some.items.iter().flatten().map(|order| order.order_id.as_str()).collect::<Vec<_>>();
    say(format!("of three keys: {found:?}"));

    for (token, until) in
        [("old", begun), ("new", Timestamp::now() + SignedDuration::from_hours(1))]
    {
        let session = Session { token: token.into(), customer_id: "C001".into(), until };
        session.put().send(shop).await?;
        say(format!("session {token}: {}", handlers::session(shop, token).await?.is_some()));
    }

    let report = Customer::partition("C001").delete_all().send(shop).await?;
    say(format!("deleted: {}", report.deleted));
    Ok(lines)
}

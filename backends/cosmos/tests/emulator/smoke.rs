use crate::support::Emulator;
use monotable::prelude::*;
use monotable_cosmos::Cosmos;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
pub(crate) enum Shop {
    Customer(Customer),
    Order(Order),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) orders: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "ORDER#{order_id}")]
#[access(by_customer)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) order_id: String,
    pub(crate) note: Option<String>,
    pub(crate) total: f64,
}

#[tokio::test]
async fn smoke() {
    let emulator = Emulator::start().await;
    let shop = Shop::on(Cosmos::new(emulator.container("shop", "/pk").await));
    let customer = Customer { id: "C 1/2?".into(), name: "Zoë".into(), orders: 0 };
    customer.create().send(&shop).await.unwrap();
    let error = customer.create().send(&shop).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(error.current::<Customer>(), Some(&customer));
    assert_eq!(Customer::get("C 1/2?").send(&shop).await.unwrap(), Some(customer.clone()));
    for n in 0..25 {
        let order = Order {
            id: "C 1/2?".into(),
            order_id: format!("O-{n:02}"),
            note: None,
            total: 1.5 * f64::from(n),
        };
        order.put().send(&shop).await.unwrap();
    }
    Customer::key("C 1/2?").update().increment(Customer::ORDERS, 25).send(&shop).await.unwrap();
    assert_eq!(Customer::get("C 1/2?").send(&shop).await.unwrap().unwrap().orders, 25);
    let all = Order::by_customer("C 1/2?").all(&shop).await.unwrap();
    assert_eq!(all.len(), 25);
    assert_eq!(Order::by_customer("C 1/2?").count(&shop).await.unwrap(), 25);
    let page = Order::by_customer("C 1/2?")
        .filter(Order::TOTAL.gt(10.0))
        .descending()
        .limit(3)
        .page(&shop)
        .await
        .unwrap();
    assert_eq!(
        page.items.iter().map(|o| o.order_id.as_str()).collect::<Vec<_>>(),
        ["O-24", "O-23", "O-22"]
    );
    assert!(page.cost.request_units > 0.0);
    let next = Order::by_customer("C 1/2?")
        .filter(Order::TOTAL.gt(10.0))
        .descending()
        .limit(3)
        .after(page.cursor.unwrap())
        .page(&shop)
        .await
        .unwrap();
    assert_eq!(next.items[0].order_id, "O-21");
    let some = Order::by_customer("C 1/2?").begins_with("O-1").all(&shop).await.unwrap();
    assert_eq!(some.len(), 10);
    Order::key("C 1/2?", "O-03").delete().send(&shop).await.unwrap();
    assert_eq!(
        Order::by_customer("C 1/2?")
            .range("O-02".to_owned()..="O-05".to_owned())
            .all(&shop)
            .await
            .unwrap()
            .len(),
        3
    );
}

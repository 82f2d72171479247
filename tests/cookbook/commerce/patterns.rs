//! The access patterns of the e-commerce application, in the order of the publication.

use super::*;
use crate::sent;
use monotable::CrossPartitionTransactions;
use monotable::testing::Recorder;
use monotable_tests::Store;

type Shop<B> = Table<Commerce, Recorder<B>>;

fn customer(username: &str, email: &str) -> Customer {
    Customer {
        username: username.into(),
        email: email.into(),
        name: "Alex DeBrie".into(),
        addresses: BTreeMap::new(),
    }
}

fn address(street: &str) -> Address {
    Address { street: street.into(), city: "Omaha".into() }
}

fn order(id: &str) -> Order {
    Order { username: "alexdebrie".into(), order: id.into(), status: Status::Accepted, items: 2 }
}

fn items(order: &str) -> [OrderItem; 2] {
    [("I1", 12), ("I2", 30)].map(|(item, price)| {
        let (order, item) = (order.into(), item.into());
        OrderItem { order, item, price }
    })
}

async fn with_customer<B: Store + CrossPartitionTransactions>(backend: B) -> Shop<B> {
    let shop = Commerce::on(Recorder::new(backend));
    customer("alexdebrie", "alex@example.com").create().send(&shop).await.unwrap();
    sent(&shop);
    shop
}

pub async fn create_customer<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = Commerce::on(Recorder::new(backend));
    customer("alexdebrie", "alex@example.com").create().send(&shop).await.unwrap();
    assert_eq!(
        sent(&shop),
        [
            "transact_write: put Customer CUSTOMER#alexdebrie / CUSTOMER#alexdebrie, with a condition; \
          put Customer CUSTOMEREMAIL#alex@example.com / CUSTOMEREMAIL#alex@example.com, \
          with a condition"
        ]
    );
    let username = customer("alexdebrie", "other@example.com").create().send(&shop).await;
    assert!(username.unwrap_err().is_condition_failed());
    let email = customer("other", "alex@example.com").create().send(&shop).await;
    assert!(email.unwrap_err().is_unique_violation());
}

pub async fn create_mailing_address<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = with_customer(backend).await;
    let home = Customer::ADDRESSES.entry("home");
    let update = Customer::key("alexdebrie").update().set(home.clone(), address("111 1st St"));
    // A customer has at most 20 addresses.
    let stored = update.when(Customer::ADDRESSES.size().lt(20)).returning_new();
    let stored = stored.send(&shop).await.unwrap();
    assert_eq!(stored.addresses["home"], address("111 1st St"));
    let update = "update Customer: CUSTOMER#alexdebrie / CUSTOMER#alexdebrie, with a condition";
    assert_eq!(sent(&shop), [update]);
}

pub async fn update_mailing_address<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = with_customer(backend).await;
    let home = || Customer::ADDRESSES.entry("home");
    let key = || Customer::key("alexdebrie");
    key().update().set(home(), address("111 1st St")).send(&shop).await.unwrap();
    sent(&shop);
    let street = home().then(Address::STREET);
    key().update().set(street, "222 2nd St").when(home().exists()).send(&shop).await.unwrap();
    let removed = key().update().remove_element(home()).returning_old();
    assert_eq!(removed.send(&shop).await.unwrap().addresses["home"], address("222 2nd St"));
    let update = "update Customer: CUSTOMER#alexdebrie / CUSTOMER#alexdebrie, with a condition";
    assert_eq!(sent(&shop), [update, update]);
}

async fn place<B: Store + CrossPartitionTransactions>(shop: &Shop<B>, id: &str) {
    let (order, items) = (order(id), items(id));
    let order = shop.transaction().add(order.create());
    order.add_all(items.iter().map(OrderItem::create)).send().await.unwrap();
}

pub async fn place_order<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = with_customer(backend).await;
    place(&shop, "O1").await;
    let [first, second] = ["ORDER#O1#ITEM#I1", "ORDER#O1#ITEM#I2"];
    assert_eq!(
        sent(&shop),
        [format!(
            "transact_write: put Order CUSTOMER#alexdebrie / #ORDER#O1, with a condition; \
             put OrderItem {first} / {first}, with a condition; \
             put OrderItem {second} / {second}, with a condition"
        )]
    );
}

pub async fn update_order<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = with_customer(backend).await;
    place(&shop, "O1").await;
    sent(&shop);
    let update = Order::key("alexdebrie", "O1").update().set(Order::STATUS, Status::Shipped);
    let stored = update.returning_new().send(&shop).await.unwrap();
    assert_eq!(stored, Order { status: Status::Shipped, ..order("O1") });
    assert_eq!(sent(&shop), ["update Order: CUSTOMER#alexdebrie / #ORDER#O1, with a condition"]);
}

pub async fn view_customer_and_most_recent_orders<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let shop = with_customer(backend).await;
    for id in ["O1", "O2", "O3"] {
        place(&shop, id).await;
    }
    sent(&shop);
    let partition = Customer::partition("alexdebrie");
    let newest = CustomerWithOrders::of(partition).descending().limit(2);
    let page = newest.page(&shop).await.unwrap();
    assert_eq!(page.collection.customer, customer("alexdebrie", "alex@example.com"));
    assert_eq!(page.collection.orders, [order("O3"), order("O2")]);
    assert_eq!(
        sent(&shop),
        ["query CustomerWithOrders.of: CUSTOMER#alexdebrie / #ORDER# to CUSTOMER#alexdebrie, \
          descending, at most 3"]
    );
    let older = Order::of_customer("alexdebrie").descending().after(page.cursor);
    assert_eq!(older.all(&shop).await.unwrap(), [order("O1")]);
}

pub async fn view_order_and_order_items<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = with_customer(backend).await;
    place(&shop, "O1").await;
    sent(&shop);
    let found = OrderWithItems::of(Order::by_id("O1").partition()).send(&shop).await.unwrap();
    assert_eq!(found, OrderWithItems { orders: vec![order("O1")], items: items("O1").into() });
    assert_eq!(sent(&shop), ["query OrderWithItems.of on GSI1: ORDER#O1 / ITEM# to ORDER#O1"]);
}

//! The access patterns of the online shop, in the order of the publication.

use super::*;
use crate::sent;
use jiff::civil::date;
use monotable::testing::Recorder;
use monotable_tests::Store;

/// Returns a time of the published sample data, on 21 June 2020.
fn at(clock: &str) -> Timestamp {
    format!("2020-06-21T{clock}Z").parse().unwrap()
}

fn order_item(product: &str, clock: &str, quantity: u32, price: u32) -> OrderItem {
    let (order, customer) = ("12345".into(), "12345".into());
    OrderItem { order, product: product.into(), customer, date: at(clock), quantity, price }
}

fn stock(product: &str, warehouse: &str, quantity: u32) -> WarehouseItem {
    WarehouseItem { product: product.into(), warehouse: warehouse.into(), quantity }
}

fn shipment(id: &str, warehouse: &str) -> Shipment {
    let (order, date) = ("12345".into(), "2020-06-22T08:20:00Z".parse().unwrap());
    Shipment { order, shipment: id.into(), warehouse: warehouse.into(), date }
}

fn shipped(item: &str, shipment: &str, product: &str, quantity: u32) -> ShipmentItem {
    let order = "12345".into();
    ShipmentItem {
        order,
        item: item.into(),
        shipment: shipment.into(),
        product: product.into(),
        quantity,
    }
}

fn customer() -> Customer {
    let email = "samaneh@example.com".into();
    Customer { customer: "12345".into(), name: "Samaneh".into(), email }
}

fn book() -> Product {
    Product { product: "99887".into(), title: "The Book".into(), price: 40 }
}

fn warehouse() -> Warehouse {
    Warehouse { warehouse: "12376".into(), city: "Boras".into() }
}

fn invoice() -> Invoice {
    let payment = |kind: &str, amount| Payment { kind: kind.into(), amount };
    Invoice {
        order: "12345".into(),
        invoice: "55443".into(),
        customer: "12345".into(),
        date: at("19:18:00"),
        amount: 400,
        payments: vec![payment("GiftCard", 100), payment("MasterCard", 300)],
    }
}

/// Stores the published sample data.
async fn stocked<B: Store>(backend: B) -> Table<OnlineShop, Recorder<B>> {
    let shop = OnlineShop::on(Recorder::new(backend));
    let album = Product { product: "12345".into(), title: "Options Open".into(), price: 100 };
    let goteborg = Warehouse { warehouse: "12345".into(), city: "Goteborg".into() };
    let order = Order { order: "12345".into(), customer: "12345".into(), date: at("19:10:00") };
    let stored = shop.batch().add(customer().put());
    let stored = stored.add_all([album, book()].iter().map(Product::put));
    let stored = stored.add_all([goteborg, warehouse()].iter().map(Warehouse::put));
    let stock =
        [stock("12345", "12345", 50), stock("99887", "12345", 4), stock("99887", "12376", 4)];
    let stored = stored.add_all(stock.iter().map(WarehouseItem::put));
    let items = [order_item("12345", "19:18:00", 2, 100), order_item("99887", "19:20:00", 5, 40)];
    let stored = stored.add(order.put()).add_all(items.iter().map(OrderItem::put));
    let shipments = [shipment("88899", "12376"), shipment("98765", "12345")];
    let stored = stored.add(invoice().put()).add_all(shipments.iter().map(Shipment::put));
    let shipped = [
        shipped("55555", "98765", "12345", 2),
        shipped("12345", "98765", "99887", 3),
        shipped("54321", "88899", "99887", 2),
    ];
    let stored = stored.add_all(shipped.iter().map(ShipmentItem::put));
    stored.send().await.unwrap().into_result().unwrap();
    sent(&shop);
    shop
}

pub async fn get_customer_by_customer_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let found = Customer::get("12345").send(&shop).await.unwrap();
    assert_eq!(found, Some(customer()));
    assert_eq!(sent(&shop), ["get customer: c#12345 / c#12345"]);
}

pub async fn get_product_by_product_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let found = Product::get("99887").send(&shop).await.unwrap();
    assert_eq!(found, Some(book()));
    assert_eq!(sent(&shop), ["get product: p#99887 / p#99887"]);
}

pub async fn get_warehouse_by_warehouse_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let found = Warehouse::get("12376").send(&shop).await.unwrap();
    assert_eq!(found, Some(warehouse()));
    assert_eq!(sent(&shop), ["get warehouse: w#12376 / w#12376"]);
}

pub async fn get_product_inventory_by_product_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let inventory = WarehouseItem::of_product("99887").all(&shop).await.unwrap();
    assert_eq!(inventory, [stock("99887", "12345", 4), stock("99887", "12376", 4)]);
    assert_eq!(sent(&shop), ["query warehouseItem.of_product: p#99887 / w#*"]);
}

pub async fn get_order_details_by_order_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let details = OrderDetails::of(Order::partition("12345")).send(&shop).await.unwrap();
    let customers: Vec<_> = details.orders.iter().map(|order| order.customer.as_str()).collect();
    assert_eq!((customers, details.items.len()), (vec!["12345"], 2));
    assert_eq!(details.invoices, [invoice()]);
    assert_eq!(details.shipments, [shipment("88899", "12376"), shipment("98765", "12345")]);
    assert_eq!(details.shipped.len(), 3);
    assert_eq!(sent(&shop), ["query OrderDetails.of: o#12345 / c# to shp#~~"]);
}

pub async fn get_product_by_order_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let items = OrderItem::in_order("12345").all(&shop).await.unwrap();
    let expected =
        [order_item("12345", "19:18:00", 2, 100), order_item("99887", "19:20:00", 5, 40)];
    assert_eq!(items, expected);
    assert_eq!(sent(&shop), ["query orderItem.in_order: o#12345 / p#*"]);
}

pub async fn get_invoice_by_order_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    assert_eq!(Invoice::in_order("12345").one(&shop).await.unwrap(), invoice());
    assert_eq!(sent(&shop), ["query invoice.in_order: o#12345 / i#*, at most 2"]);
}

pub async fn get_shipment_by_order_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let shipments = Shipment::in_order("12345").all(&shop).await.unwrap();
    assert_eq!(shipments, [shipment("88899", "12376"), shipment("98765", "12345")]);
    assert_eq!(sent(&shop), ["query shipment.in_order: o#12345 / sh#*"]);
}

pub async fn get_order_by_product_id_for_date_range<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let day = date(2020, 6, 21);
    let orders = OrderItem::of_product("99887").range(day..=day).all(&shop).await.unwrap();
    assert_eq!(orders, [order_item("99887", "19:20:00", 5, 40)]);
    assert_eq!(
        sent(&shop),
        [
            "query orderItem.of_product on GSI1: p#99887 / 2020-06-21T00:00:00Z to 2020-06-22T00:00:00Y~~"
        ]
    );
    let later = OrderItem::of_product("99887").range(at("19:21:00")..).count(&shop).await.unwrap();
    assert_eq!(later, 0);
}

pub async fn get_invoice_by_invoice_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    assert_eq!(Invoice::by_id("55443").one(&shop).await.unwrap(), invoice());
    assert_eq!(sent(&shop), ["query invoice.by_id on GSI1: i#55443 / i#55443, at most 2"]);
}

pub async fn get_payment_by_invoice_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let found = Invoice::by_id("55443").project::<Payments>().one(&shop).await.unwrap();
    assert_eq!(found, Payments { payments: invoice().payments });
    assert_eq!(
        sent(&shop),
        ["query invoice.by_id on GSI1: i#55443 / i#55443, at most 2, \
          only PK SK GSI1-PK GSI1-SK EntityType payments"]
    );
}

pub async fn get_shipment_details_by_shipment_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let found = Shipment::by_id("98765").one(&shop).await.unwrap();
    assert_eq!(found, shipment("98765", "12345"));
    assert_eq!(sent(&shop), ["query shipment.by_id on GSI1: sh#98765 / sh#98765, at most 2"]);
    // With what is in it, for the same price.
    let partition = Shipment::by_id("98765").partition();
    let details = ShipmentDetails::of(partition).send(&shop).await.unwrap();
    let expected =
        vec![shipped("55555", "98765", "12345", 2), shipped("12345", "98765", "99887", 3)];
    assert_eq!(details, ShipmentDetails { shipments: vec![found], shipped: expected });
    assert_eq!(sent(&shop), ["query ShipmentDetails.of on GSI1: sh#98765 / p# to sh#98765"]);
}

pub async fn get_shipment_by_warehouse_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let shipments = Shipment::from_warehouse("12376").all(&shop).await.unwrap();
    assert_eq!(shipments, [shipment("88899", "12376")]);
    assert_eq!(sent(&shop), ["query shipment.from_warehouse on GSI2: w#12376 / sh#*"]);
}

pub async fn get_product_inventory_by_warehouse_id<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let inventory = WarehouseItem::in_warehouse("12345").all(&shop).await.unwrap();
    assert_eq!(inventory, [stock("12345", "12345", 50), stock("99887", "12345", 4)]);
    assert_eq!(sent(&shop), ["query warehouseItem.in_warehouse on GSI2: w#12345 / p#*"]);
}

pub async fn get_invoice_by_customer_id_for_date_range<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let june = date(2020, 6, 1)..=date(2020, 6, 30);
    let invoices = Invoice::of_customer("12345").range(june).all(&shop).await.unwrap();
    assert_eq!(invoices, [invoice()]);
    assert_eq!(
        sent(&shop),
        [
            "query invoice.of_customer on GSI2: c#12345 / i#2020-06-01T00:00:00Z to i#2020-07-01T00:00:00Y~~"
        ]
    );
}

pub async fn get_products_by_customer_id_for_date_range<B: Store>(backend: B) {
    let shop = stocked(backend).await;
    let times = at("19:18:00")..at("19:20:00");
    let products = OrderItem::of_customer("12345").range(times).all(&shop).await.unwrap();
    assert_eq!(products, [order_item("12345", "19:18:00", 2, 100)]);
    assert_eq!(
        sent(&shop),
        [
            "query orderItem.of_customer on GSI2: c#12345 / p#2020-06-21T19:18:00Z to p#2020-06-21T19:20:00Y~~"
        ]
    );
}

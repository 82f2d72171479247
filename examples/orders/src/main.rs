//! Runs the handlers once, on an embedded store: in memory, or in the file that is the argument.
//!
//! ```sh
//! cargo run -p orders             # in memory
//! cargo run -p orders -- shop.db  # in a file, which keeps the orders
//! ```

use jiff::Timestamp;
use monotable::prelude::*;
use orders::handlers::{self, NewLine, NewOrder};
use orders::model::{Customer, Shop, Status};
use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let store = match std::env::args_os().nth(1) {
        Some(path) => Embedded::open(path)?,
        None => Embedded::in_memory(),
    };
    let shop = Shop::on(store);
    let now = Timestamp::now();

    let ada = Customer {
        customer_id: "C001".into(),
        email: "ada@example.com".into(),
        name: "Ada".into(),
    };
    if let Err(error) = handlers::register(&shop, &ada).await {
        println!("Ada is not registered: {error}");
    }
    let order_id = format!("ORD-{}", now.as_millisecond());
    let line = NewLine { product_id: "PROD-001".into(), quantity: 2, price_cents: 1_500 };
    let new = NewOrder {
        request_id: order_id.clone(),
        customer_id: ada.customer_id.clone(),
        order_id,
        lines: vec![line],
    };
    handlers::place(&shop, &new, now).await?;

    for order in handlers::open_orders(&shop, Status::Placed).await? {
        let paid = handlers::pay(&shop, &order).await?;
        println!("{} is {:?}", paid.order_id, paid.status);
    }
    println!("\nThe newest orders of {}:", ada.name);
    for order in handlers::orders_of(&shop, &ada.customer_id, None).await?.orders {
        println!("{}: {:?}, {} cents", order.order_id, order.status, order.total_cents);
        for line in handlers::lines(&shop, &order.order_id).await? {
            println!("  {} × {}", line.quantity, line.product_id);
        }
    }
    Ok(())
}

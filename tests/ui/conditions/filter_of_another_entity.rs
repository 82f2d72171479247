// The query is of orders.

#[path = "../shop.rs"]
mod shop;

use shop::*;

fn run() {
    let _ = Order::by_customer(CustomerId("C001".into())).filter(Customer::NAME.eq("Ada"));
}

fn main() {}

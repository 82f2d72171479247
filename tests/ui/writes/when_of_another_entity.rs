// An order has no field of the customer.

#[path = "../shop.rs"]
mod shop;

use monotable::prelude::*;
use shop::*;

fn run(order: &Order) {
    let _ = order.put().when(Customer::NAME.eq("Ada"));
}

fn main() {}

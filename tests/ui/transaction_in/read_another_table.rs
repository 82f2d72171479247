// The account lives in another table than the partition.

#[path = "../club.rs"]
mod club;
#[path = "../shop.rs"]
mod shop;

use club::Account;
use monotable::Transactions;
use monotable::prelude::*;
use shop::*;

fn run<B: Transactions>(shop: &Table<Shop, B>, id: CustomerId) {
    let gets = (Account::get("1", "cash"),);
    let _ = shop.transact_get_in(Customer::partition(id), gets);
}

fn main() {}

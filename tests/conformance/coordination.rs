//! Once-only work, leases and rate limits.

mod leases;
mod once;
mod rates;
mod takeover;
mod transactions;

pub use leases::*;
pub use once::*;
pub use rates::*;
pub use takeover::*;
pub use transactions::*;

use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::layer::{Clock, Layer};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const A_SECOND: Duration = Duration::from_secs(1);
const A_MINUTE: Duration = Duration::from_secs(60);
const AN_HOUR: Duration = Duration::from_secs(60 * 60);

#[derive(Debug, Clone, PartialEq, Table)]
#[table(coordination)]
pub enum Till {
    Account(Account),
    Payment(Payment),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Till, pk = "ACCOUNT#{id}", sk = "ACCOUNT")]
pub struct Account {
    pub id: String,
    pub balance: i64,
    /// The greatest number of a lease that has written the account.
    pub fence: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Till, pk = "ACCOUNT#{account}", sk = "PAYMENT#{id}")]
#[access(by_account)]
pub struct Payment {
    pub account: String,
    pub id: String,
    pub cents: u32,
}

fn account(id: &str) -> Account {
    Account { id: id.into(), balance: 0, fence: 0 }
}

fn payment(id: &str) -> Payment {
    Payment { account: "1".into(), id: id.into(), cents: 100 }
}

/// The table on a backend whose clock can be moved.
fn with_clock<B: Store>(backend: B) -> (Table<Till, Layer<Clock, B>>, Clock) {
    let clock = Clock::default();
    (Till::on(Layer::new(clock.clone(), backend)), clock)
}

//! The table of these tests, and a table of another program in the same store.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(coordination)]
pub(crate) enum Shop {
    Customer(Customer),
    Order(Order),
    Total(Total),
    Mail(Mail),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE", unique(email))]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) email: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number}")]
#[access(by_customer)]
pub(crate) struct Order {
    pub(crate) customer: String,
    pub(crate) number: u32,
    pub(crate) cents: u64,
}

/// What the orders of a customer cost together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "TOTAL#{customer}", sk = "TOTAL")]
pub(crate) struct Total {
    pub(crate) customer: String,
    pub(crate) cents: i64,
}

/// A mail that is to be sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "OUTBOX#{id}", sk = "MAIL")]
pub(crate) struct Mail {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// The table as a newer version of the program has it. Its name is the same, so that a store takes it for the same table.
pub(crate) mod newer {
    use monotable::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, PartialEq, Table)]
    #[table(coordination)]
    pub(crate) enum Shop {
        Invoice(Invoice),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(table = Shop, pk = "INVOICE#{id}", sk = "INVOICE")]
    pub(crate) struct Invoice {
        pub(crate) id: String,
    }
}

pub(crate) fn order(number: u32, cents: u64) -> Order {
    Order { customer: "C001".into(), number, cents }
}

pub(crate) fn customer(email: &str) -> Customer {
    Customer { id: "C001".into(), email: email.into() }
}

//! Placing an order.

use crate::error::{Error, Result};
use crate::model::{Customer, Line, Order, Receipt, Shop, Status};
use jiff::{SignedDuration, Timestamp};
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;

/// How long a request can be sent again and still places one order.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// What a customer orders.
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// Chosen by the sender, and the same if the request is sent again.
    pub request_id: String,
    pub customer_id: String,
    pub order_id: String,
    pub lines: Vec<NewLine>,
}

/// A line of what a customer orders.
#[derive(Debug, Clone)]
pub struct NewLine {
    pub product_id: String,
    pub quantity: u32,
    pub price_cents: u64,
}

/// Places an order with its lines, in one transaction. If the request was handled before, this places
/// nothing and returns normally.
pub async fn place<B>(shop: &Table<Shop, B>, new: &NewOrder, now: Timestamp) -> Result<()>
where
    B: CrossPartitionTransactions,
{
    let (order, lines) = new.entities(now);
    let receipt = Receipt {
        request_id: new.request_id.clone(),
        customer_id: new.customer_id.clone(),
        order_id: new.order_id.clone(),
        until: now + REMEMBERED,
    };
    // The order of these three decides which number is which in `reasons` below.
    let sent = shop
        .transaction()
        .add(receipt.create())
        .add(Customer::key(&*new.customer_id).check())
        .add(order.create())
        .add_all(lines.iter().map(Line::create))
        .send()
        .await;
    let Err(error) = sent else { return Ok(()) };
    let refused = |at: usize| {
        let reason = error.reasons().get(at).and_then(Option::as_ref);
        reason.is_some_and(|reason| reason.is_condition_failed() || reason.is_not_found())
    };
    match [refused(0), refused(1), refused(2)] {
        [true, _, _] => Ok(()),
        [_, true, _] => Err(Error::NoCustomer),
        [_, _, true] => Err(Error::OrderExists),
        _ => Err(error.into()),
    }
}

impl NewOrder {
    fn entities(&self, now: Timestamp) -> (Order, Vec<Line>) {
        let cents = |line: &NewLine| u64::from(line.quantity).saturating_mul(line.price_cents);
        let order = Order {
            customer_id: self.customer_id.clone(),
            order_id: self.order_id.clone(),
            status: Status::Placed,
            placed_at: now,
            total_cents: self.lines.iter().map(cents).fold(0, u64::saturating_add),
            version: 0,
        };
        let line = |(number, line): (u16, &NewLine)| Line {
            order_id: self.order_id.clone(),
            number,
            product_id: line.product_id.clone(),
            quantity: line.quantity,
            price_cents: line.price_cents,
        };
        (order, (1..).zip(&self.lines).map(line).collect())
    }
}

//! `Refused`: why a handler refused, in the words of the shop.

use std::fmt;
use std::time::Duration;

/// Why a handler refused.
#[derive(Debug)]
pub enum Refused {
    /// The request is not what the handler takes.
    BadRequest(String),
    CustomerExists,
    NoCustomer,
    NoOrder,
    /// There is an order with this id, which another request has placed.
    OrderExists,
    /// The order is paid with another payment, or cancelled.
    NotPayable,
    /// A request with this key was about another order.
    OtherRequest,
    TooManyOrders {
        retry_after: Duration,
    },
    /// The store failed.
    Store(monotable::Error),
}

impl Refused {
    /// The reason why no order was placed. The customer is the first write of the transaction, and the order the second.
    pub(super) fn placing(error: monotable::Error) -> Self {
        if error.is_payload_mismatch() {
            return Refused::OtherRequest;
        }
        let reason = |at: usize| error.reasons().get(at).and_then(Option::as_ref);
        match (reason(0), reason(1)) {
            (Some(reason), _) if reason.is_not_found() => Refused::NoCustomer,
            (_, Some(reason)) if reason.is_condition_failed() => Refused::OrderExists,
            _ => error.into(),
        }
    }

    /// The status of an answer over HTTP.
    pub fn status(&self) -> u16 {
        match self {
            Refused::BadRequest(_) => 400,
            Refused::NoCustomer | Refused::NoOrder => 404,
            Refused::CustomerExists | Refused::OrderExists | Refused::NotPayable => 409,
            Refused::OtherRequest => 422,
            Refused::TooManyOrders { .. } => 429,
            Refused::Store(error) if error.is_retryable() => 503,
            Refused::Store(_) => 500,
        }
    }
}

impl From<monotable::Error> for Refused {
    fn from(error: monotable::Error) -> Self {
        // Keys and cursors come from the client.
        if error.is_invalid_key() || error.is_invalid_cursor() {
            return Refused::BadRequest(error.to_string());
        }
        Refused::Store(error)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::BadRequest(why) => f.write_str(why),
            Refused::CustomerExists => f.write_str("there is already a customer with this id"),
            Refused::NoCustomer => f.write_str("there is no such customer"),
            Refused::NoOrder => f.write_str("there is no such order"),
            Refused::OrderExists => f.write_str("there is already an order with this id"),
            Refused::NotPayable => f.write_str("the order cannot be paid: read it again"),
            Refused::OtherRequest => {
                f.write_str("a request with this idempotency key was about another order")
            }
            Refused::TooManyOrders { .. } => f.write_str("too many orders: try again later"),
            // What the store says is for the log.
            Refused::Store(_) => f.write_str("the shop cannot answer now"),
        }
    }
}

impl std::error::Error for Refused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Refused::Store(error) => Some(error),
            _ => None,
        }
    }
}

//! Converting the reasons of cancelled transactions.

use crate::direct::Answered;
use crate::error::Fault;
use crate::{Attributes, DynamoDb};
use aws_sdk_dynamodb::types::CancellationReason;
use monotable_core::request::{Reason, TransactItem};
use monotable_core::{Error, Kind};

/// The status of an answer that cancels a transaction.
const STATUS: u16 = 400;

/// Converts the reasons, one for each write in the order of the request. Returns `None` if the answer
/// does not have one reason for each write.
pub(super) fn of_writes(
    backend: &DynamoDb,
    writes: &[TransactItem<Attributes>],
    reasons: &[CancellationReason],
    mut items: Answered,
) -> Option<Vec<Reason<Attributes>>> {
    if reasons.len() != writes.len() {
        return None;
    }
    Some(
        reasons
            .iter()
            .zip(writes)
            .map(|(reason, write)| {
                // Each item of the answer is taken in its turn, whether it is needed or not.
                let current = items.one(reason.item.clone());
                of_write(backend, write, reason, current)
            })
            .collect(),
    )
}

fn of_write(
    backend: &DynamoDb,
    write: &TransactItem<Attributes>,
    reason: &CancellationReason,
    current: Option<Attributes>,
) -> Reason<Attributes> {
    let actions = match write {
        TransactItem::Update(update) => update.actions.as_slice(),
        _ => &[],
    };
    match reason.code() {
        None | Some("None") => Reason::Fine,
        Some("ConditionalCheckFailed") => Reason::Refused { current },
        code => {
            let fault = Fault { code, message: reason.message(), status: STATUS };
            Reason::Failed(fault.error(backend.place(actions)))
        }
    }
}

/// The error of a cancelled transaction of gets, from its first reason.
pub(super) fn of_gets(backend: &DynamoDb, reasons: &[CancellationReason]) -> Error {
    let first = reasons.iter().find(|reason| !matches!(reason.code(), None | Some("None")));
    match first {
        Some(reason) => {
            let fault = Fault { code: reason.code(), message: reason.message(), status: STATUS };
            fault.error(backend.place(&[]))
        }
        None => untold(),
    }
}

/// The error of a cancelled transaction without reasons.
pub(super) fn untold() -> Error {
    let message = "DynamoDB cancelled the transaction without saying why: nothing was changed; try \
                   again";
    Error::new(Kind::Conflict, message)
}

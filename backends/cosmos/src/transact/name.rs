//! The name that a transaction leaves in its documents: its token, and a hash of its writes.

use crate::document::Document;
use crate::document::names::OPERATION;
use monotable_core::backend::Readable as _;
use monotable_core::expr::{Action, digest};
use monotable_core::request::{TransactItem, TransactWrite};
use monotable_core::schema::TableDef;
use monotable_core::{Error, Kind, Result};
use siphasher::sip128::{Hasher128 as _, SipHasher13};
use std::hash::{Hash as _, Hasher};

/// Returns the name of a transaction. Other writes with the same token have another name.
pub(super) fn of(request: &TransactWrite<Document>) -> Result<String> {
    let mut hasher = SipHasher13::new();
    request.writes.len().hash(&mut hasher);
    request.writes.iter().try_for_each(|write| hash(write, &mut hasher))?;
    Ok(format!("{}#{:032x}", request.token, hasher.finish128().as_u128()))
}

/// Hashes what a write does to its item. Conditions are left out: they hold the time of the request if items expire.
fn hash(write: &TransactItem<Document>, hasher: &mut impl Hasher) -> Result<()> {
    write.key().hash(hasher);
    match write {
        TransactItem::Put(put) => {
            0_u8.hash(hasher);
            digest::map(&put.item.to_map()?, hasher);
        }
        TransactItem::Update(update) => {
            let actions: &[Action] = &update.actions;
            (1_u8, actions.len()).hash(hasher);
            actions.iter().for_each(|action| digest::action(action, hasher));
        }
        TransactItem::Delete(_) => 2_u8.hash(hasher),
        TransactItem::Check(_) => 3_u8.hash(hasher),
    }
    Ok(())
}

/// Returns whether a transaction with this token was the last write of a document.
pub(super) fn has(document: &Document, token: &str) -> bool {
    let name = document.property(OPERATION);
    name.as_deref().and_then(|name| name.rsplit_once('#')).is_some_and(|(it, _)| it == token)
}

/// Returns the error for a token that other writes have.
pub(super) fn reused(table: &TableDef, token: &str, document: &Document) -> Error {
    let key = |attribute| document.text(attribute).unwrap_or("?");
    let message = format!(
        "a transaction with other writes has the token `{token}`, and has written {} / {}: nothing was written; each \
         transaction needs a token of its own",
        key(table.pk),
        key(table.sk)
    );
    Error::new(Kind::InvalidRequest, message)
}

//! Executes transactions: all writes are made or none, and only once for each token.

use super::log::{self, Cause};
use super::write::{Write, plan_one};
use super::{cost, many, token};
use crate::document::{self, Document};
use crate::store::{Batch, Lookup};
use monotable_core::request::{Outcome, Reason, TransactOutcome, TransactWrite, Transacted};
use monotable_core::schema::TableDef;
use monotable_core::{Cost, Error, Kind, Result};
use siphasher::sip128::{Hasher128 as _, SipHasher13};

/// A transaction, whose writes are all of different items.
#[derive(Debug)]
pub(crate) struct Transaction {
    table: &'static TableDef,
    writes: Vec<Write>,
    token: String,
    /// Identifies the writes, to detect a token that was used for other writes.
    digest: u128,
}

impl Transaction {
    /// Checks a request and prepares it.
    ///
    /// # Errors
    ///
    /// - `TooLarge` if there are too many writes;
    /// - `InvalidRequest` if two writes are of the same item, or if an update changes a key or has
    ///   no actions.
    pub(crate) fn new(request: TransactWrite<Document>) -> Result<Self> {
        let TransactWrite { table, writes, token, .. } = request;
        let keys = writes.iter().map(|write| write.key());
        many::check_keys("a transaction", keys, many::LIMITS.transaction)?;
        let writes = writes.into_iter().map(Write::of).collect::<Result<Vec<_>>>()?;
        let mut hasher = SipHasher13::new();
        writes.iter().for_each(|write| write.digest(&mut hasher));
        Ok(Transaction { table, writes, token, digest: hasher.finish128().as_u128() })
    }

    /// Returns whether this transaction was made already. An empty token is never recorded.
    fn is_made(&self, store: &impl Lookup, now: i64) -> Result<bool> {
        if self.token.is_empty() {
            return Ok(false);
        }
        match token::recorded(store, &self.token, now)? {
            None => Ok(false),
            Some(digest) if digest == self.digest => Ok(true),
            Some(_) => {
                let message = format!(
                    "the idempotency token `{}` was used for other writes less than ten minutes \
                     ago: use a new one for each transaction",
                    self.token
                );
                Err(Error::new(Kind::InvalidRequest, message))
            }
        }
    }

    /// Returns the answer for a transaction that was made already. It costs as much as reading the
    /// items.
    fn repeated(&self, store: &impl Lookup) -> Result<Transacted<Document>> {
        let mut total = Cost::ZERO;
        for write in &self.writes {
            let stored = store.row(&write.row())?;
            let size = stored.map_or(Ok(0), |stored| document::size(stored.as_ref()))?;
            total += cost::twice(cost::read(size, true));
        }
        Ok(Transacted::new(TransactOutcome::Done, total))
    }
}

impl super::Writes for Transaction {
    type Answer = Transacted<Document>;

    fn table(&self) -> Option<&'static TableDef> {
        Some(self.table)
    }

    fn count(&self) -> usize {
        self.writes.len() + usize::from(!self.token.is_empty())
    }

    fn weight(&self) -> usize {
        self.writes.iter().map(Write::weight).sum()
    }

    fn perform(&self, batch: &mut impl Batch, now: i64) -> Result<Transacted<Document>> {
        let store = batch.lookup();
        if self.is_made(store, now)? {
            return self.repeated(store);
        }
        let mut reasons = Vec::with_capacity(self.writes.len());
        let mut changes = Vec::new();
        let mut bytes = 0;
        let (mut rows, mut indexes) = (Cost::ZERO, Cost::ZERO);
        for write in &self.writes {
            let planned = match plan_one(store, write) {
                Ok(planned) => planned,
                // The write itself is not valid, so the transaction is cancelled.
                Err(error) if is_refusal(&error) => {
                    rows += cost::write(0);
                    reasons.push(Reason::Failed(error));
                    continue;
                }
                Err(error) => return Err(error),
            };
            bytes += planned.bytes;
            rows += planned.row_cost;
            indexes += planned.index_cost;
            changes.extend(planned.changes);
            reasons.push(match planned.outcome {
                Outcome::Done => Reason::Fine,
                Outcome::Refused { current } => Reason::Refused { current },
            });
        }
        many::check_transaction_bytes(bytes)?;
        if !reasons.iter().all(|reason| matches!(reason, Reason::Fine)) {
            let outcome = TransactOutcome::Cancelled(reasons);
            return Ok(Transacted::new(outcome, cost::twice(rows)));
        }
        if !self.token.is_empty() {
            token::record(&self.token, self.digest, now, &mut changes)?;
        }
        log::make(batch, changes, Cause::Write, now)?;
        Ok(Transacted::new(TransactOutcome::Done, cost::twice(rows + indexes)))
    }
}

fn is_refusal(error: &Error) -> bool {
    matches!(error.kind(), Kind::InvalidRequest | Kind::TooLarge | Kind::Encode)
}

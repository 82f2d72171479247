//! A table of accounts, random writes to it, and what readers were told.

use monotable::change::ChangeKind;
use monotable::prelude::*;
use monotable::{Backend, Change, CrossPartitionTransactions, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// How many accounts there are. Each has many changes.
pub(crate) const ACCOUNTS: u32 = 1024;
/// How many writers there are. An account is one writer's.
pub(crate) const WRITERS: u32 = 64;

#[derive(Debug, Clone, PartialEq, Table)]
pub(crate) enum Journal {
    Account(Account),
    Checkpoint(Checkpoint),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Journal, pk = "ACCOUNT#{id}", sk = "ACCOUNT")]
pub(crate) struct Account {
    pub(crate) id: u32,
    /// It grows with each write of the account.
    pub(crate) version: u64,
}

/// How far a reader has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Journal, pk = "READER#{name}", sk = "READER")]
pub(crate) struct Checkpoint {
    pub(crate) name: String,
    pub(crate) position: String,
}

/// The version of each account; `None` if it was deleted.
pub(crate) type State = BTreeMap<u32, Option<u64>>;

/// Writes to some of the accounts, one after the other.
pub(crate) struct Writer<B: Backend> {
    table: monotable::Table<Journal, B>,
    lane: u32,
    random: fastrand::Rng,
    pub(crate) state: State,
    version: u64,
}

impl<B: CrossPartitionTransactions> Writer<B> {
    pub(crate) fn new(table: &monotable::Table<Journal, B>, lane: u32, seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed ^ u64::from(lane));
        Writer { table: table.clone(), lane, random, state: State::new(), version: 0 }
    }

    /// Reads what is stored, after a restart.
    pub(crate) async fn recover(&mut self) -> Result<()> {
        for id in (0..ACCOUNTS).filter(|id| id % WRITERS == self.lane) {
            if let Some(account) = Account::get(id).send(&self.table).await? {
                self.version = self.version.max(account.version);
                self.state.insert(id, Some(account.version));
            }
        }
        // Above those of accounts that were deleted.
        self.version += 1_000_000;
        Ok(())
    }

    /// Makes a write. Returns how many items it has changed.
    pub(crate) async fn write(&mut self) -> Result<usize> {
        let [one, other] = [self.account(), self.account()];
        let is_there = matches!(self.state.get(&one.id), Some(Some(_)));
        match self.random.u8(0..20) {
            0..3 if is_there => {
                Account::key(one.id).delete().send(&self.table).await?;
                self.state.insert(one.id, None);
                Ok(1)
            }
            3..7 if is_there => {
                let update = Account::key(one.id).update().set(Account::VERSION, one.version);
                update.send(&self.table).await?;
                self.state.insert(one.id, Some(one.version));
                Ok(1)
            }
            7 if one.id != other.id => {
                self.table.transaction().add(one.put()).add(other.put()).send().await?;
                self.state.insert(one.id, Some(one.version));
                self.state.insert(other.id, Some(other.version));
                Ok(2)
            }
            8 if is_there => {
                // This changes nothing.
                let version = self.state[&one.id].unwrap();
                Account { id: one.id, version }.put().send(&self.table).await?;
                Ok(0)
            }
            _ => {
                one.put().send(&self.table).await?;
                self.state.insert(one.id, Some(one.version));
                Ok(1)
            }
        }
    }

    fn account(&mut self) -> Account {
        self.version += 1;
        let id = self.random.u32(0..ACCOUNTS / WRITERS) * WRITERS + self.lane;
        Account { id, version: self.version }
    }
}

/// What readers were told, by whichever of them.
#[derive(Debug, Default)]
pub(crate) struct Told {
    seen: HashSet<String>,
    pub(crate) state: State,
    pub(crate) repeated: usize,
}

/// A change of an account.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    pub(crate) id: String,
    pub(crate) account: u32,
    pub(crate) old: Option<u64>,
    pub(crate) new: Option<u64>,
}

impl Seen {
    /// Returns the change of an account; `None` if it is that of a checkpoint.
    pub(crate) fn of(change: &Change<Journal>) -> Option<Self> {
        let account = |item: Option<&Journal>| match item {
            Some(Journal::Account(account)) => Some(account.clone()),
            _ => None,
        };
        assert!(!matches!(change.kind, ChangeKind::Expired(_)));
        let (old, new) = (account(change.old_item()), account(change.new_item()));
        let either = new.as_ref().or(old.as_ref())?;
        let (id, account) = (change.id.clone(), either.id);
        assert_eq!(change.key.pk, format!("ACCOUNT#{account:010}"));
        let version = |account: Option<Account>| account.map(|account| account.version);
        Some(Seen { id, account, old: version(old), new: version(new) })
    }
}

impl Told {
    /// Notes a change. One that comes for the first time has to follow the one before of the same account.
    pub(crate) fn note(&mut self, change: Seen) {
        if !self.seen.insert(change.id.clone()) {
            self.repeated += 1;
            return;
        }
        let before = self.state.insert(change.account, change.new).flatten();
        assert_eq!(before, change.old, "a change is missing before {change:?}");
    }

    /// The number of different changes.
    pub(crate) fn count(&self) -> usize {
        self.seen.len()
    }
}

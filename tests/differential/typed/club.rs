//! Random requests with versions, expiry, unique values, documents and sets.

use super::tables::{Account, Address, Club, Member, Seat, Session, account, member, seat};
use crate::typed::Reach;
use crate::typed::text::shown;
use fastrand::Rng;
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::Store;
use std::sync::LazyLock;

/// Returns the present time, which is the same for both sides. All times of expiry are at least an
/// hour away from it, and a run takes minutes only.
static NOW: LazyLock<i64> = LazyLock::new(|| jiff::Timestamp::now().as_second());

/// A table, and entities that were loaded from it earlier.
pub struct Side<B: Store> {
    pub(super) club: Table<Club, B>,
    pub(super) member: Option<Member>,
    pub(super) account: Option<Account>,
    pub(super) seat: Option<Seat>,
    pub(super) reach: Reach,
}

pub(super) fn name(random: &mut Rng) -> String {
    ["ada", "bob", "zoë", "d#d"][random.usize(0..4)].to_owned()
}

pub(super) fn new_member(random: &mut Rng) -> Member {
    let mut new = member(&name(random));
    new.email = format!("{}@club", random.u8(0..4));
    new.handle = random.bool().then(|| random.u8(0..3).to_string());
    new.city = random.bool().then(|| "Rom".to_owned());
    new.surname = ["", "Ä"][random.usize(0..2)].to_owned();
    new.tags = (0..random.usize(0..3)).map(|_| random.u8(0..4).to_string()).collect();
    new.visits = (0..random.usize(0..3)).map(|_| random.u32(0..9)).collect();
    new.notes = (0..random.usize(0..3)).map(|at| (at.to_string(), "né".to_owned())).collect();
    new.age = random.u32(0..5);
    new.address = random.bool().then(|| Address {
        street: "Straße".into(),
        zip: random.bool().then(|| "00100".into()),
        floor: random.i32(-2..3),
        lines: vec!["a".into(); random.usize(0..3)],
    });
    new
}

pub(super) fn new_account(random: &mut Rng) -> Account {
    let state = random.bool().then(|| "open".to_owned());
    let mut new = account(&name(random), ["a", "b"][random.usize(0..2)]);
    (new.balance, new.state) = (random.i64(-9..9), state);
    new
}

/// Returns a time long ago or far in the future, or `None`.
fn time(random: &mut Rng) -> Option<i64> {
    [None, Some(*NOW - 3600), Some(*NOW + 3600), Some(*NOW + 7200)][random.usize(0..4)]
}

pub(super) fn new_session(random: &mut Rng) -> Session {
    let ends_at = time(random).map(|at| jiff::Timestamp::from_second(at).unwrap());
    let (token, user) = (random.u8(0..6).to_string(), name(random));
    Session { token, user, ends_at, data: "d".repeat(random.usize(0..3)) }
}

pub(super) fn new_seat(random: &mut Rng) -> Seat {
    let mut new = seat("hall", random.u16(0..4));
    new.holder = random.bool().then(|| name(random));
    new.until = time(random);
    new
}

impl<B: Store + CrossPartitionTransactions> Side<B> {
    pub fn new(backend: B, reach: Reach) -> Self {
        Side { club: Club::on(backend), member: None, account: None, seat: None, reach }
    }

    /// Sends the request that a seed determines. Returns the request and its answer.
    pub async fn step(&mut self, seed: u64) -> String {
        let random = &mut Rng::with_seed(seed);
        match random.u8(0..12) {
            0..4 => self.member(random).await,
            4 | 5 => self.account(random).await,
            6 | 7 => self.session(random).await,
            8 | 9 => self.seat(random).await,
            10 if self.reach.is_whole() => self.several(random).await,
            10 => self.in_partition(random).await,
            _ => self.queries(random).await,
        }
    }

    async fn queries(&self, random: &mut Rng) -> String {
        let (club, name) = (&self.club, name(random));
        match random.u8(0..6) {
            0 => format!(
                "by city {}",
                shown(Member::by_city("Rom").range(..).page_size(2).all(club).await)
            ),
            1 => format!("accounts {}", shown(Account::accounts(&name).range(..).all(club).await)),
            2 => format!(
                "by state {}",
                shown(Account::by_state("open").range(..).page_size(1).count(club).await)
            ),
            3 => format!(
                "by user {}",
                shown(Session::by_user(&name).range(..).page_size(1).all(club).await)
            ),
            4 => {
                format!("seats {}", shown(Seat::in_hall("hall").range(..).limit(2).all(club).await))
            }
            _ => {
                let keys: Vec<_> = (0..6).map(|token| Session::key(token.to_string())).collect();
                let many = Session::get_many(keys).send(club).await.map(|many| many.items);
                format!("sessions {}", shown(many))
            }
        }
    }

    async fn several(&self, random: &mut Rng) -> String {
        let (new, account, session) =
            (new_member(random), new_account(random), new_session(random));
        let mut transaction = self.club.transaction().add(session.put());
        transaction = match random.u8(0..3) {
            0 => transaction.add(new.create()),
            1 => transaction.add(new.primary_key().check().when(Member::AGE.gt(new.age))),
            _ => transaction.add(Member::key(&new.id).update().increment(Member::AGE, 1_u32)),
        };
        if random.bool() {
            transaction = transaction.add(account.create());
        }
        let again = transaction.clone().send().await;
        let answers = (shown(transaction.send().await), shown(again));
        format!("{new:?} {account:?} {session:?} {answers:?}")
    }

    /// A transaction in the partition of a member.
    async fn in_partition(&self, random: &mut Rng) -> String {
        let one = new_account(random);
        let name = if one.name == "a" { "b" } else { "a" };
        let other = Account { id: one.id.clone(), name: name.to_owned(), ..new_account(random) };
        let (key, other_key) = (one.primary_key(), other.primary_key());
        let loaded = self.account.as_ref().filter(|loaded| loaded.primary_key() == key);
        let mut transaction = self.club.transaction_in(Account::accounts(&one.id).partition());
        transaction = match (random.u8(0..5), loaded) {
            (0, _) => transaction.add(one.create()),
            (1, _) => transaction.add(one.put()),
            (2, _) => transaction.add(key.update().increment(Account::BALANCE, 1)),
            (3, Some(loaded)) => transaction.add(loaded.delete()),
            (_, Some(loaded)) => {
                transaction.add(loaded.update().set(Account::STATE, one.state.clone()))
            }
            _ => transaction.add(key.check()),
        };
        transaction = match random.u8(0..4) {
            0 => transaction.add(other.create()),
            1 => transaction.add(other_key.delete()),
            2 => transaction.add(other_key.check().when(Account::BALANCE.lt(other.balance))),
            _ => transaction.add(other_key.update().set(Account::STATE, other.state.clone())),
        };
        if random.bool() {
            transaction =
                transaction.add(Member::key(&one.id).update().increment(Member::AGE, 1_u32));
        }
        let is_loaded = loaded.is_some();
        format!("{one:?} {other:?} {is_loaded} -> {}", shown(transaction.send().await))
    }
}

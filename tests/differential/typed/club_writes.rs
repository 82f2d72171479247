//! Random writes to the table of the club, for each entity.

use super::club::{Side, new_account, new_member, new_seat, new_session};
use super::tables::{Account, Address, Counter, Member, Seat, Session, counter};
use crate::typed::text::shown;
use fastrand::Rng;
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::Store;

impl<B: Store + CrossPartitionTransactions> Side<B> {
    pub(super) async fn member(&mut self, random: &mut Rng) -> String {
        let club = self.club.clone();
        let new = new_member(random);
        let key = new.primary_key();
        let answer = match random.u8(0..9) {
            0 | 1 => shown(new.create().send(&club).await),
            2 => {
                let found = key.get().send(&club).await;
                if let Ok(Some(found)) = &found {
                    self.member = Some(found.clone());
                }
                shown(found)
            }
            3 | 4 => return self.member_by_key(random, &new).await,
            5 => {
                let Some(loaded) = &self.member else { return "nothing is loaded".to_owned() };
                let update = match random.u8(0..3) {
                    0 => loaded.update().set(Member::EMAIL, new.email.clone()),
                    1 => loaded
                        .update()
                        .set(Member::HANDLE, new.handle.clone())
                        .set(Member::CITY, new.city.clone()),
                    _ => loaded
                        .update()
                        .set(Member::SURNAME, new.surname.clone())
                        .set(Member::AGE, new.age),
                };
                shown(update.send(&club).await)
            }
            6 => {
                let change = key.update_with(|it: &mut Member| {
                    it.email.clone_from(&new.email);
                    it.address.clone_from(&new.address);
                    it.tags.clone_from(&new.tags);
                });
                shown(change.send(&club).await)
            }
            7 => {
                let Some(loaded) = &self.member else { return "nothing is loaded".to_owned() };
                if random.bool() || !self.reach.is_whole() {
                    shown(loaded.delete().send(&club).await)
                } else {
                    let moved =
                        Member { id: new.id.clone(), name: new.name.clone(), ..loaded.clone() };
                    shown(loaded.move_to(&moved).send(&club).await)
                }
            }
            _ => {
                let report = key.partition().delete_all().send(&club).await;
                shown(report.map(|report| (report.deleted, report.more)))
            }
        };
        format!("member {new:?} -> {answer}")
    }

    async fn member_by_key(&self, random: &mut Rng, new: &Member) -> String {
        let update = new.primary_key().update();
        let update = match random.u8(0..8) {
            0 => update.append(Member::VISITS, new.visits.clone()).increment(Member::AGE, 2_u32),
            1 => update.prepend(Member::VISITS, new.visits.clone()).decrement(Member::AGE, 1_u32),
            2 => update.union(Member::TAGS, new.tags.clone()),
            3 => update.difference(Member::TAGS, new.tags.clone()),
            4 => update
                .set(Member::ADDRESS.then(Address::FLOOR), 7)
                .append(Member::ADDRESS.then(Address::LINES), ["ö"]),
            5 => update
                .set(Member::NOTES.entry("k"), "v")
                .remove_element(Member::NOTES.entry("0"))
                .when(Member::ADDRESS.then(Address::ZIP).absent()),
            6 => update
                .set(Member::VISITS.at(1), 5_u32)
                .remove_element(Member::VISITS.at(0))
                .when(Member::TAGS.contains("1") | Member::AGE.between(1_u32, 3_u32)),
            _ => update.set(Member::ADDRESS, new.address.clone()).set(Member::AGE, new.age),
        };
        let answer = shown(update.clone().returning_new().send(&self.club).await);
        format!("{update:?} -> {answer}")
    }

    pub(super) async fn account(&mut self, random: &mut Rng) -> String {
        let club = self.club.clone();
        let new = new_account(random);
        let key = new.primary_key();
        let answer = match random.u8(0..8) {
            0 => shown(new.create().send(&club).await),
            1 => shown(new.put().send(&club).await),
            2 | 3 => {
                let found = key.get().send(&club).await;
                if let Ok(Some(found)) = &found {
                    self.account = Some(found.clone());
                }
                shown(found)
            }
            4 => {
                shown(key.update().increment(Account::BALANCE, 3).returning_new().send(&club).await)
            }
            5 => shown(key.update().set(Account::STATE, new.state.clone()).send(&club).await),
            _ => {
                let Some(mut loaded) = self.account.clone() else {
                    return "none is loaded".to_owned();
                };
                loaded.balance += 1;
                match random.u8(0..4) {
                    0 => shown(loaded.put().send(&club).await),
                    1 => shown(loaded.delete().send(&club).await),
                    _ => shown(
                        loaded.update().set(Account::STATE, new.state.clone()).send(&club).await,
                    ),
                }
            }
        };
        format!("account {new:?} -> {answer}")
    }

    pub(super) async fn session(&mut self, random: &mut Rng) -> String {
        let club = self.club.clone();
        let new = new_session(random);
        let key = new.primary_key();
        let answer = match random.u8(0..8) {
            0 => shown(new.put().send(&club).await),
            1 | 2 => shown(new.create().send(&club).await),
            3 => shown(key.get().send(&club).await),
            4 => shown(key.update().set(Session::ENDS_AT, new.ends_at).send(&club).await),
            5 => shown(key.update().set(Session::DATA, "x").or_create(&new).send(&club).await),
            6 => {
                let first = counter("c", 1);
                let update = Counter::key("c").update().increment(Counter::RATIO, 0.1);
                let update = update.increment(Counter::COUNT, 1_u64).or_create(&first);
                shown(update.returning_new().send(&club).await)
            }
            _ => shown(key.delete().send(&club).await),
        };
        format!("session {new:?} -> {answer}")
    }

    pub(super) async fn seat(&mut self, random: &mut Rng) -> String {
        let club = self.club.clone();
        let new = new_seat(random);
        let key = new.primary_key();
        let answer = match random.u8(0..7) {
            0 | 1 => shown(new.create().send(&club).await),
            2 | 3 => {
                let found = key.get().send(&club).await;
                if let Ok(Some(found)) = &found {
                    self.seat = Some(found.clone());
                }
                shown(found)
            }
            4 => {
                let change = key.update_with(|it: &mut Seat| it.holder.clone_from(&new.holder));
                shown(change.send(&club).await)
            }
            _ => {
                let Some(loaded) = &self.seat else { return "none is loaded".to_owned() };
                match random.u8(0..3) {
                    0 => shown(
                        loaded.update().set(Seat::HOLDER, new.holder.clone()).send(&club).await,
                    ),
                    1 => shown(loaded.update().set(Seat::UNTIL, new.until).send(&club).await),
                    _ => shown(loaded.delete().send(&club).await),
                }
            }
        };
        format!("seat {new:?} -> {answer}")
    }
}

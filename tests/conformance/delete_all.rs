//! `delete_all` of a query: what is deleted, what stays, and what it reports.

use monotable::prelude::*;
use monotable::{CrossPartitionTransactions, Meter};
use monotable_tests::Store;
use monotable_tests::club::{Account, Club, Member, Session, account, member, session};

pub async fn a_query_of_the_primary_key_deletes_in_batches<B: Store>(backend: B) {
    let club = Club::on(backend);
    for at in 0..60 {
        account("ada", &format!("{at:02}")).create().send(&club).await.unwrap();
    }
    member("ada").create().send(&club).await.unwrap();
    account("eve", "main").create().send(&club).await.unwrap();
    let of_ada = || Account::accounts("ada");
    // A range, then in steps, and then the rest.
    let report = of_ada().range("50"..).delete_all().send(&club).await.unwrap();
    assert_eq!((report.deleted, report.passed_over, report.more), (10, 0, false));
    let report = of_ada().limit(30).page_size(7).delete_all().send(&club).await.unwrap();
    assert_eq!((report.deleted, report.more), (30, true));
    assert_eq!(of_ada().count(&club).await.unwrap(), 20);
    let mut pages = Vec::new();
    let delete = of_ada().page_size(8).delete_all();
    let meter = Meter::new();
    let metered = club.metered(&meter);
    let report = delete.send_with(&metered, |report| pages.push(report.deleted)).await.unwrap();
    assert_eq!((report.deleted, report.more), (20, false));
    assert_eq!(pages, [8, 16, 20]);
    assert_eq!(report.cost, meter.cost());
    let report = of_ada().delete_all().send(&club).await.unwrap();
    assert_eq!((report.deleted, report.passed_over, report.more), (0, 0, false));
    // Other entities and partitions stay.
    assert_eq!(Member::get("ada").send(&club).await.unwrap(), Some(member("ada")));
    assert_eq!(Account::accounts("eve").count(&club).await.unwrap(), 1);
}

pub async fn a_filter_is_checked_again<B: Store>(backend: B) {
    let club = Club::on(backend);
    for at in 0..12_i64 {
        let account = Account { balance: at % 3, ..account("ada", &format!("{at:02}")) };
        account.create().send(&club).await.unwrap();
    }
    let poor = Account::accounts("ada").filter(Account::BALANCE.eq(0));
    let report = poor.delete_all().send(&club).await.unwrap();
    assert_eq!((report.deleted, report.passed_over), (4, 0));
    let left = Account::accounts("ada").all(&club).await.unwrap();
    assert!(left.len() == 8 && left.iter().all(|account| account.balance > 0));
}

pub async fn a_query_of_an_index_deletes_items<B: Store>(backend: B) {
    let club = Club::on(backend);
    // An index of keys only.
    for token in ["a", "b", "c"] {
        session(token, 1000).put().send(&club).await.unwrap();
    }
    let other = Session { user: "eve".into(), ..session("d", 1000) };
    other.put().send(&club).await.unwrap();
    let report = Session::by_user("ada").delete_all().send(&club).await.unwrap();
    assert_eq!((report.deleted, report.passed_over, report.more), (3, 0, false));
    assert_eq!(Session::get("b").send(&club).await.unwrap(), None);
    assert_eq!(Session::get("d").send(&club).await.unwrap(), Some(other));
    // An index that has every attribute, with other entities on it.
    let at =
        |name: &str, state: &str| Account { state: Some(state.into()), ..account("ada", name) };
    for (name, state) in [("1", "open"), ("2", "open"), ("3", "shut")] {
        at(name, state).create().send(&club).await.unwrap();
    }
    let report = Account::by_state("open").delete_all().send(&club).await.unwrap();
    assert_eq!(report.deleted, 2);
    let left = Account::accounts("ada").all(&club).await.unwrap();
    assert_eq!(left.iter().map(|account| &*account.name).collect::<Vec<_>>(), ["3"]);
}

pub async fn guards_are_deleted_with_their_items<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    use monotable_tests::club::unique::{Club, Member, member};
    let club = Club::on(backend);
    let in_rome = |id: &str| Member { city: Some("Rome".into()), ..member(id) };
    for id in ["ada", "bob", "eve"] {
        in_rome(id).create().send(&club).await.unwrap();
    }
    let not_bob = Member::by_city("Rome").filter(Member::ID.ne("bob"));
    let report = not_bob.delete_all().send(&club).await.unwrap();
    assert_eq!((report.deleted, report.passed_over), (2, 0));
    assert_eq!(Member::get("bob").send(&club).await.unwrap(), Some(in_rome("bob")));
    // The values are free again.
    in_rome("ada").create().send(&club).await.unwrap();
    let thief = Member { email: "bob@club".into(), ..member("thief") };
    assert!(thief.create().send(&club).await.unwrap_err().is_unique_violation());
}

pub async fn expired_items_are_left_to_the_store_unless_asked_for<B: Store>(backend: B) {
    let club = Club::on(backend);
    session("live", 1000).put().send(&club).await.unwrap();
    session("past", -10).put().send(&club).await.unwrap();
    let report = Session::by_user("ada").delete_all().send(&club).await.unwrap();
    assert_eq!((report.deleted, report.passed_over), (1, 0));
    // The embedded store may remove the item by itself, before it is deleted.
    session("past", -10).put().send(&club).await.unwrap();
    let report = Session::by_user("ada").delete_all().include_expired().send(&club).await.unwrap();
    assert_eq!(report.deleted + report.passed_over, 1);
    let report = Session::by_user("ada").delete_all().include_expired().send(&club).await.unwrap();
    assert_eq!((report.deleted, report.passed_over), (0, 0));
}

pub async fn expired_guards_are_deleted_with_their_items<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    use monotable_tests::club::unique::{Club, Seat, seat};
    let club = Club::on(backend);
    let until = |at| Seat { holder: Some("ada".into()), until: at, ..seat("H", 1) };
    until(Some(1)).create().send(&club).await.unwrap();
    let all = || Seat::in_hall("H").delete_all();
    assert_eq!(all().send(&club).await.unwrap().deleted, 0);
    let report = all().include_expired().send(&club).await.unwrap();
    assert_eq!(report.deleted + report.passed_over, 1);
    let report = all().include_expired().send(&club).await.unwrap();
    assert_eq!((report.deleted, report.passed_over), (0, 0));
    until(None).create().send(&club).await.unwrap();
    assert_eq!(all().send(&club).await.unwrap().deleted, 1);
}

/// An item that another writer takes out of the result while it is read stays.
pub async fn what_no_longer_matches_stays<B: Store>(backend: B) {
    let club = Club::on(backend);
    let open = |at: usize| {
        let name = format!("{at:03}");
        Account { state: Some("open".into()), ..account("ada", &name) }
    };
    for at in 0..100 {
        open(at).create().send(&club).await.unwrap();
    }
    let shut = tokio::spawn({
        let club = club.clone();
        async move {
            let mut shut = Vec::new();
            for at in (0..100).rev() {
                let key = Account::key("ada", open(at).name);
                match key.update().set(Account::STATE, "shut").send(&club).await {
                    Ok(()) => shut.push(open(at).name),
                    Err(error) => assert!(error.is_not_found(), "{error:?}"),
                }
            }
            shut
        }
    });
    let delete = Account::by_state("open").page_size(10).delete_all();
    let report = delete.send(&club).await.unwrap();
    let mut shut = shut.await.unwrap();
    shut.reverse();
    let left = Account::accounts("ada").all(&club).await.unwrap();
    assert!(left.iter().all(|account| account.state.as_deref() == Some("shut")), "{left:?}");
    assert_eq!(left.into_iter().map(|account| account.name).collect::<Vec<_>>(), shut);
    assert_eq!(report.deleted + shut.len(), 100);
}

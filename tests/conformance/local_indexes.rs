//! Local indexes: other sort keys for the partitions of the table, with consistent reads.

use monotable::backend::Readable as _;
use monotable::prelude::*;
use monotable::{CrossPartitionTransactions, Cursor};
use monotable_tests::Store;
use serde::{Deserialize, Serialize};

#[derive(Debug, Index)]
#[index(name = "lsi1", local)]
pub struct ByTotal;

#[derive(Debug, Index)]
#[index(name = "lsi2", local, sk = "due", projection = keys_only)]
pub struct ByDay;

#[derive(Debug, Index)]
#[index(name = "lsi3", local, projection = include(total))]
pub struct ByNote;

#[derive(Debug, Index)]
pub struct ByOwner;

#[derive(Debug, PartialEq, Table)]
#[table(indexes(ByTotal, ByDay, ByNote, ByOwner))]
pub enum Ledger {
    Account(Account),
    Bill(Bill),
    Refund(Refund),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Ledger, pk = "ACCOUNT#{id}", sk = "ACCOUNT")]
#[key(index = ByTotal, sk = "ACCOUNT")]
#[access(of_owner, index = ByOwner, pk = "OWNER#{owner}", sk = "{id}")]
pub struct Account {
    id: String,
    owner: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Ledger, pk = "ACCOUNT#{account}", sk = "BILL#{id}")]
#[access(bills)]
#[access(by_total, index = ByTotal, sk = "TOTAL#{total}")]
#[access(unpaid, index = ByDay, sk = "OPEN#{day}#{total:desc}", when(paid = false))]
#[access(settled, index = ByDay, sk = "PAID#{total}", when(paid = true))]
#[access(by_note, index = ByNote, sk = "NOTE#{note}")]
pub struct Bill {
    account: String,
    id: u8,
    total: u32,
    day: u8,
    paid: bool,
    note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Ledger, pk = "ACCOUNT#{account}", sk = "REFUND#{id}")]
#[access(refunds_by_total, index = ByTotal, sk = "REFUND#{total}")]
pub struct Refund {
    account: String,
    id: u8,
    total: u32,
}

#[derive(Debug, PartialEq, Collection)]
#[collection(index = ByTotal)]
struct Statement {
    account: Account,
    bills: Vec<Bill>,
    refunds: Vec<Refund>,
}

fn account(id: &str) -> Account {
    Account { id: id.into(), owner: "ann".into() }
}

fn bill(account: &str, id: u8, total: u32) -> Bill {
    Bill { account: account.into(), id, total, day: id % 3, paid: id.is_multiple_of(2), note: None }
}

fn refund(account: &str, id: u8, total: u32) -> Refund {
    Refund { account: account.into(), id, total }
}

/// Stores two accounts with four bills and two refunds each.
async fn filled<B: Store>(backend: B) -> Table<Ledger, B> {
    let ledger = Ledger::on(backend);
    for name in ["a", "a#b"] {
        account(name).create().send(&ledger).await.unwrap();
        for (id, total) in [(1, 50), (2, 7), (3, 60), (4, 900)] {
            bill(name, id, total).create().send(&ledger).await.unwrap();
        }
        for (id, total) in [(1, 3), (2, 1)] {
            refund(name, id, total).create().send(&ledger).await.unwrap();
        }
    }
    ledger
}

fn ids(bills: &[Bill]) -> Vec<u8> {
    assert!(bills.iter().all(|bill| bill.account == "a"), "{bills:?}");
    bills.iter().map(|bill| bill.id).collect()
}

pub async fn another_order_of_a_partition<B: Store>(backend: B) {
    let ledger = filled(backend.clone()).await;
    let by_total = || Bill::by_total("a");
    assert_eq!(ids(&Bill::bills("a").all(&ledger).await.unwrap()), [1, 2, 3, 4]);
    assert_eq!(ids(&by_total().all(&ledger).await.unwrap()), [2, 1, 3, 4]);
    assert_eq!(by_total().descending().first(&ledger).await.unwrap(), Some(bill("a", 4, 900)));
    assert_eq!(ids(&by_total().range(8..900).all(&ledger).await.unwrap()), [1, 3]);
    assert_eq!(by_total().eq(50_u32).count(&ledger).await.unwrap(), 1);
    let refunds = Refund::refunds_by_total("a").all(&ledger).await.unwrap();
    assert_eq!(refunds, [refund("a", 2, 1), refund("a", 1, 3)]);
    // Items have the sort key of the index only.
    let item = &backend.query(by_total().request().unwrap().unwrap()).await.unwrap().items[0];
    assert_eq!(item.text("lsi1sk"), Some("TOTAL#0000000007"));
    assert_eq!(item.text("lsi1pk"), None);
}

pub async fn consistent_reads_of_a_local_index<B: Store>(backend: B) {
    let ledger = filled(backend).await;
    bill("a", 5, 8).create().send(&ledger).await.unwrap();
    let query = || Bill::by_total("a");
    let (eventual, once) = query().page(&ledger).await.map(|page| (page.items, page.cost)).unwrap();
    let page = query().consistent().page(&ledger).await.unwrap();
    assert_eq!(ids(&page.items), [2, 5, 1, 3, 4]);
    assert_eq!(page.items, eventual);
    B::TRAITS.check_reads(page.cost, 2.0 * once.read_units.get());
    let statement = Statement::of(query().partition()).consistent();
    assert_eq!(statement.send(&ledger).await.unwrap().bills, page.items);
    let mixed = query().partition().query().consistent().all(&ledger).await.unwrap();
    assert_eq!(mixed.len(), 8);
}

pub async fn sparse_local_indexes<B: Store>(backend: B) {
    let ledger = filled(backend.clone()).await;
    let unpaid = || Bill::unpaid("a");
    let keys = |ids: &[u8]| ids.iter().map(|id| Bill::key("a", *id)).collect::<Vec<_>>();
    // Bill 3 is of day 0, and bill 1 of day 1. An entry has only keys.
    assert_eq!(unpaid().all(&ledger).await.unwrap(), keys(&[3, 1]));
    assert_eq!(Bill::settled("a").consistent().all(&ledger).await.unwrap(), keys(&[2, 4]));
    assert_eq!(unpaid().eq(1_u8).consistent().all(&ledger).await.unwrap(), keys(&[1]));
    let page = backend.query(unpaid().request().unwrap().unwrap()).await.unwrap();
    for (name, is_there) in [("pk", true), ("sk", true), ("due", true), ("total", false)] {
        assert_eq!(page.items[0].text(name).is_some(), is_there, "{name}");
    }
    assert_eq!(Bill::by_note("a").count(&ledger).await.unwrap(), 0);
    let noted = Bill { note: Some("late".into()), ..bill("a", 3, 60) };
    noted.put().send(&ledger).await.unwrap();
    assert_eq!(Bill::by_note("a").eq("late").all(&ledger).await.unwrap(), keys(&[3]));
    let filtered = Bill::by_note("a").filter(Bill::TOTAL.eq(60_u32)).count(&ledger).await.unwrap();
    assert_eq!(filtered, 1);
    Bill { paid: true, ..noted }.put().send(&ledger).await.unwrap();
    assert_eq!(unpaid().all(&ledger).await.unwrap(), keys(&[1]));
    assert_eq!(Bill::settled("a").all(&ledger).await.unwrap(), keys(&[2, 3, 4]));
}

pub async fn a_move_takes_the_entries_along<B: Store + CrossPartitionTransactions>(backend: B) {
    let ledger = filled(backend).await;
    bill("a#b", 1, 50).move_to(&bill("a", 9, 1)).send(&ledger).await.unwrap();
    assert_eq!(ids(&Bill::by_total("a").all(&ledger).await.unwrap()), [9, 2, 1, 3, 4]);
    assert_eq!(Bill::by_total("a#b").count(&ledger).await.unwrap(), 3);
}

/// The primary key has the partition key, so only the parts of the sort key have to be known.
pub async fn updates_of_local_index_keys<B: Store>(backend: B) {
    let ledger = filled(backend).await;
    let key = || Bill::key("a", 4);
    key().update().set(Bill::NOTE, Some("n".to_owned())).send(&ledger).await.unwrap();
    assert_eq!(Bill::by_note("a").count(&ledger).await.unwrap(), 1);
    key().update().remove(Bill::NOTE).send(&ledger).await.unwrap();
    assert_eq!(Bill::by_note("a").count(&ledger).await.unwrap(), 0);
    // These three decide on one sort key.
    let fields = (2, 10, false);
    key().update().set_index_key(Bill::BY_DAY_KEY, fields).send(&ledger).await.unwrap();
    assert_eq!(ids(&Bill::by_total("a").all(&ledger).await.unwrap()), [2, 4, 1, 3]);
    let late = Bill::unpaid("a").eq(2_u8).all(&ledger).await.unwrap();
    assert_eq!(late, [key()]);
    let stored = key().get().send(&ledger).await.unwrap().unwrap();
    stored.update().set(Bill::TOTAL, 70_u32).send(&ledger).await.unwrap();
    assert_eq!(Bill::by_total("a").eq(70_u32).count(&ledger).await.unwrap(), 1);
    key().update_with(|bill| bill.total = 1).send(&ledger).await.unwrap();
    assert_eq!(Bill::by_total("a").first(&ledger).await.unwrap().map(|bill| bill.id), Some(4));
}

pub async fn pages_of_a_local_index<B: Store>(backend: B) {
    let ledger = filled(backend).await;
    // Another one with the same total: stores do not promise an order of these two.
    bill("a", 5, 50).create().send(&ledger).await.unwrap();
    for is_descending in [false, true] {
        let query = || {
            let query = Bill::by_total("a").page_size(1);
            if is_descending { query.descending() } else { query }
        };
        let wanted = query().page_size(10).all(&ledger).await.unwrap();
        let (mut found, mut cursor) = (Vec::new(), None::<Cursor>);
        loop {
            let page = match cursor {
                Some(cursor) => query().after(&cursor).page(&ledger).await.unwrap(),
                None => query().page(&ledger).await.unwrap(),
            };
            found.extend(page.items);
            let Some(next) = page.cursor else { break };
            cursor = Some(next.to_string().parse().unwrap());
        }
        assert_eq!(found, wanted);
        assert_eq!(query().count(&ledger).await.unwrap(), wanted.len());
    }
    // A cursor stays valid when its item is deleted, and belongs to one partition.
    let cursor = Bill::by_total("a").page_size(2).page(&ledger).await.unwrap().cursor.unwrap();
    for id in [1, 5] {
        Bill::key("a", id).delete().send(&ledger).await.unwrap();
    }
    let rest = Bill::by_total("a").after(&cursor).all(&ledger).await.unwrap();
    assert_eq!(ids(&rest), [3, 4]);
    let error = Bill::by_total("a#b").after(&cursor).all(&ledger).await.unwrap_err();
    assert!(error.is_invalid_cursor(), "{error}");
}

pub async fn partitions_and_collections_of_a_local_index<B: Store>(backend: B) {
    let ledger = filled(backend).await;
    let partition = || Bill::by_total("a").partition();
    let statement = Statement::of(partition()).send(&ledger).await.unwrap();
    assert_eq!(statement.account, account("a"));
    assert_eq!(ids(&statement.bills), [2, 1, 3, 4]);
    assert_eq!(statement.refunds, [refund("a", 2, 1), refund("a", 1, 3)]);
    // `ACCOUNT` < `REFUND#` < `TOTAL#`.
    let mixed = partition().query().all(&ledger).await.unwrap();
    let refunds = statement.refunds.into_iter().map(Ledger::from);
    let bills = statement.bills.into_iter().map(Ledger::from);
    let wanted: Vec<_> =
        [Ledger::from(statement.account)].into_iter().chain(refunds).chain(bills).collect();
    assert_eq!(mixed, wanted);
    let report = Bill::by_total("a").range(..=60).delete_all().send(&ledger).await.unwrap();
    assert_eq!(report.deleted, 3);
    assert_eq!(ids(&Bill::bills("a").all(&ledger).await.unwrap()), [4]);
    assert_eq!(partition().count(&ledger).await.unwrap(), 4);
    assert_eq!(Bill::bills("a#b").count(&ledger).await.unwrap(), 4);
    // A global index of the same table.
    assert_eq!(Account::of_owner("ann").count(&ledger).await.unwrap(), 2);
}

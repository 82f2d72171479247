//! Conditions of writes and filters of queries have the same meaning on every backend.

use futures_util::TryStreamExt as _;
use monotable::Condition;
use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::club::{Address, Club, Member, member};
use monotable_tests::{Order, Shop, Status, keys, order};

/// Returns whether a condition holds for the stored member. The condition of an update and the
/// filter of a query must agree.
async fn holds<B: Store>(club: &Table<Club, B>, condition: Condition<Member>) -> bool {
    let update = Member::key("ada").update().increment(Member::AGE, 0_u32).when(condition.clone());
    let updated = match update.send(club).await {
        Ok(()) => true,
        Err(error) if error.is_condition_failed() => {
            assert_eq!(error.current::<Member>().unwrap().id, "ada");
            false
        }
        Err(error) => panic!("{error:?}"),
    };
    let filtered = Member::by_city("Rome").filter(condition).count(club).await.unwrap() == 1;
    assert_eq!(updated, filtered, "a condition and a filter differ");
    updated
}

pub async fn every_operator<B: Store>(backend: B) {
    let club = Club::on(backend);
    let mut ada = member("ada");
    ada.city = Some("Rome".into());
    ada.age = 36;
    ada.tags = ["red".to_owned(), "blue".to_owned()].into();
    ada.visits = vec![1, 2, 3];
    ada.notes = [("k".to_owned(), "v".to_owned())].into();
    let lines = vec!["a".to_owned()];
    ada.address = Some(Address { street: "Main".into(), zip: None, floor: -2, lines });
    ada.create().send(&club).await.unwrap();
    let floor = || Member::ADDRESS.then(Address::FLOOR);
    let zip = || Member::ADDRESS.then(Address::ZIP);
    let cases: Vec<(&str, Condition<Member>, bool)> = vec![
        ("eq", Member::AGE.eq(36_u32), true),
        ("eq other", Member::AGE.eq(37_u32), false),
        ("ne", Member::AGE.ne(37_u32), true),
        ("ne same", Member::AGE.ne(36_u32), false),
        ("ne absent", Member::HANDLE.ne("x"), true),
        ("eq none", Member::HANDLE.eq(None::<String>), true),
        ("ne none", Member::HANDLE.ne(None::<String>), false),
        ("ne none of some", Member::CITY.ne(None::<String>), true),
        ("lt", Member::AGE.lt(37_u32), true),
        ("lt same", Member::AGE.lt(36_u32), false),
        ("le", Member::AGE.le(36_u32), true),
        ("gt", Member::AGE.gt(35_u32), true),
        ("gt same", Member::AGE.gt(36_u32), false),
        ("ge", Member::AGE.ge(36_u32), true),
        ("lt absent", Member::HANDLE.lt("zzz"), false),
        ("gt absent", Member::HANDLE.gt(""), false),
        ("between", Member::AGE.between(36_u32, 36_u32), true),
        ("between not", Member::AGE.between(37_u32, 99_u32), false),
        ("between text", Member::NAME.between("a", "b"), true),
        ("is_in", Member::AGE.is_in([1_u32, 36]), true),
        ("is_in not", Member::AGE.is_in([1_u32, 2]), false),
        ("is_in nothing", Member::AGE.is_in(Vec::<u32>::new()), false),
        ("is_in none", Member::HANDLE.is_in([Some("x".to_owned()), None]), true),
        ("is_in many", Member::AGE.is_in(0_u32..250), true),
        ("begins_with", Member::NAME.begins_with("ad"), true),
        ("begins_with not", Member::NAME.begins_with("da"), false),
        ("begins_with absent", Member::HANDLE.begins_with("a"), false),
        ("contains text", Member::NAME.contains("d"), true),
        ("contains text not", Member::NAME.contains("x"), false),
        ("contains in list", Member::VISITS.contains(2_u32), true),
        ("contains in list not", Member::VISITS.contains(9_u32), false),
        ("contains in set", Member::TAGS.contains("red"), true),
        ("contains in set not", Member::TAGS.contains("green"), false),
        ("size text", Member::NAME.size().eq(3), true),
        ("size list", Member::VISITS.size().ge(3), true),
        ("size set", Member::TAGS.size().lt(2), false),
        ("size map", Member::NOTES.size().ne(0), true),
        ("size absent", Member::HANDLE.size().ge(0), false),
        ("exists", Member::CITY.exists(), true),
        ("exists not", Member::HANDLE.exists(), false),
        ("absent", Member::HANDLE.absent(), true),
        ("absent not", Member::CITY.absent(), false),
        ("inside", floor().eq(-2), true),
        ("inside lt", floor().lt(-1), true),
        ("inside null", zip().absent(), true),
        ("inside null exists", zip().exists(), false),
        ("inside null eq", zip().eq(None::<String>), true),
        ("inside null ne", zip().ne("x"), true),
        ("element", Member::VISITS.at(2).eq(3_u32), true),
        ("element beyond", Member::VISITS.at(3).exists(), false),
        ("entry", Member::NOTES.entry("k").eq("v"), true),
        ("entry missing", Member::NOTES.entry("z").absent(), true),
        ("and", Member::AGE.eq(36_u32) & Member::NAME.eq("ada"), true),
        ("and not", Member::AGE.eq(36_u32).and(Member::NAME.eq("eve")), false),
        ("or", Member::AGE.eq(1_u32) | Member::NAME.eq("ada"), true),
        ("or not", Member::AGE.eq(1_u32).or(Member::NAME.eq("eve")), false),
        ("not", !Member::AGE.eq(1_u32), true),
        ("not not", !!Member::AGE.eq(1_u32), false),
        ("not absent", !Member::HANDLE.lt("x"), true),
        (
            "grouping",
            (Member::AGE.eq(1_u32) | Member::AGE.eq(36_u32))
                & (Member::NAME.eq("eve") | !Member::NAME.eq("bob")),
            true,
        ),
        (
            "grouping not",
            !(Member::AGE.eq(36_u32) & Member::NAME.eq("ada")) | Member::CITY.eq("Oslo"),
            false,
        ),
    ];
    for (name, condition, wanted) in cases {
        assert_eq!(holds(&club, condition).await, wanted, "{name}");
    }
}

pub async fn conditions_on_put_create_and_delete<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let paid = Order { status: Status::Paid, ..order("C001", "1") };
    let placed = || Order::STATUS.eq(Status::Placed);
    let error = paid.put().when(placed()).send(&shop).await.unwrap_err();
    assert!(error.is_condition_failed() && error.current::<Order>().is_none(), "{error:?}");
    paid.put().when(Order::STATUS.absent()).send(&shop).await.unwrap();
    let error = paid.put().when(placed()).send(&shop).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(error.current::<Order>(), Some(&paid));
    let error = paid.delete().when(placed()).send(&shop).await.unwrap_err();
    assert_eq!(error.current::<Order>(), Some(&paid));
    assert!(error.to_string().contains("Order::delete"), "{error}");
    let two = paid.delete().when(!placed()).when(Order::TOTAL.eq(100_u32));
    two.send(&shop).await.unwrap();
    assert_eq!(Order::get("C001", "1").send(&shop).await.unwrap(), None);
}

pub async fn filters_and_pages<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    for id in 0..40 {
        let total = if id % 10 == 9 { 1 } else { 100 };
        Order { total, ..order("C001", &format!("{id:02}")) }.put().send(&shop).await.unwrap();
    }
    let cheap = Order::by_customer("C001").filter(Order::TOTAL.lt(50_u32));
    let ids = |orders: &[Order]| orders.iter().map(|it| it.order_id.clone()).collect::<Vec<_>>();
    let all = ["09", "19", "29", "39"].map(str::to_owned);
    assert_eq!(ids(&cheap.clone().all(&shop).await.unwrap()), all);
    assert_eq!(cheap.clone().count(&shop).await.unwrap(), 4);
    let first = cheap.clone().descending().first(&shop).await.unwrap().unwrap();
    assert_eq!(first.order_id, "39");

    // `page_size` counts the items that are read, or those that match if the store counts these. In the first case, a
    // page can be empty and still have a cursor.
    let mut query = cheap.clone().page_size(5);
    let (mut pages, mut empty, mut found) = (0, 0, Vec::new());
    loop {
        let page = query.clone().page(&shop).await.unwrap();
        assert!(page.items.len() <= 5 && page.read <= 5);
        pages += 1;
        empty += usize::from(page.items.is_empty() && page.cursor.is_some());
        found.extend(ids(&page.items));
        let Some(cursor) = page.cursor else { break };
        query = query.after(cursor);
    }
    assert_eq!(found, all);
    match B::TRAITS.counts_what_it_reads {
        true => assert!(pages >= 8 && empty >= 4, "{pages} pages, {empty} of them empty"),
        false => assert_eq!((pages, empty), (1, 0)),
    }

    // `limit` counts matching items, on as many pages as necessary.
    for page_size in [1, 3, 100] {
        let some = cheap.clone().limit(3).page_size(page_size);
        assert_eq!(ids(&some.clone().all(&shop).await.unwrap()), all[..3]);
        assert_eq!(some.clone().count(&shop).await.unwrap(), 3);
        let streamed: Vec<_> = some.stream(&shop).try_collect().await.unwrap();
        assert_eq!(ids(&streamed), all[..3]);
    }

    // If a limit ended a page, the cursor continues after the last item of that page.
    let page = cheap.clone().limit(2).page(&shop).await.unwrap();
    assert_eq!(ids(&page.items), all[..2]);
    let next = cheap.clone().limit(1).after(page.cursor).page(&shop).await.unwrap();
    assert_eq!(ids(&next.items), all[2..3]);
    let last = cheap.after(next.cursor).all(&shop).await.unwrap();
    assert_eq!(ids(&last), all[3..]);

    let placed = Order::by_status(Status::Placed).filter(Order::TOTAL.lt(50_u32));
    let page = placed.clone().limit(2).page(&shop).await.unwrap();
    assert_eq!(ids(&page.items), all[..2]);
    assert_eq!(ids(&placed.after(page.cursor).all(&shop).await.unwrap()), all[2..]);
}

pub async fn filters_see_what_an_index_projects<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    for total in [1_u32, 100] {
        Order { total, ..order("C001", &total.to_string()) }.put().send(&shop).await.unwrap();
    }
    let day = jiff::civil::date(1970, 1, 1);
    let found = Order::open_on(day).filter(Order::TOTAL.lt(50_u32)).all(&shop).await.unwrap();
    assert_eq!(keys(found), [Order::key("C001", "1")]);
}

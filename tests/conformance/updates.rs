//! Updates by key and of loaded entities.

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::club::{Address, Club, Counter, Member, counter, member};
use monotable_tests::{Order, Shop, Status, order};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};

fn address() -> Address {
    Address { street: "Main".into(), zip: None, floor: 2, lines: vec!["a".into(), "b".into()] }
}

async fn stored<B: Store>(club: &Table<Club, B>, id: &str) -> Member {
    Member::get(id).consistent().send(club).await.unwrap().unwrap()
}

pub async fn set_changes_one_field<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let mut wanted = order("C001", "1");
    wanted.create().send(&shop).await.unwrap();
    let key = Order::key("C001", "1");
    key.clone().update().set(Order::NOTE, "gift").send(&shop).await.unwrap();
    wanted.note = Some("gift".into());
    assert_eq!(Order::get("C001", "1").send(&shop).await.unwrap(), Some(wanted.clone()));
    // `None` is not stored.
    key.clone().update().set(Order::NOTE, None::<String>).send(&shop).await.unwrap();
    wanted.note = None;
    assert_eq!(Order::get("C001", "1").send(&shop).await.unwrap(), Some(wanted.clone()));
    key.update().set(Order::NOTE, "x").remove(Order::REGION).send(&shop).await.unwrap();
    wanted.note = Some("x".into());
    assert_eq!(Order::get("C001", "1").send(&shop).await.unwrap(), Some(wanted));
}

pub async fn an_update_needs_an_item<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let missing = Order::key("C001", "1").update().set(Order::NOTE, "x");
    let error = missing.clone().send(&shop).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("Order::update") && text.contains("ORDER#1"), "{text}");
    assert_eq!(Order::get("C001", "1").send(&shop).await.unwrap(), None);
    let loaded = order("C001", "1").update().set(Order::NOTE, "x").send(&shop).await.unwrap_err();
    assert!(loaded.is_not_found(), "{loaded:?}");
}

pub async fn an_update_without_changes_checks_the_item<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let nothing = || Order::key("C001", "1").update();
    assert!(nothing().send(&shop).await.unwrap_err().is_not_found());
    let order = order("C001", "1");
    order.create().send(&shop).await.unwrap();
    nothing().send(&shop).await.unwrap();
    let error = nothing().when(Order::NOTE.eq("x")).send(&shop).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    // Somebody changed the fields of the loaded entity, which an update does not write.
    let error = order.update().send(&shop).await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("`put`"), "{error:?}");
    order.update().when(Order::NOTE.absent()).send(&shop).await.unwrap();
    assert_eq!(Order::get("C001", "1").consistent().send(&shop).await.unwrap(), Some(order));
}

pub async fn updates_without_changes_in_transactions<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let shop = Shop::on(backend);
    let nothing = || Order::key("C001", "1").update();
    let error = shop.transaction().add(nothing()).send().await.unwrap_err();
    assert!(error.to_string().contains("there is no item"), "{error:?}");
    let order = order("C001", "1");
    order.create().send(&shop).await.unwrap();
    shop.transaction().add(nothing()).send().await.unwrap();
    let error = shop.transaction().add(order.update()).send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
}

pub async fn or_create_creates_what_is_missing<B: Store>(backend: B) {
    let club = Club::on(backend);
    let first = counter("c", 1);
    let visit = Counter::key("c").update().increment(Counter::COUNT, 1_u64);
    visit.clone().or_create(&first).send(&club).await.unwrap();
    assert_eq!(Counter::get("c").send(&club).await.unwrap(), Some(first.clone()));
    let now = visit.clone().or_create(&first).returning_new().send(&club).await.unwrap();
    assert_eq!(now.count, 2);
    let other = counter("d", 1);
    let error = visit.or_create(&other).send(&club).await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
}

pub async fn updates_return_the_requested_item<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let first = order("C001", "1");
    first.create().send(&shop).await.unwrap();
    let update = first.update().set(Order::TOTAL, 7_u32);
    let old = update.clone().set(Order::NOTE, "n").when(Order::TOTAL.gt(99_u32));
    let old = old.returning_old();
    // The update needs the loaded entity, because the total is part of an index key that needs
    // other fields, too.
    assert_eq!(old.send(&shop).await.unwrap(), first);
    let second = update.returning_new().send(&shop).await.unwrap();
    assert_eq!(second, Order { total: 7, note: Some("n".into()), ..first.clone() });
    assert_eq!(first.put().returning_old().send(&shop).await.unwrap(), Some(second));
    assert_eq!(first.put().returning_new().send(&shop).await.unwrap(), first);
    assert_eq!(first.delete().returning_old().send(&shop).await.unwrap(), Some(first.clone()));
    assert_eq!(first.delete().returning_old().send(&shop).await.unwrap(), None);
    assert_eq!(first.put().returning_old().send(&shop).await.unwrap(), None);
}

pub async fn counters_count<B: Store>(backend: B) {
    let club = Club::on(backend);
    counter("c", 5).create().send(&club).await.unwrap();
    let key = Counter::key("c");
    key.clone().update().increment(Counter::COUNT, 3_u64).send(&club).await.unwrap();
    key.clone().update().decrement(Counter::COUNT, 1_u64).send(&club).await.unwrap();
    key.clone().update().increment(Counter::RATIO, 0.1).send(&club).await.unwrap();
    let new = key.update().increment(Counter::RATIO, 0.2).returning_new();
    let new = new.send(&club).await.unwrap();
    assert_eq!((new.count, new.ratio), (7, 0.3));
}

pub async fn lists_grow_at_both_ends<B: Store>(backend: B) {
    let club = Club::on(backend);
    member("ada").create().send(&club).await.unwrap();
    let update = Member::key("ada").update();
    update.append(Member::VISITS, [2_u32, 3]).send(&club).await.unwrap();
    let update = Member::key("ada").update();
    update.prepend(Member::VISITS, [1_u32]).send(&club).await.unwrap();
    assert_eq!(stored(&club, "ada").await.visits, [1, 2, 3]);
    let update = Member::key("ada").update().set(Member::VISITS.at(1), 9_u32);
    update.send(&club).await.unwrap();
    assert_eq!(stored(&club, "ada").await.visits, [1, 9, 3]);
    let update = Member::key("ada").update().remove_element(Member::VISITS.at(0));
    update.send(&club).await.unwrap();
    assert_eq!(stored(&club, "ada").await.visits, [9, 3]);
}

pub async fn sets_have_no_repetitions<B: Store>(backend: B) {
    let club = Club::on(backend);
    let mut ada = member("ada");
    ada.tags = ["a".to_owned()].into();
    ada.create().send(&club).await.unwrap();
    let tags = |member: &Member| member.tags.iter().cloned().collect::<Vec<_>>().join(",");
    let key = Member::key("ada");
    let new = key.clone().update().union(Member::TAGS, ["b", "a", "c"]).returning_new();
    assert_eq!(tags(&new.send(&club).await.unwrap()), "a,b,c");
    let new = key.clone().update().difference(Member::TAGS, ["a", "z"]).returning_new();
    assert_eq!(tags(&new.send(&club).await.unwrap()), "b,c");
    // An attribute whose set has no elements left is removed. It is read as an empty set.
    let new = key.clone().update().difference(Member::TAGS, ["b", "c"]).returning_new();
    assert_eq!(tags(&new.send(&club).await.unwrap()), "");
    let new = key.update().union(Member::TAGS, ["x"]).returning_new();
    assert_eq!(tags(&new.send(&club).await.unwrap()), "x");
}

pub async fn documents_and_maps_by_path<B: Store>(backend: B) {
    let club = Club::on(backend);
    let mut ada = member("ada");
    ada.address = Some(address());
    ada.notes = [("k".to_owned(), "v".to_owned())].into();
    ada.create().send(&club).await.unwrap();
    let update = Member::key("ada")
        .update()
        .set(Member::ADDRESS.then(Address::ZIP), "10115")
        .increment(Member::ADDRESS.then(Address::FLOOR), 1)
        .append(Member::ADDRESS.then(Address::LINES), ["c"])
        .set(Member::NOTES.entry("new one"), "1")
        .remove_element(Member::NOTES.entry("k"))
        .when(Member::ADDRESS.then(Address::STREET).begins_with("Ma"))
        .when(Member::ADDRESS.then(Address::ZIP).absent())
        .when(Member::ADDRESS.then(Address::LINES).at(1).eq("b"));
    let new = update.returning_new().send(&club).await.unwrap();
    let lines = ["a", "b", "c"].map(str::to_owned).to_vec();
    let wanted = Address { zip: Some("10115".into()), floor: 3, lines, ..address() };
    assert_eq!(new.address, Some(wanted));
    assert_eq!(new.notes, [("new one".to_owned(), "1".to_owned())].into());
    // Inside a document, `None` is stored as null.
    let update =
        Member::key("ada").update().set(Member::ADDRESS.then(Address::ZIP), None::<String>);
    let new = update.returning_new().send(&club).await.unwrap();
    assert_eq!(new.address.unwrap().zip, None);
    let has_none = Member::ADDRESS.then(Address::ZIP).eq(None::<String>) & Member::ADDRESS.exists();
    let update = Member::key("ada").update().set(Member::ADDRESS, None::<Address>).when(has_none);
    update.send(&club).await.unwrap();
    let error = Member::key("ada").update().set(Member::ADDRESS.then(Address::FLOOR), 1);
    let error = error.send(&club).await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    let said = "`address.floor` cannot be changed, because the item has no document or map at `address`: set \
                the whole `address`, or create it first";
    assert!(error.to_string().contains(said), "{error}");
}

pub async fn set_if_absent_keeps_an_existing_value<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    order("C001", "1").create().send(&shop).await.unwrap();
    for _ in 0..2 {
        let note = format!("first{}", "!".repeat(0));
        let update = Order::key("C001", "1").update().set_if_absent(Order::NOTE, note);
        update.send(&shop).await.unwrap();
    }
    let update = Order::key("C001", "1").update().set_if_absent(Order::NOTE, "second");
    let new = update.returning_new().send(&shop).await.unwrap();
    assert_eq!(new.note.as_deref(), Some("first"));
}

pub async fn overlapping_changes_are_refused<B: Store>(backend: B) {
    let shop = Shop::on(backend.clone());
    order("C001", "1").create().send(&shop).await.unwrap();
    let update = Order::key("C001", "1").update().set(Order::NOTE, "a").set(Order::NOTE, "b");
    let error = update.send(&shop).await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("`note`"), "{error:?}");
    let club = Club::on(backend);
    let update = Member::key("ada").update().set(Member::ADDRESS, None::<Address>);
    let error = update.set(Member::ADDRESS.then(Address::FLOOR), 1).send(&club).await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("`address`") && text.contains("`address.floor`"), "{text}");
}

pub async fn if_unchanged_compares_with_the_loaded_value<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let loaded = order("C001", "1");
    loaded.create().send(&shop).await.unwrap();
    let key = Order::key("C001", "1");
    key.clone().update().set(Order::NOTE, "meanwhile").send(&shop).await.unwrap();
    let stale = loaded.update().set(Order::NOTE, "mine").if_unchanged(Order::NOTE);
    let error = stale.send(&shop).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(error.current::<Order>().unwrap().note.as_deref(), Some("meanwhile"));
    let fresh = error.current::<Order>().unwrap();
    let fresh = fresh.update().set(Order::NOTE, "mine").if_unchanged(Order::NOTE);
    fresh.send(&shop).await.unwrap();
}

pub async fn update_with_reads_changes_and_writes<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let key = Order::key("C001", "1");
    let error = key.clone().update_with(|_| {}).send(&shop).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    order("C001", "1").create().send(&shop).await.unwrap();
    let new = key
        .clone()
        .update_with(|order| {
            order.total *= 2;
            order.status = Status::Paid;
            order.note = Some("n".into());
        })
        .send(&shop)
        .await
        .unwrap();
    assert_eq!((new.total, new.status), (200, Status::Paid));
    let found = Order::by_status(Status::Paid).all(&shop).await.unwrap();
    assert_eq!(found, std::slice::from_ref(&new));
    assert!(Order::by_status(Status::Placed).all(&shop).await.unwrap().is_empty());
    let refused = key
        .clone()
        .update_with(|order| if order.total > 100 { Err("too much") } else { Ok(()) })
        .try_send(&shop)
        .await;
    assert!(matches!(refused, Err(monotable::UpdateWithError::Refused("too much"))));
    let moved = key.update_with(|order| order.order_id = "2".into());
    assert!(moved.send(&shop).await.unwrap_err().is_invalid_request());
}

/// A post whose stored form can differ from the form in which a put would store it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Blog, pk = "POST#{id}", sk = "POST")]
struct Post {
    id: String,
    #[serde(default, alias = "remark")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    labels: Vec<String>,
    words: HashSet<String>,
    #[serde(default, alias = "hits")]
    count: u32,
    #[serde(default, with = "monotable::set", skip_serializing_if = "BTreeSet::is_empty")]
    tags: BTreeSet<String>,
}

#[derive(Debug, Table)]
enum Blog {
    #[allow(dead_code)]
    Post(Post),
}

fn post() -> Post {
    let words = ["a", "b", "c", "d", "e", "f"].map(str::to_owned).into();
    let tags = ["t".to_owned()].into();
    Post { id: "1".into(), note: None, labels: Vec::new(), words, count: 0, tags }
}

pub async fn update_with_accepts_other_stored_forms<B: Store>(backend: B) {
    let blog = Blog::on(backend);
    post().create().send(&blog).await.unwrap();
    let key = Post::key("1");
    // The update stores an empty list, which a put would leave out. The words have no fixed order.
    key.clone().update().set(Post::LABELS, Vec::new()).send(&blog).await.unwrap();
    let changed = key.clone().update_with(|post| post.note = Some("n".into()));
    let changed = changed.attempts(1).send(&blog).await.unwrap();
    assert_eq!(changed.note.as_deref(), Some("n"));
    // Setting an empty set removes the attribute, so that it is not equal to any value.
    let empty = Post::TAGS.eq(BTreeSet::new());
    let update = key.clone().update().set(Post::TAGS, BTreeSet::new()).when(!empty.clone());
    update.send(&blog).await.unwrap();
    let update = key.clone().update().set(Post::COUNT, 1_u32).when(empty);
    update.send(&blog).await.unwrap();
    let with_tag = key.update_with(|post| {
        post.tags.insert("x".into());
    });
    assert_eq!(with_tag.attempts(1).send(&blog).await.unwrap().tags, ["x".to_owned()].into());
}

pub async fn former_names_are_replaced<B: Store>(backend: B) {
    let blog = Blog::on(backend.clone());
    blog.create_if_missing().await.unwrap();
    let store = async || {
        #[derive(Serialize)]
        struct Old {
            id: &'static str,
            remark: &'static str,
            hits: u32,
            words: Vec<String>,
        }
        let old = Old { id: "1", remark: "old", hits: 5, words: Vec::new() };
        let attributes = [("pk", "POST#1"), ("sk", "POST"), ("_type", "Post")];
        let item = backend.encode(&monotable::backend::Keyed::new(&attributes, &old)).unwrap();
        let key = Post::key("1").render().unwrap();
        let put = monotable::request::Put::new(Blog::DEF, "Post", key, item);
        backend.put(put).await.unwrap();
    };
    let found = async || Post::get("1").send(&blog).await.unwrap().unwrap();
    store().await;
    assert_eq!((found().await.note.as_deref(), found().await.count), (Some("old"), 5));
    // An update that sets a field removes the attribute with its former name.
    Post::key("1").update().set(Post::NOTE, "new").send(&blog).await.unwrap();
    assert_eq!(found().await.note.as_deref(), Some("new"));
    let loaded = found().await;
    let update = loaded.update().remove(Post::NOTE).if_unchanged(Post::COUNT);
    update.send(&blog).await.unwrap();
    assert_eq!((found().await.note, found().await.count), (None, 5));
    // An update that needs the old value is refused while that is stored under the former name.
    let error = Post::key("1").update().increment(Post::COUNT, 1_u32).send(&blog).await;
    assert!(error.unwrap_err().is_condition_failed());
    store().await;
    let change = Post::key("1").update_with(|post| {
        post.count += 1;
        post.note = Some("changed".into());
    });
    change.attempts(1).send(&blog).await.unwrap();
    assert_eq!((found().await.note.as_deref(), found().await.count), (Some("changed"), 6));
    Post::key("1").update().increment(Post::COUNT, 1_u32).send(&blog).await.unwrap();
    assert_eq!(found().await.count, 7);
}

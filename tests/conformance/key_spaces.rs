//! Entities that share their keys: each key is that of one item, and a write of one entity never touches an item
//! of another one.

use monotable::Backend as _;
use monotable::backend::Keyed;
use monotable::prelude::*;
use monotable::request::Put;
use monotable::{CrossPartitionTransactions, Error, Transactions};
use monotable_tests::Store;
use monotable_tests::layer::Whole;
use monotable_tests::{scaled, seed};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Barrier;

#[derive(Debug, Index)]
pub struct ByPlan;

#[derive(Debug, PartialEq, Table)]
#[table(indexes(ByPlan))]
pub enum Hub {
    User(Box<User>),
    Org(Org),
    Bot(Bot),
    Person(Person),
    Group(Group),
    Note(Note),
}

#[derive(Debug, Clone, PartialEq, KeySpace)]
pub enum Account {
    User(Box<User>),
    Org(Org),
    Bot(Bot),
}

/// Without any rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{login}", sk = "ACCOUNT", shares = Account)]
#[access(by_plan, index = ByPlan, pk = "PLAN#{plan}", sk = "USER#{login}")]
pub struct User {
    login: String,
    plan: String,
    age: u32,
}

/// With a version and a unique value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT", shares = Account)]
#[entity(version = version, unique(domain))]
pub struct Org {
    name: String,
    domain: String,
    seats: u32,
    version: u64,
}

/// With an expiry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{id}", sk = "ACCOUNT", shares = Account, ttl = until)]
pub struct Bot {
    id: String,
    until: Option<i64>,
    calls: u32,
}

/// Several in one partition. Another space, whose key has two parts.
#[derive(Debug, Clone, PartialEq, KeySpace)]
pub enum Member {
    Person(Person),
    Group(Group),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "TENANT#{tenant}", sk = "MEMBER#{number}", shares = Member)]
#[access(people, mixed)]
pub struct Person {
    tenant: String,
    number: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "TENANT#{organization}", sk = "MEMBER#{id}", shares = Member)]
#[entity(unique(title))]
#[access(groups, mixed)]
pub struct Group {
    organization: String,
    id: u32,
    title: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "TENANT#{tenant}", sk = "NOTE#{text}")]
#[access(notes)]
pub struct Note {
    tenant: String,
    text: String,
}

#[derive(Debug, PartialEq, Collection)]
struct Tenant {
    people: Vec<Person>,
    groups: Vec<Group>,
    notes: Vec<Note>,
}

fn user(login: &str) -> User {
    User { login: login.into(), plan: "free".into(), age: 30 }
}

fn org(name: &str) -> Org {
    Org { name: name.into(), domain: format!("{name}.example"), seats: 9, version: 0 }
}

fn bot(id: &str, until: Option<i64>) -> Bot {
    Bot { id: id.into(), until, calls: 0 }
}

fn person(number: u32) -> Person {
    Person { tenant: "T".into(), number }
}

fn group(id: u32) -> Group {
    Group { organization: "T".into(), id, title: format!("group {id}") }
}

/// The error of a write of a `User` whose key an `Org` has.
#[track_caller]
fn assert_org_is_there(error: &Error, acme: &Org) {
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(error.current::<Org>(), Some(acme));
    assert_eq!(error.current::<Account>(), Some(&Account::Org(acme.clone())));
    assert_eq!(error.current::<User>(), None);
    let text = error.to_string();
    for part in ["`ACCOUNT#acme / ACCOUNT`", "stored as `Org`, not as `User`"] {
        assert!(text.contains(part), "{text}");
    }
}

pub async fn the_enum_reads_whichever_is_there<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = Hub::on(backend);
    user("ada").create().send(&hub).await.unwrap();
    let acme = org("acme").create().returning_new().send(&hub).await.unwrap();
    bot("old", Some(1)).create().send(&hub).await.unwrap();
    let ada = Account::User(Box::new(user("ada")));
    let get = |name| Account::get(name);
    assert_eq!(get("ada").send(&hub).await.unwrap(), Some(ada.clone()));
    assert_eq!(get("acme").consistent().send(&hub).await.unwrap(), Some(acme.clone().into()));
    assert_eq!(get("old").send(&hub).await.unwrap(), None);
    assert_eq!(get("nobody").send(&hub).await.unwrap(), None);
    // A key can be kept. It is that of each of them.
    let key = Account::key("acme".to_owned());
    assert_eq!(key.render().unwrap(), Org::key("acme").render().unwrap());
    assert_eq!(key.clone().get().send(&hub).await.unwrap(), Some(Account::Org(acme.clone())));
    let error = get("").send(&hub).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().starts_with("Account"), "{error}");
    // In a transaction, with other gets.
    let read = hub.transact_get((get("ada"), Org::get("acme"), get("old"), get("nobody")));
    let found = read.send().await.unwrap();
    assert_eq!(found, (Some(ada), Some(acme), None, None));
    // Several parts are a tuple.
    group(2).create().send(&hub).await.unwrap();
    person(1).create().send(&hub).await.unwrap();
    let found = Member::get(("T", 2)).send(&hub).await.unwrap();
    assert_eq!(found, Some(Member::Group(group(2))));
    let found = hub.transact_get(vec![Member::get(("T", 1)), Member::get(("T", 3))]).send();
    assert_eq!(found.await.unwrap(), [Some(Member::Person(person(1))), None]);
}

pub async fn an_entity_does_not_see_the_others<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = Hub::on(backend);
    user("ada").create().send(&hub).await.unwrap();
    org("acme").create().send(&hub).await.unwrap();
    assert_eq!(User::get("acme").send(&hub).await.unwrap(), None);
    assert_eq!(Bot::get("acme").send(&hub).await.unwrap(), None);
    let many = User::get_many(["acme", "ada", "nobody"].map(User::key)).send(&hub).await.unwrap();
    assert_eq!(many.items, [None, Some(user("ada")), None]);
    assert_eq!(many.missing, ["acme", "nobody"].map(User::key));
    let found = hub.transact_get((User::get("acme"), Org::get("ada"))).send().await.unwrap();
    assert_eq!(found, (None, None));
    for (name, is_user) in [("ada", true), ("acme", false), ("nobody", false)] {
        assert_eq!(User::key(name).exists().send(&hub).await.unwrap(), is_user, "{name}");
    }
    assert!(Org::key("acme").exists().send(&hub).await.unwrap());
    assert!(!Bot::key("acme").exists().send(&hub).await.unwrap());
    assert_eq!(User::by_plan("free").all(&hub).await.unwrap(), [user("ada")]);
}

pub async fn a_create_says_which_entity_is_there<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let hub = Hub::on(backend);
    let acme = org("acme").create().returning_new().send(&hub).await.unwrap();
    assert_org_is_there(&user("acme").create().send(&hub).await.unwrap_err(), &acme);
    let error = user("acme").create().returning_new().send(&hub).await.unwrap_err();
    assert_org_is_there(&error, &acme);
    let refused = hub.transaction().add(user("ada").create()).add(user("acme").create());
    let error = refused.send().await.unwrap_err();
    assert!(error.is_cancelled() && error.reasons()[0].is_none(), "{error:?}");
    assert_org_is_there(error.reasons()[1].as_ref().unwrap(), &acme);
    assert_eq!(Account::get("ada").send(&hub).await.unwrap(), None);
    // The other way round, where the write is a transaction with a guard.
    user("ada").create().send(&hub).await.unwrap();
    let error = org("ada").create().send(&hub).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(error.current::<User>(), Some(&user("ada")));
    assert!(error.to_string().contains("stored as `User`, not as `Org`"), "{error}");
    // The guard was not written.
    let other = Org { domain: "ada.example".into(), ..org("other") };
    other.create().send(&hub).await.unwrap();
    // If the entity itself is there, it is the usual error, whose item can be had as the enum, too.
    let error = user("ada").create().send(&hub).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert!(error.to_string().contains("exists already"), "{error}");
    assert_eq!(error.current::<User>(), Some(&user("ada")));
    assert_eq!(error.current::<Account>(), Some(&Account::User(Box::new(user("ada")))));
}

/// Items that are no `Org`, although their names say so, and items of none of the entities.
pub async fn items_that_cannot_be_read<B: Store + Transactions>(backend: B) {
    #[derive(Serialize)]
    struct Nothing {}
    let backend = Whole(backend);
    let hub = Hub::on(backend.clone());
    hub.create_if_missing().await.unwrap();
    let table = <Hub as Schema>::DEF;
    for (name, tag) in [("bad", "Org"), ("strange", "Planet")] {
        let key = Account::key(name).render().unwrap();
        let attributes = [(table.pk, &*key.pk), (table.sk, &*key.sk), (table.tag, tag)];
        let stored = backend.encode(&Keyed::new(&attributes, &Nothing {})).unwrap();
        backend.put(Put::new(table, "Org", key, stored)).await.unwrap();
    }
    assert_eq!(User::get("bad").send(&hub).await.unwrap(), None);
    let error = Account::get("bad").send(&hub).await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("`name`"), "{error:?}");
    for error in [
        user("bad").put().send(&hub).await.unwrap_err(),
        user("bad").create().send(&hub).await.unwrap_err(),
        User::key("bad").update_with(|_| ()).send(&hub).await.unwrap_err(),
        User::key("bad").delete().send(&hub).await.unwrap_err(),
    ] {
        assert!(error.is_condition_failed() && error.current::<Account>().is_none(), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("stored as `Org`, not as `User`"), "{text}");
        assert!(text.contains("cannot be read"), "{text}");
    }
    // It is not known what this is, so it is neither missing nor written over.
    for error in [
        Account::get("strange").send(&hub).await.unwrap_err(),
        User::get("strange").send(&hub).await.unwrap_err(),
    ] {
        assert!(error.is_decode() && error.to_string().contains("`Planet`"), "{error:?}");
    }
    for error in [
        user("strange").put().send(&hub).await.unwrap_err(),
        User::key("strange").delete().send(&hub).await.unwrap_err(),
    ] {
        assert!(error.is_condition_failed() && error.to_string().contains("`Planet`"), "{error:?}");
    }
}

pub async fn no_write_changes_another_entity<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = Hub::on(backend);
    let acme = org("acme").create().returning_new().send(&hub).await.unwrap();
    let (ghost, key) = (user("acme"), || User::key("acme"));
    let newer = || User::AGE.gt(10);
    let unset = || User::PLAN.absent();
    let mut errors = vec![
        ghost.put().send(&hub).await.unwrap_err(),
        ghost.put().when(newer()).send(&hub).await.unwrap_err(),
        // Conditions that hold for a missing item, and for the stored one.
        ghost.put().when(unset()).send(&hub).await.unwrap_err(),
        ghost.put().when(User::AGE.ne(7)).send(&hub).await.unwrap_err(),
        ghost.put().returning_old().send(&hub).await.unwrap_err(),
        ghost.put().returning_new().send(&hub).await.unwrap_err(),
        ghost.update().set(User::AGE, 1_u32).send(&hub).await.unwrap_err(),
        ghost.update().set(User::PLAN, "pro").returning_new().send(&hub).await.unwrap_err(),
        ghost.update().if_unchanged(User::AGE).send(&hub).await.unwrap_err(),
        key().update().increment(User::AGE, 1).send(&hub).await.unwrap_err(),
        key().update().when(unset()).send(&hub).await.unwrap_err(),
        key().update().increment(User::AGE, 1).returning_old().send(&hub).await.unwrap_err(),
        key().update().set(User::AGE, 1_u32).or_create(&ghost).send(&hub).await.unwrap_err(),
        key().update_with(|user| user.age += 1).send(&hub).await.unwrap_err(),
        ghost.delete().send(&hub).await.unwrap_err(),
        key().delete().send(&hub).await.unwrap_err(),
        key().delete().when(newer()).send(&hub).await.unwrap_err(),
        key().delete().when(unset()).send(&hub).await.unwrap_err(),
        key().delete().returning_old().send(&hub).await.unwrap_err(),
        ghost.move_to(&user("other")).send(&hub).await.unwrap_err(),
    ];
    user("ada").create().send(&hub).await.unwrap();
    errors.push(user("ada").move_to(&ghost).send(&hub).await.unwrap_err());
    for transaction in [
        hub.transaction().add(ghost.put()),
        hub.transaction().add(ghost.put().when(unset())),
        hub.transaction().add(ghost.update().set(User::AGE, 1_u32)),
        hub.transaction().add(ghost.update().when(unset())),
        hub.transaction().add(ghost.delete()),
        hub.transaction().add(key().delete()),
        hub.transaction().add(key().check()),
        hub.transaction().add(key().check().when(unset())),
        hub.transaction().add(user("ada").move_to(&ghost)),
    ] {
        let error = transaction.send().await.unwrap_err();
        assert!(error.is_cancelled(), "{error:?}");
        errors.push(error.reasons()[0].clone().unwrap());
    }
    for error in &errors {
        assert_org_is_there(error, &acme);
    }
    assert_eq!(Org::get("acme").send(&hub).await.unwrap(), Some(acme));
    assert_eq!(User::get("ada").send(&hub).await.unwrap(), Some(user("ada")));
    // An entity with a version and a guard, where a user is.
    let ghost = Org { version: 7, ..org("ada") };
    for error in [
        ghost.update().set(Org::DOMAIN, "new.example").send(&hub).await.unwrap_err(),
        ghost.update().set(Org::SEATS, 1_u32).send(&hub).await.unwrap_err(),
        ghost.delete().send(&hub).await.unwrap_err(),
        Org::key("ada").update_with(|org| org.seats += 1).send(&hub).await.unwrap_err(),
        ghost.move_to(&org("elsewhere")).send(&hub).await.unwrap_err(),
    ] {
        assert!(error.is_condition_failed(), "{error:?}");
        assert_eq!(error.current::<User>(), Some(&user("ada")), "{error}");
    }
    assert_eq!(User::get("ada").send(&hub).await.unwrap(), Some(user("ada")));
}

pub async fn writes_of_the_entity_itself<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = Hub::on(backend);
    let ada = user("ada");
    // What is not there can be put, and deleted.
    ada.delete().send(&hub).await.unwrap();
    User::key("ada").delete().when(User::AGE.absent()).send(&hub).await.unwrap();
    assert_eq!(ada.put().returning_old().send(&hub).await.unwrap(), None);
    let older = User { age: 31, ..ada.clone() };
    assert_eq!(older.put().returning_old().send(&hub).await.unwrap(), Some(ada.clone()));
    let error = ada.put().when(User::AGE.eq(30)).send(&hub).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert!(error.to_string().contains("does not meet the condition"), "{error}");
    assert_eq!(error.current::<User>(), Some(&older));
    ada.put().when(User::AGE.eq(31)).send(&hub).await.unwrap();
    let change = User::key("ada").update().increment(User::AGE, 1);
    assert_eq!(change.returning_new().send(&hub).await.unwrap(), older);
    User::key("ada").update_with(|user| user.age = 30).send(&hub).await.unwrap();
    hub.transaction().add(User::key("ada").check().when(User::AGE.eq(30))).send().await.unwrap();
    ada.move_to(&user("eve")).send(&hub).await.unwrap();
    let error = ada.update().set(User::AGE, 1_u32).send(&hub).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    let change = User::key("ada").update().increment(User::AGE, 1);
    change.or_create(&ada).send(&hub).await.unwrap();
    let deleted = User::key("ada").delete().returning_old().send(&hub).await.unwrap();
    assert_eq!(deleted, Some(ada));
    let report = User::by_plan("free").delete_all().send(&hub).await.unwrap();
    assert_eq!((report.deleted, report.passed_over), (1, 0));
    assert_eq!(Account::get("eve").send(&hub).await.unwrap(), None);
    // With a version and a guard.
    let acme = org("acme").create().returning_new().send(&hub).await.unwrap();
    let error = org("acme").update().set(Org::SEATS, 1_u32).send(&hub).await.unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    let more = acme.update().set(Org::SEATS, 10_u32).returning_new().send(&hub).await.unwrap();
    assert!(acme.delete().send(&hub).await.unwrap_err().is_conflict());
    more.delete().send(&hub).await.unwrap();
    // The key is free for another entity.
    user("acme").create().send(&hub).await.unwrap();
}

pub async fn expired_items_of_others_are_missing<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let hub = Hub::on(backend);
    let expired = |name| bot(name, Some(1));
    for name in ["created", "put", "updated", "deleted", "moved", "org"] {
        expired(name).put().send(&hub).await.unwrap();
    }
    user("created").create().send(&hub).await.unwrap();
    user("put").put().send(&hub).await.unwrap();
    org("org").create().send(&hub).await.unwrap();
    user("put").move_to(&user("moved")).send(&hub).await.unwrap();
    let change = || User::key("updated").update().increment(User::AGE, 1);
    let error = change().send(&hub).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    let error = User::key("updated").update_with(|_| ()).send(&hub).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    change().or_create(&user("updated")).send(&hub).await.unwrap();
    User::key("deleted").delete().send(&hub).await.unwrap();
    let mut found = User::by_plan("free").all(&hub).await.unwrap();
    found.sort_by(|a, b| a.login.cmp(&b.login));
    assert_eq!(found, ["created", "moved", "updated"].map(user));
    // An item that has not expired yet is there.
    let living = bot("living", Some(4_000_000_000));
    living.put().send(&hub).await.unwrap();
    let error = user("living").put().send(&hub).await.unwrap_err();
    assert_eq!(error.current::<Account>(), Some(&Account::Bot(living.clone())), "{error:?}");
    // And an item of another entity is not one that has expired.
    let error = bot("created", None).create().send(&hub).await.unwrap_err();
    assert_eq!(error.current::<User>(), Some(&user("created")), "{error:?}");
}

pub async fn partitions_with_several_entities_of_a_space<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let hub = Hub::on(backend);
    let note = Note { tenant: "T".into(), text: "hello".into() };
    note.create().send(&hub).await.unwrap();
    for number in [1, 3, 5] {
        person(number).create().send(&hub).await.unwrap();
        group(number + 1).create().send(&hub).await.unwrap();
    }
    let error = group(1).create().send(&hub).await.unwrap_err();
    assert_eq!(error.current::<Person>(), Some(&person(1)), "{error:?}");
    let tenant = Tenant::of(Person::partition("T")).send(&hub).await.unwrap();
    assert_eq!(tenant.people, [1, 3, 5].map(person));
    assert_eq!(tenant.groups, [2, 4, 6].map(group));
    assert_eq!(tenant.notes, [note]);
    let all = Group::partition("T").query().begins_with("MEMBER#").all(&hub).await.unwrap();
    let is_person = |item: &Hub| matches!(item, Hub::Person(_));
    let order: Vec<bool> = all.iter().map(is_person).collect();
    assert_eq!(order, [true, false, true, false, true, false]);
    // A pattern leaves the others out.
    assert_eq!(Person::people("T").all(&hub).await.unwrap(), [1, 3, 5].map(person));
    assert_eq!(Group::groups("T").range(3..).all(&hub).await.unwrap(), [4, 6].map(group));
    assert_eq!(Group::groups("T").eq(3).all(&hub).await.unwrap(), []);
    assert_eq!(Person::people("T").delete_all().send(&hub).await.unwrap().deleted, 3);
    assert_eq!(Group::groups("T").count(&hub).await.unwrap(), 3);
    let report = Group::groups("T").limit(1).delete_all().send(&hub).await.unwrap();
    assert_eq!((report.deleted, report.passed_over), (1, 0));
    group(2).create().send(&hub).await.unwrap();
    for number in [1, 3, 5] {
        person(number).create().send(&hub).await.unwrap();
    }
    // Guards are deleted with the items.
    let report = Person::partition("T").delete_all().send(&hub).await.unwrap();
    assert_eq!(report.deleted, 7);
    assert_eq!(Note::partition("T").count(&hub).await.unwrap(), 0);
    for number in 1..=6 {
        assert_eq!(Member::get(("T", number)).send(&hub).await.unwrap(), None);
        group(number).create().send(&hub).await.unwrap();
    }
}

/// Of creates of several entities at the same time, one succeeds.
pub async fn one_entity_gets_the_key<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = Hub::on(backend);
    for round in 0..10 {
        let (name, barrier) = (format!("name-{round}"), Arc::new(Barrier::new(3)));
        let wait = || barrier.clone();
        let task = |account: Account, barrier: Arc<Barrier>| {
            let hub = hub.clone();
            tokio::spawn(async move {
                barrier.wait().await;
                match &account {
                    Account::User(user) => user.create().send(&hub).await,
                    Account::Org(org) => org.create().send(&hub).await,
                    Account::Bot(bot) => bot.put().send(&hub).await,
                }
            })
        };
        let tasks = [
            task(Account::User(Box::new(user(&name))), wait()),
            task(Account::Org(org(&name)), wait()),
            task(Account::Bot(bot(&name, None)), wait()),
        ];
        let mut succeeded = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => succeeded += 1,
                Err(error) => {
                    assert!(error.is_condition_failed() || error.is_conflict(), "{error:?}")
                }
            }
        }
        assert_eq!(succeeded, 1, "{name}");
        assert!(Account::get(name).send(&hub).await.unwrap().is_some());
    }
}

/// Random writes of three entities under the same keys have the results that they have in a map from keys to
/// items.
pub async fn writes_are_as_in_a_map<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = Hub::on(backend);
    let mut random = fastrand::Rng::with_seed(seed(11));
    let mut map: BTreeMap<String, Account> = BTreeMap::new();
    for step in 0..scaled(400) {
        let name = format!("n{}", random.u8(..4));
        let there = map.get(&name).cloned();
        let (user, bot) = (User { age: random.u32(..9), ..user(&name) }, bot(&name, None));
        let what = random.u8(..12);
        // Whether the write succeeds, and what is there then.
        let (result, expected) = match what {
            0 => (user.create().send(&hub).await, there.is_none().then(|| Some(user.into()))),
            1 => {
                let result = org(&name).create().returning_new().send(&hub).await;
                let created = result.as_ref().ok().cloned();
                (result.map(drop), there.is_none().then(|| created.map(Account::Org)))
            }
            2 => (bot.create().send(&hub).await, there.is_none().then(|| Some(bot.into()))),
            3 | 4 => {
                let is_own = matches!(there, None | Some(Account::User(_)));
                (user.put().send(&hub).await, is_own.then(|| Some(user.into())))
            }
            5 => {
                let is_own = matches!(there, None | Some(Account::Bot(_)));
                (bot.put().send(&hub).await, is_own.then(|| Some(bot.into())))
            }
            6 => {
                let is_own = matches!(there, None | Some(Account::User(_)));
                (User::key(&name).delete().send(&hub).await, is_own.then_some(None))
            }
            7 => {
                let is_own = matches!(there, None | Some(Account::Bot(_)));
                (bot.delete().send(&hub).await, is_own.then_some(None))
            }
            8 => match &there {
                Some(Account::Org(org)) => (org.delete().send(&hub).await, Some(None)),
                _ => {
                    let deleted = hub.transaction().add(org(&name).delete()).send().await;
                    (deleted, None)
                }
            },
            9 => {
                let change = User::key(&name).update().set(User::AGE, 70_u32).send(&hub).await;
                let expected = match &there {
                    Some(Account::User(user)) => {
                        Some(Some(User { age: 70, ..(**user).clone() }.into()))
                    }
                    _ => None,
                };
                (change, expected)
            }
            10 => {
                let change = Bot::key(&name).update().set(Bot::CALLS, 7_u32);
                let new = Bot { calls: 1, ..bot.clone() };
                let expected = match &there {
                    None => Some(Some(new.clone().into())),
                    Some(Account::Bot(bot)) => Some(Some(Bot { calls: 7, ..bot.clone() }.into())),
                    Some(_) => None,
                };
                (change.or_create(&new).send(&hub).await, expected)
            }
            _ => {
                let change = User::key(&name).update_with(|user| user.age += 1);
                let expected = match &there {
                    Some(Account::User(user)) => {
                        Some(Some(User { age: user.age + 1, ..(**user).clone() }.into()))
                    }
                    _ => None,
                };
                (change.send(&hub).await.map(drop), expected)
            }
        };
        assert_eq!(result.is_ok(), expected.is_some(), "step {step}: {what} {there:?} {result:?}");
        match expected.unwrap_or(there) {
            Some(account) => drop(map.insert(name.clone(), account)),
            None => drop(map.remove(&name)),
        }
        let found = Account::get(&name).consistent().send(&hub).await.unwrap();
        assert_eq!(found.as_ref(), map.get(&name), "step {step}: {what}");
    }
}

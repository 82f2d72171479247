//! Items that are stored in another way than the present code would write them: with values that are no parts of
//! keys, with texts that repeat a literal, with numbers that only the store holds exactly. They can be changed and
//! deleted, and unique values stay those of one item.

use jiff::Timestamp;
use monotable::backend::Keyed;
use monotable::prelude::*;
use monotable::{CrossPartitionTransactions, Key, Meter, Transactions, request};
use monotable_tests::Store;
use monotable_tests::layer::Whole;
use serde::{Deserialize, Serialize, Serializer};

#[derive(Debug, Index)]
#[index(name = "gsi1")]
pub struct Gsi1;

#[derive(Debug, Table)]
#[table(indexes(Gsi1))]
#[allow(dead_code)]
enum Site {
    Page(Page),
    Visit(Visit),
    User(User),
    Guest(Guest),
    Seen(Seen),
    Lower(Lower),
    Owner(Owner),
    Json(Json),
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart)]
enum State {
    Open,
    Done,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "PAGE#{id}", sk = "PAGE")]
#[access(by_state, index = Gsi1, pk = "STATE#{state}", sk = "CITY#{city}#{n}", when(state = Open))]
struct Page {
    id: String,
    state: State,
    city: String,
    n: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "VISIT#{id}", sk = "FILE#{name}", updated = changed)]
#[access(recent, index = Gsi1, pk = "VISIT#{id}", sk = "{changed}#FILE#{name}")]
struct Visit {
    id: String,
    name: String,
    n: u32,
    changed: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "USER#{id}", sk = "USER", unique(email))]
#[access(itself)]
#[access(by_city, index = Gsi1, pk = "CITY#{city}", sk = "{id}")]
struct User {
    id: String,
    email: String,
    city: String,
    n: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "GUEST#{id}", sk = "GUEST", unique(email), ttl = until)]
struct Guest {
    id: String,
    email: String,
    until: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "SEEN#{id}", sk = "SEEN", unique(at))]
struct Seen {
    id: String,
    #[serde(with = "jiff::fmt::serde::timestamp::second::required")]
    at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "LOWER#{id}", sk = "LOWER", unique(email))]
struct Lower {
    id: String,
    #[serde(serialize_with = "lower")]
    email: String,
    n: u32,
}

fn lower<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text.to_lowercase())
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "OWNER#{id}", sk = "OWNER", unique(email), version = version)]
struct Owner {
    id: String,
    email: String,
    version: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "JSON#{id}", sk = "JSON")]
struct Json {
    id: String,
    extra: serde_json::Value,
    n: u32,
}

/// Stores an item with these attributes beside the fields of the entity, and loads it.
async fn stored<E, B>(site: &Table<Site, B>, entity: &E, attributes: &[(&'static str, &str)]) -> E
where
    E: Entity<Table = Site> + Serialize,
    B: Store + CrossPartitionTransactions,
{
    let text = |name: &str| attributes.iter().find(|(known, _)| *known == name).unwrap().1;
    site.create_if_missing().await.unwrap();
    let key = Key::<E>::parse(text("pk"), text("sk")).unwrap();
    let item = site.backend().encode(&Keyed::new(attributes, entity)).unwrap();
    let put = request::Put::new(Site::DEF, E::DEF.name, key.render().unwrap(), item);
    site.backend().put(put).await.unwrap();
    key.get().consistent().send(site).await.unwrap().unwrap()
}

pub async fn other_fields_of_a_text_that_repeats_its_literal<B: Store + Transactions>(backend: B) {
    let site = Site::on(Whole(backend));
    let page = Page { id: "1".into(), state: State::Open, city: "CITY#Rome".into(), n: 1 };
    let index = [("gsi1pk", "STATE#Open"), ("gsi1sk", "CITY#CITY%23Rome#0000000001")];
    let mut attributes = vec![("pk", "PAGE#1"), ("sk", "PAGE"), ("_type", "Page")];
    attributes.extend(index);
    let page = stored(&site, &page, &attributes).await;
    page.update().set(Page::N, 2_u32).send(&site).await.unwrap();
    Page::key("1").update_with(|page| page.n = 3).send(&site).await.unwrap();
    let found = Page::by_state(State::Open).all(&site).await.unwrap();
    assert_eq!(found.iter().map(|page| page.n).collect::<Vec<_>>(), [3]);
    // A new value must not repeat it, also if the field is not in the index key that changes.
    let error = Page::key("1").update_with(|page| page.city = "CITY#Oslo".into()).send(&site).await;
    assert!(error.unwrap_err().is_invalid_key());
    Page::key("1").update_with(|page| page.state = State::Done).send(&site).await.unwrap();
    assert_eq!(Page::by_state(State::Open).count(&site).await.unwrap(), 0);
    let done = Page::get("1").consistent().send(&site).await.unwrap().unwrap();
    done.update().set(Page::STATE, State::Open).send(&site).await.unwrap();
    assert_eq!(Page::by_state(State::Open).count(&site).await.unwrap(), 1);
}

pub async fn times_beside_a_text_that_repeats_its_literal<B: Store + Transactions>(backend: B) {
    let site = Site::on(Whole(backend));
    let changed = Timestamp::UNIX_EPOCH;
    let visit = Visit { id: "1".into(), name: "FILE#x".into(), n: 0, changed };
    let attributes = [
        ("pk", "VISIT#1"),
        ("sk", "FILE#FILE%23x"),
        ("gsi1pk", "VISIT#1"),
        ("gsi1sk", "1970-01-01T00:00:00.000000000Z#FILE#FILE%23x"),
        ("_type", "Visit"),
    ];
    let visit = stored(&site, &visit, &attributes).await;
    let key = || visit.primary_key();
    key().update().set(Visit::N, 1_u32).send(&site).await.unwrap();
    visit.update().increment(Visit::N, 1_u32).send(&site).await.unwrap();
    key().update_with(|visit| visit.n += 1).send(&site).await.unwrap();
    key().update().send(&site).await.unwrap();
    let now = key().get().consistent().send(&site).await.unwrap().unwrap();
    assert!(now.n == 3 && now.changed > changed, "{now:?}");
    assert_eq!(Visit::recent("1").eq(now.changed).all(&site).await.unwrap(), [now]);
}

/// The index was declared after the items were stored, and their values are no parts of its keys.
pub async fn values_that_are_no_parts_of_keys<B: Store + CrossPartitionTransactions>(backend: B) {
    let site = Site::on(backend);
    for (at, city) in [String::new(), "x".repeat(3000)].into_iter().enumerate() {
        let id = at.to_string();
        let pk = format!("USER#{id}");
        let attributes = [("pk", pk.as_str()), ("sk", "USER"), ("_type", "User")];
        let user = User { id: id.clone(), email: id.clone(), city, n: 0 };
        let again = async || stored(&site, &user, &attributes).await;
        let loaded = again().await;
        loaded.update().set(User::N, 1_u32).send(&site).await.unwrap();
        let changed = User::key(&id).update_with(|user| user.n += 1).send(&site).await.unwrap();
        assert_eq!(changed.n, 2);
        // A new value has to be a part.
        let error = User::key(&id).update_with(|user| user.city.push_str(&"y".repeat(3000)));
        assert!(error.send(&site).await.unwrap_err().is_invalid_key());
        changed.delete().send(&site).await.unwrap();
        again().await;
        assert_eq!(User::itself(&id).delete_all().send(&site).await.unwrap().deleted, 1);
        again().await;
        assert_eq!(User::partition(&id).delete_all().send(&site).await.unwrap().deleted, 1);
        let fixed = User { city: "Rome".into(), ..again().await };
        User::key(&id)
            .update_with(|user| user.city.clone_from(&fixed.city))
            .send(&site)
            .await
            .unwrap();
        assert_eq!(User::by_city("Rome").eq(&id).all(&site).await.unwrap(), [fixed]);
    }
}

/// Of an entity without a version: the guard would expire with the item as it was.
pub async fn an_older_expiry_is_not_given_to_a_guard<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let site = Site::on(backend);
    let soon = Timestamp::now().as_second() + 1000;
    for (id, before, after) in [("1", Some(soon), None), ("2", None, Some(soon))] {
        let guest = Guest { id: id.into(), email: format!("{id}@a"), until: before };
        guest.create().send(&site).await.unwrap();
        guest.update().set(Guest::UNTIL, after).send(&site).await.unwrap();
        let error = guest.update().set(Guest::EMAIL, format!("{id}@b")).send(&site).await;
        assert!(error.unwrap_err().is_stale());
        let fresh = Guest::get(id).consistent().send(&site).await.unwrap().unwrap();
        fresh.update().set(Guest::EMAIL, format!("{id}@b")).send(&site).await.unwrap();
        // With a new expiry, the old one does not matter.
        let later = guest.update().set(Guest::UNTIL, Some(soon + 1)).send(&site).await;
        assert!(later.unwrap_err().is_stale(), "the e-mail has changed");
    }
}

/// A guard is found from the loaded entity, so a value that reads back as another one has none.
pub async fn unique_values_that_serde_changes<B: Store + CrossPartitionTransactions>(backend: B) {
    let site = Site::on(backend);
    let seen = |text: &str| Seen { id: "1".into(), at: text.parse().unwrap() };
    let error = seen("2026-01-01T00:00:00.5Z").create().send(&site).await.unwrap_err();
    assert!(error.is_encode() && error.to_string().contains("`at` reads back"), "{error:?}");
    let whole = seen("2026-01-01T00:00:01Z");
    whole.create().send(&site).await.unwrap();
    let user = |email: &str| Lower { id: "1".into(), email: email.into(), n: 0 };
    assert!(user("Ada@X").create().send(&site).await.unwrap_err().is_encode());
    let ada = user("ada@x");
    ada.create().send(&site).await.unwrap();
    let key = || Lower::key("1");
    for error in [
        ada.update().set(Lower::EMAIL, "Eve@X").send(&site).await.unwrap_err(),
        key().update_with(|user| user.email = "Eve@X".into()).send(&site).await.unwrap_err(),
        ada.move_to(&Lower { id: "2".into(), ..user("Ada@X") }).send(&site).await.unwrap_err(),
        site.transaction().add(user("Eve@X").create()).send().await.unwrap_err(),
    ] {
        assert!(error.is_encode() && error.to_string().contains("`email`"), "{error:?}");
    }
    ada.update().set(Lower::EMAIL, "eve@x").set(Lower::N, 1_u32).send(&site).await.unwrap();
    key().update_with(|user| user.email = "bob@x".into()).send(&site).await.unwrap();
    let bob = key().get().consistent().send(&site).await.unwrap().unwrap();
    bob.delete().send(&site).await.unwrap();
    for email in ["ada@x", "eve@x", "bob@x"] {
        user(email).create().send(&site).await.unwrap();
        user(email).delete().send(&site).await.unwrap();
    }
}

pub async fn a_move_of_a_changed_entity_is_stale<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let site = Site::on(backend);
    let owner = Owner { id: "1".into(), email: "a".into(), version: 0 };
    let mut old = owner.create().returning_new().send(&site).await.unwrap();
    old.email = "b".into();
    let new = Owner { id: "2".into(), ..old.clone() };
    let error = old.move_to(&new).send(&site).await.unwrap_err();
    assert!(error.is_stale(), "{error:?}");
    old.email = "a".into();
    old.move_to(&new).send(&site).await.unwrap();
    Owner { id: "3".into(), email: "a".into(), version: 0 }.create().send(&site).await.unwrap();
}

pub async fn numbers_that_only_the_item_holds<B: Store + Transactions>(backend: B) {
    let site = Site::on(Whole(backend));
    let extra = serde_json::json!({ "x": 1e23, "y": [1.5, 1e100] });
    let json = Json { id: "1".into(), extra, n: 0 };
    json.create().send(&site).await.unwrap();
    let changed = Json::key("1").update_with(|json| json.n = 2).send(&site).await.unwrap();
    assert_eq!(changed, Json { n: 2, ..json });
    assert_eq!(Json::get("1").consistent().send(&site).await.unwrap(), Some(changed));
}

pub async fn reports_of_deletes_have_the_whole_cost<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let (meter, site) = (Meter::new(), Site::on(backend));
    let metered = site.metered(&meter);
    let fill = async || {
        for id in ["1", "2"] {
            let user = User { id: id.into(), email: id.into(), city: "c".into(), n: 0 };
            user.create().send(&site).await.unwrap();
        }
    };
    fill().await;
    let report = User::by_city("c").delete_all().send(&metered).await.unwrap();
    assert_eq!((report.deleted, report.cost), (2, meter.take()));
    fill().await;
    let report = User::partition("1").delete_all().send(&metered).await.unwrap();
    assert_eq!((report.deleted, report.cost), (1, meter.take()));
    assert!(report.cost.write_units.get() >= 2.0, "{}", report.cost);
}

//! Checks what the derives generate for fields: roles, forms, values, and the rules of the entity.

use super::{name, time};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use monotable::__private::EntityImpl;
use monotable::key::Segment;
use monotable::prelude::*;
use monotable::value::{Value, ValueError};
use monotable::{Field, FieldDef, IndexKeyFields};
use serde::{Deserialize, Serialize};
use std::any::type_name;
use std::collections::BTreeSet;

/// Returns the name of a type without its modules.
fn short<T>() -> String {
    let mut out = String::new();
    for letter in type_name::<T>().chars() {
        if letter == ':' {
            let kept = out.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len();
            out.truncate(kept);
        } else {
            out.push(letter);
        }
    }
    out
}

fn role<E, F: FieldDef<T>, T>(_: &Field<E, F, T>) -> String {
    short::<F::Role>()
}

fn form<E, F: FieldDef<T>, T>(_: &Field<E, F, T>) -> String {
    short::<F::Form>()
}

fn value<E, F: FieldDef<T>, T>(_: &Field<E, F, T>, value: &T) -> Result<Value, ValueError> {
    F::to_value(value)
}

fn default<E: Entity, F, T>(field: &Field<E, F, T>) -> Option<Value> {
    let place = E::DEF.fields.iter().position(|name| *name == field.name());
    let place = place.and_then(|at| u16::try_from(at).ok()).expect("it is a field");
    E::default_value(place).map(|value| value.expect("the default can be stored"))
}

fn together<E, F, T>(_: IndexKeyFields<E, F, T>) -> String {
    short::<(F, T)>()
}

fn template(template: &[Segment]) -> String {
    let shown = template.iter().map(|segment| match segment {
        Segment::Literal(text) => (*text).to_owned(),
        Segment::Part(part) => format!("{{{}}}", part.name),
    });
    shown.collect()
}

#[derive(Debug, Table)]
#[table(indexes(Gsi1, Gsi2, ByDay), ttl = "gone")]
enum Work {
    Task(Task),
    Account(Account),
    Lock(Lock),
    Post(Post),
}

#[derive(Index)]
struct Gsi1;
#[derive(Index)]
struct Gsi2;
#[derive(Index)]
struct ByDay;

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, KeyPart)]
enum Status {
    #[default]
    Open,
    Done,
}

/// The primary key has only the month of `day`.
#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{number}#{day:month:bucket}")]
#[access(by_status, index = Gsi1, pk = "STATUS#{status}#{project}", sk = "{number}")]
#[access(of_owner, index = Gsi2, pk = "OWNER#{owner}", sk = "{points}#{due}",
    when(status = Open))]
#[access(of_day, index = ByDay, pk = "DAY#{day}#{label}", sk = "{number}")]
struct Task {
    project: String,
    number: u32,
    day: Date,
    #[serde(default)]
    status: Status,
    #[serde(default = "ten")]
    points: u32,
    due: Option<Date>,
    owner: Option<String>,
    label: String,
    #[serde(default)]
    note: String,
}

fn ten() -> u32 {
    10
}

#[test]
fn roles() {
    assert_eq!(role(&Task::PROJECT), "PrimaryKey");
    assert_eq!(role(&Task::DAY), "PrimaryBucket");
    assert_eq!(role(&Task::NOTE), "Plain");
    assert_eq!(role(&Task::OWNER), "Stale<Gsi2, status>");
    assert_eq!(role(&Task::POINTS), "Stale<Gsi2, (due, status)>");
    assert_eq!(role(&Task::DUE), "Stale<Gsi2, (points, status)>");
    // The key on `Gsi1` needs no other field, but this field decides whether the item is on `Gsi2`.
    assert_eq!(role(&Task::STATUS), "Stale<Gsi2, (owner, points, due)>");
    // The primary key has the month only, which does not determine the day.
    assert_eq!(role(&Task::LABEL), "Stale<ByDay, day>");
    assert_eq!(role(&Account::REGION), "FeedsIndex");
    assert_eq!(role(&Account::VERSION), "Version");
    assert_eq!(role(&Account::EMAIL), "Unique");
    assert_eq!(role(&Account::TENANT), "Unique");
    assert_eq!(role(&Account::NAME), "Unique");
    assert_eq!(role(&Lock::UNTIL), "Expires");
    // This field feeds an index, too. An update by key cannot set it because it does not know the
    // old guard.
    assert_eq!(role(&Account::ENDS), "GuardsExpire");
}

#[test]
fn fields_set_together() {
    assert_eq!(
        together(Task::GSI2_KEY),
        "((owner, points, due, status), (Option<String>, u32, Option<Date>, Status))"
    );
}

#[test]
fn defaults() {
    assert_eq!(default(&Task::STATUS), Some(Value::Text("Open".into())));
    assert_eq!(default(&Task::POINTS), Some(Value::Number(10.into())));
    assert_eq!(default(&Task::OWNER), None);
    assert_eq!(default(&Task::NOTE), Some(Value::Text("".into())), "it feeds no key");
    assert_eq!(default(&Post::LANGUAGE), Some(Value::Text("en".into())));
    assert_eq!(default(&Post::SHELF), Some(Value::Number(7.into())));
}

/// An entity with a version, a time of expiry, and two guards: one of a single field, and one of
/// two fields.
#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(
    table = Work,
    pk = "ACCOUNT#{id}",
    sk = "ACCOUNT",
    version = version,
    ttl = ends,
    unique(email, pk = "EMAIL#{email}", sk = "GUARD"),
    unique(tenant, name)
)]
#[access(by_region, index = Gsi1, pk = "REGION#{region}", sk = "{ends}")]
#[serde(rename_all = "camelCase")]
struct Account {
    id: String,
    version: u64,
    email: Option<String>,
    tenant: u32,
    #[serde(rename = "fullName")]
    name: String,
    region: String,
    ends: Option<i64>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Work, name = "lock", pk = "LOCK#{id}", sk = "LOCK", ttl = until)]
struct Lock {
    id: String,
    until: Timestamp,
}

#[test]
fn rules() {
    let rules = Account::DEF.rules;
    assert_eq!((rules.version, rules.expires), (Some("version"), true));
    let [email, names] = rules.unique else { panic!("two constraints") };
    assert_eq!((email.name, email.fields), ("Account.email", ["email"].as_slice()));
    assert_eq!((&*template(email.pk), &*template(email.sk)), ("EMAIL#{email}", "GUARD"));
    assert_eq!(names.name, "Account.tenant+fullName");
    assert_eq!(names.fields, ["tenant", "fullName"]);
    assert_eq!(template(names.pk), "UNIQUE#Account#tenant+fullName#{tenant}#{name}");
    assert_eq!(template(names.sk), "UNIQUE");

    let account = Account {
        id: "a".into(),
        version: 3,
        email: None,
        tenant: 1,
        name: "Ann".into(),
        region: "eu".into(),
        ends: Some(9),
    };
    assert_eq!((EntityImpl::version(&account), EntityImpl::expires(&account)), (3, Some(9)));
    let is_part = |account: &Account, field| account.part(field).is_some();
    assert!(!is_part(&account, 2), "an absent value has no guard");
    assert!(is_part(&Account { email: Some("a@b".into()), ..account.clone() }, 2));
    assert!(is_part(&account, 3) && is_part(&account, 4) && is_part(&account, 6));
    assert!(!is_part(&account, 1));

    assert_eq!((Lock::DEF.rules.version, Lock::DEF.rules.expires), (None, true));
    assert_eq!(Task::DEF.rules.unique.len(), 0);
    let lock = Lock { id: "a".into(), until: time("1970-01-01T00:00:02.5Z") };
    assert_eq!((EntityImpl::version(&lock), EntityImpl::expires(&lock)), (0, Some(3)));
    assert_eq!(Work::DEF.ttl, "gone");
}

#[test]
fn conditions_of_sparse_keys() {
    let task = Task {
        project: "p".into(),
        number: 1,
        day: date(2026, 11, 2),
        status: Status::Done,
        points: 1,
        due: None,
        owner: None,
        label: "l".into(),
        note: String::new(),
    };
    assert_eq!(Task::DEF.indexes[1].when, [3]);
    assert!(!task.when(1, 3) && task.when(0, 3) && task.when(1, 2));
    assert!(Task { status: Status::Open, ..task }.when(1, 3));
}

/// An entity with serde functions and defaults.
#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "POST#{id}", sk = "POST")]
#[access(in_language, index = Gsi1, pk = "LANGUAGE#{language}", sk = "{id}")]
#[access(on_shelf, index = Gsi2, pk = "SHELF#{shelf}", sk = "{id}")]
#[serde(default)]
struct Post {
    id: String,
    language: String,
    #[serde(default = "seven")]
    shelf: u8,
    #[serde(serialize_with = "twice")]
    #[stored(number)]
    count: u32,
    #[serde(with = "shout")]
    title: Option<String>,
    #[serde(with = "jiff::fmt::serde::timestamp::second::required")]
    at: Timestamp,
    #[serde(deserialize_with = "lenient")]
    tags: BTreeSet<String>,
    #[stored(text)]
    place: Place,
    address: Option<Box<Address>>,
    before: Vec<Address>,
    fixed: std::borrow::Cow<'static, str>,
}

fn seven() -> u8 {
    7
}

fn twice<S: serde::Serializer>(count: &u32, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_u32(2 * count)
}

fn lenient<'de, D: serde::Deserializer<'de>>(input: D) -> Result<BTreeSet<String>, D::Error> {
    BTreeSet::deserialize(input)
}

mod shout {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(
        title: &Option<String>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        title.as_deref().map(str::to_uppercase).serialize(out)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Option<String>, D::Error> {
        Option::deserialize(input)
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Place(String);

impl Default for Post {
    fn default() -> Self {
        Post {
            id: String::new(),
            language: "en".into(),
            shelf: 0,
            count: 0,
            title: None,
            at: Timestamp::UNIX_EPOCH,
            tags: BTreeSet::new(),
            place: Place::default(),
            address: None,
            before: Vec::new(),
            fixed: "".into(),
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
#[serde(rename_all = "camelCase")]
struct Address {
    zip_code: String,
    #[serde(with = "shout")]
    #[stored(text)]
    city: Option<String>,
    #[serde(skip)]
    seen: bool,
    geo: Geo,
}

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
struct Geo {
    lat: f64,
}

#[test]
fn forms() {
    assert_eq!(form(&Post::LANGUAGE), "Own");
    assert_eq!(form(&Post::COUNT), "Number");
    assert_eq!(form(&Post::TITLE), "Opaque");
    assert_eq!(form(&Post::AT), "Number");
    assert_eq!(form(&Post::TAGS), "Own", "it is written as usual");
    assert_eq!(form(&Post::PLACE), "Text");
    assert_eq!(form(&Address::CITY), "Text");
    let condition = Post::PLACE.begins_with("N") & Post::AT.lt(time("2026-11-02T10:20:30Z"));
    assert!(condition.expr().is_ok());
}

#[test]
fn values_go_through_serde_functions() {
    assert_eq!(value(&Post::COUNT, &21).unwrap(), Value::Number(42.into()));
    assert_eq!(value(&Post::TITLE, &Some("ab".into())).unwrap(), Value::Text("AB".into()));
    assert_eq!(value(&Post::TITLE, &None).unwrap(), Value::Null);
    assert_eq!(value(&Post::FIXED, &"x".into()).unwrap(), Value::Text("x".into()));
    assert_eq!(value(&Address::CITY, &Some("ulm".into())).unwrap(), Value::Text("ULM".into()));
}

#[test]
fn documents() {
    assert_eq!(name(&Address::ZIP_CODE), "zipCode");
    assert_eq!(role(&Address::ZIP_CODE), "Plain");
    let zip = Post::ADDRESS.then(Address::ZIP_CODE);
    assert_eq!(zip.path().to_string(), "address.zipCode");
    assert!(zip.eq("10115").expr().is_ok());
    let lat = Post::ADDRESS.then(Address::GEO).then(Geo::LAT);
    assert_eq!(lat.path().to_string(), "address.geo.lat");
    assert_eq!(Post::BEFORE.at(2).then(Address::CITY).path().to_string(), "before[2].city");
    let address = Address { zip_code: "1".into(), city: None, seen: true, geo: Geo { lat: 1.0 } };
    assert!(address.seen);
}

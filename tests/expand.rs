//! Checks what the derives generate from attributes: keys, arguments, free parts and names. There
//! is one module for each shape of entity.

#[path = "expand/fields.rs"]
mod fields;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use monotable::backend::Readable as _;
use monotable::key::Hour;
use monotable::prelude::*;
use monotable::request::SortKeys;
use monotable::{Embedded, Field, FieldDef, Key, Query, Result};
use serde::{Deserialize, Serialize};

/// Returns an attribute that a put of the entity would write.
fn attribute<E: Entity>(entity: &E, name: &str) -> Option<String> {
    let request = entity.create().request(&Embedded::in_memory()).expect("the entity is valid");
    request.item.text(name).map(str::to_owned)
}

/// Returns the partition key and the sort keys that a query would read.
fn reads<E, R, I>(query: &Query<E, R, I>) -> (String, SortKeys)
where
    E: monotable::query::On<I>,
    I: monotable::query::QueryTarget,
{
    let request = query.request().expect("the query is valid").expect("the range is not empty");
    let (pk, sort) = request.keys.texts().expect("the keys are texts");
    (pk.to_owned(), sort.clone())
}

/// Returns the stored name of a field.
fn name<E, F: FieldDef<T>, T>(field: &Field<E, F, T>) -> &'static str {
    field.name()
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

mod sensors {
    use super::*;

    #[derive(Debug, Table)]
    #[table(indexes(ByAlarm, ByRoom, ByDay), name = "sensors", pk = "p", sk = "s", tag = "entity")]
    pub(super) enum Sensors {
        Reading(Reading),
    }

    #[derive(Index)]
    pub(super) struct ByAlarm;

    #[derive(Index)]
    #[index(name = "room", pk = "roomKey", sk = "room_sort")]
    pub(super) struct ByRoom;

    #[derive(Index)]
    #[index(projection = include(alarm, "takenAt"))]
    pub(super) struct ByDay;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(
        table = Sensors,
        name = "reading",
        pk = "SENSOR#{sensor}#{taken_at:day:bucket}",
        sk = "{taken_at}",
    )]
    #[access(of_sensor)]
    #[access(
        alarms,
        index = ByAlarm,
        pk = "ALARM#{alarm}",
        sk = "{taken_at:hour:bucket}#{sensor:06:desc}",
        when(alarm = Some, kind = Hot | Cold, checked = false)
    )]
    #[key(index = ByRoom, pk = "ROOM#{room?}", sk = same)]
    #[access(by_day, index = ByDay, pk = "{taken_at:day:bucket}", sk = "{due:month:bucket}#{due}")]
    #[serde(rename_all = "camelCase")]
    pub(super) struct Reading {
        pub(super) sensor: u32,
        pub(super) taken_at: Timestamp,
        pub(super) alarm: Option<Alarm>,
        pub(super) kind: Kind,
        pub(super) checked: bool,
        #[serde(rename = "where")]
        pub(super) room: String,
        pub(super) due: Option<Date>,
        #[serde(skip)]
        pub(super) cache: u8,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyPart)]
    pub(super) struct Alarm(pub(super) String);

    #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart)]
    #[serde(rename_all = "SCREAMING-KEBAB-CASE")]
    pub(super) enum Kind {
        Hot,
        Cold,
        #[serde(rename = "damp")]
        VeryWet,
    }

    pub(super) fn reading() -> Reading {
        Reading {
            sensor: 7,
            taken_at: time("2026-11-02T10:20:30.5Z"),
            alarm: Some(Alarm("fire".into())),
            kind: Kind::Hot,
            checked: false,
            room: String::new(),
            due: Some(date(2026, 12, 1)),
            cache: 3,
        }
    }
}

#[test]
fn names() {
    use sensors::{Reading, Sensors};
    let table = Sensors::DEF;
    assert_eq!((table.name, table.pk, table.sk, table.tag), ("sensors", "p", "s", "entity"));
    let indexes: Vec<_> =
        table.indexes.iter().map(|index| (index.name, index.pk, index.sk)).collect();
    assert_eq!(
        indexes,
        [
            ("by_alarm", "by_alarmpk", "by_alarmsk"),
            ("room", "roomKey", "room_sort"),
            ("by_day", "by_daypk", "by_daysk"),
        ]
    );
    // The fields are named by position. The last one is never stored.
    let fields = ["sensor", "takenAt", "alarm", "kind", "checked", "where", "due", ""];
    assert_eq!(table.entities[0].fields, fields);
    assert_eq!((table.entities[0].name, name(&Reading::TAKEN_AT)), ("reading", "takenAt"));
    assert_eq!(attribute(&sensors::reading(), "entity").as_deref(), Some("reading"));
    // A skipped field has no attribute and no constant.
    assert_eq!(sensors::reading().cache, 3);
}

#[test]
fn a_bucket_beside_its_time_is_one_argument() -> Result<()> {
    use sensors::{Reading, reading};
    let at = time("2026-11-02T10:20:30.5Z");
    let key: Key<Reading> = Reading::key(7_u32, at);
    let rendered = key.render()?;
    assert_eq!(rendered.pk, "SENSOR#0000000007#2026-11-02");
    assert_eq!(rendered.sk, "2026-11-02T10:20:30.500000000Z");
    assert_eq!(reading().primary_key(), key);
    assert_eq!(Key::<Reading>::parse(&rendered.pk, &rendered.sk)?.parts(), &(7, at));
    // The pattern takes the bucket, and the whole time is still free.
    let query = Reading::of_sensor(7, date(2026, 11, 2));
    assert_eq!(reads(&query), ("SENSOR#0000000007#2026-11-02".to_owned(), SortKeys::All));
    let query = query.eq(at);
    assert_eq!(reads(&query).1, SortKeys::Equals("2026-11-02T10:20:30.500000000Z".to_owned()));
    Ok(())
}

#[test]
fn sparse_keys() {
    use sensors::{Alarm, Kind, Reading, reading};
    let alarm = |reading: &Reading| attribute(reading, "by_alarmpk");
    assert_eq!(alarm(&reading()).as_deref(), Some("ALARM#fire"));
    assert_eq!(alarm(&Reading { alarm: None, ..reading() }), None);
    assert_eq!(alarm(&Reading { kind: Kind::VeryWet, ..reading() }), None);
    assert_eq!(alarm(&Reading { kind: Kind::Cold, ..reading() }).as_deref(), Some("ALARM#fire"));
    assert_eq!(alarm(&Reading { checked: true, ..reading() }), None);
    assert_eq!(
        attribute(&reading(), "by_alarmsk").as_deref(),
        Some("2026-11-02T10#999992"),
        "the hour, and 000007 turned round"
    );
    let query = Reading::alarms(Alarm("fire".into()));
    let hour = Hour::from(time("2026-11-02T10:20:30Z"));
    assert_eq!(reads(&query.clone().eq(hour)).1, SortKeys::BeginsWith("2026-11-02T10#".to_owned()));
    assert_eq!(reads(&query.eq(hour).eq(7)).1, SortKeys::Equals("2026-11-02T10#999992".to_owned()));
}

#[test]
fn a_key_without_a_pattern() {
    use sensors::{Reading, reading};
    assert_eq!(attribute(&reading(), "roomKey").as_deref(), Some("ROOM#"));
    let sort = attribute(&reading(), "room_sort");
    assert_eq!(sort.as_deref(), Some("2026-11-02T10:20:30.500000000Z"));
    let lab = Reading { room: "lab".into(), ..reading() };
    assert_eq!(attribute(&lab, "roomKey").as_deref(), Some("ROOM#lab"));
}

#[test]
fn optional_buckets() {
    use sensors::{Reading, reading};
    assert_eq!(attribute(&reading(), "by_daypk").as_deref(), Some("2026-11-02"));
    assert_eq!(attribute(&reading(), "by_daysk").as_deref(), Some("2026-12#2026-12-01"));
    assert_eq!(attribute(&Reading { due: None, ..reading() }, "by_daysk"), None);
    let month: monotable::key::Month = date(2026, 12, 1).into();
    let query = Reading::by_day(date(2026, 11, 2)).eq(month).eq(date(2026, 12, 1));
    assert_eq!(reads(&query).1, SortKeys::Equals("2026-12#2026-12-01".to_owned()));
}

mod library {
    use super::*;

    #[derive(Debug, Table)]
    #[table(indexes(ByShelf, All))]
    pub(super) enum Library {
        Book(Book),
        Branch(Branch),
        Loan(Loan),
    }

    #[derive(Index)]
    #[index(projection = keys_only)]
    pub(super) struct ByShelf;

    #[derive(Index)]
    pub(super) struct All;

    /// The primary key has two buckets of a field that it does not have as a whole. Another field
    /// is in both keys.
    #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
    #[entity(
        table = Library,
        pk = "LOANS#{out:month:bucket}",
        sk = "{out:day:bucket}#{branch}#{member}",
    )]
    #[access(in_month)]
    pub(super) struct Loan {
        pub(super) out: Timestamp,
        pub(super) branch: i16,
        pub(super) member: std::borrow::Cow<'static, str>,
    }

    /// Few enough for one partition.
    #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
    #[entity(table = Library, pk = "BRANCHES", sk = "{name}", allow(static_partition))]
    #[access(branches)]
    #[access(everything, index = All, pk = "ALL", sk = "BRANCH#{name}", allow(static_partition))]
    pub(super) struct Branch {
        pub(super) name: Box<str>,
    }

    /// A field is in both keys, and the primary key is on an index.
    #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
    #[entity(table = Library, pk = "BOOK#{isbn}", sk = "BOOK#{isbn}")]
    #[access(the_book)]
    #[access(
        on_shelf,
        index = ByShelf,
        pk = "SHELF#{shelf}",
        sk = "{shelf}#{read}#{isbn}",
        when(copies = 1 | 2, title = "Emma" | "Persuasion")
    )]
    #[key(index = All, pk = same, sk = same)]
    pub(super) struct Book {
        pub(super) isbn: Isbn,
        pub(super) shelf: Option<i8>,
        pub(super) read: bool,
        pub(super) copies: Option<u8>,
        pub(super) title: Option<String>,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart)]
    pub(super) struct Isbn(pub(super) u64);
}

#[test]
fn buckets_alone_are_the_finest_one() -> Result<()> {
    use library::Loan;
    let loan = Loan { out: time("2026-11-02T10:20:30Z"), branch: -3, member: "m1".into() };
    let key = Loan::key(date(2026, 11, 2), -3, "m1");
    let rendered = key.render()?;
    assert_eq!((&*rendered.pk, &*rendered.sk), ("LOANS#2026-11", "2026-11-02#n99996#m1"));
    assert_eq!(loan.primary_key().render()?, rendered);
    let read = Key::<Loan>::parse(&rendered.pk, &rendered.sk)?;
    assert_eq!(read.parts(), &(date(2026, 11, 2), -3, "m1".into()));
    let month: monotable::key::Month = date(2026, 11, 2).into();
    let query = Loan::in_month(month).eq(date(2026, 11, 2)).eq(-3).begins_with("m");
    assert_eq!(
        reads(&query),
        ("LOANS#2026-11".to_owned(), SortKeys::BeginsWith("2026-11-02#n99996#m".to_owned()))
    );
    Ok(())
}

#[test]
fn static_partitions() {
    use library::Branch;
    assert_eq!(
        reads(&Branch::branches().begins_with("N")),
        ("BRANCHES".to_owned(), SortKeys::BeginsWith("N".to_owned()))
    );
    assert_eq!(
        reads(&Branch::everything()),
        ("ALL".to_owned(), SortKeys::BeginsWith("BRANCH#".to_owned()))
    );
    assert_eq!(attribute(&Branch { name: "North".into() }, "allpk").as_deref(), Some("ALL"));
}

#[test]
fn a_field_of_both_keys_is_one_argument_and_never_free() -> Result<()> {
    use library::{Book, Isbn};
    let book = Book {
        isbn: Isbn(97_801),
        shelf: Some(4),
        read: true,
        copies: Some(2),
        title: Some("Emma".into()),
    };
    assert_eq!(Book::key(Isbn(97_801)), book.primary_key());
    let whole = SortKeys::Equals("BOOK#00000000000000097801".to_owned());
    assert_eq!(reads(&Book::the_book(Isbn(97_801))).1, whole);
    let query = Book::on_shelf(4).eq(true).range(..=Isbn(5));
    let (pk, sort) = reads(&query);
    assert_eq!(pk, "SHELF#p004");
    assert!(matches!(sort, SortKeys::Between(from, _) if from.starts_with("p004#1#")));
    assert_eq!(attribute(&book, "by_shelfsk").as_deref(), Some("p004#1#00000000000000097801"));
    assert_eq!(attribute(&book, "allsk").as_deref(), Some("BOOK#00000000000000097801"));
    for out in [
        Book { shelf: None, ..book.clone() },
        Book { copies: None, ..book.clone() },
        Book { copies: Some(3), ..book.clone() },
        Book { title: None, ..book.clone() },
        Book { title: Some("Dracula".into()), ..book.clone() },
    ] {
        assert_eq!(attribute(&out, "by_shelfpk"), None);
    }
    Ok(())
}

mod legacy {
    use super::*;

    #[derive(Debug, PartialEq, Table)]
    #[table(encoding = "raw")]
    pub(super) enum Legacy {
        User(User),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(table = Legacy, pk = "#USER#{name}", sk = "#{age}/{born}#")]
    #[access(by_name)]
    pub(super) struct User {
        pub(super) name: String,
        pub(super) age: u8,
        pub(super) born: Date,
        #[serde(default, with = "text")]
        pub(super) note: Option<String>,
    }

    mod text {
        use serde::{Deserialize as _, Deserializer, Serializer};

        pub(super) fn serialize<S: Serializer>(
            note: &Option<String>,
            out: S,
        ) -> Result<S::Ok, S::Error> {
            match note {
                Some(note) => out.serialize_str(note),
                None => out.serialize_none(),
            }
        }

        pub(super) fn deserialize<'de, D: Deserializer<'de>>(
            input: D,
        ) -> Result<Option<String>, D::Error> {
            String::deserialize(input).map(Some)
        }
    }
}

#[tokio::test]
async fn raw_keys() -> Result<()> {
    use legacy::{Legacy, User};
    let user = User { name: "Åsa %".into(), age: 9, born: date(2017, 3, 1), note: None };
    assert_eq!(attribute(&user, "pk").as_deref(), Some("#USER#Åsa %"));
    assert_eq!(attribute(&user, "sk").as_deref(), Some("#009/2017-03-01#"));
    assert!(User::key("a#b", 9, date(2017, 3, 1)).render().is_err());
    let query = User::by_name("Åsa %").eq(9).range(date(2017, 1, 1)..);
    assert!(matches!(reads(&query).1, SortKeys::Between(..)));

    let table = Legacy::on(Embedded::in_memory());
    user.create().send(&table).await?;
    let read = User::get("Åsa %", 9, date(2017, 3, 1)).send(&table).await?;
    assert_eq!(read.as_ref(), Some(&user));
    let request = user.put().request(table.backend())?;
    assert_eq!(Legacy::decode(&request.item)?, Legacy::User(user));
    Ok(())
}

#[test]
fn newtypes_and_names() -> Result<()> {
    use sensors::Kind;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyPart)]
    struct Created(Timestamp);

    #[derive(Debug, Table)]
    enum Events {
        Event(Event),
    }

    #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
    #[entity(table = Events, pk = "{kind}#{created:day:bucket}", sk = "{created:desc}")]
    #[access(of_day)]
    struct Event {
        kind: Kind,
        created: Created,
    }

    let created = Created(time("2026-11-02T10:20:30Z"));
    let key = Event::key(Kind::VeryWet, &created);
    let rendered = key.render()?;
    assert_eq!(rendered.pk, "damp#2026-11-02");
    assert_eq!(Key::<Event>::parse(&rendered.pk, &rendered.sk)?.parts(), &(Kind::VeryWet, created));
    assert!(Key::<Event>::parse("dry#2026-11-02", &rendered.sk).is_err());
    let event = Event { kind: Kind::Cold, created: Created(time("2026-11-02T10:20:30Z")) };
    assert_eq!(attribute(&event, "pk").as_deref(), Some("COLD#2026-11-02"));
    // A newtype of a time has the same bucket as the time.
    assert_eq!(reads(&Event::of_day(Kind::Hot, date(2026, 1, 2))).0, "HOT#2026-01-02");
    Ok(())
}

use super::change::Effect;
use super::check::lock_length;
use super::compare::{Difference, difference};
use super::{assert_lock, lock_room};
use crate::key::{Class, Encoding, Format, PartSpec, Segment, Unit};
use crate::schema::{
    EntityDef, IndexDef, IndexKey, KeyAttribute, KeyAttributes, KeyType, Projection, Rules,
    TableDef, UniqueDef,
};

const fn part(field: u16, name: &'static str, class: Class, format: Format) -> Segment {
    Segment::Part(PartSpec { field, name, format, class })
}

static GSI1: IndexDef = IndexDef::new("gsi1", ["gsi1pk", "gsi1sk"], Projection::KeysOnly);
static GSI2: IndexDef =
    IndexDef::new("gsi2", ["gsi2pk", "gsi2sk"], Projection::Include(&["b", "a"]));

const ID: Segment = part(0, "id", Class::Unsigned { digits: 10 }, Format::OWN);
const STATUS: Segment = part(1, "state", Class::OneOf(&["paid", "open"]), Format::OWN);
const NEVER_STORED: Segment = part(2, "shard", Class::Text, Format::OWN.or_empty());

static ORDER: EntityDef = EntityDef::new(
    "order",
    [&[Segment::Literal("ORDER#"), ID], &[Segment::Literal("ORDER")]],
    &[
        IndexKey::new(&GSI2, [&[Segment::Literal("ALL#"), NEVER_STORED], &[STATUS]]).when(&[1, 0]),
        IndexKey::new(&GSI1, [&[STATUS], &[ID]]).pattern("by_status").when(&[1]),
        IndexKey::new(&GSI1, [&[ID], &[STATUS]]).pattern("by_id").when(&[1]),
    ],
    &["id", "status", "", "at", "_version"],
)
.aliases(&[("state", "status")])
.rules(
    Rules::new(
        Some("_version"),
        true,
        &[UniqueDef::new(
            "order.at",
            &["at"],
            [&[Segment::Literal("AT")], &[Segment::Literal("AT")]],
        )],
    )
    .stamps(Some("at"), None),
);
static CUSTOMER: EntityDef = EntityDef::new("customer", [&[ID], &[]], &[], &["id"]);
static SHOP: TableDef = TableDef::new(
    "Shop",
    ["pk", "sk", "_type"],
    Encoding::Raw,
    &[&GSI2, &GSI1],
    &[&ORDER, &CUSTOMER],
)
.ttl("until");

const TEXT: &str = "\
table pk = pk
table sk = sk
table tag = _type
table ttl = until
table encoding = raw
index gsi1 pk = gsi1pk
index gsi1 sk = gsi1sk
index gsi1 projection = keys_only
index gsi2 pk = gsi2pk
index gsi2 sk = gsi2sk
index gsi2 projection = include(a, b)
entity customer pk = {id: u32}
entity customer sk = 
entity customer field id
entity order pk = ORDER#{id: u32}
entity order sk = ORDER
entity order index gsi1 pk = {status: name}
entity order index gsi1 sk = {id: u32}
entity order index gsi1 when = status
entity order index gsi1 2 pk = {id: u32}
entity order index gsi1 2 sk = {status: name}
entity order index gsi1 2 when = status
entity order index gsi2 pk = ALL#{shard: text, may be empty}
entity order index gsi2 sk = {status: name}
entity order index gsi2 when = status, id
entity order unique order.at pk = AT
entity order unique order.at sk = AT
entity order version = _version
entity order created = at
entity order expires
entity order field _version
entity order field at
entity order field id
entity order field status
entity order alias state = status
entity order variant status open
entity order variant status paid
";

#[test]
fn the_text_of_a_table() {
    assert_eq!(SHOP.key_lock(), TEXT);
    assert_eq!(lock_length(&SHOP), TEXT.len());
}

/// The order of declarations does not matter. The name of the table is not in the text.
#[test]
fn the_same_declared_in_another_order() {
    static AGAIN: TableDef = TableDef::new(
        "Again",
        ["pk", "sk", "_type"],
        Encoding::Raw,
        &[&GSI1, &GSI2],
        &[&CUSTOMER, &ORDER],
    )
    .ttl("until");
    assert_eq!(AGAIN.key_lock(), TEXT);
}

/// A local index has no partition key of its own, and neither have the keys on it.
#[test]
fn local_indexes() {
    static LSI: IndexDef = IndexDef::new("lsi", ["", "lsk"], Projection::All).local();
    static LINE: EntityDef = EntityDef::new(
        "line",
        [&[ID], &[Segment::Literal("LINE")]],
        &[IndexKey::new(&LSI, [&[ID], &[STATUS]])],
        &["id", "status"],
    );
    static BILLS: TableDef =
        TableDef::new("Bills", ["pk", "sk", "_type"], Encoding::Raw, &[&LSI], &[&LINE]);
    let lines = "index lsi local\nindex lsi sk = lsk\nindex lsi projection = all\n";
    let text = BILLS.key_lock();
    assert!(text.contains(lines), "{text}");
    assert!(text.contains("entity line index lsi sk = {status: name}\n"), "{text}");
    assert!(!text.contains("index lsi pk"), "{text}");
    // DynamoDB has to make it together with its table.
    fn found<'a>(old: &'a str, new: &'a str) -> (bool, Option<&'a str>, Option<&'a str>) {
        let found = difference(old, new).unwrap();
        assert_eq!(found.effect, Effect::Reindex);
        (found.meaning.contains("needs a new table on DynamoDB"), found.old, found.new)
    }
    let [before, global] = ["", "index lsi pk = lpk\nindex lsi sk = lsk\n"].map(|index| {
        text.replace(lines, index).replace("entity line index lsi sk = {status: name}\n", "")
    });
    assert_eq!(found(&before, &text), (true, None, Some("index lsi local")));
    assert_eq!(found(&text, &before), (false, Some("index lsi local"), None));
    assert_eq!(found(&global, &text), (true, Some("index lsi pk = lpk"), None));
    assert_eq!(found(&text, &global), (true, Some("index lsi local"), None));
}

static BY_REGION: IndexDef = IndexDef::new("by_region", ["", ""], Projection::All).attributes();
static BY_YEAR: IndexDef = IndexDef::new("by_year", ["", ""], Projection::KeysOnly).attributes();
const REGION: KeyAttribute = KeyAttribute::new("region", KeyType::Text);
const YEAR: KeyAttribute = KeyAttribute::new("year", KeyType::Number);
static RACE: EntityDef = EntityDef::new(
    "race",
    [&[ID], &[]],
    &[
        IndexKey::of_attributes(&BY_YEAR, KeyAttributes::new(&[YEAR], &[])),
        IndexKey::of_attributes(&BY_REGION, KeyAttributes::new(&[REGION], &[YEAR, REGION])),
    ],
    &["id"],
);
static RACES: TableDef = TableDef::new(
    "Races",
    ["pk", "sk", "_type"],
    Encoding::Escaped,
    &[&BY_YEAR, &BY_REGION],
    &[&RACE],
);

/// The attributes of an index have their order and types, and are there once for all entities.
#[test]
fn keys_of_attributes() {
    let text = RACES.key_lock();
    let (_, text) = text.split_once("encoding = escaped\n").unwrap();
    let expected = "\
index by_region partition = (region: text)
index by_region sort = (year: number, region: text)
index by_region projection = all
index by_year partition = (year: number)
index by_year sort = ()
index by_year projection = keys_only
entity race pk = {id: u32}
entity race sk = 
entity race index by_region attributes
entity race index by_year attributes
entity race field id
";
    assert_eq!(text, expected);
    let lock = RACES.key_lock();
    for (from, to, expected) in [
        ("(year: number, region: text)", "(region: text, year: number)", Effect::Reindex),
        ("partition = (year: number)", "partition = (year: text)", Effect::Reindex),
        ("entity race index by_year attributes\n", "", Effect::Additive),
    ] {
        let new = lock.replace(from, to);
        assert_eq!(difference(&lock, &new).unwrap().effect, expected, "{from} -> {to}");
        // The other way round.
        assert_eq!(difference(&new, &lock).unwrap().effect, expected, "{to} -> {from}");
    }
}

/// More names than are sorted are all rendered.
#[test]
fn a_struct_with_very_many_fields() {
    let names: Vec<&'static str> = (0..300).rev().map(|at| &*format!("f{at:03}").leak()).collect();
    let entity: &'static EntityDef =
        Box::leak(Box::new(EntityDef::new("E", [&[], &[]], &[], names.leak())));
    let entities: &'static [_] = vec![entity].leak();
    let table = TableDef::new("T", ["pk", "sk", "_type"], Encoding::Escaped, &[], entities);
    let text = table.key_lock();
    for at in 0..300 {
        assert_eq!(text.matches(&format!("entity E field f{at:03}\n")).count(), 1, "{at}");
    }
}

/// Parts have the same form exactly if they are rendered in the same way.
#[test]
fn forms_of_parts() {
    let own = Format::OWN;
    for (class, format, expected) in [
        (Class::Text, own, "text"),
        (Class::Text, own.or_empty(), "text, may be empty"),
        (Class::Name, own, "name"),
        (Class::Bool, own.descending(), "bool, desc"),
        (Class::Unsigned { digits: 3 }, own, "u8"),
        (Class::Unsigned { digits: 5 }, own, "u16"),
        (Class::Unsigned { digits: 20 }, own.descending(), "u64, desc"),
        (Class::Unsigned { digits: 39 }, own, "u128"),
        (Class::Unsigned { digits: 12 }, own, "12 digits"),
        // With a width, the type does not matter.
        (Class::Unsigned { digits: 10 }, own.width(8), "8 digits"),
        (Class::Unsigned { digits: 20 }, own.width(8), "8 digits"),
        (Class::Signed { digits: 3 }, own, "i8"),
        (Class::Signed { digits: 5 }, own, "i16"),
        (Class::Signed { digits: 10 }, own, "i32"),
        (Class::Signed { digits: 19 }, own, "i64"),
        (Class::Signed { digits: 39 }, own, "i128"),
        (Class::Signed { digits: 7 }, own, "sign and 7 digits"),
        (Class::Signed { digits: 10 }, own.width(8), "sign and 8 digits"),
        (Class::Time, own, "time"),
        (Class::Time, own.unit(Unit::Nanosecond), "time"),
        (Class::Time, own.unit(Unit::Second), "time down to a second"),
        (Class::DateTime, own.unit(Unit::Millisecond), "civil time down to a millisecond"),
        (Class::Clock, own.unit(Unit::Microsecond), "time of day down to a microsecond"),
        // What is written of a day is the same in all of these.
        (Class::Time, own.bucket(Unit::Day), "bucket of a day"),
        (Class::DateTime, own.bucket(Unit::Day), "bucket of a day"),
        (Class::Span(Unit::Day), own, "bucket of a day"),
        // A second ends with `Z` in UTC.
        (Class::Time, own.bucket(Unit::Second), "time down to a second"),
        (Class::DateTime, own.bucket(Unit::Second), "civil time down to a second"),
        (Class::Date, own, "date"),
        (Class::Date, own.bucket(Unit::Month), "bucket of a month"),
        (Class::Uuid, own, "uuid"),
        (Class::Ulid, own, "ulid"),
        (Class::Hex { bytes: 32 }, own, "32 bytes"),
        (Class::Ipv4, own, "ipv4"),
        (Class::Ipv6, own, "ipv6"),
    ] {
        let template: &'static [Segment] = vec![part(0, "x", class, format)].leak();
        let entity = Box::leak(Box::new(EntityDef::new("E", [template, &[]], &[], &["x"])));
        let entities: &'static [_] = vec![&*entity].leak();
        let table = TableDef::new("T", ["pk", "sk", "_type"], Encoding::Escaped, &[], entities);
        let line = format!("entity E pk = {{x: {expected}}}\n");
        assert!(table.key_lock().contains(&line), "{line}{}", table.key_lock());
    }
}

fn is_equal(file: &str) -> bool {
    lock_room(&SHOP, file) == 0
}

#[test]
fn files_that_are_equal() {
    assert!(is_equal(TEXT));
    assert!(is_equal(TEXT.trim_end_matches('\n')));
    assert!(is_equal(&TEXT.replace('\n', "\r\n")));
    assert!(is_equal(&TEXT.replace("table sk", "\n# A comment.\r\n#\n\ntable sk")));
    assert!(is_equal(&format!("# A comment.\n{TEXT}\n# Another, without an end")));
    for (at, _) in TEXT.char_indices().filter(|(at, _)| *at + 1 < TEXT.len()) {
        assert!(!is_equal(&TEXT[..at]), "{at}");
    }
    assert!(!is_equal(&format!("{TEXT}more")));
    assert!(!is_equal(&TEXT.replace("table sk", "table  sk")));
}

fn found(from: &str, to: &str) -> Option<(Effect, bool)> {
    assert!(TEXT.contains(from), "{from}");
    let new = TEXT.replace(from, to);
    difference(TEXT, &new).map(|found| (found.effect, found.has_more))
}

#[test]
fn effects_of_differences() {
    use Effect::{Additive, Loses, Reindex};
    for (from, to, expected) in [
        ("table pk = pk", "table pk = key", Loses),
        ("table tag = _type", "table tag = type", Loses),
        ("table ttl = until", "table ttl = _ttl", Reindex),
        ("table encoding = raw", "table encoding = escaped", Loses),
        ("index gsi1 pk = gsi1pk", "index gsi1 pk = other", Reindex),
        ("= keys_only", "= all", Reindex),
        ("entity order sk = ORDER", "entity order sk = O", Loses),
        ("gsi2 pk = ALL#", "gsi2 pk = EACH#", Reindex),
        ("when = status, id", "when = status", Reindex),
        ("order.at pk = AT", "order.at pk = TIME", Reindex),
        ("version = _version", "version = v", Reindex),
        ("entity order expires\n", "", Reindex),
        ("entity order field at\n", "", Loses),
        ("entity order field at\n", "entity order field at\nentity order field b\n", Additive),
        ("field at\n", "field time\nentity order alias at = time\n", Additive),
        ("entity order alias state = status\n", "", Loses),
        (
            "variant status open\n",
            "variant status open\nentity order variant status sent\n",
            Additive,
        ),
        ("entity order variant status open\n", "", Loses),
        (
            "entity customer pk",
            "entity other pk = a\nentity other sk = b\nentity customer pk",
            Additive,
        ),
        ("entity customer ", "entity client ", Loses),
        ("entity order expires\n", "entity order expires\n<<<<<<< HEAD\n", Loses),
    ] {
        let (effect, _) = found(from, to).unwrap();
        assert_eq!(effect, expected, "{from} -> {to}");
    }
    assert_eq!(found("table pk = pk\n", "# Only a comment.\ntable pk = pk\n"), None);
}

#[test]
fn the_worst_difference_is_told() {
    let new = TEXT
        .replace(
            "entity customer field id\n",
            "entity customer field id\nentity customer field mail\n",
        )
        .replace("ALL#", "EACH#")
        .replace("ORDER#{id: u32}", "ORDER#{id: u64}");
    let worst = Difference {
        effect: Effect::Loses,
        meaning: "loses data: existing items have another primary key, so they are not found",
        old: Some("entity order pk = ORDER#{id: u32}"),
        new: Some("entity order pk = ORDER#{id: u64}"),
        has_more: true,
    };
    assert_eq!(difference(TEXT, &new), Some(worst));
    assert_eq!(found("ORDER#{id: u32}", "ORDER#{id: u64}"), Some((Effect::Loses, false)));
}

/// A merge can leave two lines of one subject, of which one is right.
#[test]
fn a_line_that_is_there_twice() {
    let file =
        TEXT.replace("entity order sk = ORDER\n", "entity order sk = ORDER\nentity order sk = O\n");
    let found = difference(&file, TEXT).unwrap();
    assert_eq!((found.old, found.effect), (Some("entity order sk = O"), Effect::Loses));
}

/// Lines in another order are no difference.
#[test]
fn lines_in_another_order() {
    let lines: Vec<&str> = TEXT.lines().rev().collect();
    assert_eq!(difference(&lines.join("\n"), TEXT), None);
    assert_lock::<{ lock_length(&SHOP) }>(&SHOP, "shop.keys", &lines.join("\n"));
}

#[test]
#[should_panic(
    expected = "`shop.keys` has `table sk = sort`, but the code has `table sk = sk`: this loses data: existing \
                items have other keys, so they are not found. Undo it, or accept it with `MONOTABLE_LOCK=write \
                cargo test keys_lock`"
)]
fn the_check_fails() {
    let file = TEXT.replace("table sk = sk", "table sk = sort");
    assert_lock::<{ lock_length(&SHOP) }>(&SHOP, "shop.keys", &file);
}

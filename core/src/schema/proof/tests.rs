//! The proofs at run time: they never call two keys apart that can meet, and they do tell apart
//! what people write.

use super::overlap::{may_be_equal, may_begin_with};
use super::{assert_apart, assert_shared, claims, find_clash};
use crate::key::{
    Class, Encoding, Format, PartSpec, PartValue, Segment, Source, Template, Unit, literal,
    literal_prefix, part, render,
};
use crate::schema::{EntityDef, Rules, SpaceDef, TableDef, UniqueDef};
use jiff::Timestamp;

/// Values that like to meet literals and each other.
struct Values {
    texts: [String; 7],
    numbers: [u8; 3],
    signed: [i8; 2],
    times: [Timestamp; 2],
}

impl Values {
    fn new() -> Self {
        Values {
            texts: ["A", "ITEM", "1", "001", "n", "2026-11-02T10:00:00Z", ""].map(str::to_owned),
            numbers: [0, 1, 255],
            signed: [-1, 1],
            times: [Timestamp::UNIX_EPOCH, "2026-11-02T10:00:00Z".parse().unwrap()],
        }
    }

    fn of(&self, spec: &PartSpec) -> Vec<&dyn PartValue> {
        fn all<T: PartValue>(values: &[T]) -> Vec<&dyn PartValue> {
            values.iter().map(|value| value as _).collect()
        }
        match spec.class {
            Class::Text => all(&self.texts),
            Class::Unsigned { .. } => all(&self.numbers),
            Class::Signed { .. } => all(&self.signed),
            _ => all(&self.times),
        }
    }
}

const TEXT: Format = Format::OWN.or_empty();
const BYTE: Class = Class::Unsigned { digits: 3 };
const SIGNED: Class = Class::Signed { digits: 3 };

/// Templates of all kinds of components, in all kinds of places.
fn templates() -> Vec<Template> {
    let x = |class, format| part(0, "x", format, class);
    let y = |class, format| part(1, "y", format, class);
    let second = Format::OWN.unit(Unit::Second);
    let lists: Vec<Vec<Segment>> = vec![
        vec![literal("ITEM")],
        vec![literal("ITEM#")],
        vec![literal("ITEM#A")],
        vec![literal("PROFILE")],
        vec![literal("#A")],
        vec![x(Class::Text, TEXT)],
        vec![literal("ITEM#"), x(Class::Text, TEXT)],
        vec![literal("ITEM"), x(Class::Text, TEXT)],
        vec![literal("ITEMS#"), x(Class::Text, TEXT)],
        vec![literal("I#"), x(Class::Text, TEXT)],
        vec![x(Class::Text, TEXT), literal("#A")],
        vec![x(Class::Text, TEXT), literal("#"), y(Class::Text, TEXT)],
        vec![x(BYTE, Format::OWN)],
        vec![x(BYTE, Format::OWN), literal("#"), y(Class::Text, TEXT)],
        vec![x(BYTE, Format::OWN), y(Class::Text, TEXT)],
        vec![x(BYTE, Format::OWN), literal("A")],
        vec![literal("0"), x(BYTE, Format::OWN)],
        vec![x(SIGNED, Format::OWN)],
        vec![x(SIGNED, Format::OWN), literal("#"), y(BYTE, Format::OWN)],
        vec![x(Class::Time, second)],
        vec![x(Class::Time, second), literal("#"), y(Class::Text, TEXT)],
        vec![x(Class::Time, Format::OWN)],
        vec![x(Class::Time, Format::OWN.unit(Unit::Day))],
        vec![literal("2026-11-02")],
        vec![literal("2026-11-02T10:00:00Z")],
    ];
    lists.into_iter().map(|list| &*list.leak()).collect()
}

/// Every key of a template over the values.
fn keys(template: Template, values: &Values) -> Vec<String> {
    let mut all = Vec::new();
    let parts = |field| {
        template.iter().find_map(move |segment| match segment {
            Segment::Part(spec) if spec.field == field => Some(values.of(spec)),
            _ => None,
        })
    };
    let (xs, ys) = (parts(0).unwrap_or_default(), parts(1).unwrap_or_default());
    for x in 0..xs.len().max(1) {
        for y in 0..ys.len().max(1) {
            let pick = |spec: &PartSpec| {
                if spec.field == 0 { xs.get(x).copied() } else { ys.get(y).copied() }
            };
            // A number that the class is too narrow for has no key.
            all.extend(render(template, pick, Encoding::Escaped, Source::Given).ok().flatten());
        }
    }
    all
}

#[test]
fn templates_that_are_called_apart_never_meet() {
    let values = Values::new();
    let templates = templates();
    let mut apart = 0;
    for a in &templates {
        for b in &templates {
            let (keys_a, keys_b) = (keys(a, &values), keys(b, &values));
            if !may_be_equal(a, b) {
                apart += 1;
                let met = keys_a.iter().find(|key| keys_b.contains(key));
                assert_eq!(met, None, "{a:?} and {b:?}");
            }
            if !may_begin_with(b, a) {
                let prefix = literal_prefix(a);
                let reads = |key: &&String| {
                    if a.len() == 1 && !prefix.is_empty() {
                        key.as_str() == prefix
                    } else {
                        key.starts_with(prefix)
                    }
                };
                assert_eq!(keys_b.iter().find(reads), None, "a query of {a:?} reads {b:?}");
            }
        }
    }
    assert!(apart > templates.len() * templates.len() / 2, "only {apart} pairs are distinguished");
}

#[test]
fn every_template_may_meet_itself() {
    for template in templates() {
        assert!(may_be_equal(template, template), "{template:?}");
        assert!(may_begin_with(template, template), "{template:?}");
    }
}

#[test]
fn what_people_write_is_told_apart() {
    let text = |prefix: &'static str| -> Template {
        vec![literal(prefix), part(0, "x", Format::OWN, Class::Text)].leak()
    };
    let profile: Template = &[Segment::Literal("PROFILE")];
    assert!(!may_be_equal(text("CUSTOMER#"), text("ORDER#")));
    assert!(!may_begin_with(text("ORDERS#"), text("ORDER#")));
    assert!(!may_begin_with(text("ORDER#"), profile));
    assert!(!may_begin_with(profile, text("ORDER#")));
    // `work` does not read `workshop`; without the separator it would.
    assert!(!may_begin_with(text("WORKSHOP#"), text("WORK#")));
    assert!(may_begin_with(text("WORKSHOP#"), text("WORK")));
    // A bare time and a bare literal differ in their first byte.
    let time: Template = vec![part(0, "at", Format::OWN, Class::Time)].leak();
    assert!(!may_be_equal(time, profile));
    // But a query of all times has no literal to hold on to, and reads the whole partition.
    assert!(may_begin_with(profile, time));
}

/// A guard: its name, partition key and sort key.
type Guard = (&'static str, Template, Template);

/// What the compiler says of the last of these entities, given as name, sort key and guards; all
/// have one partition key.
fn clash(entities: &[(&'static str, Template, &[Guard])]) -> String {
    let pk: Template = &[Segment::Literal("P")];
    let def = |(name, sk, guards): &(&'static str, Template, &[Guard])| {
        let guards = guards.iter().map(|(name, pk, sk)| UniqueDef::new(name, &[], [*pk, *sk]));
        let guards: &'static [UniqueDef] = guards.collect::<Vec<_>>().leak();
        let def = EntityDef::new(name, [pk, sk], &[], &[]).rules(Rules::new(None, false, guards));
        &*Box::leak(Box::new(def))
    };
    let entities: Vec<&'static EntityDef> = entities.iter().map(def).collect();
    let last = entities.len() - 1;
    let names = ["pk", "sk", "_type"];
    let table = TableDef::new("T", names, Encoding::Escaped, &[], entities.leak());
    let clash = match claims(&table) {
        4 => find_clash::<4>(&table),
        6 => find_clash::<6>(&table),
        8 => find_clash::<8>(&table),
        other => panic!("{other} claims"),
    };
    let said = std::panic::catch_unwind(|| assert_apart(&clash, &table, last));
    match said {
        Ok(()) => String::new(),
        Err(said) => said.downcast_ref::<String>().cloned().unwrap_or_default(),
    }
}

#[test]
fn guards_stay_apart() {
    let p: Template = &[Segment::Literal("P")];
    let own: Template = &[Segment::Literal("GUARD")];
    let text = |prefix: &'static str| -> Template {
        vec![literal(prefix), part(0, "x", Format::OWN, Class::Text)].leak()
    };
    let (a, b, sk) = (text("A#"), text("B#"), text("S#"));
    // In another partition, or beside what a query reads.
    assert_eq!(clash(&[("A", a, &[("A.x", own, a)])]), "");
    assert_eq!(clash(&[("A", a, &[("A.x", p, sk)])]), "");
    assert_eq!(clash(&[("A", a, &[("A.x", p, sk)]), ("B", b, &[("B.x", p, own)])]), "");
    // Guards are not queried: one may begin with the other's prefix.
    let inner = text("S#T#");
    let beside: Template =
        vec![literal("S#"), part(0, "x", Format::OWN, Class::Text), literal("#")].leak();
    assert_eq!(clash(&[("A", a, &[("A.x", p, beside), ("A.y", p, sk)])]), "");
    assert_ne!(clash(&[("A", a, &[("A.x", p, inner), ("A.y", p, beside)])]), "");

    let said = clash(&[("A", a, &[("A.x", p, a)])]);
    assert!(
        said.starts_with("`A` and the guard of `A.x` can write the same primary key"),
        "{said}"
    );
    let said = clash(&[("A", a, &[("A.x", p, sk), ("A.y", p, sk)])]);
    assert!(said.starts_with("the guard of `A.x` and the guard of `A.y` can write"), "{said}");
    let said = clash(&[("A", a, &[("A.x", p, b)]), ("B", b, &[])]);
    assert!(said.starts_with("the guard of `A.x` and `B` can write"), "{said}");
    let said = clash(&[("A", a, &[]), ("B", b, &[("B.x", p, text("A#x#"))])]);
    assert!(
        said.starts_with("`A` and the guard of `B.x` can share a partition, and a query"),
        "{said}"
    );
    let said = clash(&[("A", a, &[("B", own, own)]), ("B", b, &[])]);
    assert!(
        said.starts_with("the guard of `B` and `B` are stored under the same name in `T`"),
        "{said}"
    );
}

static ACCOUNT: SpaceDef = SpaceDef::new("Account", &["User", "Org"]);
static OTHER: SpaceDef = SpaceDef::new("Account", &["Bot", "Job"]);

/// What the compiler says of the last of three entities with one partition key: two of a key space, and a third one.
fn clash_with_spaces(entities: [EntityDef; 3]) -> String {
    let entities: Vec<&'static EntityDef> =
        entities.into_iter().map(|entity| &*Box::leak(Box::new(entity))).collect();
    let names = ["pk", "sk", "_type"];
    let table = TableDef::new("T", names, Encoding::Escaped, &[], entities.leak());
    let clash = find_clash::<6>(&table);
    said(|| (0..3).for_each(|at| assert_apart(&clash, &table, at)))
}

fn said(check: impl FnOnce() + std::panic::UnwindSafe) -> String {
    match std::panic::catch_unwind(check) {
        Ok(()) => String::new(),
        Err(said) => said.downcast_ref::<String>().cloned().unwrap_or_default(),
    }
}

#[test]
fn entities_of_one_key_space_meet() {
    let pk: Template = &[Segment::Literal("P")];
    let text = |prefix: &'static str| -> Template {
        vec![literal(prefix), part(0, "x", Format::OWN, Class::Text)].leak()
    };
    let (sk, other) = (text("ACCOUNT#"), text("ISSUE#"));
    let entity = |name, sk| EntityDef::new(name, [pk, sk], &[], &[]);
    let user = || entity("User", sk).shares(&ACCOUNT, None);
    let org = || entity("Org", sk).shares(&ACCOUNT, None);
    assert_eq!(clash_with_spaces([user(), org(), entity("Issue", other)]), "");
    assert_eq!(clash_with_spaces([user(), entity("Issue", other), org()]), "");
    // All else is checked: an entity that does not share, and one of another space of the same name.
    let said = clash_with_spaces([user(), org(), entity("Bot", sk)]);
    assert!(said.contains("and `Bot` can write the same primary key"), "{said}");
    let said = clash_with_spaces([user(), org(), entity("Bot", sk).shares(&OTHER, None)]);
    assert!(said.contains("and `Bot` can write the same primary key"), "{said}");
    let said = clash_with_spaces([user(), org(), entity("Issue", text("ACCOUNT"))]);
    assert!(said.contains("and `Issue` can "), "{said}");
    // A pattern reads the items of both, unless it is mixed.
    let listed = || entity("Org", sk).shares(&ACCOUNT, Some("of_tenant"));
    let said = clash_with_spaces([user(), listed(), entity("Issue", other)]);
    assert!(said.contains("access pattern `of_tenant` of `Org` would read both"), "{said}");
    assert_eq!(clash_with_spaces([user(), listed().mixed(), entity("Issue", other)]), "");
}

#[test]
fn entities_of_one_key_space_write_the_same_keys() {
    let text = |field, name| part(field, name, Format::OWN, Class::Text);
    let template =
        |prefix: &'static str, part: Segment| -> Template { vec![literal(prefix), part].leak() };
    let entity = |pk, sk| EntityDef::new("E", [pk, sk], &[], &[]);
    let differ = |a: &EntityDef, b: &EntityDef| {
        said(std::panic::AssertUnwindSafe(|| assert_shared("Account", a, b)))
    };
    let (pk, sk) = (template("A#", text(0, "x")), template("B#", text(0, "x")));
    let first = entity(pk, sk);
    // Another field, of another name.
    let other = entity(template("A#", text(3, "y")), template("B#", text(3, "y")));
    assert_eq!(differ(&first, &other), "");
    let two = entity(template("A#", text(3, "y")), template("B#", text(4, "z")));
    assert!(differ(&first, &two).contains("has a field twice"));
    assert!(differ(&two, &first).contains("has a field twice"));
    assert!(differ(&first, &entity(template("A", text(0, "x")), sk)).contains("partition keys"));
    assert!(differ(&first, &entity(pk, template("C#", text(0, "x")))).contains("sort keys"));
    let byte = template("B#", part(0, "x", Format::OWN, BYTE));
    assert!(differ(&first, &entity(pk, byte)).contains("sort keys"));
    assert!(
        differ(&entity(pk, byte), &entity(pk, template("B#", part(0, "x", Format::OWN, SIGNED))))
            .contains("sort keys")
    );
}

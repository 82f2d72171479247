//! Uses the derives in code of other styles: strict lints, shadowed names, raw identifiers,
//! entities in function bodies, and every visibility. Most of the test is that this file compiles. The package
//! in `edition-2021` compiles it as well.
#![deny(
    missing_docs,
    missing_debug_implementations,
    unsafe_code,
    unused,
    unreachable_pub,
    private_bounds,
    private_interfaces,
    nonstandard_style,
    clippy::all,
    clippy::pedantic
)]

use monotable::prelude::*;
use monotable::{Field, FieldDef, Result};
use serde::{Deserialize, Serialize};

/// Returns the stored name of a field.
fn name<E, F: FieldDef<T>, T>(field: &Field<E, F, T>) -> &'static str {
    field.name()
}

/// A module that is called like the entity `Note` and its fields.
pub mod note_fields {}

/// A module as a library might export it.
#[derive(Debug, Table)]
#[table(indexes(ByTag, Near), coordination)]
pub enum Notes {
    /// A note.
    Note(Note),
    /// A reader.
    Reader(Reader),
}

/// An index.
#[derive(Debug, Index)]
pub struct ByTag;

/// A local index.
#[derive(Debug, Index)]
#[index(local)]
pub struct Near;

/// A reader, with all that an entity can have.
#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "READER#{id}", sk = "READER", version = version, ttl = until)]
#[entity(unique(email), unique(nick, zone))]
#[access(readers, index = ByTag, pk = "READERS#{kind}", sk = "{state}#{id}", when(state = Open))]
#[access(nearby, index = Near, sk = "{kind}", when(state = Open))]
pub struct Reader {
    /// Who.
    pub id: u32,
    email: Option<String>,
    /// A name.
    pub nick: String,
    zone: u8,
    kind: u8,
    #[serde(default = "open")]
    state: State,
    version: u64,
    /// For so long.
    pub until: Option<u64>,
    #[serde(serialize_with = "hidden")]
    #[stored(text)]
    secret: Secret,
    /// Where.
    pub address: Option<Address>,
}

/// A private type, which a field of a public entity has.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Secret(String);

fn open() -> State {
    State::Open
}

fn hidden<S: serde::Serializer>(_: &Secret, out: S) -> std::result::Result<S::Ok, S::Error> {
    out.serialize_str("hidden")
}

/// An address.
#[derive(Debug, Clone, Serialize, Deserialize, Document)]
pub struct Address {
    /// Its code.
    pub zip: String,
    secret: Option<Secret>,
}

/// A note.
#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
#[access(by_user)]
#[access(by_tag, index = ByTag, pk = "TAG#{tag}", sk = same, when(state = Open))]
pub struct Note {
    /// Whose.
    pub user: UserId,
    id: u32,
    tag: Option<String>,
    /// How far it is.
    pub state: State,
}

/// Some fields of a note.
#[derive(Debug, Projection)]
#[projection(of = Note)]
pub struct Tagged {
    /// Whose.
    pub user: UserId,
    tag: Option<String>,
}

/// A part of a public entity, which only this crate sees.
#[derive(Debug, Projection)]
#[projection(of = Reader)]
struct Hidden {
    secret: Secret,
}

/// A user.
#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
pub struct UserId(String);

/// The id of a `K`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, KeyPart)]
#[serde(transparent)]
pub struct Typed<K> {
    /// What it is of.
    pub of: std::marker::PhantomData<fn() -> K>,
    value: String,
}

/// A state.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
pub enum State {
    /// Open.
    #[next(Done)]
    Open,
    /// Done.
    #[adds(Note::TAG)]
    Done,
}

#[test]
fn strict_lints() -> Result<()> {
    let key = Note::key(UserId("ann".into()), 7).render()?;
    assert_eq!((key.pk.as_str(), key.sk.as_str()), ("USER#ann", "NOTE#0000000007"));
    assert_eq!(name(&Note::TAG), "tag");
    assert!(Note::by_tag("rust").range(..9).request()?.is_some());
    let tagged = Note::by_tag("rust").project::<Tagged>().request()?.expect("a request");
    assert!(tagged.attributes.expect("some attributes").contains(&"tag"));
    assert!(Tagged { user: UserId(String::new()), tag: None }.tag.is_none());
    assert_eq!(Hidden { secret: Secret("a".into()) }.secret.0, "a");
    assert!(Reader::ADDRESS.then(Address::ZIP).eq("10115").expr().is_ok());
    assert!(Reader::SECRET.eq(Secret("a".into())).expr().is_ok());
    assert_eq!((name(&Reader::SECRET), name(&Address::SECRET)), ("secret", "secret"));
    let (_, _) = (Reader::BY_TAG_KEY, Note::BY_TAG_KEY);
    assert!(State::Open.is_initial() && State::Done.is_final());
    let _ = State::OPEN.to(State::DONE);
    Ok(())
}

/// Has no prelude, and shadows every name that generated code could use by mistake.
mod shadowed {
    #![no_implicit_prelude]
    #![allow(dead_code, unused)]

    pub(crate) struct Option;
    pub(crate) struct Result;
    pub(crate) struct String;
    pub(crate) struct Vec;
    pub(crate) struct Box;
    pub(crate) struct Clone;
    pub(crate) struct From;
    pub(crate) struct AsRef;
    pub(crate) struct Sized;
    pub(crate) struct Send;
    pub(crate) struct Sync;
    pub(crate) mod std {}
    pub(crate) mod core {}
    pub(crate) mod alloc {}
    pub(crate) mod serde {}
    pub(crate) mod monotable {}
    #[allow(non_upper_case_globals)]
    pub(crate) const Ok: () = ();
    #[allow(non_upper_case_globals)]
    pub(crate) const Err: () = ();
    #[allow(non_upper_case_globals)]
    pub(crate) const Some: () = ();
    #[allow(non_upper_case_globals)]
    pub(crate) const None: () = ();

    // Generated code uses these names.
    pub(crate) struct Entity;
    pub(crate) struct Document;
    pub(crate) struct Field;
    pub(crate) struct FieldDef;
    pub(crate) struct IndexKeyFields;
    pub(crate) struct Value;
    pub(crate) struct Default;
    pub(crate) struct Serialize;
    pub(crate) struct Serializer;
    pub(crate) struct Schema;
    pub(crate) struct Key;
    pub(crate) struct Query;
    pub(crate) struct Part;
    pub(crate) struct Primary;
    pub(crate) const DEF: () = ();
    pub(crate) const PK: () = ();
    pub(crate) mod m {}

    macro_rules! matches {
        () => {};
    }

    #[derive(::std::fmt::Debug, ::monotable::Table)]
    #[table(indexes(ByTag, Near, ByKind), ttl = "gone", coordination)]
    pub(crate) enum Notes {
        Note(Note),
        Reader(Reader),
    }

    #[derive(
        ::std::fmt::Debug,
        ::std::clone::Clone,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::monotable::Entity,
    )]
    #[entity(table = Notes, pk = "READER#{id}", sk = "READER", version = value, ttl = index)]
    #[entity(unique(key, part))]
    #[access(readers, index = ByTag, pk = "READERS#{field}#{parts}", sk = "{out}#{id}",
        when(out = 3))]
    pub(crate) struct Reader {
        pub(crate) id: u32,
        pub(crate) value: u64,
        pub(crate) index: ::std::option::Option<i64>,
        pub(crate) key: ::std::option::Option<::std::string::String>,
        pub(crate) part: i8,
        #[serde(default)]
        pub(crate) field: ::std::string::String,
        #[serde(default = "own::parts")]
        pub(crate) parts: u16,
        #[serde(default, with = "own")]
        pub(crate) out: ::std::option::Option<u8>,
        pub(crate) document: Within,
    }

    #[derive(
        ::std::fmt::Debug,
        ::std::clone::Clone,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::monotable::Document,
    )]
    pub(crate) struct Within {
        #[serde(default, with = "own")]
        pub(crate) out: ::std::option::Option<u8>,
    }

    #[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(crate) mod own {
        pub(crate) fn parts() -> u16 {
            3
        }

        pub(crate) fn serialize<S: ::serde::Serializer>(
            value: &::std::option::Option<u8>,
            out: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::serde::Serialize::serialize(value, out)
        }

        pub(crate) fn deserialize<'de, D: ::serde::Deserializer<'de>>(
            input: D,
        ) -> ::std::result::Result<::std::option::Option<u8>, D::Error> {
            ::serde::Deserialize::deserialize(input)
        }
    }

    #[derive(::monotable::Index)]
    pub(crate) struct ByTag;

    #[derive(::monotable::Index)]
    #[index(local, projection = include(tag))]
    pub(crate) struct Near;

    #[derive(::monotable::Index)]
    #[index(attributes)]
    pub(crate) struct ByKind;

    #[derive(
        ::std::fmt::Debug,
        ::std::clone::Clone,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::monotable::Entity,
    )]
    #[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id}")]
    #[access(by_user)]
    #[access(nearby, index = Near, sk = "{at}#{done}")]
    #[access(by_kind, index = ByKind, pk(kind, user), sk(id, tag))]
    #[access(by_tag, index = ByTag, pk = "TAG#{tag}", sk = "{at:day:bucket}#{id}",
        when(tag = Some, user = "ann", id = 1 | 2, done = true, kind = Text))]
    pub(crate) struct Note {
        pub(crate) user: ::std::string::String,
        pub(crate) id: u32,
        pub(crate) tag: ::std::option::Option<::std::string::String>,
        pub(crate) at: ::jiff::Timestamp,
        pub(crate) done: bool,
        pub(crate) kind: Kind,
    }

    #[derive(
        ::std::fmt::Debug,
        ::std::clone::Clone,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::monotable::KeyPart,
        ::monotable::Workflow,
    )]
    pub(crate) enum Kind {
        #[next(None, Text)]
        Text,
        #[adds(Note::TAG)]
        None,
    }

    #[derive(::std::fmt::Debug, ::monotable::Projection)]
    #[projection(of = Note)]
    pub(crate) struct Tag {
        pub(crate) tag: ::std::option::Option<::std::string::String>,
    }

    #[derive(
        ::std::fmt::Debug,
        ::std::clone::Clone,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::monotable::KeyPart,
    )]
    pub(crate) struct Id(::std::string::String);

    /// Its parameters have the names of those that std's and our traits have.
    #[derive(::serde::Serialize, ::serde::Deserialize, ::monotable::KeyPart)]
    pub(crate) struct Typed<F, U, K>(
        pub(crate) ::std::string::String,
        pub(crate) ::std::marker::PhantomData<(F, U, K)>,
    );

    pub(crate) struct PhantomData;

    impl<F, U, K> ::std::clone::Clone for Typed<F, U, K> {
        fn clone(&self) -> Self {
            Typed(::std::clone::Clone::clone(&self.0), ::std::marker::PhantomData)
        }
    }

    impl<F, U, K> ::std::fmt::Debug for Typed<F, U, K> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.0, f)
        }
    }
}

#[test]
fn shadowed_names() {
    let tags = shadowed::Note::by_tag("rust").project::<shadowed::Tag>();
    assert!(tags.request().is_ok());
    assert!(shadowed::Tag { tag: None }.tag.is_none());
    assert!(shadowed::Note::by_kind(shadowed::Kind::Text, "a").range(1..).request().is_ok());
    assert!(shadowed::Reader::readers("a", 1).eq(3).request().is_ok());
    let out = shadowed::Reader::DOCUMENT.then(shadowed::Within::OUT);
    assert_eq!(out.path().to_string(), "document.out");
}

/// Names that are keywords. The templates use them without `r#`.
mod raw {
    use super::{Deserialize, Entity, Index, KeyPart, Projection, Serialize, Table};

    #[derive(Debug, Table)]
    #[table(indexes(r#Loop, r#Impl, r#Where), coordination)]
    pub(crate) enum r#Yield {
        Note(r#Match),
    }

    #[derive(Index)]
    pub(crate) struct r#Loop;

    #[derive(Index)]
    #[index(local)]
    pub(crate) struct r#Impl;

    #[derive(Index)]
    #[index(attributes)]
    pub(crate) struct r#Where;

    #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
    #[entity(table = r#Yield, pk = "TYPE#{type}", sk = "REF#{ref}")]
    #[access(r#for)]
    #[access(r#loop, index = r#Impl, sk = "{fn}")]
    #[access(r#while, index = r#Loop, pk = "FN#{fn}", sk = same, when(r#fn = r#As))]
    #[access(r#in, index = r#Where, pk(r#type, r#dyn), sk(r#fn, r#ref))]
    pub(crate) struct r#Match {
        pub(crate) r#type: String,
        pub(crate) r#ref: String,
        pub(crate) r#fn: r#Kind,
        #[serde(default)]
        pub(crate) r#dyn: Option<u8>,
    }

    #[derive(Debug, Projection)]
    #[projection(of = r#Match)]
    pub(crate) struct r#Static {
        pub(crate) r#ref: String,
        #[projection(field = r#type)]
        pub(crate) r#mod: String,
    }

    #[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
    pub(crate) enum r#Kind {
        r#As,
        In,
    }
}

#[test]
fn raw_identifiers() -> Result<()> {
    let key = raw::Match::key("a", "b").render()?;
    assert_eq!((key.pk.as_str(), key.sk.as_str()), ("TYPE#a", "REF#b"));
    assert_eq!(name(&raw::Match::TYPE), "type");
    let query = raw::Match::r#while(raw::Kind::As).request()?.expect("not empty");
    let (pk, _) = query.keys.texts().expect("texts");
    assert_eq!((pk, query.pattern), ("FN#As", "while"));
    assert!(raw::Match::r#in("a", 1).eq(raw::Kind::As).request().is_ok());
    let refs = raw::Match::r#for("a").project::<raw::Static>().request()?.expect("not empty");
    assert_eq!(refs.attributes.as_deref(), Some(&["pk", "sk", "_type", "ref", "type"][..]));
    let unused = raw::Static { r#ref: "b".into(), r#mod: "a".into() };
    assert_eq!((unused.r#ref.as_str(), unused.r#mod.as_str()), ("b", "a"));
    let unused = raw::Kind::In;
    assert!(matches!(unused, raw::Kind::In));
    Ok(())
}

#[test]
fn in_a_function_body() -> Result<()> {
    #[derive(Debug, Table)]
    #[table(indexes(Latest))]
    enum Log {
        Line(Line),
    }

    #[derive(Index)]
    struct Latest;

    #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
    #[entity(table = Log, pk = "HOST#{host}", sk = "{at:desc}")]
    #[access(of_host)]
    #[access(latest, index = Latest, pk = "LEVEL#{level}", sk = "{at:desc}")]
    struct Line {
        host: String,
        at: jiff::Timestamp,
        level: Level,
    }

    #[derive(Debug, Clone, Copy, Serialize, Deserialize, KeyPart)]
    enum Level {
        Error,
    }

    let line = Line { host: "a".into(), at: jiff::Timestamp::UNIX_EPOCH, level: Level::Error };
    let log = Log::from(line.clone());
    assert!(matches!(&log, Log::Line(line) if line.host == "a"));
    assert_eq!(line.primary_key().render()?.pk, "HOST#a");
    assert!(Line::latest(Level::Error).request().is_ok());
    assert!(Line::of_host("a").request().is_ok());
    Ok(())
}

/// An entity with private fields of private types, in keys and elsewhere. It is used from outside
/// of its module.
mod library {
    use super::{Deserialize, Entity, Index, KeyPart, Serialize, Table};

    #[derive(Debug, Table)]
    #[table(indexes(ByState))]
    #[allow(unreachable_pub)]
    pub enum Jobs {
        Job(Job),
        Run(inner::Run),
    }

    #[derive(Debug, Index)]
    #[allow(unreachable_pub)]
    pub struct ByState;

    #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
    #[entity(table = Jobs, pk = "JOB#{id}", sk = "JOB")]
    #[access(by_id)]
    #[access(by_state, index = ByState, pk = "STATE#{state}", sk = "JOB#{id}")]
    #[allow(unreachable_pub)]
    pub struct Job {
        id: String,
        state: String,
        secret: Secret,
        pub(super) shared: Shared,
        pub(crate) known: u32,
    }

    #[derive(Debug, Clone, Serialize, Deserialize)]
    struct Secret(String);

    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub(super) struct Shared(pub(super) u32);

    impl Job {
        pub(super) fn new(id: &str) -> Self {
            Job {
                id: id.into(),
                state: "new".into(),
                secret: Secret("x".into()),
                shared: Shared(1),
                known: 2,
            }
        }

        pub(super) fn reveal(&self) -> (&str, &str) {
            (&self.secret.0, super::name(&Job::SECRET))
        }
    }

    pub(crate) mod inner {
        use super::{Deserialize, Entity, Jobs, KeyPart, Serialize, Table};

        #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
        #[entity(table = Jobs, pk = "JOB#{job}", sk = "RUN#{number}")]
        #[access(of_job)]
        pub(crate) struct Run {
            pub(super) job: String,
            pub(self) number: Number,
            pub(in crate::library) outcome: Outcome,
        }

        #[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
        pub(crate) struct Number(pub(crate) u16);

        #[derive(Debug, Clone, Serialize, Deserialize)]
        pub(in crate::library) struct Outcome;

        impl Run {
            pub(crate) fn new() -> Self {
                Run { job: "a".into(), number: Number(1), outcome: Outcome }
            }
        }

        #[derive(Debug, Table)]
        pub(in crate::library) enum Steps {
            Step(deep::Step),
        }

        pub(super) mod deep {
            use super::super::{Deserialize, Entity, Serialize};

            #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
            #[entity(table = super::Steps, pk = "JOB#{job}", sk = "STEP#{number}")]
            #[access(of_job)]
            pub(in crate::library) struct Step {
                pub(in crate::library::inner) job: String,
                number: u16,
            }

            impl Step {
                pub(in crate::library) fn names() -> [&'static str; 2] {
                    [
                        super::super::super::name(&Step::JOB),
                        super::super::super::name(&Step::NUMBER),
                    ]
                }
            }
        }
    }

    pub(super) fn steps() -> bool {
        inner::deep::Step::names() == ["job", "number"]
            && inner::deep::Step::of_job("a").eq(1).request().is_ok()
            && inner::deep::Step::get("a", 1).request().is_ok()
            && super::name(&inner::Run::JOB) == "job"
            && super::name(&inner::Run::OUTCOME) == "outcome"
    }
}

#[test]
fn private_fields() -> Result<()> {
    use library::inner::{Number, Run};
    use library::{Job, Jobs};

    let job = Job::new("a");
    assert_eq!(job.reveal(), ("x", "secret"));
    assert_eq!((job.shared.0, job.known), (1, 2));
    assert_eq!((name(&Job::SHARED), name(&Job::KNOWN)), ("shared", "known"));
    // `id` and `state` are private. The key and the access patterns are as public as the struct.
    assert_eq!(Job::key("a").render()?, job.primary_key().render()?);
    assert!(Job::get("a").request().is_ok());
    assert!(Job::by_id("a").request().is_ok());
    let query = Job::by_state("new").begins_with("a").request()?.expect("not empty");
    assert_eq!(query.keys.texts().map(|(pk, _)| pk), Some("STATE#new"));

    assert_eq!(Run::key("a", Number(1)).render()?, Run::new().primary_key().render()?);
    assert!(Run::of_job("a").range(..Number(9)).request().is_ok());
    assert!(matches!(Jobs::from(Run::new()), Jobs::Run(_)));
    assert!(library::steps());
    Ok(())
}

/// The facade has another path.
mod renamed {
    use super::{Deserialize, Serialize};

    pub(crate) mod db {
        pub(crate) use monotable::__private;
    }

    #[derive(Debug, monotable::Table)]
    #[table(indexes(ByTag), coordination, crate = "crate::renamed::db")]
    pub(crate) enum Notes {
        Note(Note),
    }

    #[derive(monotable::Index)]
    #[index(crate = "crate::renamed::db")]
    pub(crate) struct ByTag;

    #[derive(Debug, Clone, Serialize, Deserialize, monotable::Entity)]
    #[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE", crate = "crate::renamed::db")]
    #[entity(version = version, unique(slug))]
    #[access(by_tag, index = ByTag, pk = "TAG#{tag}", sk = "{id}", when(version_of = 1))]
    pub(crate) struct Note {
        pub(crate) id: Id,
        pub(crate) tag: String,
        pub(crate) version: u64,
        pub(crate) version_of: u8,
        pub(crate) slug: String,
        pub(crate) place: Place,
    }

    #[derive(Debug, Clone, Serialize, Deserialize, monotable::Document)]
    #[document(crate = "crate::renamed::db")]
    #[serde(crate = "crate::renamed::other")]
    pub(crate) struct Place {
        #[serde(serialize_with = "shout")]
        pub(crate) name: String,
    }

    pub(crate) mod other {
        pub(crate) use serde::*;
    }

    fn shout<S: serde::Serializer>(name: &str, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&name.to_uppercase())
    }

    #[derive(Debug, Clone, Serialize, Deserialize, monotable::KeyPart)]
    #[key_part(crate = "crate::renamed::db")]
    pub(crate) struct Id(pub(crate) String);
}

#[test]
fn renamed_dependency() {
    assert!(renamed::Note::get(renamed::Id("a".into())).request().is_ok());
    assert!(renamed::Note::PLACE.then(renamed::Place::NAME).eq("here").expr().is_ok());
    let _ = renamed::Note::BY_TAG_KEY;
}

/// A macro passes the types on, in invisible groups of tokens.
mod from_a_macro {
    use super::{Deserialize, Entity, Index, Serialize, Table};

    macro_rules! entity {
        ($name:ident, $id:ty, $tag:ty, $pk:literal) => {
            #[derive(Debug, Table)]
            #[table(indexes(ByTag), coordination)]
            pub(crate) enum Things {
                Thing($name),
            }

            #[derive(Index)]
            pub(crate) struct ByTag;

            #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
            #[entity(table = Things, pk = $pk, sk = "THING")]
            #[access(by_tag, index = ByTag, pk = "TAG#{tag}", sk = "{id}")]
            pub(crate) struct $name {
                pub(crate) id: $id,
                pub(crate) tag: $tag,
            }
        };
    }
    entity!(Thing, u64, Option<String>, "THING#{id}");
}

#[test]
fn types_from_a_macro() -> Result<()> {
    use from_a_macro::Thing;
    assert_eq!(Thing::key(7).render()?.pk, "THING#00000000000000000007");
    assert!(Thing::by_tag("a").eq(7).request().is_ok());
    Ok(())
}

mod longest_key {
    use super::*;

    #[derive(Debug, Table)]
    pub(crate) enum Things {
        Thing(Thing),
    }

    /// Its primary key has as many fields as a key can have.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(
        table = Things,
        pk = "{a}#{b}#{c}#{d}#{e}#{f}#{g}#{h}",
        sk = "{i}#{j}#{k}#{l}#{m}#{n}#{o}#{p}"
    )]
    pub(crate) struct Thing {
        pub(crate) a: u8,
        pub(crate) b: u8,
        pub(crate) c: u8,
        pub(crate) d: u8,
        pub(crate) e: u8,
        pub(crate) f: u8,
        pub(crate) g: u8,
        pub(crate) h: u8,
        pub(crate) i: u8,
        pub(crate) j: u8,
        pub(crate) k: u8,
        pub(crate) l: u8,
        pub(crate) m: u8,
        pub(crate) n: u8,
        pub(crate) o: u8,
        pub(crate) p: u8,
    }
}

#[test]
fn the_longest_key() -> Result<()> {
    use longest_key::Thing;
    let key = Thing::key(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15).render()?;
    assert_eq!(key.pk, "000#001#002#003#004#005#006#007");
    assert_eq!(key.sk, "008#009#010#011#012#013#014#015");
    Ok(())
}

/// Traits of a user, whose methods are called like those that exist only for their messages.
mod own_methods {
    use super::{Note, Notes};
    use monotable::{Backend, Query, Table};

    pub(crate) trait Store {
        fn put(&self, note: &Note) -> &'static str;
        fn get(&self, id: u32) -> &'static str;
        fn scan(&self) -> &'static str;
    }

    impl<B: Backend> Store for Table<Notes, B> {
        fn put(&self, _: &Note) -> &'static str {
            "put"
        }
        fn get(&self, _: u32) -> &'static str {
            "get"
        }
        fn scan(&self) -> &'static str {
            "scan"
        }
    }

    pub(crate) trait Clear {
        fn delete(&self) -> &'static str;
    }

    impl<R, I> Clear for Query<Note, R, I> {
        fn delete(&self) -> &'static str {
            "delete"
        }
    }
}

#[test]
fn own_methods_of_tables_and_queries_take_precedence() {
    use monotable::prelude::*;
    use own_methods::{Clear as _, Store as _};
    let notes = Notes::on(Embedded::in_memory());
    let by_reference = &notes;
    assert_eq!([notes.get(1), notes.scan()], ["get", "scan"]);
    assert_eq!([by_reference.get(1), by_reference.scan()], ["get", "scan"]);
    assert_eq!(Note::by_tag("rust").delete(), "delete");
    let _ = |note: &Note| notes.put(note);
}

/// Declares a table, an index, entities and parts of them with these names.
macro_rules! named {
    ($module:ident: $table:ident, $index:ident, $part:ident, $document:ident, $with:ident = $path:literal, $plain:ident, $full:ident) => {
        mod $module {
            use super::{Deserialize, Document, Entity, Index, KeyPart, Serialize, Table};

            #[derive(Debug, Table)]
            #[table(indexes($index, Near), coordination)]
            pub(crate) enum $table {
                Plain($plain),
                Full(Box<$full>),
            }

            #[derive(Debug, Index)]
            pub(crate) struct $index;

            #[derive(Debug, Index)]
            #[index(local)]
            pub(crate) struct Near;

            #[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
            pub(crate) struct $part(pub(crate) jiff::Timestamp);

            #[derive(Debug, Clone, Serialize, Deserialize, Document)]
            pub(crate) struct $document {
                pub(crate) street: String,
            }

            /// The functions of a serde attribute.
            pub(crate) struct $with;

            impl $with {
                fn serialize<X: serde::Serializer>(of: &u8, to: X) -> Result<X::Ok, X::Error> {
                    of.serialize(to)
                }
                fn deserialize<'de, X: serde::Deserializer<'de>>(from: X) -> Result<u8, X::Error> {
                    u8::deserialize(from)
                }
            }

            #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
            #[entity(table = $table, pk = "ID#{id}", sk = "PLAIN")]
            pub(crate) struct $plain {
                pub(crate) id: u32,
            }

            #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
            #[entity(table = $table, pk = "ID#{id}", sk = "FULL#{number}", created = made)]
            #[entity(version = version, ttl = until, unique(email), updated = changed)]
            #[access(of_id)]
            #[key(index = Near, sk = "{changed:s}#{kind}", when(kind = 3))]
            #[access(by_kind, index = $index, pk = "KIND#{kind}", sk = "{at:day:bucket}", when(kind = 3))]
            pub(crate) struct $full {
                pub(crate) id: u32,
                #[serde(with = "jiff::fmt::serde::timestamp::second::required")]
                pub(crate) made: jiff::Timestamp,
                pub(crate) changed: jiff::Timestamp,
                pub(crate) number: u32,
                pub(crate) version: u64,
                pub(crate) email: String,
                pub(crate) until: Option<u64>,
                #[serde(default, with = $path)]
                pub(crate) kind: u8,
                pub(crate) at: $part,
                pub(crate) address: $document,
            }
        }
    };
}

// Each name is that of a table, of an entity, and of most of what these consist of. The names are those that
// generated code could have for its own parameters.
named!(first: V, M, B, E, I = "I", S, T);
named!(second: M, B, E, I, S = "S", T, V);
named!(third: B, E, I, S, T = "T", V, M);
named!(fourth: E, I, S, T, V = "V", M, B);
named!(fifth: I, S, T, V, M = "M", B, E);
named!(sixth: S, T, V, M, B = "B", E, I);
named!(seventh: T, V, M, B, E = "E", I, S);

#[test]
fn one_letter_names() -> Result<()> {
    let [id, at] = [7, 8];
    assert_eq!(first::T::key(id, 1).render()?, seventh::S::key(id, 1).render()?);
    assert!(second::V::of_id(id).eq(at).request().is_ok());
    assert!(third::M::by_kind(3).request().is_ok() && fifth::E::by_kind(3).request().is_ok());
    assert!(matches!(fourth::E::from(fourth::M { id }), fourth::E::Plain(plain) if plain.id == id));
    let street = sixth::I::ADDRESS.then(sixth::M::STREET);
    assert_eq!(street.path().to_string(), "address.street");
    Ok(())
}

/// Constants with the names of usual variables. In a pattern, such a name would be the constant.
mod constants {
    #![allow(dead_code, non_upper_case_globals)]

    use super::{Deserialize, Entity, Index, KeyPart, Serialize, Table};
    use jiff::Timestamp;

    macro_rules! constants {
        ($($name:ident)*) => {$(
            pub(crate) const $name: () = ();
        )*};
    }
    constants! {
        at by clash def entity error expiry field fields format from index inner into item key make
        name names now other out part parts read rest result row s self_ stamp table text time to
        unit value values version visit write x
    }

    #[derive(Debug, Table)]
    #[table(indexes(ByState), ttl = "gone", coordination)]
    pub(crate) enum Jobs {
        Job(Job),
        Run(Box<Run>),
    }

    #[derive(Debug, Index)]
    pub(crate) struct ByState;

    #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
    #[entity(table = Jobs, pk = "JOB#{id}", sk = "JOB", version = revision, ttl = until)]
    #[entity(unique(owner, title), created = made, updated = changed)]
    #[access(of_id)]
    #[access(by_state, index = ByState, pk = "STATE#{state}", sk = "{due:day:bucket}#{id}",
        when(state = Open | Done, label = Some, title = "a", owner = "b", step = 1, urgent = true))]
    pub(crate) struct Job {
        pub(crate) id: Id,
        pub(crate) state: State,
        pub(crate) due: Timestamp,
        pub(crate) label: Option<String>,
        pub(crate) title: Option<String>,
        pub(crate) owner: String,
        #[serde(default = "step")]
        pub(crate) step: u8,
        #[serde(default, with = "monotable::timestamp::s")]
        pub(crate) urgent_since: Option<Timestamp>,
        pub(crate) urgent: bool,
        pub(crate) revision: u64,
        pub(crate) until: Option<u64>,
        pub(crate) made: Timestamp,
        pub(crate) changed: Timestamp,
    }

    pub(crate) fn step() -> u8 {
        1
    }

    #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
    #[entity(table = Jobs, pk = "JOB#{id}", sk = "RUN#{number}")]
    pub(crate) struct Run {
        pub(crate) id: Id,
        pub(crate) number: Number,
    }

    #[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
    pub(crate) struct Id(pub(crate) String);

    #[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
    #[serde(transparent)]
    pub(crate) struct Number {
        pub(crate) count: u16,
    }

    #[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
    pub(crate) enum State {
        Open,
        Done,
    }
}

/// Functions of serde attributes with the names of usual variables, which would hide them.
mod functions {
    use super::{Deserialize, Entity, Serialize, Table};
    use serde::Serializer;

    #[derive(Debug, Table)]
    pub(crate) enum Jobs {
        Job(Job),
    }

    #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
    #[entity(table = Jobs, pk = "JOB#{id}", sk = "JOB")]
    pub(crate) struct Job {
        pub(crate) id: u32,
        #[serde(default = "field")]
        pub(crate) step: u8,
        #[serde(serialize_with = "out")]
        pub(crate) state: u8,
        #[serde(serialize_with = "value")]
        pub(crate) number: u8,
    }

    fn field() -> u8 {
        1
    }

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    fn out<S: Serializer>(of: &u8, to: S) -> Result<S::Ok, S::Error> {
        of.serialize(to)
    }

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    fn value<S: Serializer>(of: &u8, to: S) -> Result<S::Ok, S::Error> {
        of.serialize(to)
    }
}

#[test]
fn names_of_variables() {
    use constants::{Id, Job, Jobs, Number, Run, State};
    assert!(Job::of_id(Id("a".into())).request().is_ok());
    assert!(Job::by_state(State::Open).request().is_ok());
    let run = Run { id: Id("a".into()), number: Number { count: 1 } };
    assert!(matches!(Jobs::from(run), Jobs::Run(run) if run.number.count == 1));
    assert!(matches!(State::Done, State::Done));
    assert!(functions::Job::STATE.eq(1).expr().is_ok() && functions::Job::get(1).request().is_ok());
}

/// A table whose entities share their keys, as a library might export it.
#[derive(Debug, Table)]
pub enum Site {
    /// A person.
    Person(Box<Person>),
    /// A group.
    Group(Group),
}

/// Who has a name.
#[derive(Debug, KeySpace)]
pub enum Owner {
    /// A person.
    Person(Box<Person>),
    /// A group.
    Group(Group),
}

/// A person.
#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "NAME#{name}", sk = "NAME", shares = Owner, version = version)]
pub struct Person {
    name: UserId,
    version: u64,
}

/// A group. Its key has another type, which writes the same texts.
#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "NAME#{title}", sk = "NAME", shares = Owner, unique(mail))]
pub struct Group {
    title: String,
    mail: Option<String>,
}

/// Has no prelude, and shadows names that a key space could use by mistake.
mod shadowed_space {
    #![no_implicit_prelude]
    #![allow(dead_code, unused)]

    pub(crate) struct Option;
    pub(crate) struct Result;
    pub(crate) struct Box;
    pub(crate) struct From;
    pub(crate) struct Send;
    pub(crate) struct Sync;
    pub(crate) struct Any;
    pub(crate) struct Sized;
    pub(crate) struct KeySpace;
    pub(crate) struct Entity;
    pub(crate) struct Shares;
    pub(crate) struct HoldsShared;
    pub(crate) mod std {}
    pub(crate) mod core {}
    pub(crate) mod monotable {}
    #[allow(non_upper_case_globals)]
    pub(crate) const Ok: () = ();
    #[allow(non_upper_case_globals)]
    pub(crate) const Some: () = ();
    #[allow(non_upper_case_globals)]
    pub(crate) const None: () = ();
    pub(crate) const DEF: () = ();
    pub(crate) const NAME: () = ();

    #[derive(::std::fmt::Debug, ::monotable::Table)]
    pub(crate) enum Site {
        Person(Person),
        Group(Group),
    }

    #[derive(::std::fmt::Debug, ::monotable::KeySpace)]
    pub(crate) enum Owner {
        Person(Person),
        Group(Group),
    }

    #[derive(
        ::std::fmt::Debug,
        ::std::clone::Clone,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::monotable::Entity,
    )]
    #[entity(table = Site, pk = "SITE#{site}", sk = "NAME#{name}", shares = Owner)]
    pub(crate) struct Person {
        pub(crate) site: u32,
        pub(crate) name: ::std::string::String,
    }

    #[derive(
        ::std::fmt::Debug,
        ::std::clone::Clone,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::monotable::Entity,
    )]
    #[entity(table = Site, pk = "SITE#{of}", sk = "NAME#{name}", shares = self::Owner)]
    pub(crate) struct Group {
        pub(crate) of: u32,
        pub(crate) name: ::std::string::String,
    }
}

/// Declares a key space with these names.
macro_rules! named_space {
    ($module:ident: $table:ident, $space:ident, $one:ident, $two:ident = $type:ty) => {
        mod $module {
            use super::{Deserialize, Entity, KeySpace, Serialize, Table, renamed::db};

            #[derive(Debug, Table)]
            #[table(coordination, crate = "db")]
            pub(crate) enum $table {
                $one($one),
                Other(Box<$two>),
            }

            #[derive(Debug, KeySpace)]
            #[key_space(crate = "db")]
            pub(crate) enum $space {
                $one($one),
                Other(Box<$two>),
            }

            #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
            #[entity(table = $table, pk = "ID#{id}", sk = "ID", shares = $space, crate = "db")]
            pub(crate) struct $one {
                pub(crate) id: $type,
            }

            #[derive(Debug, Clone, Serialize, Deserialize, Entity)]
            #[entity(table = $table, pk = "ID#{type}", sk = "ID", shares = $space, crate = "db")]
            pub(crate) struct $two {
                pub(crate) r#type: $type,
            }
        }
    };
}

named_space!(space_of_one: V, M, B, E = u32);
named_space!(space_of_two: M, B, E, I = u32);
named_space!(space_of_three: B, E, I, S = u32);
named_space!(space_of_four: E, I, S, T = u32);
named_space!(space_of_five: I, S, T, V = u32);
named_space!(space_of_six: S, T, V, D = u32);
named_space!(space_of_seven: T, D, M, __S = u32);

#[test]
fn key_spaces() -> Result<()> {
    let name = UserId("ann".into());
    assert_eq!(Owner::key(&name).render()?, Group::key("ann").render()?);
    assert!(Owner::get(name.clone()).request().is_ok());
    let group = Group { title: "ann".into(), mail: None };
    assert!(matches!(Owner::from(group), Owner::Group(group) if group.mail.is_none()));
    let person = Person { name, version: 0 };
    assert!(matches!(Owner::from(person), Owner::Person(person) if person.version == 0));
    let key = shadowed_space::Owner::key((7, "ann"));
    assert_eq!(key.render()?, shadowed_space::Group::key(7, "ann").render()?);
    assert_eq!(space_of_one::M::key(1).render()?, space_of_four::T::key(1).render()?);
    assert!(space_of_two::B::get(1).request().is_ok());
    assert!(space_of_three::E::get(1).request().is_ok());
    assert!(space_of_five::S::get(1).request().is_ok());
    assert!(space_of_six::T::get(1).request().is_ok());
    assert!(space_of_seven::D::get(1).request().is_ok());
    Ok(())
}

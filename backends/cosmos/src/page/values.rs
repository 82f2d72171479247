//! Documents that are read as values while the SDK decodes the page: nothing looks at their text a second time.

use super::lend::lend;
use crate::document::{Document, names};
use crate::json::{self, Attributes, name_of};
use monotable_core::backend::{Readable, Reader};
use monotable_core::request::Query;
use monotable_core::value::front::Relay;
use monotable_core::{Error, Kind, Result};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;

thread_local! {
    static VALUES: RefCell<Option<Values>> = const { RefCell::new(None) };
}

/// The most attributes of a head: the tag, the primary key, and the key of an index.
const HEAD: usize = 5;

/// What is known of the values that are read.
pub(crate) struct Values {
    /// The names of the attributes of the head.
    names: [Option<&'static str>; HEAD],
    /// The texts of the head of the last document.
    last: [Option<String>; HEAD],
    /// How many more documents are wanted.
    room: usize,
    /// The bytes of the names and texts, roughly.
    bytes: usize,
    /// Why the page cannot be read.
    failed: Option<Error>,
}

impl Values {
    /// For the documents of a query, of which so many are wanted.
    pub(crate) fn of(query: &Query, room: usize) -> Self {
        let table = query.table;
        let keys = query.index.map(|index| [index.pk, index.sk]);
        let [index_pk, index_sk] = keys.map_or([None; 2], |keys| keys.map(Some));
        // A local index has the partition key of the table.
        let index_pk = index_pk.filter(|pk| !pk.is_empty() && *pk != table.pk);
        let names = [Some(table.tag), Some(table.pk), Some(table.sk), index_pk, index_sk];
        Values { names, last: Default::default(), room, bytes: 0, failed: None }
    }

    /// The text of an attribute of the last document that was wanted.
    pub(crate) fn last(&self, attribute: &str) -> Option<&str> {
        let at = self.names.iter().position(|name| *name == Some(attribute))?;
        self.last.get(at)?.as_deref()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Returns why a document cannot be read.
    pub(crate) fn failure(&mut self) -> Option<Error> {
        self.failed.take()
    }

    /// Takes note of a document.
    fn note(&mut self, head: &Head<'_>, bytes: usize) {
        self.bytes += bytes;
        if self.room == 0 {
            return;
        }
        self.room -= 1;
        for (last, text) in self.last.iter_mut().zip(head) {
            match (&mut *last, text) {
                (Some(last), Some(text)) => {
                    last.clear();
                    last.push_str(text);
                }
                (_, text) => *last = text.as_deref().map(str::to_owned),
            }
        }
    }
}

/// Awaits a page whose documents are [`Value`]s.
///
/// # Errors
///
/// `Decode` if what is known of them is lost: then a `Deserialize` has panicked, and somebody has caught it.
pub(crate) async fn values<T>(
    values: Values,
    page: impl Future<Output = T>,
) -> Result<(T, Values)> {
    let (page, values) = lend(&VALUES, values, page).await;
    let values = values.ok_or_else(|| {
        Error::new(Kind::Decode, "a page was not decoded to its end: send the request again")
    })?;
    Ok((page, values))
}

/// A document that was read.
pub(crate) struct Value<R: Reader>(pub(crate) R::Output);

impl<'de, R: Reader> Deserialize<'de> for Value<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let outside = || D::Error::custom("a document was decoded outside of its page");
        VALUES.with(|values| {
            // It is in use if a `Deserialize` of the user decodes a page while it is called for a document.
            let mut values = values.try_borrow_mut().map_err(|_| outside())?;
            let values = values.as_mut().ok_or_else(outside)?;
            deserializer.deserialize_map(Arriving { values, reader: PhantomData })
        })
    }
}

/// The texts that come before the other attributes, because our writes put them there.
type Head<'de> = [Option<Cow<'de, str>>; HEAD];

/// Receives the properties of a document.
struct Arriving<'a, R> {
    values: &'a mut Values,
    reader: PhantomData<fn() -> R>,
}

impl<'de, R: Reader> Visitor<'de> for Arriving<'_, R> {
    type Value = Value<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document")
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Value<R>, A::Error> {
        let Arriving { values, .. } = self;
        let (mut head, mut attributes) = (Head::default(), Attributes(entries));
        let mut rest = Rest::default();
        while let Some(name) = attributes.name()? {
            match head_of(&values.names, &mut head, &name) {
                Some(text) => match attributes.0.next_value_seed(MaybeText)? {
                    Ok(found) => *text = Some(found),
                    Err(other) => rest.add(&name, &other),
                },
                None => {
                    rest.name = Some(name);
                    break;
                }
            }
        }
        let is_known = |(name, text): (&Option<_>, &Option<_>)| name.is_none() || text.is_some();
        let is_usual = rest.name.is_none() || values.names.iter().zip(&head).all(is_known);
        let (read, bytes) = if is_usual && rest.json.is_empty() {
            let relay = Relay::default();
            let mut arrived = Arrived {
                names: &values.names,
                head: &head,
                next: rest.name,
                attributes: &mut attributes,
                relay: &relay,
            };
            let read = R::read(&mut arrived);
            if arrived.next.is_some() {
                arrived.attributes.0.next_value::<IgnoredAny>()?;
            }
            (read, relay.bytes())
        } else {
            let mut document = rest.document(&values.names, &mut head, &mut attributes)?;
            (R::read(&mut document), document.as_json().len())
        };
        match read {
            Ok(value) => {
                attributes.skip_rest()?;
                values.note(&head, bytes);
                Ok(Value(value))
            }
            Err(error) => {
                values.failed = Some(error);
                Err(A::Error::custom("a document cannot be read"))
            }
        }
    }
}

/// The place of the text of an attribute, if it is one of the head.
#[inline]
fn head_of<'a, 'de>(
    names: &[Option<&'static str>; HEAD],
    head: &'a mut Head<'de>,
    name: &str,
) -> Option<&'a mut Option<Cow<'de, str>>> {
    let at = names.iter().position(|it| *it == Some(name))?;
    head.get_mut(at)
}

/// What follows the head of a document.
#[derive(Default)]
struct Rest<'de> {
    /// The name of an attribute whose value was not read.
    name: Option<Cow<'de, str>>,
    /// The JSON of attributes that were read, with a comma after each.
    json: String,
}

impl<'de> Rest<'de> {
    #[cold]
    fn add(&mut self, name: &str, value: &Json) {
        let name = Json::from(&*names::stored(name));
        self.json.extend([&*name.to_string(), ":", &*value.to_string(), ","]);
    }

    /// Puts a document together again, whose keys are not at its beginning or are no texts: another program wrote it.
    #[cold]
    fn document<A: MapAccess<'de>>(
        mut self,
        names: &[Option<&'static str>; HEAD],
        head: &mut Head<'de>,
        attributes: &mut Attributes<A>,
    ) -> Result<Document, A::Error> {
        while let Some(name) = match self.name.take() {
            Some(name) => Some(name),
            None => attributes.name()?,
        } {
            match (attributes.0.next_value()?, head_of(names, head, &name)) {
                (Json::String(text), Some(place)) => *place = Some(Cow::Owned(text)),
                (other, _) => self.add(&name, &other),
            }
        }
        for (name, text) in names.iter().zip(&*head) {
            if let (Some(name), Some(text)) = (name, text) {
                self.add(name, &Json::from(&**text));
            }
        }
        let json = format!("{{{}}}", self.json.trim_end_matches(','));
        let all = 0..json.len();
        Ok(Document::in_page(json.into(), all))
    }
}

/// Reads a text, or any other value.
struct MaybeText;

impl<'de> DeserializeSeed<'de> for MaybeText {
    type Value = Result<Cow<'de, str>, Json>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        inner.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for MaybeText {
    type Value = Result<Cow<'de, str>, Json>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Ok(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Ok(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Err(Json::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Err(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Err(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Err(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Err(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Json::deserialize(SeqAccessDeserializer::new(list)).map(Err)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Json::deserialize(MapAccessDeserializer::new(map)).map(Err)
    }
}

/// A document whose head was read.
struct Arrived<'a, 'de, A> {
    names: &'a [Option<&'static str>; HEAD],
    head: &'a Head<'de>,
    /// The name that was read after the head.
    next: Option<Cow<'de, str>>,
    attributes: &'a mut Attributes<A>,
    relay: &'a Relay<json::Json>,
}

impl<'de, A: MapAccess<'de>> Readable for Arrived<'_, 'de, A> {
    fn text(&self, attribute: &str) -> Option<&str> {
        let at = self.names.iter().position(|name| *name == Some(attribute))?;
        self.head.get(at)?.as_deref()
    }

    fn take<T: DeserializeOwned>(&mut self) -> Result<T> {
        let entries = Entries {
            names: self.names,
            head: self.head,
            at: 0,
            text: None,
            next: self.next.take(),
            attributes: &mut *self.attributes,
        };
        let read = self.relay.read(entries);
        read.map_err(|error| Error::new(Kind::Decode, error.to_string()))
    }
}

/// The entries of a document whose head was read.
struct Entries<'a, 'de, A> {
    names: &'a [Option<&'static str>; HEAD],
    head: &'a Head<'de>,
    /// How much of the head was given out.
    at: usize,
    /// The text of the entry whose name was given out, if it is one of the head.
    text: Option<&'a str>,
    next: Option<Cow<'de, str>>,
    attributes: &'a mut Attributes<A>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<'_, 'de, A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let (Some(name), Some(text)) = (self.names.get(self.at), self.head.get(self.at)) {
            self.at += 1;
            if let (Some(name), Some(text)) = (name, text) {
                self.text = Some(text);
                return name_of(Cow::Borrowed(*name), seed).map(Some);
            }
        }
        match self.next.take() {
            Some(name) => name_of(name, seed).map(Some),
            None => self.attributes.next_key_seed(seed),
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.text.take() {
            Some(text) => seed.deserialize(StrDeserializer::new(text)),
            None => self.attributes.next_value_seed(seed),
        }
    }
}

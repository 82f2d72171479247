//! Tables, indexes and entities as const data: what the derives emit and backends read.

#![allow(
    clippy::indexing_slicing,
    reason = "constant functions have no other way, and are evaluated by the compiler only"
)]

use super::attributes::KeyAttributes;
use super::head::{Head, Names};
use super::space::{Shared, SpaceDef};
use crate::key::{Encoding, Segment, Template};

/// The attribute that names the last write of an item, for entities with a version.
///
/// `update_with` writes a random name to it, beside the version. If the answer to a request was lost
/// and the client sends the request again, the name distinguishes its own write from that of another
/// writer. The version cannot do this, because two writers that read the same version may write the
/// same next version.
pub const WRITE_NAME: &str = "_write";

/// With what the attributes begin that name the last step to each state of a workflow, such as
/// `_step.status.Paid`. They hold the token of the step.
///
/// There is one for each state and not one for the item: when a step is repeated, the item may have been
/// advanced further by other steps.
pub const STEP: &str = "_step.";

/// A table: its key attributes, its indexes and its entities.
#[derive(Debug)]
#[non_exhaustive]
pub struct TableDef {
    /// The name of the enum that declares it.
    pub name: &'static str,
    /// The attribute that holds the partition key.
    pub pk: &'static str,
    /// The attribute that holds the sort key.
    pub sk: &'static str,
    /// The attribute that holds the entity's name.
    pub tag: &'static str,
    /// The attribute that holds the time when an item expires, in seconds since 1970. Entities with
    /// `ttl = field` have it.
    pub ttl: &'static str,
    /// The encoding of text in keys.
    pub encoding: Encoding,
    /// The secondary indexes.
    pub indexes: &'static [&'static IndexDef],
    /// The entities.
    pub entities: &'static [&'static EntityDef],
    /// Whether it also has the items of [coordination](crate::coordination): records of once-only work, leases
    /// and counters of rate limits.
    pub coordinates: bool,
    /// The attributes that the table uses itself, for proofs.
    pub(crate) own: Names,
}

/// A secondary index. Which attributes are its keys is what [`TableDef::index_keys`] returns.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexDef {
    /// The index's name in the store.
    pub name: &'static str,
    /// The attribute that holds its partition key. It is empty for a local index, which has the partition
    /// key of the table, and if the keys are attributes of the items.
    pub pk: &'static str,
    /// The attribute that holds its sort key. As `pk`, it may be empty.
    pub sk: &'static str,
    /// The attributes that its entries hold.
    pub projection: Projection,
    /// Whether it is a local index: one with the partition key of the table.
    pub is_local: bool,
    /// What its keys are.
    pub(crate) keys_are: KeysAre,
}

/// What the keys of an index are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeysAre {
    /// Two texts, which are rendered from templates.
    Texts,
    /// Attributes of the items, which the entities on it declare.
    Attributes,
}

/// The projection of an index: what its entries hold besides the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Projection {
    /// The whole item.
    All,
    /// The primary key and the index key.
    KeysOnly,
    /// The keys, the entity's name and these attributes.
    Include(&'static [&'static str]),
}

/// An entity: its name, its keys and the names of its stored fields.
#[derive(Debug)]
#[non_exhaustive]
pub struct EntityDef {
    /// The name that its items have in the tag attribute.
    pub name: &'static str,
    /// The partition key's template.
    pub pk: Template,
    /// The sort key's template.
    pub sk: Template,
    /// Its keys on indexes. If it has several on one index, an item has at most one of them.
    pub indexes: &'static [IndexKey],
    /// The stored names of its fields, by position. The name of a field that is never stored is empty.
    pub fields: &'static [&'static str],
    /// Former names of attributes (serde's `alias`), each with the present name.
    pub aliases: &'static [(&'static str, &'static str)],
    /// Its version, unique constraints, expiry, and the times that writes set.
    pub rules: Rules,
    /// Whether items of other entities can be among those that a query of the primary key reads.
    pub is_mixed: bool,
    /// The key space that it is in, if it shares its keys with other entities.
    pub shared: Option<Shared>,
    /// The heads of its name and its sort key, for proofs.
    pub(crate) heads: [Head; 2],
}

/// An entity's key on one index.
#[derive(Debug)]
#[non_exhaustive]
pub struct IndexKey {
    /// The index.
    pub index: &'static IndexDef,
    /// The template of the index's partition key. On a local index, it is that of the primary key.
    pub pk: Template,
    /// The template of the index's sort key.
    pub sk: Template,
    /// The positions of the fields whose values decide whether an item has this key.
    pub when: &'static [u16],
    /// The name of its access pattern, if the entity has several keys on the index.
    pub(crate) pattern: &'static str,
    /// Whether items of other entities can be among those that a query reads.
    pub is_mixed: bool,
    /// The attributes that the key consists of, if it is not rendered from templates. Then the templates are
    /// empty.
    pub attributes: Option<KeyAttributes>,
    /// The head of the partition key, for proofs, or of the sort key on a local index.
    pub(crate) head: Head,
}

/// The rules that an entity's writes follow besides its keys.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Rules {
    /// The stored name of the field that is its version.
    pub version: Option<&'static str>,
    /// Whether its items have the table's ttl attribute.
    pub expires: bool,
    /// The stored name of the field that has the time at which the item was created.
    pub created: Option<&'static str>,
    /// The stored name of the field that has the time of the last write.
    pub updated: Option<&'static str>,
    /// Its unique constraints.
    pub unique: &'static [UniqueDef],
}

/// A unique constraint. Each value has a guard, which is an item with this key.
#[derive(Debug)]
#[non_exhaustive]
pub struct UniqueDef {
    /// The name that its guards have in the tag attribute, such as `Customer.email`.
    pub name: &'static str,
    /// The stored names of its fields.
    pub fields: &'static [&'static str],
    /// The template of the guard's partition key.
    pub pk: Template,
    /// The template of the guard's sort key.
    pub sk: Template,
    /// The heads of its name and its sort key, for proofs.
    pub(crate) heads: [Head; 2],
}

impl Rules {
    /// None.
    pub const NONE: Rules = Rules::new(None, false, &[]);

    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        version: Option<&'static str>,
        expires: bool,
        unique: &'static [UniqueDef],
    ) -> Self {
        Rules { version, expires, created: None, updated: None, unique }
    }

    /// Sets the fields of the times that writes set. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn stamps(
        mut self,
        created: Option<&'static str>,
        updated: Option<&'static str>,
    ) -> Self {
        (self.created, self.updated) = (created, updated);
        self
    }
}

impl UniqueDef {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        fields: &'static [&'static str],
        [pk, sk]: [Template; 2],
    ) -> Self {
        UniqueDef { name, fields, pk, sk, heads: [Head::of(name), Head::of_template(sk)] }
    }
}

impl TableDef {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        [pk, sk, tag]: [&'static str; 3],
        encoding: Encoding,
        indexes: &'static [&'static IndexDef],
        entities: &'static [&'static EntityDef],
    ) -> Self {
        let mut own = Names::NONE.with(pk).with(sk).with(tag).with("_ttl").with(WRITE_NAME);
        let mut at = 0;
        while at < indexes.len() {
            // The empty name, which a local index has here, is no name.
            own = own.with(indexes[at].pk).with(indexes[at].sk);
            at += 1;
        }
        let (ttl, coordinates) = ("_ttl", false);
        TableDef { name, pk, sk, tag, ttl, encoding, indexes, entities, coordinates, own }
    }

    /// Says that the table also has the items of coordination. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn coordination(mut self) -> Self {
        self.coordinates = true;
        self
    }

    /// Sets the name of the ttl attribute. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn ttl(mut self, name: &'static str) -> Self {
        self.ttl = name;
        self.own = self.own.with(name);
        self
    }

    /// Returns the entity with this name.
    #[must_use]
    pub fn entity(&self, name: &str) -> Option<&'static EntityDef> {
        self.entities.iter().copied().find(|entity| entity.name == name)
    }

    /// Returns whether items of the table can expire.
    #[must_use]
    pub fn expires(&self) -> bool {
        self.coordinates || self.entities.iter().any(|entity| entity.rules.expires)
    }

    /// Returns the attributes that the entries of an index hold besides the keys of the table and of
    /// the index, or `None` if they hold the whole item.
    ///
    /// If entities on the index expire, the result also contains the ttl attribute, so that a query can
    /// recognise expired items.
    #[must_use]
    pub fn projected(&self, index: &IndexDef) -> Option<Vec<&'static str>> {
        let on_it =
            |entity: &&&EntityDef| entity.indexes.iter().any(|key| key.index.name == index.name);
        let mut names = match index.projection {
            Projection::All => return None,
            Projection::KeysOnly => Vec::new(),
            Projection::Include(attributes) => {
                [self.tag].into_iter().chain(attributes.iter().copied()).collect()
            }
        };
        let expires = self.entities.iter().filter(on_it).any(|entity| entity.rules.expires);
        if expires && !names.contains(&self.ttl) {
            names.push(self.ttl);
        }
        Some(names)
    }
}

impl IndexDef {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        [pk, sk]: [&'static str; 2],
        projection: Projection,
    ) -> Self {
        IndexDef { name, pk, sk, projection, is_local: false, keys_are: KeysAre::Texts }
    }

    /// Makes it a local index. The attribute for its partition key is then not used. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn local(mut self) -> Self {
        (self.pk, self.is_local) = ("", true);
        self
    }

    /// Makes the keys of the index attributes of its items. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn attributes(mut self) -> Self {
        self.keys_are = KeysAre::Attributes;
        self
    }

    /// Returns the attributes that items have for their keys on this index, which has templates.
    pub(crate) fn own_keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let pk = (!self.is_local).then_some(self.pk);
        pk.into_iter().chain([self.sk])
    }
}

impl EntityDef {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        [pk, sk]: [Template; 2],
        indexes: &'static [IndexKey],
        fields: &'static [&'static str],
    ) -> Self {
        let heads = [Head::of(name), Head::of_template(sk)];
        let (aliases, rules, is_mixed, shared) = (&[], Rules::NONE, false, None);
        EntityDef { name, pk, sk, indexes, fields, aliases, rules, is_mixed, shared, heads }
    }

    /// Says that items of other entities can be among those that a query of the primary key reads. For the
    /// derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn mixed(mut self) -> Self {
        self.is_mixed = true;
        self
    }

    /// Returns whether a query of its key at this place can read items of other entities.
    pub(super) const fn mixes(&self, at: usize) -> bool {
        if at < self.indexes.len() { self.indexes[at].is_mixed } else { self.is_mixed }
    }

    /// Sets the former names of attributes, each with the present name. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [(&'static str, &'static str)]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Returns the index of its key at this place in [`indexes`](Self::indexes), if there is one.
    pub(super) const fn index(&self, at: usize) -> Option<&'static IndexDef> {
        if at < self.indexes.len() { Some(self.indexes[at].index) } else { None }
    }

    /// Returns the templates of its key at this place in [`indexes`](Self::indexes). After the last
    /// place, returns those of the primary key.
    pub(super) const fn key(&self, at: usize) -> [Template; 2] {
        if at < self.indexes.len() {
            [self.indexes[at].pk, self.indexes[at].sk]
        } else {
            [self.pk, self.sk]
        }
    }

    /// Returns one of its templates by number. The order is the primary key, the keys on indexes, the
    /// unique constraints, and in each the partition key before the sort key.
    pub(super) const fn template(&self, number: usize) -> Template {
        let (key, part) = (number / 2, number % 2);
        if key == 0 {
            return [self.pk, self.sk][part];
        }
        let key = key - 1;
        if key < self.indexes.len() {
            let on = &self.indexes[key];
            [on.pk, on.sk][part]
        } else {
            let unique = &self.rules.unique[key - self.indexes.len()];
            [unique.pk, unique.sk][part]
        }
    }

    /// Returns the keys on indexes that are rendered from templates, with their places in
    /// [`indexes`](Self::indexes).
    pub(crate) fn rendered_keys(&self) -> impl Iterator<Item = (usize, &'static IndexKey)> + use<> {
        self.indexes.iter().enumerate().filter(|(_, on)| on.attributes.is_none())
    }

    /// Returns the distinct fields of the primary key, in the order of the templates.
    pub(crate) fn key_fields(&self) -> impl Iterator<Item = u16> + use<> {
        let (pk, sk) = (self.pk, self.sk);
        let parts = move || {
            pk.iter().chain(sk).filter_map(|segment| match segment {
                Segment::Part(part) => Some(part.field),
                Segment::Literal(_) => None,
            })
        };
        parts()
            .enumerate()
            .filter(move |(at, field)| !parts().take(*at).any(|it| it == *field))
            .map(|(_, field)| field)
    }

    /// Returns its keys on each of its indexes with templates, with their places in [`indexes`](Self::indexes).
    pub(crate) fn keys_by_index(
        &self,
    ) -> impl Iterator<Item = impl Iterator<Item = (usize, &'static IndexKey)> + Clone> {
        let keys: &'static [IndexKey] = self.indexes;
        let is_first = move |(at, key): &(usize, &IndexKey)| {
            keys.iter().take(*at).all(|before| before.index.name != key.index.name)
        };
        let is_rendered = |(_, key): &(usize, &IndexKey)| key.attributes.is_none();
        keys.iter().enumerate().filter(is_first).filter(is_rendered).map(move |(_, first)| {
            keys.iter().enumerate().filter(|(_, key)| key.index.name == first.index.name)
        })
    }

    /// Returns the number of the field with this stored name.
    pub(crate) fn field(&self, name: &str) -> Option<u16> {
        let at = self.fields.iter().position(|field| *field == name)?;
        u16::try_from(at).ok()
    }

    /// Returns the former names of an attribute.
    pub(crate) fn former(&self, name: &str) -> impl Iterator<Item = &'static str> {
        let aliases = self.aliases.iter().filter(move |(_, now)| *now == name);
        aliases.map(|(former, _)| *former)
    }

    /// Sets its version, unique constraints and expiry. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Sets the key space, and the access pattern on the primary key. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn shares(mut self, space: &'static SpaceDef, pattern: Option<&'static str>) -> Self {
        self.shared = Some(Shared { space, pattern });
        self
    }

    /// Returns whether this is the name of another entity of its key space.
    pub(crate) fn shares_with(&self, name: &str) -> bool {
        let Some(shared) = self.shared else { return false };
        name != self.name && shared.space.members.contains(&name)
    }
}

impl IndexKey {
    /// For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(index: &'static IndexDef, [pk, sk]: [Template; 2]) -> Self {
        // The entities on a local index have the partitions of the table, and differ in their sort keys.
        let head = Head::of_template(if index.is_local { sk } else { pk });
        IndexKey { index, pk, sk, when: &[], pattern: "", is_mixed: false, attributes: None, head }
    }

    /// Sets the name of its access pattern, for messages. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn pattern(mut self, name: &'static str) -> Self {
        self.pattern = name;
        self
    }

    /// Says that items of other entities can be among those that a query reads. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn mixed(mut self) -> Self {
        self.is_mixed = true;
        self
    }

    /// Returns a key that consists of attributes of the item. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_attributes(index: &'static IndexDef, attributes: KeyAttributes) -> Self {
        let mut key = IndexKey::new(index, [&[], &[]]);
        key.attributes = Some(attributes);
        key
    }

    /// Sets the fields that decide whether an item has this key. For the derives.
    #[doc(hidden)]
    #[must_use]
    pub const fn when(mut self, fields: &'static [u16]) -> Self {
        self.when = fields;
        self
    }
}

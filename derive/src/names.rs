//! The names that attributes and their options have.

// The attributes.
pub(crate) const ENTITY: &str = "entity";
pub(crate) const ACCESS: &str = "access";
pub(crate) const KEY: &str = "key";
pub(crate) const DOCUMENT: &str = "document";
pub(crate) const STORED: &str = "stored";
pub(crate) const TABLE: &str = "table";
pub(crate) const INDEX: &str = "index";
pub(crate) const KEY_PART: &str = "key_part";
pub(crate) const COLLECTION: &str = "collection";
pub(crate) const MEMBER: &str = "member";
pub(crate) const KEY_SPACE: &str = "key_space";
pub(crate) const SERDE: &str = "serde";
pub(crate) const WORKFLOW: &str = "workflow";
pub(crate) const NEXT: &str = "next";
pub(crate) const INITIAL: &str = "initial";
pub(crate) const ADDS: &str = "adds";

// The options.
pub(crate) const ALL: &str = "all";
pub(crate) const ALLOW: &str = "allow";
pub(crate) const ATTRIBUTES: &str = "attributes";
pub(crate) const COORDINATION: &str = "coordination";
pub(crate) const CRATE: &str = "crate";
pub(crate) const CREATED: &str = "created";
pub(crate) const ENCODING: &str = "encoding";
pub(crate) const FIELD: &str = "field";
pub(crate) const FIELD_AS_LITERAL: &str = "field_as_literal";
pub(crate) const INCLUDE: &str = "include";
pub(crate) const INDEXES: &str = "indexes";
pub(crate) const KEYS_ONLY: &str = "keys_only";
pub(crate) const LOCAL: &str = "local";
pub(crate) const LOCK: &str = "lock";
pub(crate) const MIXED: &str = "mixed";
pub(crate) const NAME: &str = "name";
pub(crate) const NUMBER: &str = "number";
pub(crate) const OF: &str = "of";
pub(crate) const PK: &str = "pk";
pub(crate) const PROJECTION: &str = "projection";
pub(crate) const SAME: &str = "same";
pub(crate) const SHARES: &str = "shares";
pub(crate) const SK: &str = "sk";
pub(crate) const STATIC_PARTITION: &str = "static_partition";
pub(crate) const TAG: &str = "tag";
pub(crate) const TEXT: &str = "text";
pub(crate) const TTL: &str = "ttl";
pub(crate) const UNIQUE: &str = "unique";
pub(crate) const UPDATED: &str = "updated";
pub(crate) const VERSION: &str = "version";
pub(crate) const WHEN: &str = "when";

/// The options of `#[entity(..)]`.
pub(crate) const IN_ENTITY: &[&str] =
    &[TABLE, PK, SK, NAME, VERSION, TTL, CREATED, UPDATED, UNIQUE, SHARES, ALLOW, CRATE];
/// The options of `#[access(..)]` after the name of the pattern.
pub(crate) const IN_ACCESS: &[&str] = &[INDEX, PK, SK, WHEN, MIXED, ALLOW];
/// The options of `#[key(..)]`.
pub(crate) const IN_KEY: &[&str] = &[INDEX, PK, SK, WHEN, MIXED, ALLOW];
/// The options of `unique(..)` besides fields.
pub(crate) const IN_UNIQUE: &[&str] = &[PK, SK];
/// The options of `#[stored(..)]`.
pub(crate) const IN_STORED: &[&str] = &[NUMBER, TEXT];
/// The options of `#[document(..)]`.
pub(crate) const IN_DOCUMENT: &[&str] = &[CRATE];
/// The options of `#[table(..)]`.
pub(crate) const IN_TABLE: &[&str] =
    &[INDEXES, NAME, PK, SK, TAG, TTL, ENCODING, COORDINATION, LOCK, CRATE];
/// The options of `#[index(..)]`.
pub(crate) const IN_INDEX: &[&str] = &[NAME, PK, SK, ATTRIBUTES, PROJECTION, LOCAL, CRATE];
/// The options of `#[key_part(..)]`.
pub(crate) const IN_KEY_PART: &[&str] = &[CRATE];
/// The options of `#[collection(..)]`.
pub(crate) const IN_COLLECTION: &[&str] = &[INDEX, CRATE];
/// The options of `#[key_space(..)]`.
pub(crate) const IN_KEY_SPACE: &[&str] = &[CRATE];
/// The options of `#[projection(..)]`.
pub(crate) const IN_PROJECTION: &[&str] = &[OF, CRATE];
/// The options of `#[projection(..)]` on a field.
pub(crate) const IN_PROJECTED_FIELD: &[&str] = &[FIELD];
/// The options of `#[workflow(..)]`.
pub(crate) const IN_WORKFLOW: &[&str] = &[CRATE];
/// The options of `allow(..)`.
pub(crate) const IN_ALLOW: &[&str] = &[STATIC_PARTITION, FIELD_AS_LITERAL];

/// Returns a name as a number, which a type can have as an argument (FNV-1a with 128 bits).
pub(crate) fn as_number(name: &str) -> u128 {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013B;
    let step = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(PRIME);
    name.bytes().fold(0x6C62_272E_07BB_0142_62B8_2175_6295_C58D, step)
}

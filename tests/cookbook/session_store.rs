//! A session store: the sessions of users, which expire.
//!
//! Published in Alex DeBrie, "The DynamoDB Book" (2020), chapter 18, "Building a Session Store",
//! <https://www.dynamodbbook.com>.
//!
//! It shows expiry, and an index that has only keys: to end all sessions of a user, nothing but their keys is
//! needed.
//!
//! | entity | PK | UserIndex PK | UserIndex SK |
//! |---|---|---|---|
//! | session | `token` | `username` | `token` |
//!
//! The table of the book has no sort key. Tables of monotable always have one, here with the same text in each
//! item.

pub mod patterns;

use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(UserIndex))]
#[allow(dead_code)]
pub enum SessionStore {
    Session(Session),
}

#[derive(Debug, Index)]
#[index(name = "UserIndex", projection = keys_only)]
pub struct UserIndex;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = SessionStore, pk = "{token}", sk = "SESSION", ttl = expires_at)]
#[access(of_user, index = UserIndex, pk = "{username}", sk = "{token}")]
pub struct Session {
    pub token: String,
    pub username: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

//! The table of a club, twice: without unique values, and in [`unique`] with them.
//!
//! Unique values need transactions across partitions, which not every backend has. Everything else is the same: the
//! entities have versions, expiry, documents and sets.

/// Declares the table. The arguments are the unique values of a member and of a seat.
macro_rules! club {
    ([$($member:tt)*], [$($seat:tt)*]) => {
        use jiff::Timestamp;
        use monotable::prelude::*;
        use serde::{Deserialize, Serialize};
        use std::collections::{BTreeMap, BTreeSet};

        /// An index of whole items.
        #[derive(Debug, Index)]
        #[index(name = "gsi1")]
        pub struct ByPlace;

        /// An index of keys only.
        #[derive(Debug, Index)]
        #[index(name = "gsi2", projection = keys_only)]
        pub struct ByUser;

        /// The table.
        #[derive(Debug, Clone, PartialEq, Table)]
        #[table(indexes(ByPlace, ByUser))]
        pub enum Club {
            /// Members.
            Member(Box<Member>),
            /// Their accounts, with a version.
            Account(Account),
            /// Sessions, which expire.
            Session(Session),
            /// Seats, with a version and an expiry.
            Seat(Seat),
            /// Counters.
            Counter(Counter),
        }

        /// A member.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Entity)]
        #[entity(table = Club, pk = "MEMBER#{id}", sk = "PROFILE", $($member)*)]
        #[access(by_city, index = ByPlace, pk = "CITY#{city}", sk = "{surname?}#{name}")]
        #[allow(missing_docs)]
        pub struct Member {
            pub id: String,
            pub email: String,
            pub handle: Option<String>,
            pub name: String,
            #[serde(default)]
            pub surname: String,
            pub city: Option<String>,
            pub address: Option<Address>,
            #[serde(default, with = "monotable::set", skip_serializing_if = "BTreeSet::is_empty")]
            pub tags: BTreeSet<String>,
            pub visits: Vec<u32>,
            pub notes: BTreeMap<String, String>,
            pub age: u32,
        }

        /// Where a member lives.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Document)]
        #[allow(missing_docs)]
        pub struct Address {
            pub street: String,
            pub zip: Option<String>,
            pub floor: i32,
            pub lines: Vec<String>,
        }

        /// An account with a version, which every write checks and advances.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
        #[entity(table = Club, pk = "MEMBER#{id}", sk = "ACCOUNT#{name}", version = revision)]
        #[access(accounts)]
        #[access(by_state, index = ByPlace, pk = "STATE#{state}", sk = "{name}")]
        #[allow(missing_docs)]
        pub struct Account {
            pub id: String,
            pub name: String,
            pub balance: i64,
            pub state: Option<String>,
            pub revision: u64,
        }

        /// A session, which expires.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
        #[entity(table = Club, pk = "SESSION#{token}", sk = "SESSION", ttl = ends_at)]
        #[access(by_user, index = ByUser, pk = "USER#{user}", sk = "{token}")]
        #[allow(missing_docs)]
        pub struct Session {
            pub token: String,
            pub user: String,
            pub ends_at: Option<Timestamp>,
            pub data: String,
        }

        /// A seat, which one person holds for a time.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
        #[entity(
            table = Club,
            pk = "HALL#{hall}",
            sk = "SEAT#{seat}",
            version = version,
            ttl = until,
            $($seat)*
        )]
        #[access(in_hall)]
        #[allow(missing_docs)]
        pub struct Seat {
            pub hall: String,
            pub seat: u16,
            pub holder: Option<String>,
            pub until: Option<i64>,
            pub version: u64,
        }

        /// A counter.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
        #[entity(table = Club, pk = "COUNTER#{name}", sk = "COUNTER")]
        #[allow(missing_docs)]
        pub struct Counter {
            pub name: String,
            pub count: u64,
            pub ratio: f64,
        }

        /// Returns a member with this id. The email and the name are made from it.
        #[must_use]
        pub fn member(id: &str) -> Member {
            Member { id: id.into(), email: format!("{id}@club"), name: id.into(), ..Member::default() }
        }

        /// Returns an account with the version of an account that was never stored.
        #[must_use]
        pub fn account(id: &str, name: &str) -> Account {
            Account { id: id.into(), name: name.into(), balance: 0, state: None, revision: 0 }
        }

        /// Returns a session that ends `seconds` seconds from now.
        ///
        /// # Panics
        ///
        /// If that time is after jiff's last timestamp.
        #[must_use]
        pub fn session(token: &str, seconds: i64) -> Session {
            let ends_at = Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
            let (token, user) = (token.into(), "ada".into());
            Session { token, user, ends_at: Some(ends_at), data: "data".into() }
        }

        /// Returns a seat that nobody holds.
        #[must_use]
        pub fn seat(hall: &str, seat: u16) -> Seat {
            Seat { hall: hall.into(), seat, holder: None, until: None, version: 0 }
        }

        /// Returns a counter with this count.
        #[must_use]
        pub fn counter(name: &str, count: u64) -> Counter {
            Counter { name: name.into(), count, ratio: 0.0 }
        }
    };
}

club!([], []);

pub mod unique {
    //! The same table. The email of a member is unique, and so is the handle, if there is one; in a hall, nobody holds
    //! two seats.

    club!([unique(email), unique(handle)], [unique(hall, holder)]);
}

//! Change events: what has been written to a table, in order, as entities.
//!
//! A backend with the trait [`ChangeFeed`] tells of each change that was made to the items of its table: by this program, by
//! others, and by the store itself, which deletes what has expired. A change is typed as the enum of the table.
//!
//! | to | use |
//! |---|---|
//! | do something for each change, and go on where it was after a restart | [`Table::consumer`](crate::Table::consumer) |
//! | read changes, and keep the position yourself | [`Table::changes`](crate::Table::changes) |
//! | handle the stream events of an AWS Lambda function | `StreamEvent` of the DynamoDB backend |
//!
//! # What is told
//!
//! A store that tells everything has [`Change`]: an item was created, updated (with the item before), deleted, or it has
//! expired. One that knows the latest version of each item only, such as Cosmos DB in its default mode, has [`Latest`]. It is
//! another type, because such a store cannot say whether the item is new, what it was before, or that it was deleted.
//!
//! Guards of unique values, the items of [coordination](crate::coordination) and the positions of consumers are in the table,
//! too, and are left out. Items that are of no entity of the table, or that cannot be decoded, are handled as the program
//! says: they are an error ([`FailOnUnknown`], the default), left out with a warning ([`SkipUnknown`]), or handed over as
//! they are stored ([`KeepUnknown`]).
//!
//! # Order and repetition
//!
//! The changes of one item come in the order in which they were made. Those of different items come in any order, even if
//! one transaction has made them.
//!
//! Each change is delivered at least once, and it can come again: after a crash, and after a handler has failed. So a
//! handler has to be idempotent. The [id](Change::id) of a change is the same each time that it is delivered.
//!
//! A write that changes nothing may be told or not. DynamoDB leaves it out.

mod consumer;
mod error;
mod feed;
mod mode;
mod place;
mod read;
mod request;
mod typed;
mod unknown;

pub use consumer::{Consumed, Consumer};
pub use error::ConsumerError;
pub use feed::{ChangeFeed, StoredChange};
pub use mode::{AllChanges, AnyChange, FeedMode, LatestVersions};
pub use read::{ChangeOf, Changes};
pub use request::{ChangePage, FeedPosition, OpenChanges, StartFrom};
pub use typed::{Change, ChangeKind, Latest};
pub use unknown::{Decoded, FailOnUnknown, KeepUnknown, SkipUnknown, UnknownItems};

//! What newcomers try first, and why there is no such thing.

use crate::error::{Error, Kind, Result};
use crate::query::{Ended, Query};
use crate::schema::Entity;
use std::future::{Ready, ready};

/// Functions that every entity lacks.
///
/// They are bounded by a trait that nothing implements, so that the compiler says why there is no
/// scan instead of "no function `all`".
#[doc(hidden)]
pub trait NoScan: Entity {
    fn all<T>(_: T) -> Ready<Result<Vec<Self>>>
    where
        Self: Scan,
    {
        ready(Err(no_scan()))
    }
    fn scan<T>(_: T) -> Ready<Result<Vec<Self>>>
    where
        Self: Scan,
    {
        ready(Err(no_scan()))
    }
    fn filter<T>(_: T) -> Query<Self, Ended>
    where
        Self: Scan,
    {
        Query::failed(no_scan())
    }
}

impl<E: Entity> NoScan for E {}

fn no_scan() -> Error {
    Error::new(Kind::Unsupported, "there is no scan")
}

/// Implemented by nothing: there is no scan.
#[diagnostic::on_unimplemented(
    message = "there is no scan: read `{Self}` by its key, or declare an access pattern for what you need",
    label = "would read the whole table",
    note = "an access pattern is declared on the struct: `#[access(by_.., index = .., pk = \"..\", sk = \"..\")]`"
)]
#[doc(hidden)]
pub trait Scan {}

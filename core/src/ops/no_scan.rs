//! Functions of entities that newcomers try first and that do not exist: `all`, `scan`, `filter` and `query`.
//! They are declared here so that the compiler can explain why.

use crate::error::{Error, Kind, Result};
use crate::query::{Ended, Query};
use crate::schema::Entity;
use std::future::{Ready, ready};

/// Declares functions that no entity has.
///
/// They are bounded by a trait that nothing implements. So the compiler explains why there is no scan,
/// instead of reporting "no function `all`".
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
    fn query<T>(_: T) -> Query<Self, Ended>
    where
        Self: NamedQuery,
    {
        Query::failed(no_scan())
    }
}

impl<E: Entity> NoScan for E {}

fn no_scan() -> Error {
    Error::new(Kind::Unsupported, "there is no scan")
}

/// Implemented by nothing, because there is no scan.
#[diagnostic::on_unimplemented(
    message = "there is no scan: read `{Self}` by its key, or declare an access pattern for what you need",
    label = "would read the whole table",
    note = "an access pattern is declared on the struct: `#[access(by_.., index = .., pk = \"..\", sk = \"..\")]`"
)]
#[doc(hidden)]
pub trait Scan {}

/// Implemented by nothing, because each access pattern has a name of its own.
#[diagnostic::on_unimplemented(
    message = "a query of `{Self}` begins at one of its access patterns, as in `Order::by_customer(..)`",
    label = "not the name of an access pattern",
    note = "an access pattern is declared on the struct: `#[access(by_.., index = .., pk = \"..\", sk = \"..\")]`"
)]
#[doc(hidden)]
pub trait NamedQuery {}

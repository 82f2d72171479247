//! A loaded entity as it was stored.

use crate::entity::Entity;
use crate::error::{Error, Kind, Result};
use crate::expr::{Comparison, Expr, Path};
use crate::field::condition::{holds, unstorable};
use crate::value::{self, Value};

/// What a loaded entity's fields were stored as.
pub(in crate::record) struct Memory(Vec<u8>);

impl Memory {
    pub(in crate::record) fn of<E: Entity>(entity: &E) -> Result<Self> {
        value::to_bytes(entity.stored())
            .map(Memory)
            .map_err(|error| Error::new(Kind::Encode, error.to_string()).with_source(error))
    }

    /// That the stored item still has the field as it was loaded.
    ///
    /// What was loaded as `None` may be stored as nothing or as null; what was loaded as the value
    /// that serde fills in may be stored as that or as nothing.
    pub(in crate::record) fn unchanged<E: Entity>(&self, name: &'static str) -> Result<Expr> {
        let stored = value::attribute(&self.0, name).map_err(|error| unstorable(&name, error))?;
        let path = Path::attribute(name);
        let value = match stored {
            None | Some(Value::Null) => return Ok(holds(path, Value::Null)),
            Some(value) => value,
        };
        let place = E::DEF.fields.iter().position(|field| *field == name);
        let field = place.and_then(|place| u16::try_from(place).ok());
        let default = field.and_then(E::default_value).transpose();
        let default = default.map_err(|error| unstorable(&name, error))?;
        let same = Expr::Compare(path.clone(), Comparison::Eq, value.clone());
        Ok(if default == Some(value) { same.or(Expr::Absent(path)) } else { same })
    }
}

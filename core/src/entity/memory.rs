//! `Memory`: the fields of a loaded entity, to compare them with the stored item.

use crate::error::{Error, Kind, Result};
use crate::expr::{Comparison, Expr, Path};
use crate::field::condition::{holds, unstorable};
use crate::schema::{Entity, Itself as _};
use crate::value::{self, Value};

/// The fields of a loaded entity, in the form in which they are stored.
pub(crate) struct Memory(Vec<u8>);

impl Memory {
    pub(crate) fn of<E: Entity>(entity: &E) -> Result<Self> {
        value::to_bytes(E::Stored::from_entity(entity))
            .map(Memory)
            .map_err(|error| Error::new(Kind::Encode, error.to_string()).with_source(error))
    }

    /// Returns the value of the field as it was loaded.
    pub(crate) fn value(&self, name: &str) -> Result<Option<Value>> {
        value::attribute(&self.0, name).map_err(|error| unstorable(&name, error))
    }

    /// Returns an expression that holds if the stored item still has the value of the field that was
    /// loaded.
    ///
    /// A loaded value can have several stored forms. `None` may be stored as null, or the attribute may
    /// be missing. The value of serde's `default` may be stored, or the attribute may be missing. The
    /// same is true of a value that serde's `skip_serializing_if` leaves out.
    pub(crate) fn unchanged<E: Entity>(&self, name: &'static str) -> Result<Expr> {
        let stored = self.value(name)?;
        let path = Path::attribute(name);
        let place = E::DEF.fields.iter().position(|field| *field == name);
        let field = place.and_then(|place| u16::try_from(place).ok());
        // A default that cannot be stored, such as an empty set, cannot be the stored value.
        let default = field.and_then(E::default_value).and_then(Result::ok);
        let is = |value| Expr::Compare(path.clone(), Comparison::Eq, value);
        // A field that was read under a former name is stored under that name until it is written.
        let mut formerly = None;
        if let Some(value) = stored.as_ref().filter(|value| **value != Value::Null) {
            for former in E::DEF.former(name) {
                let is = Expr::Compare(Path::attribute(former), Comparison::Eq, value.clone());
                let is = Expr::Absent(path.clone()).and(is);
                formerly = Some(match formerly.take() {
                    None => is,
                    Some(known) => is.or(known),
                });
            }
        }
        let now = match (stored, default) {
            (None | Some(Value::Null), None | Some(Value::Null)) => holds(path, Value::Null),
            // `skip_serializing_if` leaves out the default, but an update may have stored it.
            (None | Some(Value::Null), Some(default)) => {
                holds(path.clone(), Value::Null).or(is(default))
            }
            (Some(value), Some(default)) if default == value => {
                is(value).or(Expr::Absent(path.clone()))
            }
            (Some(value), _) => is(value),
        };
        Ok(match formerly {
            Some(formerly) => now.or(formerly),
            None => now,
        })
    }
}

//! `Shape`: what a template looks like, as a type.

/// The literals of a template and the places of its parts, as a type. `HASH` is a number made of them.
///
/// The derive does not see what other entities declare, so templates are compared as types: two entities
/// whose partition keys have different shapes are never in the same partition as far as a program says it.
/// Equal shapes can still differ in the types and formats of the parts.
#[derive(Debug)]
pub enum Shape<const HASH: u128> {}

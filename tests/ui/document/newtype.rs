// A newtype is stored as what it wraps.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
struct Zip(String);

fn main() {}

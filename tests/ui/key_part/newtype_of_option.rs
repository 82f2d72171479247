// A newtype is a part if what it holds is one.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
struct Id(Option<String>);

fn main() {}

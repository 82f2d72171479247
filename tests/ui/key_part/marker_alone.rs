// A marker is not a value.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
struct Id<K>(PhantomData<K>);

fn main() {}

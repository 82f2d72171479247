// A marker is std's `PhantomData`. The derive knows it by its name.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
struct PhantomData;

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
struct Id(String, PhantomData);

fn main() {}

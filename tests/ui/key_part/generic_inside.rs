// The value of a key part is not generic, also inside of another type. A marker may be.

use monotable::prelude::*;
use std::marker::PhantomData;

#[derive(KeyPart)]
struct Id<K: Kind>(<K as Kind>::Value, PhantomData<K>);

trait Kind {
    type Value;
}

fn main() {}

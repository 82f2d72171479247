// The code for a table with an error has no names of its own that hide the user's, so there is one error.
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(I), encoding = base64)]
enum E {
    B(B),
    V(V),
}

#[derive(Debug, Index)]
struct I;

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = E, pk = "B#{id}", sk = "B")]
#[access(by_kind, index = I, pk = "KIND#{kind}", sk = "{id}")]
struct B {
    id: String,
    kind: String,
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = E, pk = "V#{id}", sk = "V")]
struct V {
    id: String,
}

fn main() {
    let _ = E::on(Embedded::in_memory());
}

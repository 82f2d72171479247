// The constant of an index key is no way around.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Parcel::key("P-1")
        .update()
        .set_index_key(Parcel::OF_CUSTOMER_KEY, ("C001", Place::Door, 2u32));
}

fn main() {}

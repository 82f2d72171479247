// The state is in one index key with the weight, and is not set with it.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Parcel::key("P-1").update().set(Parcel::PLACE, Place::Door);
}

fn main() {}

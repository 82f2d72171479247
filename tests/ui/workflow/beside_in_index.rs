// The weight is in one index key with the place.

#[path = "../flow.rs"]
mod flow;

use flow::*;

fn run() {
    let _ = Parcel::key("P-1").advance(Parcel::PLACE, Place::STORE.to(Place::ROAD));
}

fn main() {}

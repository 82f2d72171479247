// Nothing leads back from a final state.

#[path = "../flow.rs"]
mod flow;

use flow::*;
use monotable::prelude::*;

fn run(parcel: &Parcel) {
    let _ = parcel.advance(Parcel::PLACE, Place::DOOR.to(Place::ROAD));
}

fn main() {}

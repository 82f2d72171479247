// The value inside of the `Option` has another type.

#[path = "../club.rs"]
mod club;
use club::*;

fn main() {
    let place: Option<&u32> = None;
    let _ = Session::key("T1").update().set(Session::ADDRESS, place);
}

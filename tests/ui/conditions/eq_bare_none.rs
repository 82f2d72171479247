// A bare `None` has no type, because an `Option` of a reference can be given, too. The documentation of
// `IntoValue` says what to write.

#[path = "../club.rs"]
mod club;
use club::*;

fn main() {
    let _ = Member::by_city("Rome").filter(Member::CITY.eq(None));
}

// A global index has no consistent reads, on a second key, either.

#[path = "../network.rs"]
mod network;

use network::*;

fn read() {
    let _ = Repo::origin("ann", "lib").consistent();
}

fn main() {}

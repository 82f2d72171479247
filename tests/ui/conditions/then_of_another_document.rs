// The address is no device.

#[path = "../club.rs"]
mod club;

use club::*;

fn run() {
    let _ = Session::ADDRESS.then(Device::MODEL);
}

fn main() {}

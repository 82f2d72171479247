// An IPv4 address and an IPv6 address have different widths.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "USER#{user}", sk = "NOTE#{id:desc}")]
struct Note {
    user: String,
    id: IpAddr,
}

fn main() {}

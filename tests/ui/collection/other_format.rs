// A field is in both keys of a member, with different formats.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum Log {
    Day(Day),
    Line(Line),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Log, pk = "DAY#{day:04}", sk = "DAY")]
struct Day {
    day: u32,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Log, pk = "DAY#{day:04}", sk = "LINE#{day}#{line}")]
struct Line {
    day: u32,
    line: u32,
}

#[derive(Collection)]
struct WithLines {
    day: Day,
    lines: Vec<Line>,
}

fn main() {}

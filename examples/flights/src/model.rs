//! Five entities in one table, and their access patterns.
//!
//! | access pattern | table or index |
//! |---|---|
//! | departures of an airport on a day, between two times | primary key |
//! | every flight of an airport, in order | primary key |
//! | flights of a plane in a range of dates | `gsi1`, without flights whose plane is unknown |
//! | planes of a manufacturer | `gsi1` |
//! | cancelled flights of an airport, by day | `gsi2`, sparse |
//! | weather at an airport in a range of hours | primary key |

use jiff::Timestamp;
use jiff::civil::Date;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Index)]
pub struct Gsi1;

#[derive(Debug, Index)]
pub struct Gsi2;

#[derive(Debug, Table)]
#[table(indexes(Gsi1, Gsi2))]
pub enum Aviation {
    Flight(Flight),
    Plane(Plane),
    Airport(Airport),
    Airline(Airline),
    Weather(Weather),
}

/// A scheduled departure. Times of day are local and have the form `hhmm`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = Aviation,
    pk = "AIRPORT#{origin}",
    sk = "FLIGHT#{date}#{sched_dep_time:04}#{carrier}#{flight:04}"
)]
#[access(departures)]
#[access(of_plane, index = Gsi1, pk = "PLANE#{tailnum}", sk = "{date}#{sched_dep_time:04}")]
#[access(
    cancelled,
    index = Gsi2,
    pk = "CANCELLED#{origin}",
    sk = "{date}#{sched_dep_time:04}#{carrier}#{flight:04}",
    when(dep_time = None)
)]
pub struct Flight {
    pub origin: String,
    pub date: Date,
    pub sched_dep_time: u16,
    pub carrier: String,
    pub flight: u16,
    /// `None` if the plane is unknown. Then the flight is not in the index of planes.
    pub tailnum: Option<String>,
    pub dest: String,
    /// `None` if the flight was cancelled.
    pub dep_time: Option<u16>,
    pub dep_delay: Option<i16>,
    pub arr_time: Option<u16>,
    pub sched_arr_time: u16,
    pub arr_delay: Option<i16>,
    pub air_time: Option<u16>,
    pub distance: u16,
    pub time_hour: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Aviation, pk = "PLANE#{tailnum}", sk = "PLANE")]
#[access(
    by_manufacturer,
    index = Gsi1,
    pk = "MANUFACTURER#{manufacturer}",
    sk = "{model}#{tailnum}"
)]
pub struct Plane {
    pub tailnum: String,
    pub year: Option<u16>,
    #[serde(rename = "type")]
    pub kind: String,
    pub manufacturer: String,
    pub model: String,
    pub engines: u8,
    pub seats: u16,
    pub speed: Option<u16>,
    pub engine: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Aviation, pk = "AIRPORT#{faa}", sk = "AIRPORT")]
pub struct Airport {
    pub faa: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    pub alt: i32,
    pub tz: i8,
    pub dst: String,
    pub tzone: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Aviation, pk = "AIRLINE#{carrier}", sk = "AIRLINE")]
pub struct Airline {
    pub carrier: String,
    pub name: String,
}

/// The weather at one airport in one hour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Aviation, pk = "AIRPORT#{origin}", sk = "WEATHER#{time_hour:hour:bucket}")]
#[access(at)]
pub struct Weather {
    pub origin: String,
    pub time_hour: Timestamp,
    pub temp: Option<f64>,
    pub dewp: Option<f64>,
    pub humid: Option<f64>,
    pub wind_dir: Option<u16>,
    pub wind_speed: Option<f64>,
    pub wind_gust: Option<f64>,
    pub precip: f64,
    pub pressure: Option<f64>,
    pub visib: f64,
}

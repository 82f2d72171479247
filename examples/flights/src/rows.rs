//! The rows of the files, and their conversion to entities.

use crate::model::{Airline, Airport, Flight, Plane, Weather};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de};
use std::fmt::Display;
use std::str::FromStr;

/// A row of a file that can be converted to an entity.
pub trait Row: for<'de> Deserialize<'de> {
    /// The entity.
    type Entity: monotable::EntityExt;

    /// Converts the row. The error says what is wrong with it.
    fn entity(self) -> Result<Self::Entity, String>;
}

/// Reads an optional value. `NA` stands for a missing value in these files.
fn na<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(row: D) -> Result<Option<T>, D::Error> {
    match String::deserialize(row)?.as_str() {
        "NA" | "" => Ok(None),
        text => match text.parse() {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(de::Error::custom(format!("`{text}`: {error}"))),
        },
    }
}

#[derive(Deserialize)]
pub struct FlightRow {
    year: i16,
    month: i8,
    day: i8,
    #[serde(deserialize_with = "na")]
    dep_time: Option<u16>,
    sched_dep_time: u16,
    #[serde(deserialize_with = "na")]
    dep_delay: Option<i16>,
    #[serde(deserialize_with = "na")]
    arr_time: Option<u16>,
    sched_arr_time: u16,
    #[serde(deserialize_with = "na")]
    arr_delay: Option<i16>,
    carrier: String,
    flight: u16,
    #[serde(deserialize_with = "na")]
    tailnum: Option<String>,
    origin: String,
    dest: String,
    #[serde(deserialize_with = "na")]
    air_time: Option<u16>,
    distance: u16,
    time_hour: Timestamp,
}

impl Row for FlightRow {
    type Entity = Flight;

    fn entity(self) -> Result<Flight, String> {
        let date = Date::new(self.year, self.month, self.day).map_err(|error| error.to_string())?;
        Ok(Flight {
            origin: self.origin,
            date,
            sched_dep_time: self.sched_dep_time,
            carrier: self.carrier,
            flight: self.flight,
            tailnum: self.tailnum,
            dest: self.dest,
            dep_time: self.dep_time,
            dep_delay: self.dep_delay,
            arr_time: self.arr_time,
            sched_arr_time: self.sched_arr_time,
            arr_delay: self.arr_delay,
            air_time: self.air_time,
            distance: self.distance,
            time_hour: self.time_hour,
        })
    }
}

#[derive(Deserialize)]
pub struct PlaneRow {
    tailnum: String,
    #[serde(deserialize_with = "na")]
    year: Option<u16>,
    #[serde(rename = "type")]
    kind: String,
    manufacturer: String,
    model: String,
    engines: u8,
    seats: u16,
    #[serde(deserialize_with = "na")]
    speed: Option<u16>,
    engine: String,
}

impl Row for PlaneRow {
    type Entity = Plane;

    fn entity(self) -> Result<Plane, String> {
        Ok(Plane {
            tailnum: self.tailnum,
            year: self.year,
            kind: self.kind,
            manufacturer: self.manufacturer,
            model: self.model,
            engines: self.engines,
            seats: self.seats,
            speed: self.speed,
            engine: self.engine,
        })
    }
}

#[derive(Deserialize)]
pub struct AirportRow {
    faa: String,
    name: String,
    lat: f64,
    lon: f64,
    alt: i32,
    tz: i8,
    dst: String,
    #[serde(deserialize_with = "na")]
    tzone: Option<String>,
}

impl Row for AirportRow {
    type Entity = Airport;

    fn entity(self) -> Result<Airport, String> {
        let AirportRow { faa, name, lat, lon, alt, tz, dst, tzone } = self;
        Ok(Airport { faa, name, lat, lon, alt, tz, dst, tzone })
    }
}

#[derive(Deserialize)]
pub struct AirlineRow {
    carrier: String,
    name: String,
}

impl Row for AirlineRow {
    type Entity = Airline;

    fn entity(self) -> Result<Airline, String> {
        Ok(Airline { carrier: self.carrier, name: self.name })
    }
}

#[derive(Deserialize)]
pub struct WeatherRow {
    origin: String,
    #[serde(deserialize_with = "na")]
    temp: Option<f64>,
    #[serde(deserialize_with = "na")]
    dewp: Option<f64>,
    #[serde(deserialize_with = "na")]
    humid: Option<f64>,
    #[serde(deserialize_with = "na")]
    wind_dir: Option<u16>,
    #[serde(deserialize_with = "na")]
    wind_speed: Option<f64>,
    #[serde(deserialize_with = "na")]
    wind_gust: Option<f64>,
    precip: f64,
    #[serde(deserialize_with = "na")]
    pressure: Option<f64>,
    visib: f64,
    time_hour: Timestamp,
}

impl Row for WeatherRow {
    type Entity = Weather;

    fn entity(self) -> Result<Weather, String> {
        Ok(Weather {
            origin: self.origin,
            time_hour: self.time_hour,
            temp: self.temp,
            dewp: self.dewp,
            humid: self.humid,
            wind_dir: self.wind_dir,
            wind_speed: self.wind_speed,
            wind_gust: self.wind_gust,
            precip: self.precip,
            pressure: self.pressure,
            visib: self.visib,
        })
    }
}

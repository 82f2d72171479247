//! The questions. Each is answered by one query.

use crate::model::{Aviation, Flight, Plane, Weather};
use futures_util::TryStreamExt as _;
use jiff::civil::{Date, date};
use monotable::Result;
use monotable::key::Hour;
use monotable::prelude::*;
use std::collections::BTreeMap;

type Store = Table<Aviation, Embedded>;

/// Prints the answers to all questions.
pub async fn all(table: &Store) -> Result<()> {
    println!("\nFlights of plane N14228 in January:");
    for flight in flights_of_plane(table, "N14228", date(2013, 1, 1), date(2013, 1, 31)).await? {
        println!("  {}", line(&flight));
    }
    println!("\nDepartures from JFK on 4 July between 06:00 and 07:00:");
    for flight in departures(table, "JFK", date(2013, 7, 4), 600, 700).await? {
        println!("  {}", line(&flight));
    }
    println!("\nThe days on which most flights from LGA were cancelled:");
    let mut days: Vec<_> = cancelled_by_day(table, "LGA").await?.into_iter().collect();
    days.sort_by_key(|(day, count)| (std::cmp::Reverse(*count), *day));
    for (day, count) in days.into_iter().take(5) {
        println!("  {day}: {count}");
    }
    println!("\nPlanes made by CESSNA:");
    for plane in planes_of(table, "CESSNA").await? {
        let year = plane.year.map_or("unknown".to_owned(), |year| year.to_string());
        println!("  {:<8} {:<14} of {year}, {} seats", plane.tailnum, plane.model, plane.seats);
    }
    println!("\nWeather at EWR on 29 October, from 14:00 to 18:00 UTC:");
    let (from, to) = ("2013-10-29T14".parse()?, "2013-10-29T18".parse()?);
    for weather in weather(table, "EWR", from, to).await? {
        let number = |n: Option<f64>| n.map_or("-".to_owned(), |n| format!("{n:.1}"));
        println!(
            "  {}: {} F, wind {} mph, {} miles of sight",
            weather.time_hour,
            number(weather.temp),
            number(weather.wind_speed),
            weather.visib
        );
    }
    let (flights, miles) = distance(table, "EWR").await?;
    println!("\nAll {flights} flights from EWR, read as a stream: {miles} miles");
    Ok(())
}

/// Returns the flights of a plane in a range of dates.
async fn flights_of_plane(
    table: &Store,
    tailnum: &str,
    from: Date,
    to: Date,
) -> Result<Vec<Flight>> {
    Flight::of_plane(tailnum).range(from..=to).all(table).await
}

/// Returns the departures from an airport on one day between two times.
async fn departures(
    table: &Store,
    origin: &str,
    day: Date,
    from: u16,
    to: u16,
) -> Result<Vec<Flight>> {
    Flight::departures(origin).eq(day).range(from..to).all(table).await
}

/// Counts the cancelled flights of an airport for each day, with the sparse index.
async fn cancelled_by_day(table: &Store, origin: &str) -> Result<BTreeMap<Date, usize>> {
    let count = |mut days: BTreeMap<Date, usize>, flight: Flight| async move {
        *days.entry(flight.date).or_default() += 1;
        Ok(days)
    };
    Flight::cancelled(origin).stream(table).try_fold(BTreeMap::new(), count).await
}

/// Returns the planes of a manufacturer, sorted by model.
async fn planes_of(table: &Store, manufacturer: &str) -> Result<Vec<Plane>> {
    Plane::by_manufacturer(manufacturer).all(table).await
}

/// Returns the weather at an airport in a range of hours.
async fn weather(table: &Store, origin: &str, from: Hour, to: Hour) -> Result<Vec<Weather>> {
    Weather::at(origin).range(from..to).all(table).await
}

/// Adds up the distances of all flights of an airport, with one page in memory at a time.
async fn distance(table: &Store, origin: &str) -> Result<(u64, u64)> {
    let add = |(flights, miles), flight: Flight| async move {
        Ok((flights + 1, miles + u64::from(flight.distance)))
    };
    Flight::departures(origin).stream(table).try_fold((0, 0), add).await
}

fn line(flight: &Flight) -> String {
    let clock = |time: u16| format!("{:02}:{:02}", time / 100, time % 100);
    let left = match (flight.dep_time, flight.dep_delay) {
        (None, _) => "cancelled".to_owned(),
        (Some(time), Some(delay)) => format!("left {} ({delay:+} min)", clock(time)),
        (Some(time), None) => format!("left {}", clock(time)),
    };
    format!(
        "{} {} {}{:<5} {} to {}, {left}",
        flight.date,
        clock(flight.sched_dep_time),
        flight.carrier,
        flight.flight,
        flight.origin,
        flight.dest
    )
}

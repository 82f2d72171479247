//! Loads the files. Each row is one `put`, and many of them are sent concurrently.

use crate::model::Aviation;
use crate::rows::{AirlineRow, AirportRow, FlightRow, PlaneRow, Row, WeatherRow};
use flate2::read::GzDecoder;
use futures_util::stream::{self, StreamExt as _};
use indicatif::{ProgressBar, ProgressStyle};
use monotable::field::role::{Stateless, Unguarded};
use monotable::prelude::*;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// The number of concurrent puts. A store on disk commits waiting puts together, with one sync.
const AT_ONCE: usize = 4096;

/// What to do with a row that cannot be read or stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OnBrokenRow {
    /// Report its line and stop.
    Stop,
    /// Report its line and continue.
    Skip,
}

/// A fault of a row, which can be skipped, or of the file.
enum Fault {
    Row(String),
    File(String),
}

/// The number of loaded items and skipped rows.
#[derive(Debug, Default, Clone, Copy)]
pub struct Loaded {
    pub items: u64,
    pub skipped: u64,
}

/// Loads all files of the folder.
pub async fn folder(
    table: &Table<Aviation, Embedded>,
    folder: &Path,
    on_broken: OnBrokenRow,
) -> Result<Loaded, String> {
    let mut load = Load { table, on_broken, bar: bar()?, loaded: Loaded::default() };
    load.file::<AirlineRow>(folder.join("airlines.csv")).await?;
    load.file::<AirportRow>(folder.join("airports.csv")).await?;
    load.file::<PlaneRow>(folder.join("planes.csv")).await?;
    load.file::<WeatherRow>(folder.join("weather.csv")).await?;
    load.file::<FlightRow>(folder.join("flights.csv.gz")).await?;
    load.bar.finish_and_clear();
    Ok(load.loaded)
}

/// Returns a progress bar for compressed bytes, because their number is known before the file is
/// read.
fn bar() -> Result<ProgressBar, String> {
    let style = "{msg:>15} {wide_bar} {bytes}/{total_bytes} {elapsed}";
    let style = ProgressStyle::with_template(style).map_err(|error| error.to_string())?;
    Ok(ProgressBar::new(0).with_style(style))
}

struct Load<'a> {
    table: &'a Table<Aviation, Embedded>,
    on_broken: OnBrokenRow,
    bar: ProgressBar,
    loaded: Loaded,
}

impl Load<'_> {
    async fn file<R: Row>(&mut self, path: PathBuf) -> Result<(), String>
    where
        R::Entity:
            monotable::Entity<Table = Aviation, Rules: Unguarded<R::Entity> + Stateless<R::Entity>>,
    {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let cannot = |error: std::io::Error| format!("{}: {error}", path.display());
        let file = File::open(&path).map_err(cannot)?;
        self.bar.set_length(file.metadata().map_err(cannot)?.len());
        self.bar.set_position(0);
        self.bar.set_message(name.clone());
        let bytes = BufReader::with_capacity(1 << 18, self.bar.wrap_read(file));
        let bytes: Box<dyn Read + Send> = match path.extension() {
            Some(gz) if gz == "gz" => Box::new(GzDecoder::new(bytes)),
            _ => Box::new(bytes),
        };
        let table = self.table;
        let mut puts = stream::iter(rows::<R>(bytes))
            .map(|(line, entity)| async move {
                let stored = match entity {
                    Ok(entity) => {
                        let stored = entity.put().send(table).await;
                        stored.map_err(|error| match error.is_unavailable() {
                            true => Fault::File(error.to_string()),
                            false => Fault::Row(error.to_string()),
                        })
                    }
                    Err(fault) => Err(fault),
                };
                stored.map_err(|fault| (line, fault))
            })
            .buffer_unordered(AT_ONCE);
        while let Some(stored) = puts.next().await {
            match stored {
                Ok(()) => self.loaded.items += 1,
                Err((line, Fault::Row(error))) if self.on_broken == OnBrokenRow::Skip => {
                    self.loaded.skipped += 1;
                    self.bar.suspend(|| report(&format!("{name}, line {line}: {error}: skipped")));
                }
                Err((line, Fault::Row(error) | Fault::File(error))) => {
                    return Err(format!("{name}, line {line}: {error}"));
                }
            }
        }
        Ok(())
    }
}

fn report(message: &str) {
    eprintln!("{message}");
}

/// Returns the rows of a file, each with its line number, and an entity or a fault.
fn rows<R: Row>(bytes: impl Read) -> impl Iterator<Item = (u64, Result<R::Entity, Fault>)> {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers().cloned();
    let mut record = csv::StringRecord::new();
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let line = reader.position().line();
        let headers = match &headers {
            Ok(headers) => headers,
            Err(error) => {
                ended = true;
                return Some((1, Err(Fault::File(what(error)))));
            }
        };
        match reader.read_record(&mut record) {
            Ok(false) => None,
            Ok(true) => {
                let line = record.position().map_or(line, csv::Position::line);
                let row = record.deserialize::<R>(Some(headers)).map_err(|error| what(&error));
                Some((line, row.and_then(Row::entity).map_err(Fault::Row)))
            }
            Err(error) => {
                // After an I/O error the reader would return the same error forever.
                ended = error.is_io_error();
                let fault = if ended { Fault::File } else { Fault::Row };
                Some((line, Err(fault(what(&error)))))
            }
        }
    })
}

/// Returns the text of an error without the line number, which the caller adds.
fn what(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => {
            let field = err.field().map_or(String::new(), |field| format!("field {}: ", field + 1));
            format!("{field}{}", err.kind())
        }
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} fields, where the header has {expected_len}")
        }
        _ => error.to_string(),
    }
}

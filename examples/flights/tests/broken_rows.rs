//! Tests that the example reports the line of a broken row, and stops or continues as requested.

use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

const FLIGHTS: &str = "year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,carrier,flight,tailnum,origin,dest,air_time,distance,hour,minute,time_hour\n";

fn folder(planes: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("airlines.csv", "carrier,name\nUA,United\n");
    write(
        "airports.csv",
        "faa,name,lat,lon,alt,tz,dst,tzone\nEWR,Newark,40.7,-74.2,18,-5,A,America/New_York\n",
    );
    write(
        "planes.csv",
        &format!("tailnum,year,type,manufacturer,model,engines,seats,speed,engine\n{planes}"),
    );
    write(
        "weather.csv",
        "origin,year,month,day,hour,temp,dewp,humid,wind_dir,wind_speed,wind_gust,precip,pressure,visib,time_hour\n",
    );
    let row = "2013,1,1,NA,515,NA,NA,819,NA,UA,1545,NA,EWR,IAH,NA,1400,5,15,2013-01-01T10:00:00Z\n";
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(format!("{FLIGHTS}{row}").as_bytes()).unwrap();
    fs::write(folder.path().join("flights.csv.gz"), gz.finish().unwrap()).unwrap();
    folder
}

fn run(folder: &Path, options: &[&str]) -> (Output, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_flights")).arg(folder).args(options).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    (output, out, err)
}

const GOOD_PLANES: &str = "tailnum,year,type,manufacturer,model,engines,seats,speed,engine\n";
const GOOD: &str = "N1,2004,Fixed wing,CESSNA,172,1,4,NA,4 Cycle\n";

#[test]
fn good_rows_load() {
    let folder = folder(GOOD);
    let (output, out, err) = run(folder.path(), &[]);
    assert!(output.status.success(), "{err}");
    assert!(out.contains("4 items") && out.contains("0 rows skipped"), "{out}");
    assert!(out.contains("N1"), "{out}");
}

#[test]
fn a_broken_row_stops_the_load_and_names_its_line() {
    for (row, fault) in [
        ("N2,2004,Fixed wing,CESSNA,172,many,4,NA,4 Cycle\n", "line 3"),
        ("N2,2004,Fixed wing\n", "3 fields, where the header has 9"),
        (",2004,Fixed wing,CESSNA,172,1,4,NA,4 Cycle\n", "`tailnum` is empty"),
        ("N2,soon,Fixed wing,CESSNA,172,1,4,NA,4 Cycle\n", "`soon`"),
    ] {
        let folder = folder(&format!("{GOOD}{row}"));
        let (output, _, err) = run(folder.path(), &[]);
        assert_eq!(output.status.code(), Some(1), "{err}");
        assert!(err.contains("planes.csv, line 3") && err.contains(fault), "{err}");
    }
}

#[test]
fn a_broken_row_is_skipped_on_request() {
    let folder = folder(&format!("N2,broken\n{GOOD}"));
    let (output, out, err) = run(folder.path(), &["--skip-broken"]);
    assert!(output.status.success(), "{err}");
    assert!(err.contains("planes.csv, line 2") && err.contains("skipped"), "{err}");
    assert!(out.contains("4 items") && out.contains("1 rows skipped"), "{out}");
}

#[test]
fn a_broken_file_always_stops_the_load() {
    let folder = folder(GOOD);
    fs::write(folder.path().join("planes.csv"), b"tailnum,\xFF\nN1,2\n").unwrap();
    let (output, _, err) = run(folder.path(), &["--skip-broken"]);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("planes.csv, line 1"), "{err}");
    let flights = folder.path().join("flights.csv.gz");
    let bytes = fs::read(&flights).unwrap();
    fs::write(folder.path().join("planes.csv"), GOOD_PLANES).unwrap();
    fs::write(&flights, &bytes[..bytes.len() - 12]).unwrap();
    let (output, _, err) = run(folder.path(), &["--skip-broken"]);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("flights.csv.gz"), "{err}");
}

#[test]
fn wrong_arguments_show_the_usage() {
    let output = Command::new(env!("CARGO_BIN_EXE_flights")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Usage"));
}

//! One shop on three stores, with equal output: see the README of this example.

mod handlers;
mod shop;
mod stores;
mod tour;

use monotable::prelude::*;
use std::error::Error;
use tour::tour;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let expected = tour(Embedded::in_memory()).await?;
    println!("embedded:");
    for line in &expected {
        println!("  {line}");
    }
    if let Some(table) = stores::dynamodb_local().await? {
        let lines = tour(table.backend().clone()).await?;
        table.close().await?;
        compare("DynamoDB Local", &expected, &lines)?;
    }
    let (name, cosmos) = stores::cosmos().await?;
    compare(name, &expected, &tour(cosmos).await?)
}

/// Compares what a store printed with what the first one did.
fn compare(store: &str, expected: &[String], lines: &[String]) -> Result<(), Box<dyn Error>> {
    let at = expected.iter().zip(lines).position(|(expected, line)| expected != line);
    let at =
        at.or_else(|| (expected.len() != lines.len()).then(|| expected.len().min(lines.len())));
    match at {
        None => {
            println!("{store}: the same {} lines", lines.len());
            Ok(())
        }
        Some(at) => {
            let line =
                |lines: &[String]| lines.get(at).map_or("no line", String::as_str).to_owned();
            Err(format!("{store} prints `{}` and not `{}`", line(lines), line(expected)).into())
        }
    }
}

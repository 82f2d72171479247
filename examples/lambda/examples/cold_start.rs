//! Measures the start of a function: from the start of its process to the first answer, and then a warm call.
//!
//! ```sh
//! cargo build --profile function -p lambda
//! cargo run -p lambda --example cold_start -- target/function/shop-api 100
//! ```
//!
//! It needs DynamoDB Local: in a container, or at `MONOTABLE_DYNAMODB_ENDPOINT`. The connection is plain HTTP, so there is no
//! TLS handshake, and the runtime API is on the same machine.

#[expect(dead_code, unused_imports, reason = "the tests use all of it")]
#[path = "../tests/lambda"]
mod tests {
    pub mod support;
}

use lambda::model::Shop;
use monotable::testing::dynamodb;
use std::error::Error;
use std::time::{Duration, Instant};
use tests::support::{Function, event};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(binary), Some(starts)) = (arguments.next(), arguments.next()) else {
        return Err("give the binary, and how often it is started".into());
    };
    let starts: usize = starts.parse()?;
    let (Some(shop), Some(endpoint)) =
        (dynamodb::table::<Shop>().await?, dynamodb::endpoint().await?)
    else {
        return Err("there is no DynamoDB Local".into());
    };
    let variables = [
        ("MONOTABLE_TABLE", shop.backend().table_name()),
        ("AWS_ENDPOINT_URL_DYNAMODB", &*endpoint),
    ];
    let path = [("customer", "C001")];
    let orders = event("GET /customers/{customer}/orders", &path, &[], &[], None);
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    // The first one also reads the file from the disk.
    for start in 0..=starts {
        let begun = Instant::now();
        let function = Function::start(&binary, &variables).await;
        assert_eq!(function.api.invoke(orders.as_str()).await.http().0, 200);
        let first = begun.elapsed();
        let begun = Instant::now();
        assert_eq!(function.api.invoke(orders.as_str()).await.http().0, 200);
        if start > 0 {
            cold.push(first);
            warm.push(begun.elapsed());
        }
    }
    let size = std::fs::metadata(&binary)?.len() as f64 / 1_000_000.0;
    println!("{binary}: {size:.1} MB");
    println!("first answer after the start: {}", spread(cold));
    println!("answer of a warm call: {}", spread(warm));
    shop.close().await?;
    Ok(())
}

/// The median, and the times that nine of ten are above and below.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |tenths: usize| times.get(times.len() * tenths / 10).copied().unwrap_or_default();
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    format!("median {:.1} ms, from {:.1} to {:.1} ms", ms(at(5)), ms(at(1)), ms(at(9)))
}

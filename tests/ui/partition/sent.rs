// A partition is read by its query.

#[path = "../hub.rs"]
mod hub;

use hub::*;
use monotable::prelude::*;

async fn read<B: monotable::Backend>(hub: Table<Hub, B>) -> monotable::Result<()> {
    let _ = Repo::partition("ann", "a").send(&hub).await?;
    Ok(())
}

fn main() {}

// The partition key of the entity has another template.

#[path = "../club.rs"]
mod club;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use club::*;

async fn run<B: CrossPartitionTransactions>(club: &Table<Club, B>) -> monotable::Result<()> {
    let partition = Member::partition("1");
    club.transaction_in(partition).add(Session::key("1").check()).send().await?;
    Ok(())
}

fn main() {}

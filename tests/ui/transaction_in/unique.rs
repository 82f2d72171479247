// The guard of the unique field is in another partition.

#[path = "../club.rs"]
mod club;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use club::*;

async fn run<B: CrossPartitionTransactions>(club: &Table<Club, B>, member: &Member) -> monotable::Result<()> {
    club.transaction_in(Member::partition("1")).add(member.create()).send().await?;
    Ok(())
}

fn main() {}

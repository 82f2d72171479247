// The partition key of one entity has another template.

#[path = "../club.rs"]
mod club;

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use club::*;

async fn run<B: CrossPartitionTransactions>(club: &Table<Club, B>) -> monotable::Result<()> {
    let gets = (Member::get("1"), Session::get("1"));
    club.transact_get_in(Member::partition("1"), gets).send().await?;
    Ok(())
}

fn main() {}

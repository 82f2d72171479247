//! Random requests with the typed API, to the two tables of the tests.

mod club;
mod club_writes;
mod shop;
mod text;

use crate::{Differences, dynamodb_local, operations, random};
use monotable::Embedded;

#[tokio::test]
async fn typed_requests() {
    let Some((shop, _keep_shop)) = dynamodb_local().await else { return };
    let Some((club, _keep_club)) = dynamodb_local().await else { return };
    let (mut our_shop, mut their_shop) =
        (shop::Side::new(Embedded::in_memory()), shop::Side::new(shop));
    let (mut our_club, mut their_club) =
        (club::Side::new(Embedded::in_memory()), club::Side::new(club));
    let mut random = random();
    let mut differences = Differences::default();
    for at in 0..operations() {
        // Both sides get the same random numbers from this seed, even if their answers differ.
        let seed = random.u64(..);
        if random.bool() {
            let answers = (our_shop.step(seed).await, their_shop.step(seed).await);
            differences.same(at, "Shop", &answers.0, &answers.1);
        } else {
            let answers = (our_club.step(seed).await, their_club.step(seed).await);
            differences.same(at, "Club", &answers.0, &answers.1);
        }
    }
    differences.none();
}

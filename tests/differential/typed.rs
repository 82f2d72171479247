//! Random requests with the typed API, to the two tables of the tests.

mod guarded;
mod portable;
mod shop;
mod text;

use crate::{Differences, dynamodb_local, operations, random};
use monotable::Embedded;
use monotable_tests::layer::Whole;

/// Which requests are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// All.
    Whole,
    /// Those that need no transactions across partitions. The answers are compared without the ends of pages, which
    /// are not the same if a store does not count what a filter leaves out.
    Portable,
}

impl Reach {
    fn is_whole(self) -> bool {
        self == Reach::Whole
    }
}

/// Sends the same random requests to the embedded store and to another one. `$club` is the module of the club's requests.
macro_rules! compare {
    ($club:ident, $reach:expr, $shop:expr, $their_club:expr) => {{
        let ours = Embedded::in_memory;
        let mut shops = (shop::Side::new(ours(), $reach), shop::Side::new($shop, $reach));
        let mut clubs =
            ($club::club::Side::new(ours(), $reach), $club::club::Side::new($their_club, $reach));
        let mut random = random();
        let mut differences = Differences::default();
        for at in 0..operations() {
            // Both sides get the same random numbers from this seed, even if their answers differ.
            let seed = random.u64(..);
            if random.bool() {
                let answers = (shops.0.step(seed).await, shops.1.step(seed).await);
                differences.same(at, "Shop", &answers.0, &answers.1);
            } else {
                let answers = (clubs.0.step(seed).await, clubs.1.step(seed).await);
                differences.same(at, "Club", &answers.0, &answers.1);
            }
        }
        differences.none();
    }};
}

#[tokio::test]
async fn typed_requests() {
    let Some((shop, _keep_shop)) = dynamodb_local().await else { return };
    let Some((club, _keep_club)) = dynamodb_local().await else { return };
    compare!(guarded, Reach::Whole, shop, club);
}

#[tokio::test]
async fn typed_requests_on_cosmos() {
    let (shop, _keep_shop) = monotable_tests::cosmos::store().await;
    let (club, _keep_club) = monotable_tests::cosmos::store().await;
    compare!(portable, Reach::Portable, Whole(shop), Whole(club));
}

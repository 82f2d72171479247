// A store that was opened without a log of changes has none to wait for.

use monotable::change::FeedPosition;
use monotable::prelude::*;

async fn used(store: &Embedded, position: &FeedPosition) -> monotable::Result<()> {
    store.wait_for_changes(position).await
}

fn main() {}

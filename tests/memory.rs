//! A stream has only one page in memory, no matter how many items it returns. The test measures the
//! peak of the allocated memory.

use futures_util::TryStreamExt as _;
use monotable::prelude::*;
use monotable_tests::{Order, Shop, order};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

#[tokio::test]
async fn a_stream_uses_memory_that_does_not_grow_with_the_count() {
    let shop = Shop::on(Embedded::in_memory());
    let mut filled = 0;
    let mut peaks = Vec::new();
    for count in [20_000, 80_000] {
        for n in filled..count {
            let mut order = order("C001", &format!("{n:08}"));
            order.note = Some("a note that is about as long as notes are".into());
            order.put().send(&shop).await.unwrap();
        }
        filled = count;
        let before = ALLOCATOR.current_usage();
        ALLOCATOR.reset_peak_usage();
        let stream = Order::by_customer("C001").stream(&shop);
        let seen = stream.try_fold(0, |seen, _| async move { Ok(seen + 1) }).await.unwrap();
        assert_eq!(seen, count);
        peaks.push(ALLOCATOR.peak_usage() - before);
    }
    println!("peak bytes above the store: {peaks:?}");
    // A page has 1 MB of items, and twice as much when they are decoded.
    assert!(peaks[1] < peaks[0] + peaks[0] / 10, "{peaks:?}");
    assert!(peaks[1] < 8 << 20, "{peaks:?}");
}

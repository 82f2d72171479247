//! A store that takes shorter keys than others. It is not one of the stores of the suite, because other
//! tests there need keys of full length.

use monotable::Result;
use monotable::backend::Limits;
use monotable::prelude::*;
use monotable::schema::TableDef;
use monotable::testing::Recorder;
use monotable_tests::layer::{Around, Layer};
use monotable_tests::{Order, OrderItem, Shop, Store, item, order};
use std::future::Future;
use std::ops::Bound::{Excluded, Unbounded};

/// Allows partition keys of 20 bytes and sort keys of 16.
#[derive(Debug, Clone)]
struct ShortKeys;

impl<B: Store> Around<B> for ShortKeys {
    const LIMITS: Limits = {
        let mut limits = B::LIMITS;
        limits.partition_key_bytes = 20;
        limits.sort_key_bytes = 16;
        limits
    };

    async fn call<T: Send>(
        &self,
        _: &B,
        _: &'static TableDef,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        call.await
    }
}

#[tokio::test]
async fn longer_keys_are_refused_before_any_call() {
    let recorder = Recorder::new(Embedded::in_memory());
    let shop = Shop::on(Layer::new(ShortKeys, recorder.clone()));
    // `ORDER#` with 14 bytes, and `ITEM#00001#` with 5.
    let (pk, sk) = ("x".repeat(14), "y".repeat(5));
    item(&pk, 1, &sk).put().send(&shop).await.unwrap();
    assert!(OrderItem::get(&pk, 1, &sk).send(&shop).await.unwrap().is_some());
    assert_eq!(OrderItem::in_order(&pk).eq(1).begins_with(&sk).count(&shop).await.unwrap(), 1);
    assert_eq!(recorder.take().len(), 3);

    let (long_pk, long_sk) = (format!("{pk}x"), format!("{sk}y"));
    let (in_pk, in_sk) = (item(&long_pk, 1, "p"), item("O", 1, &long_sk));
    let transaction = shop.transaction().add(item("O", 1, "p").put()).add(in_sk.put());
    for (error, what) in [
        (in_pk.put().send(&shop).await.unwrap_err(), "partition key"),
        (in_sk.create().send(&shop).await.unwrap_err(), "sort key"),
        (in_sk.delete().send(&shop).await.unwrap_err(), "sort key"),
        (in_sk.update().set(OrderItem::QUANTITY, 2).send(&shop).await.unwrap_err(), "sort key"),
        (OrderItem::get("O", 1, &long_sk).send(&shop).await.unwrap_err(), "sort key"),
        (OrderItem::in_order(&long_pk).all(&shop).await.unwrap_err(), "partition key"),
        (
            OrderItem::in_order("O").eq(1).begins_with(&long_sk).all(&shop).await.unwrap_err(),
            "sort key",
        ),
        (OrderItem::get_many([in_sk.primary_key()]).send(&shop).await.unwrap_err(), "sort key"),
        (transaction.send().await.unwrap_err(), "sort key"),
    ] {
        let text = error.to_string();
        assert!(error.is_invalid_key() && text.contains(what), "{text}");
        assert!(text.contains("bytes long") && text.contains("::"), "{text}");
    }
    let report = shop.batch().add(in_sk.put()).send().await;
    assert!(report.is_err_and(|error| error.is_invalid_key()));
    assert_eq!(recorder.take().len(), 0);
}

/// The bounds of a range are longer than the keys of its items, and the limits are not those of indexes.
#[tokio::test]
async fn ranges_and_indexes_have_other_limits() {
    let shop = Shop::on(Layer::new(ShortKeys, Embedded::in_memory()));
    for product in ["yyyyx", "yyyyy"] {
        item("O", 1, product).put().send(&shop).await.unwrap();
    }
    let query = || OrderItem::in_order("O").eq(1);
    assert_eq!(query().range(..="yyyyy").count(&shop).await.unwrap(), 2);
    assert_eq!(query().range(.."yyyyy").count(&shop).await.unwrap(), 1);
    assert_eq!(query().range((Excluded("yyyyx"), Unbounded)).count(&shop).await.unwrap(), 1);

    let region = "r".repeat(40);
    let order = Order { region: Some(region.clone()), ..order("C", "O") };
    order.put().send(&shop).await.unwrap();
    assert_eq!(Order::by_region(&region).count(&shop).await.unwrap(), 1);
}

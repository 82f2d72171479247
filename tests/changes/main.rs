//! Change events: what every feed has to tell, what a consumer does with it, and that nothing is lost when consumers die.
//!
//! The tests are functions for any backend with a feed that tells of all changes. A backend is one more line in `feeds`.

mod consumer;
mod contract;
mod delivery;
mod shop;

use monotable::embedded::{ChangeLog, Retention};
use monotable::{Embedded, Error};
use monotable_tests::dynamodb_streams;
use std::time::Duration;

/// The tests on DynamoDB Local. Each has a table of its own.
macro_rules! dynamodb_local {
    ($($module:ident::$test:ident;)*) => {
        mod dynamodb_local {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let Some((store, streams)) = super::dynamodb_streams().await else { return };
                super::$module::$test(streams).await;
                store.close().await.unwrap();
            })*
        }
    };
}

/// The tests on an embedded store.
macro_rules! embedded_in_memory {
    ($($module:ident::$test:ident;)*) => {
        mod embedded_in_memory {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$module::$test(super::logged(super::Embedded::in_memory())).await;
            })*
        }
    };
}

/// The tests on an embedded store in a file.
macro_rules! embedded_on_disk {
    ($($module:ident::$test:ident;)*) => {
        mod embedded_on_disk {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let folder = tempfile::tempdir().unwrap();
                let store = super::Embedded::open(folder.path().join("shop.db")).unwrap();
                super::$module::$test(super::logged(store)).await;
            })*
        }
    };
}

fn logged(store: Embedded) -> Embedded<ChangeLog> {
    store.with_change_log(Retention::default()).unwrap()
}

/// All tests, for each of these backends.
macro_rules! feeds {
    ($($backend:ident)*) => {$(
        $backend! {
            contract::changes_are_told_with_the_items_before_and_after;
            contract::items_of_the_table_itself_are_left_out;
            contract::a_transaction_is_a_change_of_each_item;
            contract::a_write_that_fails_is_no_change;
            contract::unknown_items_are_handled_as_the_program_says;
            contract::a_position_is_a_place_in_the_feed;
            contract::changes_have_the_same_names_each_time;
            contract::reading_from_now_on_leaves_out_what_was_written_before;
            contract::positions_of_others_are_refused;
            contract::pages_are_as_small_as_asked_for;
            consumer::a_consumer_goes_on_where_it_was;
            consumer::a_failed_change_comes_again;
            consumer::a_function_that_makes_a_consumer_each_time_does_its_work;
            consumer::a_handler_can_have_errors_of_every_kind;
            consumer::a_consumer_that_was_moved_stays_so_when_its_handler_fails;
            consumer::consumers_of_other_names_have_their_own_positions;
            consumer::one_worker_at_a_time;
            consumer::a_frozen_worker_cannot_move_the_position_back;
            consumer::an_unknown_item_stops_a_consumer_until_it_is_skipped;
            consumer::a_consumer_does_not_follow_its_own_writes;
            consumer::a_consumer_can_start_anew;
            consumer::an_aggregate_counts_each_change_once;
            consumer::an_outbox_is_published;
            consumer::lost_answers_do_no_harm;
            delivery::nothing_is_lost_when_consumers_die;
        }
    )*};
}

feeds!(embedded_in_memory embedded_on_disk dynamodb_local);

/// A consumer renews its lease in the table, and each time is a change.
#[tokio::test]
async fn an_idle_consumer_is_not_left_behind_by_its_own_writes() {
    let few = Retention::default().up_to(4);
    let shop = contract::open(Embedded::in_memory().with_change_log(few).unwrap()).await;
    let worker =
        || shop.consumer("mails").lease(Duration::from_millis(2)).clock_margin(Duration::ZERO);
    let mut consumer = worker();
    for _ in 0..10 {
        consumer.step(async |_| Ok::<_, Error>(())).await.unwrap();
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
    drop(consumer);
    let again = worker().catch_up(async |_| Ok::<_, Error>(())).await.unwrap();
    assert!(again.is_caught_up && again.changes == 0);
}

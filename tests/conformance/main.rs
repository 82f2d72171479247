//! One suite over every promise of the API, run by every backend.
//!
//! Each test is a generic function of a backend. A test that needs something which not every
//! backend has says so in its bounds.

mod cursors;
mod errors;
mod indexes;
mod pages;
mod queries;
mod writes;

use monotable::Embedded;

/// The whole suite for one backend; `$new` makes a fresh, empty table, and what keeps it alive.
macro_rules! suite {
    ($backend:ident, $new:expr) => {
        suite! { @tests $backend, $new;
            writes:
                put_then_get,
                create_refuses_a_taken_key_and_carries_the_stored_item,
                put_replaces_the_whole_item,
                delete_is_idempotent,
                none_is_not_stored,
                consistent_get,
                create_if_missing_keeps_what_is_there,
                requests_can_be_spawned;
            queries:
                a_partition_holds_several_entities_and_a_query_reads_one,
                eq_binds_left_to_right,
                ranges_on_the_last_part,
                ranges_on_an_earlier_part,
                prefixes,
                empty_ranges_cost_nothing,
                bounds_reach_the_limit_of_keys,
                both_orders,
                numbers_sort_as_numbers,
                any_text_is_a_key,
                first_and_count,
                a_query_of_a_literal_sort_key;
            pages:
                limit_counts_items_over_pages,
                page_size_counts_items_of_a_page,
                pages_end_without_a_cursor,
                a_page_ends_at_a_megabyte,
                streams_outlive_their_table,
                reads_say_what_they_cost;
            indexes:
                an_index_follows_puts_and_deletes,
                sparse_by_an_absent_part,
                sparse_by_a_predicate,
                keys_only_yields_keys,
                include_yields_keys,
                equal_index_keys_are_told_apart,
                buckets;
            cursors:
                a_cursor_survives_its_text,
                garbage_is_refused,
                truncated_and_changed_cursors_are_refused,
                a_cursor_of_another_version_is_refused,
                a_cursor_of_another_query_is_refused,
                limits_do_not_bind_a_cursor,
                the_item_at_the_cursor_may_be_gone;
            errors:
                empty_parts,
                parts_too_wide,
                keys_over_the_limits,
                items_over_the_limit,
                bounds_finer_than_the_part,
                limits_of_zero,
                items_of_another_entity,
                keys_that_read_back_as_others;
        }
    };
    (@tests $backend:ident, $new:expr; $($topic:ident: $($test:ident),* $(,)?;)*) => {
        mod $backend {
            $($(
                #[tokio::test]
                async fn $test() {
                    let (backend, _keep) = $new;
                    crate::$topic::$test(backend).await;
                }
            )*)*
        }
    };
}

suite!(embedded_in_memory, (monotable::Embedded::in_memory(), ()));
suite!(embedded_on_disk, crate::on_disk());

fn on_disk() -> (Embedded, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    (Embedded::open(folder.path().join("shop.db")).expect("a store"), folder)
}

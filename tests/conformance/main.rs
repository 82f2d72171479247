//! One suite over every promise of the API, run by every backend.
//!
//! Each test is a generic function of a backend. A test that needs something which not every
//! backend has says so in its bounds.

mod batches;
mod coherence;
mod conditions;
mod cursors;
mod errors;
mod expiry;
mod indexes;
mod locks;
mod pages;
mod queries;
mod transactions;
mod unique;
mod updates;
mod writes;

use monotable::{DynamoDb, Embedded};
use monotable_tests::dynamodb;
use monotable_tests::layer::{Brief, Layer, Ready};

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
            updates:
                set_changes_one_field,
                an_update_needs_an_item,
                or_create_creates_what_is_missing,
                updates_give_back_what_is_asked_for,
                counters_count,
                lists_grow_at_both_ends,
                sets_have_no_repetitions,
                documents_and_maps_by_path,
                set_if_absent_keeps_what_is_there,
                overlapping_changes_are_refused,
                guards_of_loaded_fields,
                read_change_write,
                items_stored_otherwise_are_changed_too,
                former_names_are_left;
            conditions:
                every_operator,
                conditions_on_put_create_and_delete,
                filters_and_pages,
                filters_see_what_an_index_projects;
            coherence:
                fields_that_an_index_needs_together,
                a_field_that_feeds_an_attribute_alone,
                a_loaded_update_knows_the_other_parts,
                a_stale_entity_writes_no_wrong_key,
                absent_parts_are_no_difference,
                defaults_that_were_never_stored;
            transactions:
                all_happen,
                or_none,
                checks_see_conditions,
                limits_of_transactions,
                a_token_makes_it_once,
                transact_get_reads_one_moment,
                a_move_is_a_delete_and_a_create,
                a_move_takes_its_guards_along,
                item_collections_are_deleted,
                guards_in_a_collection_stay_with_their_owners,
                their_guards_go_with_them,
                transactions_that_meet;
            batches:
                batches_of_any_size,
                one_item_twice_is_refused,
                batches_split_by_bytes,
                get_many_keeps_the_order_of_keys;
            locks:
                versions_advance_with_every_write,
                an_old_version_is_a_conflict,
                versions_do_not_begin_anew,
                sums_are_exact_under_contention,
                no_acknowledged_change_is_lost;
            expiry:
                past_items_are_absent_to_reads,
                and_to_writes,
                an_update_moves_the_time,
                conditions_see_no_item_past_its_time,
                guards_expire_with_their_entity;
            unique:
                a_value_is_taken_once,
                an_update_moves_the_guard,
                absent_values_have_no_guard,
                guards_in_transactions,
                one_of_many_wins;
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
                keys_that_read_back_as_others,
                values_that_no_store_holds,
                items_of_other_shapes;
        }
    };
    (@tests $backend:ident, $new:expr; $($topic:ident: $($test:ident),* $(,)?;)*) => {
        mod $backend {
            $($(
                // Several threads: tasks of one thread take turns only where they wait, and on
                // the store in memory they never do.
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $test() {
                    if let Some((backend, _keep)) = $new {
                        crate::$topic::$test(backend).await;
                    }
                }
            )*)*
        }
    };
}

suite!(embedded_in_memory, crate::in_memory());
suite!(embedded_on_disk, crate::on_disk());
suite!(dynamodb_local, crate::dynamodb_local().await);

fn in_memory() -> Option<(Layer<Brief, Embedded>, ())> {
    Some((Layer::new(Brief, Embedded::in_memory()), ()))
}

fn on_disk() -> Option<(Layer<Brief, Embedded>, tempfile::TempDir)> {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Embedded::open(folder.path().join("shop.db")).expect("a store");
    Some((Layer::new(Brief, store), folder))
}

/// A table of its own for each test; `None`, and said loudly, where there is no Docker.
async fn dynamodb_local() -> Option<(Layer<Ready, DynamoDb>, ())> {
    let store = DynamoDb::new(dynamodb::client().await?, dynamodb::table_name());
    Some((Layer::new(Ready::default(), store), ()))
}

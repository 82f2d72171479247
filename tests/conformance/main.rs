//! One suite that tests every promise of the API on every backend.
//!
//! Each test is a generic function over a backend. If it needs a trait that not every backend has, the trait is in its
//! bounds, and the test is in a part of its own below. What differs at run time is in [`Store`].

mod attributes;
mod batches;
mod coherence;
mod collections;
mod conditions;
mod coordination;
mod cursors;
mod delete_all;
mod entries;
mod errors;
mod expiry;
mod indexes;
mod key_limits;
mod key_spaces;
mod key_spaces_in_partition;
mod local_indexes;
mod locks;
mod mixed;
mod one_partition;
mod pages;
mod partitions;
mod projections;
mod queries;
mod repeated_literals;
mod repeated_literals_in_partition;
mod several_keys;
mod stamps;
mod stored_items;
mod transactions;
mod unique;
mod unique_in_partition;
mod updates;
mod workflows;
mod writes;

#[allow(dead_code, reason = "the suite needs a plain server only")]
#[path = "../../backends/cache/tests/cache/support/server.rs"]
mod server;

use monotable::cache::{NoStore, Redis};
use monotable::testing::Recorder;
use monotable::testing::dynamodb::TestStore;
use monotable::{CrossPartitionTransactions, DynamoDb, Embedded, Transactions};
use monotable_tests::Store;
use monotable_tests::layer::{Brief, Kept, Layer, Ready, Single};

/// Declares a part of the suite for one backend. `$new` creates a store without items, with a value that keeps it
/// alive.
macro_rules! suite {
    (@tests $part:ident, $new:expr; $($topic:ident: $($test:ident),* $(,)?;)*) => {
        mod $part {
            $(mod $topic {$(
                // Several threads, so that the tasks of a test run at the same time. On a single
                // thread, tasks only take turns where they wait, and with the store in memory they
                // never wait.
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $test() {
                    if let Some((backend, _keep)) = $new {
                        crate::$topic::$test(backend).await;
                    }
                }
            )*})*
        }
    };
    // What every backend has.
    (everywhere, $new:expr) => {
        suite! { @tests everywhere, $new;
            writes:
                put_then_get,
                create_is_refused_if_the_item_exists_and_the_error_has_that_item,
                put_replaces_the_whole_item,
                delete_is_idempotent,
                none_is_not_stored,
                consistent_get,
                create_if_missing_keeps_an_existing_table,
                requests_can_be_spawned;
            updates:
                set_changes_one_field,
                an_update_needs_an_item,
                an_update_without_changes_checks_the_item,
                or_create_creates_what_is_missing,
                updates_return_the_requested_item,
                counters_count,
                lists_grow_at_both_ends,
                sets_have_no_repetitions,
                documents_and_maps_by_path,
                set_if_absent_keeps_an_existing_value,
                overlapping_changes_are_refused,
                if_unchanged_compares_with_the_loaded_value,
                update_with_reads_changes_and_writes,
                update_with_accepts_other_stored_forms,
                former_names_are_replaced;
            conditions:
                every_operator,
                conditions_on_put_create_and_delete,
                filters_and_pages,
                filters_see_what_an_index_projects;
            coherence:
                fields_that_an_index_needs_are_set_together,
                a_field_that_alone_feeds_an_attribute_can_be_set_by_key,
                a_loaded_update_knows_the_other_parts,
                a_stale_entity_writes_no_wrong_key,
                absent_parts_are_not_stale,
                defaults_that_were_never_stored_are_not_stale;
            batches:
                batches_of_any_size,
                two_writes_of_one_item_are_refused,
                batches_are_split_by_bytes,
                get_many_keeps_the_order_of_keys;
            locks:
                versions_advance_with_every_write,
                an_old_version_is_a_conflict,
                a_new_item_gets_a_higher_version_than_the_deleted_one,
                sums_are_exact_under_contention,
                no_acknowledged_change_is_lost;
            expiry:
                reads_do_not_return_expired_items,
                writes_treat_expired_items_as_missing,
                milliseconds_are_refused,
                an_update_changes_the_time_of_expiry,
                conditions_treat_expired_items_as_missing;
            delete_all:
                a_query_of_the_primary_key_deletes_in_batches,
                a_filter_is_checked_again,
                a_query_of_an_index_deletes_items,
                expired_items_are_left_to_the_store_unless_asked_for,
                what_no_longer_matches_stays;
            stamps:
                a_create_sets_both_times,
                a_put_never_changes_the_time_of_creation,
                a_time_that_another_program_wrote_stays,
                every_update_sets_the_time_of_the_write,
                a_time_beside_other_fields_of_a_key,
                times_of_any_serde_function_are_those_in_index_keys,
                or_create_keeps_the_time_of_creation;
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
                any_text_can_be_a_key,
                first_and_count,
                exactly_one,
                whether_an_item_exists,
                a_query_of_a_literal_sort_key;
            pages:
                limit_counts_items_of_all_pages,
                page_size_counts_items_of_a_page,
                the_last_page_has_no_cursor,
                pages_have_a_limit_of_bytes,
                streams_outlive_their_table,
                reads_report_their_cost;
            indexes:
                puts_and_deletes_change_an_index,
                sparse_by_an_absent_part,
                sparse_by_a_predicate,
                keys_only_yields_keys,
                include_yields_what_is_included,
                items_with_equal_index_keys_are_distinguished,
                buckets;
            local_indexes:
                another_order_of_a_partition,
                consistent_reads_of_a_local_index,
                sparse_local_indexes,
                updates_of_local_index_keys,
                pages_of_a_local_index,
                partitions_and_collections_of_a_local_index;
            collections:
                a_collection_has_the_items_of_its_members,
                the_range_has_the_members_and_nothing_else,
                the_parent_and_its_newest,
                the_newest_on_an_index,
                members_are_filtered,
                what_is_missing,
                limits_that_cannot_be,
                items_of_no_member;
            several_keys:
                each_key_is_a_pattern,
                members_by_pattern,
                every_write_keeps_one_key,
                fields_of_all_keys_are_set_together;
            entries:
                a_consistent_query_hydrates_consistently,
                parts_of_the_key_on_an_index,
                items_without_the_name_of_an_entity;
            mixed:
                a_mixed_query_reads_its_entity,
                limits_and_cursors_count_the_entity,
                a_mixed_index,
                only_the_entity_is_deleted,
                mixed_members;
            partitions:
                items_of_all_entities_are_read_in_order,
                a_partition_has_several_spellings,
                a_partition_is_read_page_by_page,
                sort_keys_are_chosen_by_text,
                a_partition_of_an_index,
                items_of_no_entity,
                a_part_of_a_partition_is_deleted,
                expired_items_of_a_partition,
                bad_partitions_are_refused;
            projections:
                entries_have_what_the_index_includes,
                conditions_on_included_places_filter,
                a_projection_reads_its_fields,
                every_way_to_run_a_query_projects,
                a_projection_of_an_index,
                values_that_are_not_stored,
                expired_items_are_not_projected,
                hydrated_items_are_in_the_order_of_the_query,
                deleted_items_are_reported;
            coordination:
                the_first_result_is_returned,
                calls_can_be_spawned,
                failed_work_leaves_no_record,
                another_payload_is_refused,
                work_in_progress_is_told_and_taken_over,
                a_frozen_call_undoes_nothing,
                a_result_lasts_for_its_time,
                results_of_any_type,
                results_that_cannot_be_stored,
                lost_answers_of_calls_are_recognised,
                a_late_duplicate_changes_nothing,
                keys_of_any_text,
                records_of_a_table_with_raw_keys,
                records_are_no_items,
                one_holder_at_a_time,
                the_number_of_a_lease_only_grows,
                a_lost_lease_is_told,
                one_of_many_gets_the_lease,
                lost_answers_of_leases_are_recognised,
                a_late_duplicate_holds_nothing,
                older_numbers_are_refused,
                a_window_has_a_limit,
                a_limit_is_one_request,
                a_limit_is_exact_under_contention;
            cursors:
                a_cursor_can_be_converted_to_text_and_back,
                garbage_is_refused,
                truncated_and_changed_cursors_are_refused,
                a_cursor_of_another_version_is_refused,
                a_cursor_of_another_query_is_refused,
                a_cursor_works_with_other_limits,
                the_item_at_the_cursor_can_be_deleted;
            errors:
                empty_parts,
                texts_that_repeat_the_literal_before_them,
                parts_too_wide,
                keys_over_the_limits,
                items_over_the_limit,
                bounds_finer_than_the_part,
                limits_of_zero,
                items_of_another_entity,
                keys_that_are_read_back_differently,
                values_that_no_store_holds,
                items_of_other_shapes,
                returned_items_that_cannot_be_decoded,
                writes_refused_by_an_item_that_cannot_be_read;
            workflows:
                a_step_is_one_conditional_update,
                a_step_that_comes_too_late_is_refused,
                a_repeated_step_is_already_done,
                a_circle_takes_another_token_each_time,
                a_step_from_any_state,
                index_keys_beside_the_state_stay_true,
                other_writes_keep_the_state,
                states_that_are_stored_in_other_forms,
                steps_that_are_due_are_found,
                one_of_many_concurrent_steps_is_done;
        }
    };
    // What needs transactions in one partition.
    (one_partition, $new:expr) => {
        suite! { @tests one_partition, $new;
            one_partition:
                writes_of_one_partition_are_made,
                nothing_is_written_in_the_partition_if_one_write_is_refused,
                other_partitions_are_refused_before_anything_is_sent,
                moves_stay_in_the_partition,
                limits_in_a_partition,
                clones_in_a_partition_are_made_once,
                transact_get_in_reads_one_moment;
            unique_in_partition:
                a_value_is_unique_in_its_partition,
                guards_are_written_in_the_transaction_of_the_partition,
                guards_beside_their_items_are_not_read,
                transactions_of_a_partition_are_as_in_a_map;
            repeated_literals_in_partition:
                items_with_such_keys_are_deleted,
                items_with_such_keys_are_changed,
                new_items_with_such_keys_are_refused;
            key_spaces_in_partition:
                the_enum_of_a_partition_reads_whichever_is_there,
                no_write_in_a_partition_changes_another_entity,
                expired_items_of_a_partition_are_missing,
                one_entity_gets_the_key_in_a_partition,
                writes_in_a_partition_are_as_in_a_map;
            stored_items:
                other_fields_of_a_text_that_repeats_its_literal,
                times_beside_a_text_that_repeats_its_literal,
                numbers_that_only_the_item_holds;
            key_spaces:
                items_that_cannot_be_read;
            workflows:
                steps_in_a_transaction_of_a_partition;
            coordination:
                a_record_is_committed_with_writes_of_its_partition,
                nothing_of_a_partition_is_committed_without_the_other,
                one_of_many_calls_commits_in_its_partition,
                lost_answers_of_commits_in_a_partition_are_recognised,
                a_lost_lease_cancels_in_its_partition,
                all_is_in_the_partition_of_the_transaction;
        }
    };
    // What needs transactions across partitions: `transaction`, `transact_get`, `move_to` and unique values. On another
    // backend it does not compile, as the cases in `tests/ui/transactions` show.
    (across_partitions, $new:expr) => {
        suite! { @tests across_partitions, $new;
            transactions:
                all_writes_are_made,
                no_write_is_made_if_one_is_refused,
                checks_have_conditions,
                limits_of_transactions,
                a_transaction_is_made_once_for_each_token,
                transact_get_reads_one_moment,
                a_move_is_a_delete_and_a_create,
                a_move_also_moves_the_guards,
                item_collections_are_deleted,
                deleting_a_part_of_a_collection_keeps_the_guards_of_the_rest,
                deleting_a_collection_deletes_its_guards,
                concurrent_transactions_on_the_same_items_are_atomic;
            unique:
                a_value_is_taken_once,
                an_update_moves_the_guard,
                absent_values_have_no_guard,
                guards_in_transactions,
                unique_values_are_handed_over,
                one_of_many_concurrent_creates_succeeds;
            repeated_literals:
                items_with_such_keys_are_deleted,
                items_with_such_keys_are_moved,
                items_with_such_keys_are_changed,
                new_items_with_such_keys_are_refused;
            key_spaces:
                the_enum_reads_whichever_is_there,
                an_entity_does_not_see_the_others,
                a_create_says_which_entity_is_there,
                no_write_changes_another_entity,
                writes_of_the_entity_itself,
                expired_items_of_others_are_missing,
                partitions_with_several_entities_of_a_space,
                one_entity_gets_the_key,
                writes_are_as_in_a_map;
            stored_items:
                values_that_are_no_parts_of_keys,
                an_older_expiry_is_not_given_to_a_guard,
                unique_values_that_serde_changes,
                a_move_of_a_changed_entity_is_stale,
                reports_of_deletes_have_the_whole_cost;
            updates:
                updates_without_changes_in_transactions;
            expiry:
                transactions_treat_expired_items_as_missing,
                guards_expire_with_their_entity;
            delete_all:
                guards_are_deleted_with_their_items,
                expired_guards_are_deleted_with_their_items;
            stamps:
                times_in_transactions,
                a_move_keeps_the_time_of_creation,
                times_with_versions_guards_and_precisions;
            local_indexes:
                a_move_takes_the_entries_along;
            several_keys:
                a_move_keeps_one_key;
            partitions:
                guards_in_a_partition_are_no_items;
            workflows:
                steps_of_items_with_guards;
            coordination:
                a_record_is_committed_with_its_writes,
                nothing_is_committed_without_the_other,
                one_of_many_calls_commits,
                lost_answers_of_commits_are_recognised,
                a_lost_lease_cancels;
        }
    };
    // What needs indexes whose keys are attributes.
    (attribute_indexes, $new:expr) => {
        suite! { @tests attribute_indexes, $new;
            attributes:
                attributes_are_bound_from_left_to_right,
                queries_of_attributes_end_as_all_queries_do,
                ranges_are_those_of_the_values,
                decimals_and_times_are_in_their_order,
                an_item_without_an_attribute_is_not_in_the_index,
                several_entities_are_told_apart,
                pages_go_on_after_an_entry,
                values_that_no_key_holds_are_refused;
            entries:
                key_attributes_are_not_too_long_together;
        }
    };
    ($backend:ident: $new:expr; $($part:ident),*) => {
        mod $backend {
            $(suite!($part, $new);)*
        }
    };
}

suite!(embedded_in_memory: crate::in_memory(); everywhere, one_partition, across_partitions, attribute_indexes);
suite!(embedded_on_disk: crate::on_disk(); everywhere, one_partition, across_partitions, attribute_indexes);
suite!(without_batches: crate::without_batches(); everywhere, one_partition, across_partitions, attribute_indexes);
suite!(cached_in_process: crate::cached_in_process(); everywhere, one_partition, across_partitions, attribute_indexes);
suite!(cached_in_redis: crate::cached_in_redis().await; everywhere, one_partition, across_partitions, attribute_indexes);
suite!(dynamodb_local: crate::dynamodb_local().await; everywhere, one_partition, across_partitions, attribute_indexes);
suite!(cosmos: crate::cosmos().await; everywhere, one_partition);

fn in_memory() -> Option<(Layer<Brief, Embedded>, ())> {
    Some((Layer::new(Brief, Embedded::in_memory()), ()))
}

/// A store with the defaults of `Backend` for batches and pauses. A recorder is around it, because what
/// it wraps has to behave as without it.
fn without_batches() -> Option<(impl Store + CrossPartitionTransactions, ())> {
    Some((Layer::new(Brief, Recorder::new(Single(Embedded::in_memory()))), ()))
}

/// A store with a cache in the process in front of it: each promise of a store holds through a cache.
fn cached_in_process() -> Option<(impl Store + CrossPartitionTransactions, ())> {
    let kept = Kept::<_, NoStore>::new(Embedded::in_memory(), None);
    Some((Layer::new(Brief, kept), ()))
}

/// A store with both layers of a cache in front of it. Without `redis-server`, returns `None` and prints a message.
async fn cached_in_redis() -> Option<(impl Store + CrossPartitionTransactions, server::Server)> {
    let server = server::start(server::Kind::Plain).await?;
    let redis = Redis::new(server.connect().await);
    let kept = Kept::new(Embedded::in_memory(), Some(redis));
    Some((Layer::new(Brief, kept), server))
}

fn on_disk() -> Option<(Layer<Brief, Embedded>, tempfile::TempDir)> {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Embedded::open(folder.path().join("shop.db")).expect("a store");
    Some((Layer::new(Brief, store), folder))
}

/// Returns a store with a table of its own, which is deleted with the test. Without Docker, returns `None` and prints a message.
async fn dynamodb_local() -> Option<(Layer<Ready, DynamoDb>, TestStore)> {
    let store = monotable_tests::dynamodb_local().await?;
    Some((Layer::new(Ready::default(), store.clone()), store))
}

/// Returns a store in the emulator, or in the account that the environment names.
async fn cosmos() -> Option<(impl Store + Transactions, impl Sized)> {
    Some(monotable_tests::cosmos::store().await)
}

//! Published single-table designs, each with all of its access patterns, on every backend.
//!
//! Each design is a file with the model, and a folder with its access patterns. An access pattern is a test
//! with the name that it has in the publication. It asserts the answer, and which requests were sent: one,
//! where an expert sends one.
//!
//! Each test is a generic function over a backend, as handlers of a program can be.

mod commerce;
mod games;
mod github;
mod online_shop;
mod session_store;

use monotable::prelude::*;
use monotable::schema::Schema;
use monotable::testing::Recorder;
use monotable::testing::dynamodb::TestStore;
use monotable::{DynamoDb, Embedded};
use monotable_tests::Store;
use monotable_tests::layer::{Layer, Ready};

/// Returns the requests that were sent to the table since this was last called, each as a line: the
/// operation, the entity or access pattern, and the keys. A `*` is the end of a prefix. A range is inclusive, so
/// the end of `..day` is the greatest key below it: `Y~~` is before `Z`.
fn sent<S: Schema, B: Store>(table: &Table<S, Recorder<B>>) -> Vec<String> {
    let requests = table.backend().take();
    requests.iter().map(|call| call.request().to_string()).collect()
}

/// Declares the tests of all designs for one backend. `$new` creates a store without items, with a value
/// that keeps it alive.
macro_rules! suite {
    ($backend:ident, $new:expr) => {
        suite! { @tests $backend, $new;
            session_store::patterns:
                create_session,
                get_session,
                get_sessions_for_user,
                delete_session_time_based,
                delete_sessions_for_user_manual;
            commerce::patterns:
                create_customer,
                create_mailing_address,
                update_mailing_address,
                place_order,
                update_order,
                view_customer_and_most_recent_orders,
                view_order_and_order_items;
            games::patterns:
                create_user_profile,
                update_user_profile,
                get_user_profile,
                create_game,
                find_open_games,
                find_open_games_by_map,
                view_game,
                view_users_in_game,
                join_game_for_a_user,
                start_game,
                update_game_for_a_user,
                update_game,
                find_all_past_games_for_a_user;
            github::repos:
                create_repo,
                get_repo,
                create_issue,
                get_issue,
                list_issues_for_repo,
                create_pull_request,
                get_pull_request,
                list_pull_requests_for_repo,
                fork_repo,
                get_forks_for_repo;
            github::interactions:
                add_comment_to_issue,
                add_comment_to_pull_request,
                add_reaction_to_issue,
                add_reaction_to_pull_request,
                add_reaction_to_comment,
                star_repo,
                get_stargazers_for_repo;
            github::accounts:
                create_user,
                create_organization,
                add_user_to_organization,
                get_users_for_organization,
                get_organizations_for_user,
                get_repos_for_user,
                get_repos_for_organization;
            github::migrations:
                add_code_of_conduct,
                create_gist,
                view_gists_for_user,
                create_app,
                view_apps_of_account,
                install_app_in_repo,
                view_installations_of_app,
                view_apps_in_repo;
            github::by_status:
                get_repo_and_open_issues,
                get_repo_and_closed_issues,
                get_repo_and_open_pull_requests,
                get_repo_and_closed_pull_requests;
            online_shop::patterns:
                get_customer_by_customer_id,
                get_product_by_product_id,
                get_warehouse_by_warehouse_id,
                get_product_inventory_by_product_id,
                get_order_details_by_order_id,
                get_product_by_order_id,
                get_invoice_by_order_id,
                get_shipment_by_order_id,
                get_order_by_product_id_for_date_range,
                get_invoice_by_invoice_id,
                get_payment_by_invoice_id,
                get_shipment_details_by_shipment_id,
                get_shipment_by_warehouse_id,
                get_product_inventory_by_warehouse_id,
                get_invoice_by_customer_id_for_date_range,
                get_products_by_customer_id_for_date_range;
        }
    };
    (@tests $backend:ident, $new:expr; $($design:ident::$file:ident: $($test:ident),* $(,)?;)*) => {
        mod $backend {$($(
            #[tokio::test]
            async fn $test() {
                if let Some((backend, _keep)) = $new {
                    crate::$design::$file::$test(backend).await;
                }
            }
        )*)*}
    };
}

suite!(embedded_in_memory, crate::in_memory());
suite!(embedded_on_disk, crate::on_disk());
suite!(dynamodb_local, crate::dynamodb_local().await);

fn in_memory() -> Option<(Embedded, ())> {
    Some((Embedded::in_memory(), ()))
}

fn on_disk() -> Option<(Embedded, tempfile::TempDir)> {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Embedded::open(folder.path().join("cookbook.db")).expect("a store");
    Some((store, folder))
}

/// Returns a store with a table of its own, which is deleted with the test. Without Docker, returns `None`
/// and prints a message.
async fn dynamodb_local() -> Option<(Layer<Ready, DynamoDb>, TestStore)> {
    let store = monotable_tests::dynamodb_local().await?;
    Some((Layer::new(Ready::default(), store.clone()), store))
}

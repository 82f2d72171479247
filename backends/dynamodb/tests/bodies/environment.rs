//! `DynamoDb::from_env`. Each case runs in a process of its own, because a process has one environment.

use monotable_dynamodb::DynamoDb;
use std::process::Command;

/// The result of `from_env` in an environment with only these variables.
fn given(variables: &[(&str, &str)]) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "environment::child", "--ignored", "--nocapture"])
        .env_clear()
        // Disables the user's files and the machine's role.
        .env("AWS_CONFIG_FILE", "/nonexistent")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find_map(|line| line.split_once("given: "));
    line.unwrap_or_else(|| panic!("{text}")).1.to_owned()
}

#[tokio::test]
#[ignore = "run by the test below"]
async fn child() {
    match DynamoDb::from_env().await {
        Ok(backend) => println!("given: {backend:?}"),
        Err(error) => println!("given: {:?}, {error}", error.kind()),
    }
}

#[test]
fn what_is_missing_is_named() {
    let table = ("MONOTABLE_TABLE", "shop");
    let no_table = "InvalidRequest, no table is named: set `MONOTABLE_TABLE` to the table's name";
    assert_eq!(given(&[]), no_table);
    assert_eq!(given(&[("MONOTABLE_TABLE", "")]), no_table);
    let no_region = given(&[table]);
    assert!(no_region.starts_with("InvalidRequest, no region is set: set `AWS_REGION`"));
    assert_eq!(
        given(&[table, ("AWS_REGION", "eu-central-1")]),
        r#"DynamoDb { table: "shop", region: Some("eu-central-1") }"#
    );
}

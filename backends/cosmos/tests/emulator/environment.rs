//! `Cosmos::from_env`. Each case runs in a process of its own, because a process has one environment.

use monotable_cosmos::Cosmos;
use std::process::Command;

/// The result of `from_env` in an environment with only these variables.
fn given(variables: &[(&str, &str)]) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "environment::child", "--ignored", "--nocapture"])
        .env_clear()
        // Nothing asks for the metadata of the machine.
        .env("COSMOS_DISABLE_IMDS", "1")
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
    match Cosmos::from_env().await {
        Ok(backend) => println!("given: {backend:?}"),
        Err(error) => println!("given: {:?}, {error}", error.kind()),
    }
}

#[test]
fn what_is_missing_is_named() {
    // Nothing listens there.
    let endpoint = ("MONOTABLE_COSMOS_ENDPOINT", "https://127.0.0.1:1/");
    let database = ("MONOTABLE_COSMOS_DATABASE", "shop");
    let container = ("MONOTABLE_COSMOS_CONTAINER", "items");
    let no_endpoint = "InvalidRequest, `MONOTABLE_COSMOS_ENDPOINT` is not set: set it to the account's address, \
                       `https://NAME.documents.azure.com/`";
    assert_eq!(given(&[]), no_endpoint);
    assert_eq!(given(&[("MONOTABLE_COSMOS_ENDPOINT", ""), database]), no_endpoint);
    assert_eq!(
        given(&[endpoint]),
        "InvalidRequest, `MONOTABLE_COSMOS_DATABASE` is not set: set it to the name of the database"
    );
    assert_eq!(
        given(&[endpoint, database]),
        "InvalidRequest, `MONOTABLE_COSMOS_CONTAINER` is not set: set it to the name of the container"
    );
    let connection = ("MONOTABLE_COSMOS_ENDPOINT", "AccountEndpoint=https://a.b/;AccountKey=a2V5");
    let said = given(&[connection, database, container]);
    assert!(
        said.starts_with("InvalidRequest, `MONOTABLE_COSMOS_ENDPOINT` is no address"),
        "{said}"
    );
    let secret = ("AZURE_CLIENT_SECRET", "secret");
    assert_eq!(
        given(&[endpoint, database, container, secret]),
        "InvalidRequest, `AZURE_TENANT_ID` is not set: set it to the tenant's id, which a service principal needs \
         beside `AZURE_CLIENT_SECRET`"
    );
    let said = given(&[endpoint, database, container, ("MONOTABLE_COSMOS_KEY", "a2V5")]);
    assert!(said.starts_with("Unavailable, Cosmos DB cannot be reached"), "{said}");
    // Without a key, and without any tool of a developer.
    let said = given(&[endpoint, database, container]);
    assert!(
        said.starts_with("Unauthorized, there was no token of Entra ID: sign in with `az login`"),
        "{said}"
    );
}

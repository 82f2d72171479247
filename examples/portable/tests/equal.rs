//! Runs the program, which fails if a store prints something else than the others.

use std::process::Command;

#[test]
fn all_stores_print_the_same() {
    let output = Command::new(env!("CARGO_BIN_EXE_portable"))
        // An account of the developer is not used, and nothing asks for the metadata of the machine.
        .env_remove("MONOTABLE_COSMOS_ENDPOINT")
        .env("COSMOS_DISABLE_IMDS", "1")
        .output()
        .unwrap();
    let [printed, failed] = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap());
    assert!(output.status.success(), "{printed}\n{failed}");
    assert!(printed.contains("Cosmos DB (emulator): the same"), "{printed}");
    let is_skipped = failed.contains("skipped");
    assert!(is_skipped || printed.contains("DynamoDB Local: the same"), "{printed}\n{failed}");
}

//! What does not compile, and what the compiler says of it.
//!
//! There is one mistake in each file, in folders by topic. Each file begins with why it must fail. After a
//! change, `TRYBUILD=overwrite cargo test -p monotable-ui` writes the messages again: read them. The first
//! line alone must say what to change, and it points at the user's own words.
//!
//! This test asserts the full text that cargo shows for each case, and that the compiler counts one error
//! in it, copies included. The exceptions are in `counted.txt`, with their reasons.

mod counted;

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("*/*.rs");
    // The cases run when this is dropped.
    drop(cases);
    counted::check();
}

/// What the README shows of a refusal is what the compiler says.
#[test]
fn the_readme_quotes_the_compiler() {
    let readme = include_str!("../../README.md");
    for line in include_str!("scan/all.stderr").lines() {
        let quoted = ["error", "11 |", "   |             ^^^^^", "   = note"];
        if quoted.iter().any(|start| line.starts_with(start)) {
            assert!(readme.contains(line), "the README lacks: {line}");
        }
    }
}

//! What does not compile, and what the compiler says of it.
//!
//! One fault a file, in folders by topic; each file opens with why it must fail. After a change,
//! `TRYBUILD=overwrite cargo test -p monotable-ui` writes the messages anew: read them. The first
//! line alone must say what to change, at the user's own words, and there is one error a file.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("*/*.rs");
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

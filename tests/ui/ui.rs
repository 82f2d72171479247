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

/// The first line of an error names no type of the generated code, such as `order_fields::status`: it is not
/// in the user's program. The compiler leaves such a path out only if the name is unique in the crate.
#[test]
fn first_lines_name_no_generated_type() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = |path: &std::path::Path| {
        let entries = std::fs::read_dir(path).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path())
    };
    let folders = entries(folder).filter(|path| path.is_dir());
    let messages = folders.flat_map(|path| entries(&path).collect::<Vec<_>>());
    let messages: Vec<_> =
        messages.filter(|path| path.extension().is_some_and(|end| end == "stderr")).collect();
    assert!(messages.len() > 300, "{} messages were found", messages.len());
    for path in messages {
        let text = std::fs::read_to_string(&path).expect("a message");
        for line in text.lines().filter(|line| line.starts_with("error")) {
            assert!(!line.contains("_fields::"), "{}: {line}", path.display());
        }
    }
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

/// Each link of the README to a message leads to one.
#[test]
fn the_readme_links_to_messages() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let links = include_str!("../../README.md").split("](tests/ui/").skip(1);
    let links: Vec<&str> = links.filter_map(|rest| rest.split_once(')')).map(|it| it.0).collect();
    assert!(links.len() > 60, "{} links were found", links.len());
    for link in links {
        assert!(folder.join(link).is_file(), "there is no tests/ui/{link}");
    }
}

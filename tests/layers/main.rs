//! Checks that the imports of the library's crates run one way.
//!
//! 1. No circle: the files of one crate do not import from each other in a circle. A file and the
//!    files in its own folder may: `key.rs` re-exports what `key/part.rs` defines, and
//!    `key/part.rs` may use what `key.rs` defines.
//! 2. Layers: DESIGN.md shows the layers of core in a code block that begins with
//!    ```` ```layers ````, and those of the embedded store in one that begins with
//!    ```` ```layers embedded ````. A file imports from its own layer and from the layers above it
//!    in that list. Every module of the crate is in its list.
//!
//! The sources are parsed, not compiled. A path counts as an import of the file that defines the
//! name, through any number of re-exports, both in a `use` and elsewhere in the code. Tests
//! (`#[cfg(test)]`) and the code that macros generate are not checked.
//!
//! `known.txt` lists imports that are known to be wrong. The check ignores them. The test fails
//! when one of them is gone or is not wrong any more, so the list can only become shorter.

mod circles;
mod names;
mod picture;
mod sources;
mod tests;

use names::Import;
use sources::Crate;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The crates, each with the folder of its sources.
const SOURCES: [&str; 7] = [
    "core/src",
    "derive/src",
    "backends/cache/src",
    "backends/embedded/src",
    "backends/dynamodb/src",
    "backends/testing/src",
    "src",
];

/// The crates whose layers DESIGN.md shows, each with the first line of its list.
const LAYERED: [(&str, &str); 2] =
    [("core/src", "```layers"), ("backends/embedded/src", "```layers embedded")];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// An import that is known to be wrong: the file that imports, and the file that it imports from.
type Known = (String, String);

/// Parses lines such as `core/src/a.rs -> core/src/b.rs`. `#` begins a comment.
fn known(text: &str) -> BTreeSet<Known> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (from, to) = line.split_once(" -> ").expect("`from -> to` in known.txt");
            (from.trim().to_owned(), to.trim().to_owned())
        })
        .collect()
}

#[test]
fn imports_run_one_way() {
    let known = known(&read("tests/layers/known.txt"));
    let design = read("DESIGN.md");
    let mut unused = known.clone();
    let mut faults = String::new();
    for folder in SOURCES {
        let sources = Crate::read(&root(), folder);
        let layers = LAYERED.iter().find(|(layered, _)| *layered == folder);
        let layers = layers.map(|(_, first)| picture::layers(&design, first));
        let faults_here = check(&sources, layers.as_deref(), &known, &mut unused);
        faults.push_str(&faults_here);
    }
    for (from, to) in &unused {
        let _ = writeln!(faults, "{from} -> {to}: no longer wrong. Delete it from known.txt.");
    }
    assert!(faults.is_empty(), "\n\n{faults}\nThe rules are at the top of tests/layers/main.rs.\n");
}

/// Returns what is wrong in one crate, as text. Removes the known imports that are still wrong from
/// `unused`.
fn check(
    sources: &Crate,
    layers: Option<&[Vec<String>]>,
    known: &BTreeSet<Known>,
    unused: &mut BTreeSet<Known>,
) -> String {
    let mut faults = String::new();
    let all = names::imports(sources);
    let is_known = |import: &Import| known.contains(&import.files(sources));
    let imports: Vec<Import> = all.iter().filter(|import| !is_known(import)).cloned().collect();

    if let Some(layers) = layers {
        faults.push_str(&picture::compare(sources, layers));
    }
    let upward =
        |import: &Import| layers.is_some_and(|layers| picture::is_upward(sources, layers, import));
    for import in imports.iter().filter(|import| upward(import)) {
        let _ = writeln!(faults, "imports from a later layer:\n  {}\n", import.show(sources));
    }
    let below: Vec<Import> = imports.iter().filter(|import| !upward(import)).cloned().collect();
    for circle in circles::shortest(sources, &below) {
        faults.push_str("a circle of imports:\n");
        for import in circle {
            let _ = writeln!(faults, "  {}", import.show(sources));
        }
        faults.push('\n');
    }
    for import in all.iter().filter(|import| is_known(import)) {
        if upward(import) || circles::closes_one(sources, &below, import) {
            unused.remove(&import.files(sources));
        }
    }
    faults
}

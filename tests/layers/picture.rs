//! Reads the layers in DESIGN.md.

use crate::names::Import;
use crate::sources::{Crate, ModuleId};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Returns the layers, beginning with the lowest one. Each is a list of the names of its modules.
///
/// Each line of the block is one layer. It lists modules, separated by commas, and after two spaces
/// a description. A line that begins with a space continues the previous one.
pub(crate) fn layers(design: &str) -> Vec<Vec<String>> {
    let mut lines = design.lines();
    assert!(
        lines.by_ref().any(|line| line == "```layers"),
        "DESIGN.md has no block that begins with ```layers"
    );
    lines
        .take_while(|line| *line != "```")
        .filter(|line| !line.is_empty() && !line.starts_with(' '))
        .map(|line| {
            let modules = line.split("  ").next().unwrap_or_default();
            modules.split(',').map(|name| name.trim().trim_end_matches('/').to_owned()).collect()
        })
        .collect()
}

/// Returns the differences between the list and the modules of the crate, as text.
pub(crate) fn compare(sources: &Crate, layers: &[Vec<String>]) -> String {
    let root = &sources.modules[0];
    let files: BTreeSet<&str> = root
        .children
        .iter()
        .filter(|(_, module)| sources.modules[**module].of_file == **module)
        .map(|(name, _)| name.as_str())
        .collect();
    let listed: Vec<&str> = layers.iter().flatten().map(String::as_str).collect();
    let mut faults = String::new();
    for name in &files {
        match listed.iter().filter(|listed| *listed == name).count() {
            0 => {
                let _ = writeln!(faults, "DESIGN.md's layers do not have `{name}`.\n");
            }
            1 => {}
            _ => {
                let _ = writeln!(faults, "DESIGN.md's layers have `{name}` twice.\n");
            }
        }
    }
    for name in listed.iter().filter(|name| !files.contains(*name)) {
        let _ = writeln!(faults, "DESIGN.md's layers have `{name}`, which is not there.\n");
    }
    faults
}

/// Returns whether an import is from a later layer.
pub(crate) fn is_upward(sources: &Crate, layers: &[Vec<String>], import: &Import) -> bool {
    match (layer(sources, layers, import.from), layer(sources, layers, import.to)) {
        (Some(from), Some(to)) => to > from,
        _ => false,
    }
}

/// Returns the layer of a file. The root of the crate, and modules that are not in the list, have
/// none.
fn layer(sources: &Crate, layers: &[Vec<String>], file: ModuleId) -> Option<usize> {
    let top = sources.ancestors(file).find(|module| sources.modules[*module].parent == Some(0))?;
    let name = &sources.modules[top].name;
    layers.iter().position(|layer| layer.contains(name))
}

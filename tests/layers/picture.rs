//! Reads the layers in DESIGN.md.

use crate::names::Import;
use crate::sources::{Crate, ModuleId};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Returns the layers in the block that begins with the line `first`. The lowest layer comes first.
/// Each is a list of its modules, as paths such as `key` and `key/part`.
///
/// Each line of the block is one layer. It lists modules, separated by commas, and after two spaces
/// a description. A line that begins with a space continues the previous one.
pub(crate) fn layers(design: &str, first: &str) -> Vec<Vec<String>> {
    let mut lines = design.lines();
    assert!(
        lines.by_ref().any(|line| line == first),
        "DESIGN.md has no block that begins with {first}"
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

/// Returns the differences between the list and the files of the crate, as text.
///
/// The list must have the files in the folder of the crate. If it has a file of another folder, it
/// must have all files of that folder.
pub(crate) fn compare(sources: &Crate, layers: &[Vec<String>]) -> String {
    let listed: Vec<&str> = layers.iter().flatten().map(String::as_str).collect();
    let folders: BTreeSet<&str> = listed.iter().map(|path| folder(path)).chain([""]).collect();
    let files: BTreeSet<String> = (1..sources.modules.len())
        .filter(|module| sources.modules[*module].of_file == *module)
        .map(|module| path(sources, module))
        .filter(|path| folders.contains(folder(path)))
        .collect();
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
    for name in listed.iter().filter(|name| !files.contains(**name)) {
        let _ = writeln!(faults, "DESIGN.md's layers have `{name}`, which is not there.\n");
    }
    faults
}

/// Returns whether an import is from a later layer. An import between a file and its own folder is
/// not.
pub(crate) fn is_upward(sources: &Crate, layers: &[Vec<String>], import: &Import) -> bool {
    let is_in = |inner: ModuleId, outer| sources.ancestors(inner).any(|module| module == outer);
    if is_in(import.from, import.to) || is_in(import.to, import.from) {
        return false;
    }
    match (layer(sources, layers, import.from), layer(sources, layers, import.to)) {
        (Some(from), Some(to)) => to > from,
        _ => false,
    }
}

/// Returns the layer of a file. If the file is not in the list, this is the layer of the folder
/// that it is in. The root of the crate has no layer.
fn layer(sources: &Crate, layers: &[Vec<String>], file: ModuleId) -> Option<usize> {
    let of = |path: String| layers.iter().position(|layer| layer.contains(&path));
    sources.ancestors(file).find_map(|module| of(path(sources, module)))
}

/// Returns the path of a module, such as `key/part`. That of the root is empty.
fn path(sources: &Crate, module: ModuleId) -> String {
    let mut names: Vec<&str> = sources
        .ancestors(module)
        .filter(|module| *module != 0)
        .map(|module| sources.modules[module].name.as_str())
        .collect();
    names.reverse();
    names.join("/")
}

/// Returns the path of the folder that a module is in.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

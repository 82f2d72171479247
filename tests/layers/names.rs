//! Finds the file that defines the last name of a path.

use crate::sources::{Crate, Mention, ModuleId};
use std::collections::BTreeMap;

/// The first import of a file from another file.
#[derive(Debug, Clone)]
pub(crate) struct Import {
    /// The module of the file that imports.
    pub(crate) from: ModuleId,
    /// The module of the file that defines the name.
    pub(crate) to: ModuleId,
    line: usize,
    path: String,
}

impl Import {
    /// Returns both files.
    pub(crate) fn files(&self, sources: &Crate) -> (String, String) {
        (sources.modules[self.from].file.clone(), sources.modules[self.to].file.clone())
    }

    /// `core/src/schema.rs -> core/src/table.rs   (line 12: crate::table::Table)`
    pub(crate) fn show(&self, sources: &Crate) -> String {
        let (from, to) = self.files(sources);
        format!("{from} -> {to}   (line {}: {})", self.line, self.path)
    }
}

/// Returns the imports between the files of a crate, one for each pair of files.
pub(crate) fn imports(sources: &Crate) -> Vec<Import> {
    let mut imports = BTreeMap::new();
    for mention in &sources.mentions {
        let from = sources.modules[mention.module].of_file;
        for to in files(sources, mention) {
            if to != from {
                imports.entry((from, to)).or_insert_with(|| Import {
                    from,
                    to,
                    line: mention.line,
                    path: mention.path.join("::"),
                });
            }
        }
    }
    imports.into_values().collect()
}

/// Returns the files that define what a path names. There are none if that is outside of the crate,
/// or a module. For a module, the names that are used from it count where they are used.
fn files(sources: &Crate, mention: &Mention) -> Vec<ModuleId> {
    let mut found: Vec<ModuleId> = resolve(sources, mention.module, &mention.path, &mut Vec::new())
        .into_iter()
        .filter_map(|target| match target {
            Target::Item(module) => Some(module),
            Target::Module(module) => mention.is_glob.then_some(module),
            Target::Outside => None,
        })
        .map(|module| sources.modules[module].of_file)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Module(ModuleId),
    /// Something that is defined in this module.
    Item(ModuleId),
    Outside,
}

/// The names of the current lookup, so that `pub use put::put` does not look itself up.
type Pending = Vec<(ModuleId, String)>;

/// Returns everything that a path can mean, because a module and a function can have the same name.
fn resolve(sources: &Crate, from: ModuleId, path: &[String], pending: &mut Pending) -> Vec<Target> {
    let mut targets = Vec::new();
    for (at, name) in path.iter().enumerate() {
        targets = match (at, name.as_str()) {
            (0, "crate") => vec![Target::Module(0)],
            (0, "self") => vec![Target::Module(from)],
            (0, "super") => parent(sources, from),
            (0, name) => look_up(sources, from, name, pending),
            (_, name) => targets
                .iter()
                .flat_map(|target| match *target {
                    Target::Module(module) if name == "super" => parent(sources, module),
                    Target::Module(module) => {
                        let found = look_up(sources, module, name, pending);
                        // The code compiles, so the name exists. A macro must have generated it.
                        if found.is_empty() { vec![Target::Item(module)] } else { found }
                    }
                    other => vec![other],
                })
                .collect(),
        };
        if targets.is_empty() {
            return vec![Target::Outside];
        }
    }
    targets
}

fn parent(sources: &Crate, module: ModuleId) -> Vec<Target> {
    sources.modules[module].parent.into_iter().map(Target::Module).collect()
}

/// Returns what a name means in a module.
fn look_up(sources: &Crate, module: ModuleId, name: &str, pending: &mut Pending) -> Vec<Target> {
    let this = (module, name.to_owned());
    if pending.contains(&this) {
        return Vec::new();
    }
    pending.push(this);
    let here = &sources.modules[module];
    let mut found: Vec<Target> =
        here.children.get(name).map(|child| Target::Module(*child)).into_iter().collect();
    if here.items.contains(name) {
        found.push(Target::Item(module));
    }
    for (_, path) in here.uses.iter().filter(|(used, _)| used == name) {
        found.extend(resolve(sources, module, path, pending));
    }
    if found.is_empty() {
        for path in &here.globs {
            for target in resolve(sources, module, path, pending) {
                if let Target::Module(module) = target {
                    found.extend(look_up(sources, module, name, pending));
                }
            }
        }
    }
    pending.pop();
    found
}

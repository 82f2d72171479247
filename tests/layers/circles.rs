//! Finds circles of imports.

use crate::names::Import;
use crate::sources::{Crate, ModuleId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The maximum number of circles to show. When these are gone, the next run shows others.
const SHOWN: usize = 5;

/// Returns the shortest circles. No file is in two of them.
pub(crate) fn shortest<'a>(sources: &Crate, imports: &'a [Import]) -> Vec<Vec<&'a Import>> {
    let mut circles: Vec<Vec<&Import>> =
        imports.iter().filter_map(|import| circle(sources, imports, import)).collect();
    circles.sort_by_key(Vec::len);
    let mut shown = BTreeSet::new();
    circles.retain(|circle| {
        let files: BTreeSet<ModuleId> = circle.iter().map(|import| import.from).collect();
        let is_new = shown.is_disjoint(&files);
        shown.extend(files);
        is_new
    });
    circles.truncate(SHOWN);
    circles
}

/// Returns whether this import and some of the others are a circle. The others alone have none.
pub(crate) fn closes_one(sources: &Crate, others: &[Import], import: &Import) -> bool {
    if circle(sources, others, import).is_some() {
        return true;
    }
    // If the import is between a file and its own folder, the circle is found from another import.
    let mut all = others.to_vec();
    all.push(import.clone());
    all.iter().any(|first| circle(sources, &all, first).is_some())
}

/// Returns the shortest circle that begins with this import.
///
/// A circle is allowed if one of its files is above all of its other files in the tree of modules.
/// So the search leaves out the nearest module that contains both ends of the import, and only goes
/// through files below that module. Every circle that is not allowed has an import from which this
/// search finds it.
fn circle<'a>(
    sources: &Crate,
    imports: &'a [Import],
    import: &'a Import,
) -> Option<Vec<&'a Import>> {
    let above: Vec<ModuleId> = sources.ancestors(import.from).collect();
    let common = sources.ancestors(import.to).find(|module| above.contains(module))?;
    // The import is between a file and its own folder.
    if common == import.from || common == import.to {
        return None;
    }
    let is_below =
        |module: ModuleId| sources.ancestors(module).skip(1).any(|above| above == common);
    let mut reached: BTreeMap<ModuleId, &Import> = BTreeMap::new();
    let mut waiting = VecDeque::from([import.to]);
    while let Some(file) = waiting.pop_front() {
        for next in imports.iter().filter(|next| next.from == file && is_below(next.to)) {
            if next.to != import.to && !reached.contains_key(&next.to) {
                reached.insert(next.to, next);
                waiting.push_back(next.to);
            }
        }
    }
    let mut back = Vec::new();
    let mut file = import.from;
    while file != import.to {
        let step = reached.get(&file)?;
        back.push(*step);
        file = step.from;
    }
    back.push(import);
    back.reverse();
    Some(back)
}

//! Circles of imports.

use crate::names::Import;
use crate::sources::{Crate, ModuleId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// At most this many circles are shown; when they are gone, the next run shows the rest.
const SHOWN: usize = 5;

/// The shortest circles, each with other files than the others.
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

/// Whether there is a circle of this import and some of the others, which have none.
pub(crate) fn closes_one(sources: &Crate, others: &[Import], import: &Import) -> bool {
    if circle(sources, others, import).is_some() {
        return true;
    }
    // From a file to its own folder, it is found from another import of the circle.
    let mut all = others.to_vec();
    all.push(import.clone());
    all.iter().any(|first| circle(sources, &all, first).is_some())
}

/// The shortest circle that begins with this import.
///
/// A circle is allowed if one of its files is above all others of it in the tree of modules. So the
/// search goes through the files below the nearest module that both ends of the import are in, and
/// not through that module. Every other circle has an import for which it is found so.
fn circle<'a>(
    sources: &Crate,
    imports: &'a [Import],
    import: &'a Import,
) -> Option<Vec<&'a Import>> {
    let above: Vec<ModuleId> = sources.ancestors(import.from).collect();
    let common = sources.ancestors(import.to).find(|module| above.contains(module))?;
    // A file and one in its own folder.
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

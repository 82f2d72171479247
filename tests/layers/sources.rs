//! Parses the modules of a crate and the paths in them.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use syn::visit::Visit;

/// The index of a module in [`Crate::modules`]. The root is 0, and a parent comes before its
/// children.
pub(crate) type ModuleId = usize;

#[derive(Debug)]
pub(crate) struct Crate {
    pub(crate) modules: Vec<Module>,
    /// All paths in the code, in the order of the files.
    pub(crate) mentions: Vec<Mention>,
}

#[derive(Debug)]
pub(crate) struct Module {
    /// The path of the file from the root of the repository.
    pub(crate) file: String,
    pub(crate) name: String,
    pub(crate) parent: Option<ModuleId>,
    /// The module that the file belongs to. It is this module, unless this is a `mod name { .. }`.
    pub(crate) of_file: ModuleId,
    pub(crate) children: BTreeMap<String, ModuleId>,
    /// The names that are defined here, except modules.
    pub(crate) items: BTreeSet<String>,
    /// The names that a `use` brings in, with their paths.
    pub(crate) uses: Vec<(String, Vec<String>)>,
    /// The paths of `use path::*`.
    pub(crate) globs: Vec<Vec<String>>,
}

/// A path somewhere in the code.
#[derive(Debug)]
pub(crate) struct Mention {
    pub(crate) module: ModuleId,
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
    pub(crate) is_glob: bool,
}

impl Crate {
    /// Reads a crate from its folder, `core/src`, below the root of the repository.
    pub(crate) fn read(root: &Path, folder: &str) -> Self {
        Self::parse(folder, &|path| std::fs::read_to_string(root.join(path)).ok())
    }

    /// Parses a crate. `read` returns the text of a file.
    pub(crate) fn parse(folder: &str, read: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut sources = Crate { modules: Vec::new(), mentions: Vec::new() };
        sources.file(format!("{folder}/lib.rs"), folder.to_owned(), "crate", None, read);
        sources
    }

    /// Parses one file, and then the files of its modules, which are in `folder`.
    fn file(
        &mut self,
        file: String,
        folder: String,
        name: &str,
        parent: Option<ModuleId>,
        read: &dyn Fn(&str) -> Option<String>,
    ) -> ModuleId {
        let text = read(&file).unwrap_or_else(|| panic!("there is no {file}"));
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let module = self.add(file, name, parent, None);
        let mut reader =
            Reader { sources: self, module, folder: folder.clone(), declared: Vec::new() };
        reader.visit_file(&parsed);
        for (parent, folder, name) in reader.declared {
            let file = format!("{folder}/{name}.rs");
            let child = self.file(file, format!("{folder}/{name}"), &name, Some(parent), read);
            self.modules[parent].children.insert(name, child);
        }
        module
    }

    fn add(
        &mut self,
        file: String,
        name: &str,
        parent: Option<ModuleId>,
        of_file: Option<ModuleId>,
    ) -> ModuleId {
        let id = self.modules.len();
        self.modules.push(Module {
            file,
            name: name.to_owned(),
            parent,
            of_file: of_file.unwrap_or(id),
            children: BTreeMap::new(),
            items: BTreeSet::new(),
            uses: Vec::new(),
            globs: Vec::new(),
        });
        id
    }

    /// Returns the module and its parents, from the inside to the outside.
    pub(crate) fn ancestors(&self, module: ModuleId) -> impl Iterator<Item = ModuleId> {
        std::iter::successors(Some(module), |module| self.modules[*module].parent)
    }
}

/// Reads the items of one file.
struct Reader<'a> {
    sources: &'a mut Crate,
    /// The module that is being read.
    module: ModuleId,
    /// The folder of the files of its modules.
    folder: String,
    /// The modules that are declared with `mod name;`: the module and the folder of the
    /// declaration, and the name.
    declared: Vec<(ModuleId, String, String)>,
}

impl Reader<'_> {
    fn here(&mut self) -> &mut Module {
        &mut self.sources.modules[self.module]
    }

    fn define(&mut self, name: &syn::Ident) {
        let name = plain(name);
        self.here().items.insert(name);
    }

    fn mention(&mut self, path: Vec<String>, line: usize, is_glob: bool) {
        self.sources.mentions.push(Mention { module: self.module, path, line, is_glob });
    }

    fn use_tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| {
            let name = plain(name);
            let mut path = before.to_vec();
            // `a::{self}` is `a`.
            if name != "self" || path.is_empty() {
                path.push(name);
            }
            path
        };
        match tree {
            syn::UseTree::Path(tree) => self.use_tree(&with(&tree.ident), &tree.tree),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.use_tree(before, tree);
                }
            }
            syn::UseTree::Name(tree) => {
                let path = with(&tree.ident);
                let name = path.last().cloned().unwrap_or_default();
                self.import(name, path, &tree.ident);
            }
            syn::UseTree::Rename(tree) => {
                self.import(plain(&tree.rename), with(&tree.ident), &tree.ident);
            }
            syn::UseTree::Glob(tree) => {
                self.here().globs.push(before.to_vec());
                self.mention(before.to_vec(), tree.star_token.span.start().line, true);
            }
        }
    }

    fn import(&mut self, name: String, path: Vec<String>, at: &syn::Ident) {
        self.here().uses.push((name, path.clone()));
        self.mention(path, at.span().start().line, false);
    }

    /// Records the paths among the tokens of a macro, such as `a::b::c`. A single name is not
    /// recorded.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, wanted: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted);
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(first) => {
                    let outer = at >= 2 && is(at - 1, ':') && is(at - 2, ':');
                    let variable =
                        at >= 1 && (is(at - 1, '#') || is(at - 1, '$') && first != "crate");
                    let (line, mut path) = (first.span().start().line, vec![plain(first)]);
                    while is(at + 1, ':') && is(at + 2, ':') {
                        let Some(TokenTree::Ident(next)) = tokens.get(at + 3) else { break };
                        path.push(plain(next));
                        at += 3;
                    }
                    if path.len() > 1 && !outer && !variable {
                        self.mention(path, line, false);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        use syn::Item;
        let (attributes, name) = match item {
            Item::Const(item) => (&item.attrs, Some(&item.ident)),
            Item::Enum(item) => (&item.attrs, Some(&item.ident)),
            Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
            Item::Static(item) => (&item.attrs, Some(&item.ident)),
            Item::Struct(item) => (&item.attrs, Some(&item.ident)),
            Item::Trait(item) => (&item.attrs, Some(&item.ident)),
            Item::TraitAlias(item) => (&item.attrs, Some(&item.ident)),
            Item::Type(item) => (&item.attrs, Some(&item.ident)),
            Item::Union(item) => (&item.attrs, Some(&item.ident)),
            Item::Macro(item) => (&item.attrs, item.ident.as_ref()),
            Item::Impl(item) => (&item.attrs, None),
            Item::Mod(item) => (&item.attrs, None),
            Item::Use(item) => (&item.attrs, None),
            Item::ExternCrate(item) => (&item.attrs, None),
            Item::ForeignMod(item) => (&item.attrs, None),
            _ => panic!("{}: an item that syn does not know", self.here().file),
        };
        if is_test(attributes) {
            return;
        }
        if let Some(name) = name {
            self.define(name);
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = plain(&item.ident);
        assert!(
            !item.attrs.iter().any(|attribute| attribute.path().is_ident("path")),
            "{}: `#[path]` on a module is not understood",
            self.here().file,
        );
        let folder = self.folder.clone();
        let Some((_, items)) = &item.content else {
            self.declared.push((self.module, folder, name));
            return;
        };
        let (outer, file, of_file) = (self.module, self.here().file.clone(), self.here().of_file);
        self.module = self.sources.add(file, &name, Some(outer), Some(of_file));
        let inner = self.module;
        self.sources.modules[outer].children.insert(name.clone(), inner);
        self.folder = format!("{folder}/{name}");
        for item in items {
            self.visit_item(item);
        }
        (self.module, self.folder) = (outer, folder);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if item.leading_colon.is_none() {
            self.use_tree(&[], &item.tree);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        let attributes = match item {
            syn::ImplItem::Const(item) => item.attrs.as_slice(),
            syn::ImplItem::Fn(item) => &item.attrs,
            syn::ImplItem::Type(item) => &item.attrs,
            _ => &[],
        };
        if !is_test(attributes) {
            syn::visit::visit_impl_item(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none()
            && let Some(first) = path.segments.first()
        {
            let line = first.ident.span().start().line;
            let names = path.segments.iter().map(|segment| plain(&segment.ident)).collect();
            self.mention(names, line, false);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        self.tokens(item.tokens.clone());
    }

    // The paths in attributes are derives and lints, and those in a visibility are not imports.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}

/// `r#type` is `type`.
fn plain(name: &syn::Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
}

/// Returns whether an item is compiled for tests only: `cfg(test)`, `cfg(all(test, ..))`.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    let mut found = false;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")) {
        // An error means that the attribute does not have this form.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("test") || meta.path.is_ident("doctest") {
                found = true;
            } else if meta.path.is_ident("all") {
                meta.parse_nested_meta(|meta| {
                    found |= meta.path.is_ident("test") || meta.path.is_ident("doctest");
                    let _ = meta.value().and_then(|value| value.parse::<syn::Lit>());
                    Ok(())
                })?;
            }
            Ok(())
        });
    }
    found
}

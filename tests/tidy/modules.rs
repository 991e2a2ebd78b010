//! The sources as modules: which file knows which other, through `use` or a path
//! in the middle of the code, and what each shows to the rest. Tests are left out.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use quote::ToTokens;
use syn::{Attribute, ImplItem, Item, UseTree, Visibility, visit::Visit};

/// `domain::time::words`
type Name = Vec<String>;

pub struct Module {
    pub path: PathBuf,
    /// Every word of it, tests included.
    pub words: BTreeSet<String>,
    name: Name,
    /// Every path that the code names, from the root of the crate.
    paths: BTreeSet<Name>,
    /// What it hands on of other modules: the name, and the whole path of what has it.
    handed_on: BTreeMap<String, Name>,
    handed_on_whole: Vec<Name>,
    defines: BTreeSet<String>,
    /// What anybody may name: free items and methods.
    pub shown: Vec<Shown>,
}

pub struct Shown {
    pub name: String,
    /// Every signature and field that anybody can see, to find what has to be seen for its sake.
    pub signature: BTreeSet<String>,
}

pub struct House(pub Vec<Module>);

impl House {
    pub fn read(root: &Path, files: &[PathBuf]) -> Self {
        Self(files.iter().map(|path| Module::read(root, path)).collect())
    }

    /// The files that a module knows.
    pub fn known_to(&self, module: &Module) -> BTreeSet<usize> {
        module
            .paths
            .iter()
            .filter_map(|path| self.place(path))
            .filter(|at| self.0[*at].path != module.path)
            .collect()
    }

    /// The file in which what a path names is written down.
    fn place(&self, path: &[String]) -> Option<usize> {
        let (at, rest) = (1..=path.len()).rev().find_map(|length| {
            let at = self.0.iter().position(|module| module.name == path[..length])?;
            Some((at, &path[length..]))
        })?;
        let Some(first) = rest.first() else { return Some(at) };
        let module = &self.0[at];
        if module.defines.contains(first) {
            return Some(at);
        }
        if let Some(real) = module.handed_on.get(first).filter(|real| real[..] != *path) {
            return self.place(real).or(Some(at));
        }
        let within = module.handed_on_whole.iter().find_map(|whole| {
            let place = self.place(whole)?;
            self.0[place].defines.contains(first).then_some(place)
        });
        within.or(Some(at))
    }

    /// A circle of files, if there is one, in the order in which they know each other.
    pub fn circle(&self) -> Option<Vec<usize>> {
        let known: Vec<BTreeSet<usize>> = self.0.iter().map(|module| self.known_to(module)).collect();
        // Whatever knows nobody but what was taken away already is in no circle.
        let mut left: BTreeSet<usize> = (0..self.0.len()).collect();
        loop {
            let free: Vec<usize> = left.iter().copied().filter(|at| known[*at].is_disjoint(&left)).collect();
            if free.is_empty() {
                break;
            }
            free.iter().for_each(|at| {
                left.remove(at);
            });
        }
        let mut walked = vec![*left.first()?];
        loop {
            let next = *known[*walked.last()?].intersection(&left).next()?;
            if let Some(begin) = walked.iter().position(|at| *at == next) {
                return Some(walked.split_off(begin));
            }
            walked.push(next);
        }
    }
}

impl Module {
    fn read(root: &Path, path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a source");
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let below = path.strip_prefix(root).expect("below src").with_extension("");
        let mut name: Name = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if name.last().is_some_and(|last| last == "mod" || last == "lib") {
            name.pop();
        }
        let mut module = Self {
            path: path.to_owned(),
            words: words(&text),
            name,
            paths: BTreeSet::new(),
            handed_on: BTreeMap::new(),
            handed_on_whole: Vec::new(),
            defines: BTreeSet::new(),
            shown: Vec::new(),
        };
        let items: Vec<&Item> = file.items.iter().filter(|item| !is_for_tests(attributes(item))).collect();
        let rooms: BTreeSet<String> = items
            .iter()
            .filter_map(|item| match item {
                Item::Mod(room) => Some(room.ident.to_string()),
                _ => None,
            })
            .collect();
        for item in &items {
            module.define(item);
            if let Item::Use(import) = item {
                let is_handed_on = !matches!(import.vis, Visibility::Inherited);
                for (path, alias) in leaves(&import.tree) {
                    let Some(whole) = module.whole(&path, &rooms) else { continue };
                    match (is_handed_on, alias) {
                        (true, None) => module.handed_on_whole.push(whole.clone()),
                        (true, Some(alias)) => {
                            module.handed_on.insert(alias, whole.clone());
                        }
                        (false, _) => {}
                    }
                    module.paths.insert(whole);
                }
            } else {
                let mut named = Named(Vec::new());
                named.visit_item(item);
                for path in named.0 {
                    // Names in the middle of the code lead on from what is imported, or from the crate.
                    if path.first().is_some_and(|first| ["crate", "super", "self"].contains(&first.as_str()))
                    {
                        module.paths.extend(module.whole(&path, &rooms));
                    }
                }
            }
        }
        module
    }

    /// A path from the root of the crate; `None` for another crate's.
    fn whole(&self, path: &[String], rooms: &BTreeSet<String>) -> Option<Name> {
        let mut base = self.name.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => {
                base.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|first| first == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            first if rooms.contains(first) => {}
            _ => return None,
        }
        base.extend(rest.iter().cloned());
        Some(base)
    }

    fn define(&mut self, item: &Item) {
        let (name, visibility, signature) = match item {
            Item::Const(item) => (item.ident.to_string(), &item.vis, item.ty.to_token_stream()),
            Item::Static(item) => (item.ident.to_string(), &item.vis, item.ty.to_token_stream()),
            Item::Fn(item) => (item.sig.ident.to_string(), &item.vis, item.sig.to_token_stream()),
            Item::Struct(item) => (item.ident.to_string(), &item.vis, item.fields.to_token_stream()),
            Item::Enum(item) => (item.ident.to_string(), &item.vis, item.variants.to_token_stream()),
            Item::Trait(item) => (item.ident.to_string(), &item.vis, item.to_token_stream()),
            Item::Type(item) => (item.ident.to_string(), &item.vis, item.ty.to_token_stream()),
            Item::Mod(item) => {
                self.defines.insert(item.ident.to_string());
                return;
            }
            Item::Impl(item) => {
                // What a trait asks for is the trait's to show.
                let is_its_own = item.trait_.is_none();
                for method in item.items.iter().filter(|method| !is_for_tests(method_attributes(method))) {
                    let (name, visibility, signature) = match method {
                        ImplItem::Fn(method) => {
                            (method.sig.ident.to_string(), &method.vis, method.sig.to_token_stream())
                        }
                        ImplItem::Const(constant) => {
                            (constant.ident.to_string(), &constant.vis, constant.ty.to_token_stream())
                        }
                        ImplItem::Type(assigned) => {
                            // A type that a trait hands out has to be seen like the trait.
                            self.shown.push(Shown {
                                name: String::new(),
                                signature: words(&assigned.ty.to_token_stream().to_string()),
                            });
                            continue;
                        }
                        _ => continue,
                    };
                    if !is_its_own {
                        self.shown
                            .push(Shown { name: String::new(), signature: words(&signature.to_string()) });
                    } else if matches!(visibility, Visibility::Public(_)) {
                        self.shown.push(Shown { name, signature: words(&signature.to_string()) });
                    }
                }
                return;
            }
            _ => return,
        };
        if matches!(visibility, Visibility::Public(_)) {
            self.shown.push(Shown { name: name.clone(), signature: words(&signature.to_string()) });
        }
        self.defines.insert(name);
    }
}

/// The words of a text that could be names.
pub fn words(text: &str) -> BTreeSet<String> {
    let is_of_a_word = |c: char| c.is_alphanumeric() || c == '_';
    text.split(|c| !is_of_a_word(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The paths that stand in code, macros included as far as they can be read.
struct Named(Vec<Vec<String>>);

impl<'ast> Visit<'ast> for Named {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.0.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }

    /// `pub(super)` names nothing that is used.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_item_use(&mut self, import: &'ast syn::ItemUse) {
        self.0.extend(leaves(&import.tree).into_iter().map(|(path, _)| path));
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        if !is_for_tests(method_attributes(item)) {
            syn::visit::visit_impl_item(self, item);
        }
    }
}

/// Every path of an import with the name that it has here; none where it is all of a module's.
fn leaves(tree: &UseTree) -> Vec<(Vec<String>, Option<String>)> {
    match tree {
        UseTree::Path(path) => leaves(&path.tree)
            .into_iter()
            .map(|(mut rest, alias)| {
                let own = path.ident.to_string();
                let alias = match alias {
                    // `a::{self}` is called `a`.
                    Some(alias) if alias == "self" => Some(own.clone()),
                    alias => alias,
                };
                rest.insert(0, own);
                (rest, alias)
            })
            .collect(),
        UseTree::Name(name) if name.ident == "self" => vec![(Vec::new(), Some("self".to_owned()))],
        UseTree::Name(name) => vec![(vec![name.ident.to_string()], Some(name.ident.to_string()))],
        UseTree::Rename(name) if name.ident == "self" => vec![(Vec::new(), Some(name.rename.to_string()))],
        UseTree::Rename(name) => vec![(vec![name.ident.to_string()], Some(name.rename.to_string()))],
        UseTree::Glob(_) => vec![(Vec::new(), None)],
        UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
    }
}

pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg") && attribute.to_token_stream().to_string().contains("test")
    })
}

pub fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

pub fn method_attributes(item: &ImplItem) -> &[Attribute] {
    match item {
        ImplItem::Const(item) => &item.attrs,
        ImplItem::Fn(item) => &item.attrs,
        ImplItem::Type(item) => &item.attrs,
        _ => &[],
    }
}

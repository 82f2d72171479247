//! Tests of the check, on small crates.

use crate::sources::Crate;
use crate::{Known, check, known, picture};
use std::collections::BTreeSet;

/// Parses a crate with these files in its folder `src`.
fn sources(files: &[(&str, &str)]) -> Crate {
    Crate::parse("src", &|path| {
        let (_, text) = files.iter().find(|(name, _)| format!("src/{name}") == path)?;
        Some((*text).to_owned())
    })
}

/// Returns the circles of a crate without layers, each as a list of its files.
fn circles(files: &[(&str, &str)]) -> Vec<String> {
    let faults = check(&sources(files), None, &BTreeSet::new(), &mut BTreeSet::new());
    faults
        .split("a circle of imports:\n")
        .skip(1)
        .map(|circle| {
            let lines = circle.lines().filter(|line| line.contains("->"));
            let from = lines.filter_map(|line| line.trim().split(" -> ").next());
            from.map(|file| file.trim_start_matches("src/").trim_end_matches(".rs"))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

fn wrong(sources: &Crate, layers: &[Vec<String>], listed: &str) -> (String, BTreeSet<Known>) {
    let known = known(listed);
    let mut unused = known.clone();
    (check(sources, Some(layers), &known, &mut unused), unused)
}

#[test]
fn two_files() {
    let lib = ("lib.rs", "mod a; mod b; pub use a::A;");
    let a = ("a.rs", "use crate::b::B; pub struct A(B);");
    assert_eq!(circles(&[lib, a, ("b.rs", "pub struct B(u8);")]), [""; 0]);
    assert_eq!(circles(&[lib, a, ("b.rs", "pub struct B(Box<crate::A>);")]), ["a b"]);
    assert_eq!(circles(&[lib, a, ("b.rs", "pub struct B; use super::*; fn f(_: A) {}")]), ["a b"]);
    let in_a_macro = "pub struct B; fn f() { assert!(crate::a::A::new().is_ok()) }";
    assert_eq!(circles(&[lib, a, ("b.rs", in_a_macro)]), ["a b"]);
    let inline = "pub struct B; mod c { use crate::a; fn f(_: a::A) {} }";
    assert_eq!(circles(&[lib, a, ("b.rs", inline)]), ["a b"]);
    let block = "pub struct B; impl B { fn f() { use crate::A as C; C::new(); } }";
    assert_eq!(circles(&[lib, a, ("b.rs", block)]), ["a b"]);
}

#[test]
fn what_is_no_import() {
    let lib = ("lib.rs", "mod a; mod b;");
    let a = ("a.rs", "use crate::b::B; pub struct A(B);");
    for b in [
        "pub struct B; #[cfg(test)] mod tests { use crate::a::A; }",
        "pub struct B; #[cfg(test)] mod tests;",
        "pub struct B; #[cfg(all(test, feature = \"x\"))] fn f(_: crate::a::A) {}",
        "/// As [`crate::a::A`] is.\npub struct B; use ::a::A;",
        "pub struct B; use a::A;",
        "pub struct B; fn f(a: u8) -> u8 { a }",
    ] {
        assert_eq!(circles(&[lib, a, ("b.rs", b)]), [""; 0], "{b}");
    }
}

#[test]
fn shortest_first() {
    let found = circles(&[
        ("lib.rs", "mod a; mod b; mod c; mod d; mod e;"),
        ("a.rs", "pub use crate::b::B; pub struct A;"),
        ("b.rs", "use crate::c::C; pub struct B;"),
        ("c.rs", "use crate::a::A; pub struct C;"),
        ("d.rs", "use crate::e::E; pub struct D;"),
        ("e.rs", "use crate::d::D; pub struct E;"),
    ]);
    assert_eq!(found, ["d e", "a b c"]);
}

#[test]
fn a_parent_and_its_children() {
    let lib = ("lib.rs", "mod p; mod x;");
    let p = ("p.rs", "mod a; mod b; pub use a::A; pub use b::B; pub trait Own {} use A as _;");
    let a = ("p/a.rs", "use super::Own; pub struct A; impl Own for A {}");
    let b = ("p/b.rs", "use crate::p::Own; pub struct B;");
    let x = ("x.rs", "use crate::p::A; pub struct X;");
    assert_eq!(circles(&[lib, p, a, b, x]), [""; 0]);
    // An import of a sibling through a re-export of the parent counts as an import of the sibling.
    let a = ("p/a.rs", "use super::{B, Own}; pub struct A;");
    assert_eq!(circles(&[lib, p, a, b, x]), [""; 0]);
    let siblings = ("p/b.rs", "use super::{A, Own}; pub struct B;");
    assert_eq!(circles(&[lib, p, a, siblings, x]), ["p/a p/b"]);
    // With a file outside of the folder, it is a circle.
    let outside =
        ("p.rs", "mod a; mod b; pub use a::A; pub use b::B; pub trait Own: super::x::X {}");
    assert_eq!(circles(&[lib, outside, a, b, x]), ["p x p/a"]);
}

#[test]
fn layers() {
    let design =
        "# Design\n```\nother\n```\n```layers\nlow, base    the first\n  and more\nhigh/\n```\n";
    let layers = picture::layers(design, "```layers");
    assert_eq!(layers, [vec!["low", "base"], vec!["high"]]);
    let files = [
        ("lib.rs", "mod low; mod base; mod high;"),
        ("low.rs", "use crate::base::B; use crate::high::inner::H; pub struct L;"),
        ("base.rs", "pub struct B;"),
        ("high.rs", "pub mod inner; use crate::low::L;"),
        ("high/inner.rs", "pub struct H;"),
    ];
    let sources = sources(&files);
    let (faults, _) = wrong(&sources, &layers, "");
    let upward = "src/low.rs -> src/high/inner.rs   (line 1: crate::high::inner::H)";
    assert_eq!(faults, format!("imports from a later layer:\n  {upward}\n\n"));

    let (faults, unused) = wrong(&sources, &layers, "src/low.rs -> src/high/inner.rs # soon");
    assert_eq!((faults.as_str(), unused.len()), ("", 0));
    let (_, unused) = wrong(&sources, &layers, "src/low.rs -> src/base.rs");
    assert_eq!(unused.len(), 1);
    let (_, unused) = wrong(&sources, &layers, "src/high.rs -> src/base.rs");
    assert_eq!(unused.len(), 1);
}

#[test]
fn layers_of_files_in_a_folder() {
    let design = "```layers\na\n```\n```layers two\np/a\np/b\np/, x\n```";
    let layers = picture::layers(design, "```layers two");
    let files = [
        ("lib.rs", "mod p; mod x;"),
        ("p.rs", "mod a; mod b; pub use a::A; pub use b::B; pub struct P;"),
        ("p/a.rs", "use super::{B, P}; pub struct A;"),
        ("p/b.rs", "use super::P; pub struct B;"),
        ("x.rs", "use crate::p::A; pub struct X;"),
    ];
    let sources = sources(&files);
    let (faults, _) = wrong(&sources, &layers, "");
    let upward = "src/p/a.rs -> src/p/b.rs   (line 1: super::B)";
    assert_eq!(faults, format!("imports from a later layer:\n  {upward}\n\n"));
    let layers = picture::layers("```layers\np/a\np/, x\n```", "```layers");
    let faults = picture::compare(&sources, &layers);
    assert_eq!(faults, "DESIGN.md's layers do not have `p/b`.\n\n");
}

#[test]
fn layers_and_modules_differ() {
    let sources = sources(&[("lib.rs", "mod a; mod b; mod c {}"), ("a.rs", ""), ("b.rs", "")]);
    let layers = picture::layers("```layers\na, d\na/\n```", "```layers");
    let faults = picture::compare(&sources, &layers);
    assert!(faults.contains("do not have `b`"), "{faults}");
    assert!(faults.contains("have `a` twice"), "{faults}");
    assert!(faults.contains("have `d`, which is not there"), "{faults}");
    assert!(!faults.contains("`c`"), "{faults}");
}

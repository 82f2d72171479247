//! `#[table(lock = "..")]` as a user has it: a crate in a workspace, with the file beside the crate's own
//! `Cargo.toml`. The crate has edition 2021, no prelude, and another name for `monotable`.
//!
//! The test makes crates and runs cargo, without the network. `app.rs` is the source of the crate, and each
//! case changes it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

const SOURCE: &str = include_str!("app.rs");
const KEYS: &str = include_str!("shop.keys");
const ACCEPT: &str = "Undo it, or accept it with `MONOTABLE_LOCK=write cargo test keys_lock`";

/// A workspace with one member, `app`.
struct Workspace(PathBuf);

impl Workspace {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lock").join(name);
        // What another run left.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("app/src")).unwrap();
        fs::write(
            folder.join("Cargo.toml"),
            "[workspace]\nmembers = [\"app\"]\nresolver = \"2\"\n",
        )
        .unwrap();
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        // The workspaces share a target folder, where packages of one name would be mistaken for each other.
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[dependencies]\n\
             serde = {{ version = \"1\", features = [\"derive\"] }}\n\
             db = {{ package = \"monotable\", path = {root:?}, default-features = false, features = [\"derive\"] }}\n"
        );
        fs::write(folder.join("app/Cargo.toml"), manifest).unwrap();
        Workspace(folder)
    }

    fn source(&self, text: &str) {
        fs::write(self.0.join("app/src/lib.rs"), text).unwrap();
    }

    fn file(&self) -> PathBuf {
        self.0.join("app/shop.keys")
    }

    /// Runs cargo in the workspace's folder, which is not that of the crate.
    fn cargo(&self, writes: bool, args: &[&str]) -> Output {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(args).arg("--offline").current_dir(&self.0).env_remove("MONOTABLE_LOCK");
        cargo.env("CARGO_TARGET_DIR", self.0.join("../target")).env("CARGO_TERM_COLOR", "never");
        if writes {
            cargo.env("MONOTABLE_LOCK", "write");
        }
        cargo.output().unwrap()
    }

    #[track_caller]
    fn compiles(&self) {
        let output = self.cargo(false, &["check", "--quiet"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Returns the first line of the only error, which is at the name of the file.
    #[track_caller]
    fn error(&self) -> String {
        let output = self.cargo(false, &["check", "--quiet"]);
        assert!(!output.status.success(), "it compiles");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.contains("due to 1 previous error"), "{text}");
        let (at, line) =
            SOURCE.lines().enumerate().find(|(_, line)| line.contains("lock =")).unwrap();
        let place = format!("src/lib.rs:{}:{}\n", at + 1, line.find("\"shop.keys\"").unwrap() + 1);
        assert!(text.contains(&place), "{place} is not the place of: {text}");
        text.lines().find(|line| line.starts_with("error")).unwrap().to_owned()
    }

    fn write(&self) {
        let output = self.cargo(true, &["test", "keys_lock"]);
        let (out, err) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{out}{err}");
        assert!(out.contains("test shop_keys_lock ... ok"), "{out}{err}");
    }
}

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(SOURCE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the source has no {from}");
        text.replace(from, to)
    })
}

/// What the file has, in a crate that does not compile before. `UPDATE_SNAPSHOTS=1` writes the file that is
/// compared.
#[test]
fn the_command_writes_the_file() {
    let app = Workspace::new("written");
    app.source(SOURCE);
    assert_eq!(
        app.error(),
        "error: there is no file `shop.keys` beside the crate's `Cargo.toml`: \
         `MONOTABLE_LOCK=write cargo test keys_lock` writes it; then commit it"
    );
    assert!(!app.file().exists(), "the macro wrote the file");
    app.write();
    let written = fs::read_to_string(app.file()).unwrap();
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        let snapshot = Path::new(env!("CARGO_MANIFEST_DIR")).join("shop.keys");
        fs::write(snapshot, written).unwrap();
        return;
    }
    assert_eq!(written, KEYS);
    app.compiles();
    // It also replaces a file, and what was compiled before is compiled again.
    app.source(&edited(&[("pub id: u32", "pub id: u64")]));
    assert!(app.error().contains("loses data"));
    app.write();
    app.compiles();
    app.source(SOURCE);
    assert!(app.error().contains("loses data"));
    // A file that changes without the code is noticed.
    fs::write(app.file(), KEYS).unwrap();
    app.compiles();
    fs::write(app.file(), KEYS.replace("escaped", "raw")).unwrap();
    assert!(app.error().contains("loses data"));
    fs::remove_file(app.file()).unwrap();
    assert!(app.error().contains("there is no file"));
}

/// What does not change how data is stored.
#[test]
fn what_compiles() {
    let app = Workspace::new("same");
    fs::write(app.file(), KEYS).unwrap();
    let variants = "    Order(Order),\n    Customer(Customer),\n";
    for source in [
        SOURCE.to_owned(),
        // A table's enum has another name.
        edited(&[("Shop", "Store")]),
        edited(&[(variants, "    Customer(Customer),\n    Order(Order),\n")]),
        edited(&[
            ("    pub note: Option<String>,\n", ""),
            ("    pub id: u32,\n", "    pub note: Option<String>,\n    pub id: u32,\n"),
        ]),
        edited(&[("    Open,\n    Paid,\n", "    Paid,\n    Open,\n")]),
        // A struct has another name, and its items the same.
        edited(&[
            ("Order(Order)", "Order(Purchase)"),
            ("struct Order", "struct Purchase"),
            ("sk = \"ORDER#{id}\"", "sk = \"ORDER#{id}\", name = \"Order\""),
        ]),
    ] {
        app.source(&source);
        app.compiles();
    }
    app.source(SOURCE);
    fs::write(app.file(), format!("\n# A comment.\n{}", KEYS.replace('\n', "\r\n"))).unwrap();
    app.compiles();
}

#[test]
fn what_does_not_compile() {
    let app = Workspace::new("different");
    fs::write(app.file(), KEYS).unwrap();
    let note = "    pub note: Option<String>,\n";
    for (edits, expected) in [
        (
            &[("    Paid,", "    #[serde(rename = \"PAID\")]\n    Paid,")][..],
            "has `entity Order variant status Paid`, which the code lacks: this loses data: existing items with \
             this variant in a key are not read any more; if it was renamed, `#[serde(rename = \"..\")]` keeps \
             its stored name (other lines differ, too)",
        ),
        (
            &[("    Paid,", "    Paid,\n    Sent,")],
            "lacks `entity Order variant status Sent`, which the code has: this is additive: a new variant of an \
             enum in keys",
        ),
        (
            &[("pub id: u32", "pub id: u64")],
            "has `entity Order sk = ORDER#{id: u32}`, but the code has `entity Order sk = ORDER#{id: u64}`: \
             this loses data: existing items have another primary key, so they are not found \
             (other lines differ, too)",
        ),
        (
            &[("STATUS#{status}", "S#{status}")],
            "has `entity Order index by_status pk = STATUS#{status: name}`, but the code has \
             `entity Order index by_status pk = S#{status: name}`: this needs a reindex: existing items have \
             the old index key until they are written again",
        ),
        (
            &[("PROFILE", "CUSTOMER")],
            "has `entity Customer sk = PROFILE`, but the code has `entity Customer sk = CUSTOMER`: this loses \
             data: existing items have another primary key, so they are not found",
        ),
        (
            &[("sk = \"ORDER#{id}\"", "sk = \"ORDER#{id}\", name = \"Purchase\"")],
            "has `entity Order pk = CUSTOMER#{customer: text}`, which the code lacks: this loses data: existing \
             items of this entity are not read any more; if it was renamed, `#[entity(name = \"..\")]` keeps its \
             stored name (other lines differ, too)",
        ),
        (
            &[
                ("indexes(ByStatus)", "indexes(ByStatus, ByNote)"),
                (
                    "pub struct ByStatus;",
                    "pub struct ByStatus;\n#[derive(Debug, ::db::Index)]\n#[index(crate = \"::db\")]\npub struct ByNote;",
                ),
            ],
            "lacks `index by_note pk = by_notepk`, which the code has: this is additive: a new index \
             (other lines differ, too)",
        ),
        (
            &[(note, "")],
            "has `entity Order field note`, which the code lacks: this loses data: what existing items have in \
             this field is not read any more, and is gone when they are written again; if it was renamed, add \
             `#[serde(alias = \"..\")]`",
        ),
        (
            &[(note, "    #[serde(alias = \"note\")]\n    pub remark: Option<String>,\n")],
            "has `entity Order field note`, which the code lacks: this is additive: a new name of a field, with \
             the old one as its alias (other lines differ, too)",
        ),
        (
            &[(note, "    pub note: Option<String>,\n    pub rank: Option<u8>,\n")],
            "lacks `entity Order field rank`, which the code has: this is additive: a new field, which existing \
             items do not have",
        ),
        (
            &[("crate = \"::db\", lock", "encoding = \"raw\", crate = \"::db\", lock")],
            "has `table encoding = escaped`, but the code has `table encoding = raw`: this loses data: existing \
             items have other keys, so they are not found",
        ),
        (
            &[(" version = version,", "")],
            "has `entity Customer version = version`, which the code lacks: this needs a reindex: existing items \
             follow the old rule until they are written again",
        ),
    ] {
        app.source(&edited(edits));
        // The place of the error is that in the unchanged source, except if that line was changed.
        let error = if edits[0].0.contains("lock") || edits[0].0.contains("indexes") {
            let output = app.cargo(false, &["check", "--quiet"]);
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            text.lines().find(|line| line.starts_with("error")).unwrap_or_default().to_owned()
        } else {
            app.error()
        };
        assert_eq!(
            error,
            format!("error[E0080]: evaluation panicked: `shop.keys` {expected}. {ACCEPT}")
        );
    }
}

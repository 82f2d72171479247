//! How many errors the compiler counts in each case.
//!
//! Cargo shows errors that are the same only once, so the `.stderr` files do not contain their copies. But
//! cargo counts them, in the line `could not compile .. due to 2 previous errors`, and editors show each one.
//! trybuild removes this line, so its project is checked once more here.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The cases with more than one error, with the number.
fn known() -> BTreeMap<&'static str, usize> {
    let lines = include_str!("counted.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let known = lines.map(|line| {
        let (case, rest) = line.split_once(" = ").expect("`case = count: reason` in counted.txt");
        let (count, reason) = rest.split_once(": ").expect("a reason in counted.txt");
        assert!(!reason.is_empty(), "counted.txt gives no reason for {case}");
        (case, count.parse().expect("a number in counted.txt"))
    });
    known.collect()
}

/// Checks that each case of the last run of trybuild has one error, or as many as `counted.txt` says.
pub fn check() {
    // Cargo makes this folder for tests in the target folder, wherever that is.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    let trybuild = target.join("tests/trybuild");
    let project = trybuild.join(env!("CARGO_PKG_NAME"));
    let counted = count(&trybuild, &project);
    let known = known();
    let mut faults = Vec::new();
    for (case, binary) in cases(&project) {
        let expected = known.get(case.as_str()).copied().unwrap_or(1);
        match counted.get(&binary) {
            Some(count) if *count == expected => {}
            Some(count) if *count < expected => faults.push(format!(
                "{case}: {count} instead of {expected}; correct its line in counted.txt, or delete it"
            )),
            Some(count) => faults.push(format!("{case}: {count} instead of {expected}")),
            None => faults.push(format!("{case}: not counted")),
        }
    }
    for case in known.keys() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(case).with_extension("rs");
        if !file.exists() {
            faults.push(format!("{case}: there is no such case; delete its line in counted.txt"));
        }
    }
    assert!(
        faults.is_empty(),
        "the compiler counts other numbers of errors:\n{}",
        faults.join("\n")
    );
}

/// The cases of the last run of trybuild, with the names of their binaries.
fn cases(project: &Path) -> Vec<(String, String)> {
    let manifest = std::fs::read_to_string(project.join("Cargo.toml")).expect("trybuild's project");
    let value = |line: &str, key| Some(line.strip_prefix(key)?.trim_matches('"').to_owned());
    let mut name = String::new();
    let mut cases = Vec::new();
    for line in manifest.lines() {
        if let Some(binary) = value(line, "name = ") {
            name = binary;
        } else if let Some(path) = value(line, "path = ")
            && let Ok(case) = Path::new(&path).strip_prefix(env!("CARGO_MANIFEST_DIR"))
        {
            let case = case.with_extension("").display().to_string().replace('\\', "/");
            cases.push((case, std::mem::take(&mut name)));
        }
    }
    assert!(!cases.is_empty(), "trybuild's project has no cases:\n{manifest}");
    cases
}

/// Checks all cases, and returns the number of errors for each binary.
fn count(trybuild: &Path, project: &Path) -> BTreeMap<String, usize> {
    // The flags are those of trybuild, so that the dependencies are not compiled again.
    let flags = ["--cfg", "trybuild", "--verbose", "-A", "dead_code", "--diagnostic-width=140"];
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(project)
        .env("CARGO_TARGET_DIR", trybuild)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .arg(format!("--config=build.rustflags={flags:?}"))
        .args(["check", "--bins", "--keep-going", "--offline", "--quiet", "--color=never"])
        .args(["--target", "host-tuple"])
        .output()
        .expect("cargo");
    let output = String::from_utf8_lossy(&output.stderr);
    let counted = output.lines().filter_map(|line| {
        let (_, line) = line.strip_prefix("error: could not compile ")?.split_once("(bin \"")?;
        let (binary, count) = line.split_once("\") due to ")?;
        let (count, _) = count.split_once(" previous error")?;
        Some((binary.to_owned(), count.parse().ok()?))
    });
    let counted: BTreeMap<String, usize> = counted.collect();
    assert!(!counted.is_empty(), "cargo counted no errors:\n{output}");
    counted
}

//! The lines of a key lock that the store depends on.

const LOCAL: &str = "local";
/// Each index has one line of this.
const PROJECTION: &str = "projection";

/// A line `table sk = sk` or `index by_status sk = gsi1sk`.
struct Line<'a> {
    /// The name of the index, if the line is of one.
    index: Option<&'a str>,
    what: &'a str,
    value: &'a str,
}

impl<'a> Line<'a> {
    fn new(line: &'a str) -> Option<Self> {
        let Some((subject, value)) = line.split_once(" = ") else {
            let index = line.strip_prefix("index ")?.strip_suffix(" local")?;
            return Some(Line { index: Some(index), what: LOCAL, value: "" });
        };
        if let Some(index) = subject.strip_prefix("index ") {
            let (index, what) = index.rsplit_once(' ')?;
            return Some(Line { index: Some(index), what, value });
        }
        // The time of expiry may have a new attribute, as the fields of entities may have new names.
        let what = subject.strip_prefix("table ").filter(|what| *what != "ttl")?;
        Some(Line { index: None, what, value })
    }

    fn is_of(&self, other: &Line<'_>) -> bool {
        self.index == other.index && self.what == other.what
    }

    /// Describes what the line says.
    fn subject(&self) -> String {
        let what = match self.what {
            "pk" => "partition key attribute",
            "sk" => "sort key attribute",
            "partition" => "list of partition key attributes",
            "sort" => "list of sort key attributes",
            "tag" => "tag attribute",
            "encoding" => "encoding of keys",
            other => other,
        };
        match self.index {
            Some(index) => format!("the {what} of index `{index}`"),
            None => format!("the {what}"),
        }
    }
}

/// Describes what kind of index has these lines.
fn kind(lines: &[Line<'_>], index: &str) -> &'static str {
    let has = |what| lines.iter().any(|line| line.index == Some(index) && line.what == what);
    if has(LOCAL) {
        "local"
    } else if has("partition") {
        "one of attributes"
    } else {
        "global"
    }
}

/// Describes each difference between the table and indexes of a recorded text and those of a declared one.
pub(super) fn differences(recorded: &str, declared: &str) -> Vec<String> {
    let lines = |text| str::lines(text).filter_map(Line::new).collect::<Vec<_>>();
    let (recorded, declared) = (lines(recorded), lines(declared));
    let has = |lines: &[Line<'_>], index| lines.iter().any(|line| line.index == index);
    let mut found = Vec::new();
    for stored in &recorded {
        if !has(&declared, stored.index) {
            // Once for each index.
            if let (Some(index), PROJECTION) = (stored.index, stored.what) {
                found.push(format!("index `{index}` is in the store, but not declared"));
            }
        } else if let Some(now) = declared.iter().find(|line| line.is_of(stored)) {
            if now.value != stored.value {
                found.push(format!(
                    "{} is `{}` in the store, but declared as `{}`",
                    stored.subject(),
                    stored.value,
                    now.value
                ));
            }
        } else if let Some(index) = stored.index {
            let (was, is) = (kind(&recorded, index), kind(&declared, index));
            // Once for each index.
            if matches!(stored.what, LOCAL | "pk" | "partition") {
                found.push(format!("index `{index}` is {was} in the store, but declared as {is}"));
            }
        }
    }
    for now in &declared {
        if let (Some(index), PROJECTION) = (now.index, now.what)
            && !has(&recorded, now.index)
        {
            found.push(format!("index `{index}` is declared, but not in the store"));
        }
    }
    found
}

/// Returns whether a text has an entity of this name. Each has one line for its sort key.
pub(super) fn has_entity(lock: &str, name: &str) -> bool {
    let line = format!("entity {name} sk = ");
    lock.lines().any(|it| it.starts_with(&line))
}

//! Suggestions for misspelt names.

/// Returns ": did you mean `status`?", or a list of the known names.
pub(crate) fn suggest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(wrong, &known) {
        Some(name) if known.len() == 1 => format!("did you mean `{name}`?"),
        Some(name) => format!("did you mean `{name}`? ({})", list(&known)),
        None => list(&known),
    }
}

fn list(known: &[&str]) -> String {
    match known {
        [] => "there is none".to_owned(),
        [one] => format!("there is `{one}`"),
        many => format!("there are {}", enumerate(many)),
    }
}

/// Returns "`a`, `b` and `c`".
pub(crate) fn enumerate(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [head @ .., last] => {
            let head: Vec<_> = head.iter().map(|name| format!("`{name}`")).collect();
            format!("{} and `{last}`", head.join(", "))
        }
    }
}

/// Names that other libraries and DynamoDB use, with ours.
const SYNONYMS: &[(&str, &str)] = &[
    ("partition_key", "pk"),
    ("partition", "pk"),
    ("hash_key", "pk"),
    ("hash", "pk"),
    ("sort_key", "sk"),
    ("sort", "sk"),
    ("range_key", "sk"),
    ("range", "sk"),
    ("gsi", "index"),
    ("lsi", "index"),
    ("index_name", "index"),
    ("gsis", "indexes"),
    ("lsis", "indexes"),
    ("index", "indexes"),
    ("filter", "when"),
    ("sparse", "when"),
    ("expires", "ttl"),
    ("expires_at", "ttl"),
    ("expiry", "ttl"),
    ("lock", "version"),
    ("revision", "version"),
    ("table_name", "name"),
    ("entity", "name"),
    ("type", "tag"),
];

/// Returns the known name that is meant by another word, or else the one that is nearest, if at most a third
/// of its letters differ.
fn nearest<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = wrong.to_lowercase();
    let mut meant = SYNONYMS.iter().filter(|(word, _)| *word == lower);
    if let Some(name) = meant.find_map(|(_, name)| known.iter().find(|known| *known == name)) {
        return Some(name);
    }
    let most = |name: &str| wrong.chars().count().max(name.chars().count()).max(3) / 3;
    known
        .iter()
        .map(|name| (distance(wrong, name), *name))
        .filter(|(distance, name)| *distance <= most(name))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many letters to put in, leave out, change or swap with the next to get from one to the
/// other; letter case does not count.
fn distance(a: &str, b: &str) -> usize {
    strsim::osa_distance(&a.to_lowercase(), &b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{distance, suggest};

    #[test]
    fn distances() {
        assert_eq!(distance("status", "status"), 0);
        assert_eq!(distance("statsu", "status"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("Gsi1", "gsi2"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn suggests_the_nearest_and_lists_all() {
        assert_eq!(
            suggest("ordr_id", ["order_id", "status"]),
            "did you mean `order_id`? (there are `order_id` and `status`)"
        );
        assert_eq!(suggest("colour", ["order_id"]), "there is `order_id`");
        assert_eq!(suggest("colour", []), "there is none");
        assert_eq!(
            suggest("Hash_Key", ["sk", "pk"]),
            "did you mean `pk`? (there are `sk` and `pk`)"
        );
        assert_eq!(suggest("gsi", ["indexes"]), "there is `indexes`");
    }
}

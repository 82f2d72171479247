//! Letter case: serde's `rename_all`, by serde's exact rules, and the names that the derives make.

use crate::nearest::enumerate;

/// A value of `rename_all`.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) enum Rule {
    #[default]
    None,
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

const RULES: &[(&str, Rule)] = &[
    ("lowercase", Rule::Lower),
    ("UPPERCASE", Rule::Upper),
    ("PascalCase", Rule::Pascal),
    ("camelCase", Rule::Camel),
    ("snake_case", Rule::Snake),
    ("SCREAMING_SNAKE_CASE", Rule::ScreamingSnake),
    ("kebab-case", Rule::Kebab),
    ("SCREAMING-KEBAB-CASE", Rule::ScreamingKebab),
];

impl Rule {
    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        RULES.iter().find(|(known, _)| *known == name).map(|(_, rule)| *rule).ok_or_else(|| {
            let names: Vec<&str> = RULES.iter().map(|(name, _)| *name).collect();
            format!("`{name}` is not a case that serde knows: there are {}", enumerate(&names))
        })
    }

    /// Returns the stored name of a field, by serde's rule.
    pub(crate) fn field(self, name: &str) -> String {
        match self {
            Rule::None | Rule::Lower | Rule::Snake => name.to_owned(),
            Rule::Upper | Rule::ScreamingSnake => name.to_ascii_uppercase(),
            Rule::Pascal => pascal(name),
            Rule::Camel => lower_first(&pascal(name)),
            Rule::Kebab => name.replace('_', "-"),
            Rule::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// Returns the stored name of a variant, by serde's rule.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Rule::None | Rule::Pascal => name.to_owned(),
            Rule::Lower => name.to_ascii_lowercase(),
            Rule::Upper => name.to_ascii_uppercase(),
            Rule::Camel => lower_first(name),
            Rule::Snake => serde_snake(name),
            Rule::ScreamingSnake => serde_snake(name).to_ascii_uppercase(),
            Rule::Kebab => serde_snake(name).replace('_', "-"),
            Rule::ScreamingKebab => serde_snake(name).to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn pascal(name: &str) -> String {
    let mut out = String::new();
    let mut capital = true;
    for letter in name.chars() {
        if letter == '_' {
            capital = true;
        } else if std::mem::take(&mut capital) {
            out.push(letter.to_ascii_uppercase());
        } else {
            out.push(letter);
        }
    }
    out
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

/// `HTTPLog` becomes `h_t_t_p_log`: serde's way.
fn serde_snake(name: &str) -> String {
    let mut out = String::new();
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// `OrderItem` becomes `order_item`, `GSI1` becomes `gsi1`, `HTTPLog` becomes `http_log`.
pub(crate) fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let starts_word = letter.is_uppercase()
            && before.is_some_and(|before| {
                *before != '_'
                    && (!before.is_uppercase()
                        || letters.get(at + 1).is_some_and(|next| next.is_lowercase()))
            });
        if starts_word {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{RULES, Rule, snake};

    /// The table of serde's own tests.
    #[test]
    fn as_serde_does() {
        let rules: Vec<Rule> = RULES.iter().map(|(_, rule)| *rule).collect();
        let variant = |name: &str| rules.iter().map(|rule| rule.variant(name)).collect::<Vec<_>>();
        let field = |name: &str| rules.iter().map(|rule| rule.field(name)).collect::<Vec<_>>();
        assert_eq!(
            variant("VeryTasty"),
            [
                "verytasty",
                "VERYTASTY",
                "VeryTasty",
                "veryTasty",
                "very_tasty",
                "VERY_TASTY",
                "very-tasty",
                "VERY-TASTY"
            ]
        );
        assert_eq!(variant("Z42"), ["z42", "Z42", "Z42", "z42", "z42", "Z42", "z42", "Z42"]);
        assert_eq!(
            field("very_tasty"),
            [
                "very_tasty",
                "VERY_TASTY",
                "VeryTasty",
                "veryTasty",
                "very_tasty",
                "VERY_TASTY",
                "very-tasty",
                "VERY-TASTY"
            ]
        );
        assert_eq!(field("z42"), ["z42", "Z42", "Z42", "z42", "z42", "Z42", "z42", "Z42"]);
    }

    #[test]
    fn snake_keeps_words_together() {
        for (name, expected) in
            [("OrderItem", "order_item"), ("GSI1", "gsi1"), ("HTTPLog", "http_log"), ("A", "a")]
        {
            assert_eq!(snake(name), expected);
        }
    }
}

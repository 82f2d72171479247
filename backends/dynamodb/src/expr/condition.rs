//! Renders condition and filter expressions.

use super::Placeholders;
use crate::codec::value_to_attribute;
use monotable_core::expr::{Comparison, Expr, Path};
use monotable_core::value::Value;
use monotable_core::{Error, Kind, Result};

/// DynamoDB's limit on the values of one `IN`.
const IN_LIMIT: usize = 100;

/// Renders a condition or a filter. Returns `None` if it always holds.
///
/// `tag` is an attribute that is not a key. An expression that can never hold is rendered with it,
/// because it has to name an attribute, and filters must not name keys.
///
/// # Errors
///
/// `Encode` if DynamoDB cannot hold a value.
pub(crate) fn condition(
    expr: Option<&Expr>,
    tag: &str,
    to: &mut Placeholders,
) -> Result<Option<String>> {
    let Some(expr) = expr else { return Ok(None) };
    match known(expr) {
        Some(true) => Ok(None),
        Some(false) => {
            let tag = to.name(tag);
            Ok(Some(format!("attribute_exists({tag}) AND attribute_not_exists({tag})")))
        }
        None => Ok(Some(render(expr, to)?.text)),
    }
}

/// Renders the condition of a check, which is required even if it always holds.
///
/// # Errors
///
/// The errors of [`condition`].
pub(crate) fn check(expr: &Expr, tag: &str, to: &mut Placeholders) -> Result<String> {
    if let Some(text) = condition(Some(expr), tag, to)? {
        return Ok(text);
    }
    let tag = to.name(tag);
    Ok(format!("attribute_exists({tag}) OR attribute_not_exists({tag})"))
}

/// Whether an expression holds for all items or for none; `None` if that depends on the item.
///
/// DynamoDB has no syntax for an empty `And`, `Or` or `In`, and refuses comparisons that can never hold,
/// so these are not sent.
fn known(expr: &Expr) -> Option<bool> {
    match expr {
        Expr::Compare(_, Comparison::Eq | Comparison::Ne, _) => None,
        Expr::Compare(_, _, value) => (!in_order(value, value)).then_some(false),
        Expr::Between(_, lower, upper) => (!in_order(lower, upper)).then_some(false),
        Expr::In(_, values) => values.is_empty().then_some(false),
        Expr::And(all) => fold(all, false),
        Expr::Or(all) => fold(all, true),
        Expr::Not(expr) => known(expr).map(|holds| !holds),
        _ => None,
    }
}

/// The value of an `And` or `Or`, in which one operand with the value `decisive` decides the result.
fn fold(all: &[Expr], decisive: bool) -> Option<bool> {
    let mut result = Some(!decisive);
    for expr in all {
        match known(expr) {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

/// A rendered expression, and whether it needs parentheses as an operand. The outer expression adds
/// them, and only once, because DynamoDB refuses double parentheses.
struct Rendered {
    text: String,
    compound: bool,
}

impl Rendered {
    fn simple(text: String) -> Self {
        Rendered { text, compound: false }
    }

    /// Returns the text as an operand of `AND` or `OR`.
    fn operand(self) -> String {
        if self.compound { format!("({})", self.text) } else { self.text }
    }
}

/// Renders an expression whose value depends on the item, see [`known`].
fn render(expr: &Expr, to: &mut Placeholders) -> Result<Rendered> {
    let text = match expr {
        Expr::Compare(path, comparison, value) => {
            let path = to.path(path);
            format!("{path} {} {}", operator(*comparison), operand(value, to)?)
        }
        Expr::Between(path, lower, upper) => {
            let path = to.path(path);
            format!("{path} BETWEEN {} AND {}", operand(lower, to)?, operand(upper, to)?)
        }
        Expr::In(path, values) => return is_in(path, values, to),
        Expr::BeginsWith(path, text) => {
            let path = to.path(path);
            format!("begins_with({path}, {})", operand(&Value::Text(text.clone()), to)?)
        }
        Expr::Contains(path, value) => {
            let path = to.path(path);
            format!("contains({path}, {})", operand(value, to)?)
        }
        Expr::Size(path, comparison, size) => {
            let path = to.path(path);
            let size = operand(&Value::Number((*size).into()), to)?;
            format!("size({path}) {} {size}", operator(*comparison))
        }
        Expr::Exists(path) => format!("attribute_exists({})", to.path(path)),
        Expr::Absent(path) => format!("attribute_not_exists({})", to.path(path)),
        Expr::And(all) => return joined(all, " AND ", to),
        Expr::Or(all) => return joined(all, " OR ", to),
        Expr::Not(expr) => format!("NOT ({})", render(expr, to)?.text),
        _ => {
            let message = "this version of the DynamoDB backend does not know this condition";
            return Err(Error::new(Kind::Unsupported, message));
        }
    };
    Ok(Rendered::simple(text))
}

fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Eq => "=",
        Comparison::Ne => "<>",
        Comparison::Lt => "<",
        Comparison::Le => "<=",
        Comparison::Gt => ">",
        Comparison::Ge => ">=",
    }
}

fn operand(value: &Value, to: &mut Placeholders) -> Result<String> {
    Ok(to.value(value_to_attribute(value)?))
}

/// Whether a value can be between the two. DynamoDB refuses a `BETWEEN` that can never hold.
fn in_order(lower: &Value, upper: &Value) -> bool {
    match (lower, upper) {
        (Value::Number(lower), Value::Number(upper)) => lower <= upper,
        (Value::Text(lower), Value::Text(upper)) => lower <= upper,
        (Value::Bytes(lower), Value::Bytes(upper)) => lower <= upper,
        _ => false,
    }
}

fn is_in(path: &Path, values: &[Value], to: &mut Placeholders) -> Result<Rendered> {
    let path = to.path(path);
    let mut lists = Vec::with_capacity(values.len().div_ceil(IN_LIMIT));
    for values in values.chunks(IN_LIMIT) {
        let values: Vec<String> =
            values.iter().map(|value| operand(value, to)).collect::<Result<_>>()?;
        lists.push(format!("{path} IN ({})", values.join(", ")));
    }
    Ok(Rendered { text: lists.join(" OR "), compound: lists.len() > 1 })
}

fn joined(all: &[Expr], operator: &str, to: &mut Placeholders) -> Result<Rendered> {
    // Operands with a known value do not change the result, because they did not decide it.
    let mut rest = all.iter().filter(|expr| known(expr).is_none());
    let (Some(first), second) = (rest.next(), rest.next()) else {
        return Err(Error::new(Kind::InvalidRequest, "a condition of no conditions"));
    };
    let first = render(first, to)?;
    let Some(second) = second else { return Ok(first) };
    let mut text = first.operand();
    for expr in std::iter::once(second).chain(rest) {
        text.push_str(operator);
        text.push_str(&render(expr, to)?.operand());
    }
    Ok(Rendered { text, compound: true })
}

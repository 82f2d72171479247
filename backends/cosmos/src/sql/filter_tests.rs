//! The SQL of each condition.

use super::*;
use monotable_core::expr::Step;
use monotable_core::value::{Number, Set};

/// Returns the SQL with the values of the parameters in their places.
fn sql(condition: &Expr) -> (String, Exactness) {
    let mut parameters = Parameters::default();
    let (mut sql, exactness) = filter(condition, &mut parameters).unwrap();
    for (place, value) in parameters.0.iter().enumerate().rev() {
        sql = sql.replace(&format!("@p{}", place + 1), value.get());
    }
    (sql, exactness)
}

#[track_caller]
fn exact(condition: Expr) -> String {
    let (sql, exactness) = sql(&condition);
    assert_eq!(exactness, Exactness::Exact);
    sql
}

/// Returns the SQL of a condition and of its negation, of which neither is exact.
#[track_caller]
fn at_least(condition: Expr) -> [String; 2] {
    [condition.clone(), Expr::Not(Box::new(condition))].map(|condition| {
        let (sql, exactness) = sql(&condition);
        assert_eq!(exactness, Exactness::AtLeast);
        sql
    })
}

fn a() -> Path {
    Path::attribute("a")
}

fn number(value: u64) -> Value {
    Number::from(value).into()
}

fn compare(comparison: Comparison, value: impl Into<Value>) -> Expr {
    Expr::Compare(a(), comparison, value.into())
}

#[test]
fn each_comparison_tests_the_type() {
    use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
    assert_eq!(exact(compare(Eq, "x")), r#"(IS_STRING(c['a']) AND c['a'] = "x")"#);
    assert_eq!(exact(compare(Ne, number(1))), "(NOT (IS_NUMBER(c['a']) AND c['a'] = 1))");
    for (comparison, sign) in [(Lt, "<"), (Le, "<="), (Gt, ">"), (Ge, ">=")] {
        let wanted = format!("(IS_NUMBER(c['a']) AND c['a'] {sign} 1)");
        assert_eq!(exact(compare(comparison, number(1))), wanted);
    }
    assert_eq!(exact(compare(Eq, Value::Null)), "IS_NULL(c['a'])");
    assert_eq!(exact(compare(Eq, true)), "(IS_BOOL(c['a']) AND c['a'] = true)");
    // Values without an order.
    assert_eq!(exact(compare(Lt, true)), "false");
    let set = Set::Text(["b".to_owned(), "a".to_owned()].into());
    let list = r#"(IS_ARRAY(c['a']) AND c['a'] = ["a","b"])"#;
    assert_eq!(exact(compare(Eq, Value::Set(set))), list);
    let bytes = r#"(IS_STRING(c['a']) AND c['a'] = "AQI=")"#;
    assert_eq!(exact(compare(Eq, Value::Bytes(vec![1, 2]))), bytes);
    let between = Expr::Between(a(), number(1), number(2));
    let wanted = "((IS_NUMBER(c['a']) AND c['a'] >= 1) AND (IS_NUMBER(c['a']) AND c['a'] <= 2))";
    assert_eq!(exact(between), wanted);
}

#[test]
fn absent_properties_and_parts() {
    assert_eq!(exact(Expr::Exists(a())), "IS_DEFINED(c['a'])");
    assert_eq!(exact(Expr::Absent(a())), "(NOT IS_DEFINED(c['a']))");
    let starts = r#"(IS_STRING(c['a']) AND STARTSWITH(c['a'], "x"))"#;
    assert_eq!(exact(Expr::BeginsWith(a(), "x".into())), starts);
    let contains = exact(Expr::Contains(a(), "x".into()));
    let element = r#"(IS_ARRAY(c['a']) AND ARRAY_CONTAINS(c['a'], "x"))"#;
    assert_eq!(
        contains,
        format!(r#"({element} OR (IS_STRING(c['a']) AND CONTAINS(c['a'], "x")))"#)
    );
    let number = exact(Expr::Contains(a(), number(7)));
    assert_eq!(number, "(IS_ARRAY(c['a']) AND ARRAY_CONTAINS(c['a'], 7))");
}

#[test]
fn lists_of_values_are_no_chains() {
    let values = [number(1), "x".into(), Value::Null, number(2), "y".into()];
    let sql = exact(Expr::In(a(), values.into()));
    let numbers = "(IS_NUMBER(c['a']) AND c['a'] IN (1, 2))";
    let texts = r#"(IS_STRING(c['a']) AND c['a'] IN ("x", "y"))"#;
    assert_eq!(sql, format!("(IS_NULL(c['a']) OR {numbers} OR {texts})"));
    assert_eq!(exact(Expr::In(a(), Vec::new())), "false");
}

#[test]
fn conditions_are_grouped() {
    let (x, y) = (|| Expr::Exists(a()), || Expr::Exists(Path::attribute("b")));
    let (a, b) = ("IS_DEFINED(c['a'])", "IS_DEFINED(c['b'])");
    assert_eq!(exact(Expr::And(vec![x(), y()])), format!("({a} AND {b})"));
    assert_eq!(exact(Expr::Or(vec![x(), y()])), format!("({a} OR {b})"));
    assert_eq!(exact(Expr::Not(Box::new(x()))), format!("(NOT {a})"));
    assert_eq!(exact(Expr::And(Vec::new())), "true");
    assert_eq!(exact(Expr::Or(Vec::new())), "false");
}

/// The negation must not leave out an item that matches, so the part that is not known is false in it.
#[test]
fn what_has_no_exact_form_returns_more() {
    let not_false = "(NOT false)";
    let order = at_least(compare(Comparison::Lt, "\u{e000}"));
    assert_eq!(order, ["IS_STRING(c['a'])", not_false]);
    let order = at_least(compare(Comparison::Ge, Value::Bytes(vec![1])));
    assert_eq!(order, ["IS_STRING(c['a'])", not_false]);
    let part = at_least(Expr::Contains(a(), Value::Bytes(vec![1])));
    let element = r#"(IS_ARRAY(c['a']) AND ARRAY_CONTAINS(c['a'], "AQ=="))"#;
    assert_eq!(part, [format!("({element} OR IS_STRING(c['a']))"), not_false.to_owned()]);
    // Beyond what a document holds.
    for comparison in [Comparison::Eq, Comparison::Gt] {
        let large = at_least(compare(comparison, number(u64::MAX)));
        assert_eq!(large, ["IS_NUMBER(c['a'])", not_false]);
    }
    let other = at_least(compare(Comparison::Ne, number(u64::MAX)));
    assert_eq!(other, [not_false, "(NOT (NOT IS_NUMBER(c['a'])))"]);
    let large = at_least(Expr::In(a(), vec![number(u64::MAX), number(1)]));
    let one = "(IS_NUMBER(c['a']) AND c['a'] IN (1))";
    assert_eq!(large, [format!("(IS_NUMBER(c['a']) OR {one})"), format!("(NOT (false OR {one}))")]);
    let [size, negated] = at_least(Expr::Size(a(), Comparison::Eq, 3));
    assert!(size.starts_with("(IS_STRING(c['a']) OR IS_ARRAY") && negated == not_false, "{size}");
    let [different, _] = at_least(Expr::Size(a(), Comparison::Ne, 3));
    assert_eq!(different, "true");
    // U+D7FF is the last character before those that UTF-16 writes as two units.
    exact(compare(Comparison::Lt, "\u{d7ff}"));
}

#[test]
fn no_text_of_a_user_is_in_the_query() {
    let mut parameters = Parameters::default();
    let path = Path::attribute("it's").step(Step::Name("a\" OR true --".into()));
    let condition = Expr::Compare(path, Comparison::Eq, "x' OR 'x' = 'x".into());
    let (sql, _) = filter(&condition, &mut parameters).unwrap();
    let place = r"c['it\u0027s']['a\u0022 OR true --']";
    assert_eq!(sql, format!("(IS_STRING({place}) AND {place} = @p1)"));
}

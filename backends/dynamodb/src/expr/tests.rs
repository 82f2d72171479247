//! Rendered expressions, compared with expressions written by hand.

use super::{Placeholders, check, condition, update};
use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::expr::{Action, Comparison, Expr, Path, Step};
use monotable_core::value::{Number, Set, Value};
use std::collections::{BTreeSet, HashMap};

fn path(name: &'static str) -> Path {
    Path::attribute(name)
}

fn is(name: &'static str, value: &str) -> Expr {
    Expr::Compare(path(name), Comparison::Eq, Value::from(value))
}

fn number(value: u64) -> Value {
    Value::Number(Number::from(value))
}

/// The text of a condition, its names in order, and how many values it has.
fn rendered(expr: &Expr) -> (Option<String>, Vec<String>, usize) {
    let mut to = Placeholders::default();
    let text = condition(Some(expr), "_type", &mut to).unwrap();
    (text, to.names.clone(), to.values.len())
}

fn text(expr: &Expr) -> String {
    rendered(expr).0.unwrap()
}

#[test]
fn comparisons() {
    for (comparison, wanted) in [
        (Comparison::Eq, "#0 = :0"),
        (Comparison::Ne, "#0 <> :0"),
        (Comparison::Lt, "#0 < :0"),
        (Comparison::Le, "#0 <= :0"),
        (Comparison::Gt, "#0 > :0"),
        (Comparison::Ge, "#0 >= :0"),
    ] {
        assert_eq!(text(&Expr::Compare(path("total"), comparison, number(5))), wanted);
    }
}

#[test]
fn functions() {
    let between = |lower, upper| Expr::Between(path("total"), lower, upper);
    for (expr, wanted) in [
        (between(number(1), number(1)), "#0 BETWEEN :0 AND :1"),
        (Expr::In(path("status"), vec!["a".into(), "b".into()]), "#0 IN (:0, :1)"),
        (Expr::BeginsWith(path("name"), "a".into()), "begins_with(#0, :0)"),
        (Expr::Contains(path("tags"), "a".into()), "contains(#0, :0)"),
        (Expr::Size(path("tags"), Comparison::Gt, 3), "size(#0) > :0"),
        (Expr::Size(path("tags"), Comparison::Ne, 3), "size(#0) <> :0"),
        (Expr::Exists(path("pk")), "attribute_exists(#0)"),
        (Expr::Absent(path("pk")), "attribute_not_exists(#0)"),
    ] {
        assert_eq!(text(&expr), wanted);
    }
}

#[test]
fn what_dynamodb_refuses_because_it_never_holds_is_not_sent() {
    let never = "attribute_exists(#0) AND attribute_not_exists(#0)";
    let between = |lower, upper| Expr::Between(path("total"), lower, upper);
    for expr in [
        between(number(2), number(1)),
        between(number(2), "z".into()),
        between(Value::Bool(false), Value::Bool(true)),
        Expr::Compare(path("flag"), Comparison::Lt, Value::Bool(true)),
        Expr::Compare(path("flag"), Comparison::Ge, Value::Null),
    ] {
        assert_eq!(text(&expr), never, "{expr:?}");
        assert_eq!(text(&expr.or(is("status", "paid"))), "#0 = :0");
    }
    let equal = Expr::Compare(path("flag"), Comparison::Eq, Value::Bool(true));
    assert_eq!(text(&equal), "#0 = :0");
}

#[test]
fn paths_are_placeholders_step_by_step() {
    let step = |name: &'static str| Step::Name(name.into());
    let deep = path("address").step(step("lines")).step(Step::Index(2)).step(step("a.b"));
    let (text, names, _) = rendered(&Expr::Exists(deep));
    assert_eq!(text.unwrap(), "attribute_exists(#0.#1[2].#2)");
    assert_eq!(names, ["address", "lines", "a.b"]);
}

#[test]
fn a_name_has_one_placeholder_wherever_it_stands() {
    let nested = Expr::Exists(path("b").step(Step::Name("a".into())));
    let (text, names, values) = rendered(&is("a", "1").and(is("a", "1")).and(nested));
    assert_eq!(text.unwrap(), "#0 = :0 AND #0 = :1 AND attribute_exists(#1.#0)");
    assert_eq!((names, values), (vec!["a".to_owned(), "b".to_owned()], 2));
}

#[test]
fn parentheses_stand_where_they_are_needed_and_never_twice() {
    let (a, b, c) = (is("a", "1"), is("b", "2"), is("c", "3"));
    let not = |expr: Expr| Expr::Not(Box::new(expr));
    for (expr, wanted) in [
        (a.clone().and(b.clone()).and(c.clone()), "#0 = :0 AND #1 = :1 AND #2 = :2"),
        (a.clone().or(b.clone()).and(c.clone()), "(#0 = :0 OR #1 = :1) AND #2 = :2"),
        (a.clone().and(b.clone()).or(c.clone()), "(#0 = :0 AND #1 = :1) OR #2 = :2"),
        (not(a.clone()), "NOT (#0 = :0)"),
        (not(not(a.clone())), "NOT (NOT (#0 = :0))"),
        (not(a.clone().or(b.clone())).and(c.clone()), "NOT (#0 = :0 OR #1 = :1) AND #2 = :2"),
        (Expr::And(vec![Expr::Or(vec![a.clone(), b.clone()])]), "#0 = :0 OR #1 = :1"),
        (
            Expr::And(vec![Expr::And(vec![Expr::Or(vec![a, b])]), c]),
            "(#0 = :0 OR #1 = :1) AND #2 = :2",
        ),
    ] {
        assert_eq!(text(&expr), wanted, "{expr:?}");
    }
}

#[test]
fn a_list_over_the_limit_is_split() {
    let values = |count: u64| (0..count).map(number).collect::<Vec<_>>();
    let (one, _, _) = rendered(&Expr::In(path("n"), values(100)));
    assert_eq!(one.unwrap().matches(" IN ").count(), 1);
    let long = Expr::In(path("n"), values(201));
    let (split, names, count) = rendered(&long);
    let split = split.unwrap();
    assert_eq!((split.matches(" IN ").count(), names.len(), count), (3, 1, 201));
    assert!(split.ends_with(":199) OR #0 IN (:200)"), "{split}");
    let among = text(&is("a", "1").and(long));
    assert!(among.starts_with("#0 = :0 AND (#1 IN (:1, "), "{among}");
    assert!(among.ends_with("#1 IN (:201))"), "{among}");
}

#[test]
fn what_always_holds_is_left_out() {
    let none_of = |expr: &Expr| {
        let (text, names, values) = rendered(expr);
        assert_eq!((text, names.len(), values), (None, 0, 0), "{expr:?}");
    };
    none_of(&Expr::And(vec![]));
    none_of(&Expr::Not(Box::new(Expr::In(path("a"), vec![]))));
    none_of(&Expr::Or(vec![is("a", "1"), Expr::And(vec![])]));
    let part = Expr::And(vec![Expr::And(vec![]), is("a", "1"), Expr::And(vec![])]);
    assert_eq!(text(&part), "#0 = :0");
    let part = Expr::Or(vec![Expr::In(path("b"), vec![]), is("a", "1"), is("c", "2")]);
    assert_eq!(rendered(&part).0.unwrap(), "#0 = :0 OR #1 = :1");
    // Placeholders of operands that were left out are not declared, because DynamoDB would refuse that.
    assert_eq!(rendered(&part).1, ["a", "c"]);
}

#[test]
fn what_never_holds_says_so_of_an_attribute_that_is_no_key() {
    let never = "attribute_exists(#0) AND attribute_not_exists(#0)";
    for expr in [
        Expr::Or(vec![]),
        Expr::In(path("pk"), vec![]),
        Expr::And(vec![is("a", "1"), Expr::Or(vec![])]),
        Expr::Not(Box::new(Expr::And(vec![]))),
    ] {
        let wanted = (Some(never.to_owned()), vec!["_type".to_owned()], 0);
        assert_eq!(rendered(&expr), wanted, "{expr:?}");
    }
}

#[test]
fn a_check_always_has_a_condition() {
    let mut to = Placeholders::default();
    let text = check(&Expr::And(vec![]), "_type", &mut to).unwrap();
    assert_eq!(text, "attribute_exists(#0) OR attribute_not_exists(#0)");
}

/// An update expression, and the names and values of its placeholders.
fn updated(actions: &[Action]) -> (Option<String>, Vec<String>, HashMap<String, AttributeValue>) {
    let mut to = Placeholders::default();
    let text = update(actions, &mut to).unwrap();
    let names = to.names.clone();
    (text, names, to.into_values().unwrap_or_default())
}

#[test]
fn clauses_stand_once_each_and_in_order() {
    let set = Value::Set(Set::Text(BTreeSet::from(["x".to_owned()])));
    let (text, names, values) = updated(&[
        Action::Difference(path("gone"), set.clone()),
        Action::Add(path("count"), Number::from(1_u64)),
        Action::Remove(path("old")),
        Action::Set(path("status"), "paid".into()),
        Action::Union(path("tags"), set),
        Action::SetIfAbsent(path("first"), "now".into()),
        Action::Remove(path("list").step(Step::Index(0))),
    ]);
    assert_eq!(
        text.unwrap(),
        "SET #3 = :2, #5 = if_not_exists(#5, :4) REMOVE #2, #6[0] ADD #1 :1, #4 :3 DELETE #0 :0"
    );
    assert_eq!(names, ["gone", "count", "old", "status", "tags", "first", "list"]);
    assert_eq!(values[":0"], AttributeValue::Ss(vec!["x".to_owned()]));
    assert_eq!(values[":1"], AttributeValue::N("1".to_owned()));
    assert_eq!(values.len(), 5);
}

#[test]
fn lists_grow_from_an_empty_one() {
    let (text, _, values) = updated(&[
        Action::Append(path("log"), vec!["a".into()]),
        Action::Prepend(path("recent"), vec!["b".into()]),
    ]);
    assert_eq!(
        text.unwrap(),
        "SET #0 = list_append(if_not_exists(#0, :0), :1), \
         #1 = list_append(:2, if_not_exists(#1, :0))"
    );
    assert_eq!(values[":0"], AttributeValue::L(vec![]));
    assert_eq!(values[":2"], AttributeValue::L(vec![AttributeValue::S("b".to_owned())]));
}

#[test]
fn numbers_inside_of_a_map_are_set() {
    let inside = path("counts").step(Step::Name("a".into()));
    let (text, _, values) = updated(&[Action::Add(inside, Number::from(-2_i64))]);
    assert_eq!(text.unwrap(), "SET #0.#1 = if_not_exists(#0.#1, :1) + :0");
    assert_eq!(values[":0"], AttributeValue::N("-2".to_owned()));
    assert_eq!(values[":1"], AttributeValue::N("0".to_owned()));
}

#[test]
fn no_change_is_no_expression() {
    assert_eq!(updated(&[]), (None, vec![], HashMap::new()));
}

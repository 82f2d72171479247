use super::*;

fn number(value: i64) -> Value {
    Value::Number(value.into())
}

fn numbers(values: &[i64]) -> Value {
    values.iter().map(|value| number(*value)).collect::<Vec<_>>().into()
}

fn texts(values: &[&str]) -> Value {
    Value::Set(Set::Text(values.iter().map(|value| (*value).to_owned()).collect()))
}

fn map(entries: &[(&str, Value)]) -> Map {
    let mut map = Map::new();
    for (name, value) in entries {
        map.insert(*name, value.clone());
    }
    map
}

fn item() -> Map {
    map(&[
        ("null", Value::Null),
        ("n", number(7)),
        ("t", "text".into()),
        ("l", numbers(&[0, 1, 2, 3])),
        ("m", map(&[("a", number(1)), ("l", numbers(&[5, 6]))]).into()),
        ("s", texts(&["a", "b"])),
    ])
}

/// `a`, `a.b`, `a.0`: a number is a place in a list.
fn at(path: &str) -> Path {
    let mut names = path.split('.');
    let root = Path::named(names.next().unwrap().to_owned());
    names.fold(root, |path, name| {
        path.step(match name.parse() {
            Ok(index) => Step::Index(index),
            Err(_) => Step::Name(name.to_owned().into()),
        })
    })
}

/// The item after these actions, and the values at these places in it.
fn applied(actions: &[Action]) -> Map {
    let mut item = item();
    apply(actions, &mut item).unwrap();
    item
}

fn value(item: &Map, path: &str) -> Option<Value> {
    find(item, &at(path)).unwrap().cloned()
}

/// What becomes of the value at the path of an action.
fn becomes(action: Action) -> Option<Value> {
    let path = action.path().to_string().replace('[', ".").replace(']', "");
    value(&applied(&[action]), &path)
}

#[track_caller]
fn refused(actions: &[Action], message: &str) {
    let mut changed = item();
    let error = apply(actions, &mut changed).unwrap_err();
    assert!(error.is_invalid_request());
    assert!(error.to_string().contains(message), "{error}");
    assert_eq!(changed, item());
}

#[test]
fn values_are_set() {
    assert_eq!(becomes(Action::Set(at("n"), "x".into())), Some("x".into()));
    assert_eq!(becomes(Action::Set(at("new"), Value::Null)), Some(Value::Null));
    assert_eq!(becomes(Action::Set(at("m.a"), number(2))), Some(number(2)));
    assert_eq!(becomes(Action::Set(at("m.z"), number(2))), Some(number(2)));
    assert_eq!(becomes(Action::Set(at("m.l.1"), number(2))), Some(number(2)));
    // Behind the end, at the end.
    let item = applied(&[
        Action::Set(at("l.84"), number(84)),
        Action::Set(at("l.9"), number(9)),
        Action::Set(at("l.1"), number(11)),
    ]);
    assert_eq!(value(&item, "l"), Some(numbers(&[0, 11, 2, 3, 9, 84])));
}

#[test]
fn values_are_set_where_there_is_none() {
    assert_eq!(becomes(Action::SetIfAbsent(at("n"), number(1))), Some(number(7)));
    assert_eq!(becomes(Action::SetIfAbsent(at("null"), number(1))), Some(Value::Null));
    assert_eq!(becomes(Action::SetIfAbsent(at("new"), number(1))), Some(number(1)));
    assert_eq!(becomes(Action::SetIfAbsent(at("m.z"), number(1))), Some(number(1)));
}

#[test]
fn values_are_removed() {
    assert_eq!(becomes(Action::Remove(at("n"))), None);
    assert_eq!(becomes(Action::Remove(at("new"))), None);
    assert_eq!(becomes(Action::Remove(at("m.a"))), None);
    assert_eq!(applied(&[Action::Remove(at("m.z"))]), item());
    assert_eq!(applied(&[Action::Remove(at("l.4"))]), item());
    // Places are those before the change.
    let remove = |paths: &[&str]| {
        let actions: Vec<_> = paths.iter().map(|path| Action::Remove(at(path))).collect();
        value(&applied(&actions), "l").unwrap()
    };
    assert_eq!(remove(&["l.0", "l.2"]), numbers(&[1, 3]));
    assert_eq!(remove(&["l.2", "l.0", "l.7"]), numbers(&[1, 3]));
    let mixed = applied(&[
        Action::Remove(at("l.1")),
        Action::Set(at("l.3"), number(17)),
        Action::Set(at("l.9"), number(9)),
        Action::Remove(at("l.4")),
    ]);
    assert_eq!(value(&mixed, "l"), Some(numbers(&[0, 2, 17, 9])));
}

#[test]
fn elements_inside_of_moving_ones_are_changed_before() {
    let inner = |name| Value::from(map(&[(name, number(1)), ("x", number(2))]));
    let mut item = map(&[("l", vec![inner("a"), inner("b"), inner("c")].into())]);
    let actions = [
        Action::Remove(at("l.0")),
        Action::Remove(at("l.2.x")),
        Action::Add(at("l.1.b"), 1.into()),
    ];
    apply(&actions, &mut item).unwrap();
    let expected =
        vec![map(&[("b", number(2)), ("x", number(2))]).into(), map(&[("c", number(1))]).into()];
    assert_eq!(item.get("l"), Some(&Value::List(expected)));
}

#[test]
fn numbers_are_added() {
    assert_eq!(becomes(Action::Add(at("n"), 3.into())), Some(number(10)));
    assert_eq!(becomes(Action::Add(at("n"), (-8).into())), Some(number(-1)));
    assert_eq!(becomes(Action::Add(at("new"), 3.into())), Some(number(3)));
    assert_eq!(becomes(Action::Add(at("m.a"), 3.into())), Some(number(4)));
    for path in ["t", "null", "l", "s"] {
        refused(&[Action::Add(at(path), 1.into())], &format!("`{path}` is a "));
    }
    let most = Number::from(10u128.pow(38) - 1);
    refused(&[Action::Add(at("n"), most)], "`n` would have more than 38 digits");
}

#[test]
fn lists_grow_at_both_ends() {
    let more = || vec![number(8), number(9)];
    assert_eq!(becomes(Action::Append(at("l"), more())), Some(numbers(&[0, 1, 2, 3, 8, 9])));
    assert_eq!(becomes(Action::Prepend(at("m.l"), more())), Some(numbers(&[8, 9, 5, 6])));
    assert_eq!(becomes(Action::Append(at("new"), more())), Some(numbers(&[8, 9])));
    assert_eq!(becomes(Action::Prepend(at("new"), vec![])), Some(numbers(&[])));
    refused(&[Action::Append(at("t"), more())], "`t` is a text in the item");
    refused(&[Action::Prepend(at("null"), more())], "needs a list");
}

#[test]
fn sets_are_joined_and_parted() {
    assert_eq!(becomes(Action::Union(at("s"), texts(&["b", "c"]))), Some(texts(&["a", "b", "c"])));
    assert_eq!(becomes(Action::Union(at("new"), texts(&["b"]))), Some(texts(&["b"])));
    assert_eq!(becomes(Action::Difference(at("s"), texts(&["b", "c"]))), Some(texts(&["a"])));
    assert_eq!(becomes(Action::Difference(at("new"), texts(&["b"]))), None);
    // There are no empty sets.
    assert_eq!(applied(&[Action::Difference(at("s"), texts(&["a", "b"]))]).get("s"), None);
    let other = || Value::Set(Set::Numbers([Number::from(1)].into()));
    for action in [Action::Union, Action::Difference] {
        refused(&[action(at("s"), other())], "`s` is a set whose elements have another type");
        refused(&[action(at("l"), texts(&["a"]))], "`l` is a list in the item");
        refused(
            &[action(at("s"), number(1))],
            "`s` cannot be changed by a number: the action needs a set",
        );
        refused(&[action(at("s"), texts(&[]))], "an empty set");
    }
}

#[test]
fn paths_that_lead_nowhere_are_refused() {
    for path in ["new.a", "n.a", "l.a", "l.4.a", "m.z.a", "new.0", "t.0", "m.0", "s.0"] {
        let path = at(path);
        let actions = [
            Action::Set(path.clone(), number(1)),
            Action::SetIfAbsent(path.clone(), number(1)),
            Action::Remove(path.clone()),
            Action::Add(path.clone(), 1.into()),
            Action::Append(path.clone(), vec![]),
            Action::Union(path.clone(), texts(&["a"])),
            Action::Difference(path.clone(), texts(&["a"])),
        ];
        for action in actions {
            refused(&[action], &format!("`{path}` cannot be changed, because the item has no "));
        }
    }
}

#[test]
fn paths_that_lead_nowhere_say_what_to_set() {
    let said = |paths: &[&str]| {
        let paths: Vec<_> = paths.iter().map(|path| at(path)).collect();
        leads_nowhere(&paths)
    };
    assert_eq!(said(&["n"]), None);
    assert_eq!(
        said(&["n", "a.b.c"]).unwrap(),
        "`a.b.c` cannot be changed, because the item has no document or map at `a.b`: set the whole `a.b`, or \
         create it first"
    );
    assert_eq!(
        said(&["l.0", "m.a", "m.b"]).unwrap(),
        "`l[0]` or `m.a` or `m.b` cannot be changed, because the item has no list at `l` or no document or map \
         at `m`: set the whole `l` or `m`, or create it first"
    );
}

#[test]
fn paths_that_overlap_are_refused() {
    let set = |path: &str| Action::Set(at(path), number(1));
    refused(&[set("n"), set("t"), set("n")], "`n` overlaps with `n`");
    refused(&[set("m"), Action::Remove(at("m.a"))], "`m` overlaps with `m.a`");
    refused(&[set("l.1"), Action::Remove(at("l.1"))], "`l[1]` overlaps with `l[1]`");
    applied(&[set("l.1"), set("l.2"), set("m.a"), set("m.b")]);
}

#[test]
fn actions_read_the_item_as_it_was() {
    let item = applied(&[
        Action::Set(at("m.a"), number(5)),
        Action::Add(at("n"), 1.into()),
        Action::Append(at("l"), vec![number(4)]),
    ]);
    assert_eq!(value(&item, "n"), Some(number(8)));
    // One that fails leaves all as it was, whatever its place.
    refused(&[Action::Set(at("n"), number(5)), Action::Add(at("t"), 1.into())], "`t` is a text");
    assert_eq!(applied(&[]), self::item());
}

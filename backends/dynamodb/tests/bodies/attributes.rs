//! Indexes whose keys are attributes of the items: creating, comparing and querying them.

use crate::support::{backend, key, ok, refusal, target};
use monotable_core::Backend as _;
use monotable_core::key::Encoding;
use monotable_core::request::{
    AttributeKeys, AttributeRange, CreateTable, Position, Query, QueryKeys, SortKeys,
};
use monotable_core::schema::{
    EntityDef, IndexDef, IndexKey, KeyAttribute, KeyAttributes, KeyType, Projection, TableDef,
};
use monotable_core::value::Value;
use serde_json::{Value as Json, json};

const CUP: KeyAttribute = KeyAttribute::new("cup", KeyType::Text);
const YEAR: KeyAttribute = KeyAttribute::new("year", KeyType::Number);
const ROUND: KeyAttribute = KeyAttribute::new("round", KeyType::Number);
const NAME: KeyAttribute = KeyAttribute::new("name", KeyType::Text);
static BY_CUP: IndexDef = IndexDef::new("by_cup", ["", ""], Projection::All).attributes();
static BY_YEAR: IndexDef =
    IndexDef::new("by_year", ["", ""], Projection::Include(&["name", "cup"])).attributes();
static MATCH: EntityDef = EntityDef::new(
    "Match",
    [&[], &[]],
    &[
        IndexKey::of_attributes(&BY_CUP, KeyAttributes::new(&[CUP, YEAR], &[ROUND, NAME])),
        IndexKey::of_attributes(&BY_YEAR, KeyAttributes::new(&[YEAR, NAME], &[])),
    ],
    &["cup", "year", "round", "name"],
);
static CUPS: TableDef = TableDef::new(
    "Cups",
    ["pk", "sk", "_type"],
    Encoding::Escaped,
    &[&BY_CUP, &BY_YEAR],
    &[&MATCH],
);

fn element(name: &str, role: &str) -> Json {
    json!({ "AttributeName": name, "KeyType": role })
}

fn indexes() -> Json {
    json!([
        {
            "IndexName": "by_cup",
            "KeySchema": [
                element("cup", "HASH"),
                element("year", "HASH"),
                element("round", "RANGE"),
                element("name", "RANGE"),
            ],
            "Projection": { "ProjectionType": "ALL" }
        },
        {
            "IndexName": "by_year",
            "KeySchema": [element("year", "HASH"), element("name", "HASH")],
            // Its own keys are projected anyway.
            "Projection": { "ProjectionType": "INCLUDE", "NonKeyAttributes": ["_type", "cup"] }
        }
    ])
}

/// Each attribute once, with its type.
fn definitions() -> Json {
    let all =
        [("pk", "S"), ("sk", "S"), ("cup", "S"), ("year", "N"), ("round", "N"), ("name", "S")];
    all.map(|(name, ty)| json!({ "AttributeName": name, "AttributeType": ty }))
        .into_iter()
        .collect()
}

fn described() -> Json {
    let mut indexes = indexes();
    for index in indexes.as_array_mut().unwrap() {
        index["IndexStatus"] = "ACTIVE".into();
    }
    json!({ "Table": {
        "TableStatus": "ACTIVE",
        "KeySchema": [element("pk", "HASH"), element("sk", "RANGE")],
        "AttributeDefinitions": definitions(),
        "GlobalSecondaryIndexes": indexes,
    } })
}

#[tokio::test]
async fn an_index_of_attributes_is_made() {
    let missing = refusal("ResourceNotFoundException", "not found");
    let (backend, wire) = backend([missing, ok(json!({})), ok(described())]);
    backend.create_table(CreateTable::new(&CUPS)).await.unwrap();
    let (operation, body) = wire.sent().remove(1);
    assert_eq!(operation, target("CreateTable"));
    assert_eq!(body["AttributeDefinitions"], definitions());
    assert_eq!(body["GlobalSecondaryIndexes"], indexes());
}

#[tokio::test]
async fn an_index_of_other_attributes_is_refused() {
    let refused = async |change: fn(&mut Json)| {
        let mut found = described();
        change(&mut found["Table"]);
        let (backend, _) = backend([ok(found)]);
        let error = backend.create_table(CreateTable::new(&CUPS)).await.unwrap_err();
        assert!(error.is_schema_mismatch(), "{error}");
        error.to_string()
    };
    let message = refused(|table| {
        let keys = &mut table["GlobalSecondaryIndexes"][0]["KeySchema"];
        keys.as_array_mut().unwrap().swap(2, 3);
    })
    .await;
    let wanted = "the keys of index `by_cup` are `cup` (HASH, S), `year` (HASH, N), `name` (RANGE, S), `round` \
                  (RANGE, N) in DynamoDB and `cup` (HASH, S), `year` (HASH, N), `round` (RANGE, N), `name` \
                  (RANGE, S) in the declaration";
    assert!(message.contains(wanted), "{message}");
    let message =
        refused(|table| table["AttributeDefinitions"][3]["AttributeType"] = "S".into()).await;
    assert!(message.contains("`year` (HASH, S)"), "{message}");
}

fn number(number: u32) -> Value {
    Value::Number(number.into())
}

fn query() -> Query {
    let mut query = Query::new(&CUPS, "Match", "by_cup", String::new(), SortKeys::All);
    query.index = Some(&BY_CUP);
    query
}

/// The body that a query sends.
async fn sent(query: Query) -> Json {
    let (backend, wire) = backend([ok(json!({ "Count": 0, "ScannedCount": 0 }))]);
    backend.query(query).await.unwrap();
    wire.only().1
}

fn keys(sort: &[Value], range: Option<AttributeRange>) -> QueryKeys {
    let mut keys = AttributeKeys::of_partition(vec!["winter".into(), number(2026)]);
    (keys.sort, keys.range) = (sort.to_vec(), range);
    keys.into()
}

#[tokio::test]
async fn conditions_on_attributes() {
    let (one, two, a) = (|| number(1), || number(2), || Value::from("a"));
    let n = |digits: &str| json!({ "N": digits });
    for (sort, range, condition, values) in [
        (vec![], None, "", vec![]),
        (vec![one()], None, " AND #2 = :2", vec![n("1")]),
        (vec![one(), a()], None, " AND #2 = :2 AND #3 = :3", vec![n("1"), json!({ "S": "a" })]),
        (vec![], Some(AttributeRange::AtLeast(one())), " AND #2 >= :2", vec![n("1")]),
        (vec![], Some(AttributeRange::MoreThan(one())), " AND #2 > :2", vec![n("1")]),
        (vec![], Some(AttributeRange::AtMost(one())), " AND #2 <= :2", vec![n("1")]),
        (vec![], Some(AttributeRange::LessThan(one())), " AND #2 < :2", vec![n("1")]),
        (
            vec![],
            Some(AttributeRange::Between(one(), two())),
            " AND #2 BETWEEN :2 AND :3",
            vec![n("1"), n("2")],
        ),
        (
            vec![one()],
            Some(AttributeRange::BeginsWith("a".into())),
            " AND #2 = :2 AND begins_with(#3, :3)",
            vec![n("1"), json!({ "S": "a" })],
        ),
    ] {
        let mut query = query();
        query.keys = keys(&sort, range);
        let body = sent(query).await;
        let wanted = format!("#0 = :0 AND #1 = :1{condition}");
        assert_eq!(body["KeyConditionExpression"], wanted);
        let mut all = json!({ ":0": { "S": "winter" }, ":1": { "N": "2026" } });
        for (at, value) in values.into_iter().enumerate() {
            all[format!(":{}", at + 2)] = value;
        }
        assert_eq!(body["ExpressionAttributeValues"], all, "{wanted}");
        assert_eq!(body["ExpressionAttributeNames"]["#1"], "year");
    }
}

#[tokio::test]
async fn pages_of_an_index_of_attributes() {
    let mut query = query();
    query.keys = keys(&[number(1)], None);
    let position = || Position::in_attributes(vec![number(1), "a".into()], key("p", "s"));
    query.after = Some(position());
    let start = json!({
        "cup": { "S": "winter" },
        "year": { "N": "2026" },
        "round": { "N": "1" },
        "name": { "S": "a" },
        "pk": { "S": "p" },
        "sk": { "S": "s" }
    });
    assert_eq!(sent(query.clone()).await["ExclusiveStartKey"], start);
    let (backend, _) = backend([
        ok(json!({ "Count": 0, "ScannedCount": 1, "LastEvaluatedKey": start })),
        ok(json!({ "Count": 0, "ScannedCount": 1, "LastEvaluatedKey": { "pk": { "S": "p" } } })),
    ]);
    let page = backend.query(query.clone()).await.unwrap();
    assert_eq!(page.last, Some(position()));
    assert!(backend.query(query).await.unwrap_err().is_decode());
}

/// Keys of another form than those of the index are refused before anything is sent.
#[tokio::test]
async fn keys_of_another_form() {
    let (backend, wire) = backend([]);
    assert!(backend.query(query()).await.unwrap_err().is_invalid_request());
    let mut other = query();
    other.index = None;
    other.keys = keys(&[], None);
    assert!(backend.query(other).await.unwrap_err().is_invalid_request());
    assert!(wire.sent().is_empty());
}

//! What the derives expand to, formatted, beside committed snapshots. After a change,
//! `UPDATE_SNAPSHOTS=1 cargo test -p monotable-derive` writes them anew: read the difference.

use proc_macro2::TokenStream;
use std::path::Path;
use syn::DeriveInput;

/// The design's order.
const ORDER: &str = r##"
    #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
    #[access(by_customer)]
    #[access(by_status, index = Gsi1, pk = "STATUS#{status}", sk = "{placed_at:s}#{order_id}")]
    pub struct Order {
        pub customer_id: String,
        pub order_id: String,
        pub status: Status,
        pub placed_at: Timestamp,
        pub total: Decimal,
        pub note: Option<String>,
    }
"##;

/// Buckets, a sparse index, hidden fields, a key without a pattern.
const READING: &str = r##"
    #[entity(table = Log, pk = "SENSOR#{sensor}#{at:day:bucket}", sk = "{at}", name = "reading")]
    #[access(of_sensor)]
    #[access(alarms, index = ByAlarm, pk = "ALARM#{alarm}", sk = "{at:hour:bucket}#{sensor:06}",
        when(alarm = Some, kind = Hot | Cold))]
    #[access(by_kind, index = ByKind, sk = "{kind}#{room}#{at:s}", when(alarm = None))]
    #[key(index = ByRoom, pk = "ROOM#{room?}", sk = same)]
    #[serde(rename_all = "camelCase")]
    pub(crate) struct Reading {
        sensor: u32,
        pub(crate) at: Timestamp,
        alarm: Option<String>,
        kind: Kind,
        pub(crate) room: String,
        #[serde(skip)]
        cache: usize,
    }
"##;

/// A version, an expiry, guards, serde functions, fields that are set together.
const ACCOUNT: &str = r##"
    #[entity(table = Bank, pk = "ACCOUNT#{id}", sk = "ACCOUNT", version = version, ttl = until)]
    #[entity(unique(email), unique(tenant, name, pk = "NAME#{tenant}#{name}", sk = "NAME"))]
    #[access(by_kind, index = ByKind, pk = "KIND#{kind}", sk = "{rank}#{since:s}", when(open = true))]
    pub struct Account {
        pub id: String,
        pub version: u64,
        pub until: Option<Timestamp>,
        pub email: Option<String>,
        pub tenant: u32,
        pub name: String,
        pub kind: String,
        #[serde(default)]
        pub rank: u8,
        pub since: Timestamp,
        pub(crate) open: bool,
        #[serde(with = "monotable::decimal")]
        pub balance: Decimal,
    }
"##;

const ADDRESS: &str = r##"
    pub struct Address {
        pub zip: String,
        #[serde(rename = "town")]
        #[stored(text)]
        city: Option<City>,
        #[serde(skip)]
        seen: bool,
    }
"##;

/// With items of coordination.
const TILL: &str = r##"
    #[table(coordination)]
    pub enum Till {
        Account(Account),
        Payment(Payment),
    }
"##;

const SHOP: &str = r##"
    #[table(indexes(Gsi1))]
    pub enum Shop {
        Customer(Customer),
        Order(Order),
    }
"##;

const GSI1: &str = r##"
    #[index(name = "gsi1", projection = include(status, "placed-at"))]
    pub struct Gsi1;
"##;

const BY_KIND: &str = r##"
    #[index(local, projection = keys_only)]
    pub(crate) struct ByKind;
"##;

const STATUS: &str = r##"
    #[serde(rename_all = "lowercase")]
    pub enum Status {
        Placed,
        #[serde(rename = "PAID")]
        Paid,
    }
"##;

const WORKFLOW: &str = r##"
    #[serde(rename_all = "lowercase")]
    pub enum Status {
        #[next(Paid, Cancelled)]
        Placed,
        #[adds(Order::PAYMENT_ID, shop::Order::PAID_AT)]
        #[next(Shipped)]
        Paid,
        #[initial]
        #[adds(Order::PAYMENT_ID)]
        Shipped,
        #[initial]
        #[next(Placed)]
        #[serde(rename = "void", alias = "cancelled", alias = "gone")]
        Cancelled,
    }
"##;

const COLLECTION: &str = r##"
    #[collection(index = Gsi1)]
    pub struct Account {
        pub user: User,
        pub plan: Option<Plan>,
        pub orders: Vec<Order>,
    }
"##;

/// An entity that shares its keys.
const ORG: &str = r##"
    #[entity(table = Hub, pk = "TENANT#{tenant}", sk = "ACCOUNT#{name}", shares = Account)]
    pub struct Org {
        pub tenant: u32,
        pub name: String,
    }
"##;

const KEY_SPACE: &str = r##"
    pub enum Account {
        User(Box<User>),
        Org(Org),
    }
"##;

const ORDER_LINE: &str = r##"
    #[projection(of = shop::Order)]
    pub(crate) struct OrderLine {
        pub order_id: String,
        #[projection(field = total)]
        amount: Decimal,
    }
"##;

const CUSTOMER_ID: &str = "pub struct CustomerId(String);";

const TYPED_ID: &str = "pub struct Id<K>(Uuid, PhantomData<fn() -> K>) where K: Kind;";

fn formatted(derive: fn(&DeriveInput) -> TokenStream, input: &str) -> String {
    let input: DeriveInput = syn::parse_str(input).unwrap();
    prettyplease::unparse(&syn::parse2(derive(&input)).unwrap())
}

fn check(derive: fn(&DeriveInput) -> TokenStream, input: &str, name: &str) -> String {
    let found = formatted(derive, input);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "the expansion is not that of snapshots/{name}; if it should be as it is now, run with \
         UPDATE_SNAPSHOTS=1:\n{found}"
    );
    found
}

#[test]
fn order() {
    let code = check(crate::entity::derive, ORDER, "order.rs");
    let lines = code.lines().count();
    assert!(lines <= 330, "{lines} lines for one entity: general work belongs to core");
    // A function for the key, for `get` and for each pattern; none for a part or an operator.
    let functions: Vec<&str> =
        code.lines().filter_map(|line| line.trim().strip_prefix("pub fn ")).collect();
    let names: Vec<&str> = functions.iter().map(|line| line.split('(').next().unwrap()).collect();
    assert_eq!(names, ["key", "get", "partition", "by_customer", "by_status"]);
}

#[test]
fn collection() {
    check(crate::collection::derive, COLLECTION, "collection.rs");
}

#[test]
fn key_space() {
    check(crate::key_space::derive, KEY_SPACE, "key_space.rs");
    check(crate::entity::derive, ORG, "org.rs");
}

#[test]
fn projection() {
    let code = check(crate::projection::derive, ORDER_LINE, "order_line.rs");
    assert!(code.lines().count() <= 90, "general work belongs to core");
}

#[test]
fn reading() {
    check(crate::entity::derive, READING, "reading.rs");
}

#[test]
fn account() {
    check(crate::entity::derive, ACCOUNT, "account.rs");
}

#[test]
fn document() {
    check(crate::document::derive, ADDRESS, "address.rs");
}

#[test]
fn table() {
    check(crate::table::derive, SHOP, "shop.rs");
    check(crate::table::derive, TILL, "till.rs");
}

#[test]
fn index() {
    check(crate::index::derive, GSI1, "gsi1.rs");
    check(crate::index::derive, BY_KIND, "by_kind.rs");
}

#[test]
fn key_parts() {
    check(crate::key_part::derive, STATUS, "status.rs");
    check(crate::key_part::derive, CUSTOMER_ID, "customer_id.rs");
    check(crate::key_part::derive, TYPED_ID, "typed_id.rs");
}

#[test]
fn workflow() {
    let code = check(crate::workflow::derive, WORKFLOW, "workflow.rs");
    assert!(code.lines().count() <= 130, "general work belongs to core");
}

/// Only the path that `crate` gives is used.
#[test]
fn renamed() {
    for (derive, input) in [
        (
            crate::entity::derive as fn(&DeriveInput) -> TokenStream,
            format!("#[entity(crate = \"a::db\")] {ORDER}"),
        ),
        (crate::entity::derive, "#[entity(crate = \"a::db\")] struct Fault { id: u8 }".to_owned()),
        (crate::collection::derive, format!("#[collection(crate = \"a::db\")] {COLLECTION}")),
        (crate::collection::derive, "#[collection(crate = \"a::db\")] struct Fault {}".to_owned()),
        (crate::entity::derive, format!("#[entity(crate = \"a::db\")] {ORG}")),
        (crate::key_space::derive, format!("#[key_space(crate = \"a::db\")] {KEY_SPACE}")),
        (crate::key_space::derive, "#[key_space(crate = \"a::db\")] enum Fault {}".to_owned()),
        (crate::projection::derive, format!("#[projection(crate = \"a::db\")] {ORDER_LINE}")),
        (crate::projection::derive, "#[projection(crate = \"a::db\")] struct Fault {}".to_owned()),
        (crate::document::derive, format!("#[document(crate = \"a::db\")] {ADDRESS}")),
        (
            crate::document::derive,
            "#[document(crate = \"a::db\")] struct Fault(u8, u8);".to_owned(),
        ),
        (crate::table::derive, format!("#[table(crate = \"a::db\")] {SHOP}")),
        (crate::table::derive, format!("#[table(crate = \"a::db\")] {TILL}")),
        // Any file that is there.
        (
            crate::table::derive,
            format!("#[table(crate = \"a::db\", lock = \"Cargo.toml\")] {SHOP}"),
        ),
        (crate::table::derive, "#[table(crate = \"a::db\")] enum Fault {}".to_owned()),
        (crate::index::derive, format!("#[index(crate = \"a::db\")] {GSI1}")),
        (crate::index::derive, format!("#[index(crate = \"a::db\")] {BY_KIND}")),
        (crate::index::derive, "#[index(crate = \"a::db\")] enum Fault {}".to_owned()),
        (crate::key_part::derive, format!("#[key_part(crate = \"a::db\")] {CUSTOMER_ID}")),
        (crate::key_part::derive, "#[key_part(crate = \"a::db\")] enum Fault {}".to_owned()),
        (crate::workflow::derive, format!("#[workflow(crate = \"a::db\")] {WORKFLOW}")),
        (crate::workflow::derive, "#[workflow(crate = \"a::db\")] enum Fault { A, B }".to_owned()),
    ] {
        let code = formatted(derive, &input);
        assert!(code.contains("a::db::__private"), "{code}");
        assert!(!code.contains("monotable"), "{code}");
    }
}

/// Only serde functions on parts of the primary key are said to core.
#[test]
fn converted_keys() {
    let derived = |user: &str, other: &str| {
        let input = format!(
            "#[entity(table = Notes, pk = \"{{user}}\", sk = \"NOTE\")]
            #[key(index = ByTag, pk = \"{{tag}}\", sk = same)]
            struct Note {{ {user} user: String, {other} tag: String }}"
        );
        formatted(crate::entity::derive, &input)
    };
    let constant = "const KEY_IS_CONVERTED: bool = true;";
    for function in ["with", "serialize_with", "deserialize_with"] {
        let attribute = format!("#[serde({function} = \"own\")]");
        assert!(derived(&attribute, "").contains(constant), "{function}");
        assert!(!derived("", &attribute).contains(constant), "{function}");
    }
    assert!(!derived("#[serde(rename = \"with\")]", "").contains(constant));
}

/// A literal that is a field's name is refused, unless the field is in the same key or it is allowed.
#[test]
fn literals_that_are_fields() {
    let is_refused = |keys: &str, more: &str| {
        let input = format!(
            "#[entity(table = T, {keys})] {more} struct Note {{ user: String, number: u32, mail: String }}"
        );
        formatted(crate::entity::derive, &input).contains("compile_error")
    };
    for keys in [
        "pk = \"{user}\", sk = \"NOTE#number\"",
        "pk = \"{user}\", sk = \"number\"",
        "pk = \"{user}\", sk = \"number#NOTE\"",
        "pk = \"{user}#number\", sk = \"NOTE\"",
        "pk = \"number#{user}\", sk = \"NOTE\"",
        "pk = \"{user}\", sk = \"NOTE\", unique(mail, pk = \"number#{mail}\")",
    ] {
        assert!(is_refused(keys, ""), "{keys}");
        assert!(!is_refused(&format!("{keys}, allow(field_as_literal)"), ""), "{keys}");
    }
    for keys in [
        "pk = \"user#{user}\", sk = \"user\"",
        "pk = \"user#{user}\", sk = \"number#{number}\"",
        "pk = \"{user}\", sk = \"NUMBER\"",
        "pk = \"{user}\", sk = \"numbers#number-{user}\"",
    ] {
        assert!(!is_refused(keys, ""), "{keys}");
    }
    let keys = "pk = \"{user}\", sk = \"NOTE\"";
    let on = |more: &str| {
        format!("#[key(index = I, pk = \"number\", sk = \"{{user}}\", allow({more}))]")
    };
    assert!(is_refused(keys, &on("static_partition")));
    assert!(!is_refused(keys, &on("static_partition, field_as_literal")));
}

/// Whatever the attributes say, the derives report and go on.
#[test]
fn faults_do_not_panic() {
    let attributes = [
        "#[entity]",
        "#[entity = 3]",
        "#[entity()]",
        "#[entity(table)]",
        "#[entity(table = , pk = 3)]",
        "#[entity(table = A, pk = \"{\", sk = \"}\")]",
        "#[entity(table = A, pk = \"{\u{e4}}\", sk = \"{a:\u{e4}}\")]",
        "#[entity(table = A, pk = \"{a}\", sk = \"{a:99999999999}\")]",
        "#[access]",
        "#[access()]",
        "#[access(3)]",
        "#[access(a, b, c)]",
        "#[access(a, index)]",
        "#[access(a, index = I, pk = same, sk = same, when)]",
        "#[access(a, index = I, pk = same, sk = same, when(x = ))]",
        "#[access(a, index = I, pk = same, sk = same, when(a = -3 | None | \"x\" | B))]",
        "#[key]",
        "#[serde(rename_all)]",
        "#[serde(rename_all = 3)]",
        "#[serde(alias)]",
        "#[table(indexes)]",
        "#[table(indexes(3))]",
        "#[index(projection)]",
        "#[index(projection = include)]",
        "#[index(projection = include(3))]",
        "#[key_part]",
        "#[entity(version)]",
        "#[entity(version = 3, ttl = , unique)]",
        "#[entity(unique())]",
        "#[entity(unique(3))]",
        "#[entity(table = A, pk = \"{a}\", sk = \"B\", version = a, ttl = a, unique(a, pk = \"{\"))]",
        "#[entity(table = A, pk = \"B\", sk = \"{a}\", unique(a, sk = \"{b}\", x = 3))]",
        "#[entity(table = A, pk = \"{a}\", sk = \"B\", shares)]",
        "#[entity(table = A, pk = \"{a}\", sk = \"B\", shares = 3)]",
        "#[key_space]",
        "#[key_space(3)]",
        "#[workflow]",
        "#[workflow(3)]",
        "#[next]",
        "#[document]",
        "#[document(name)]",
        "#[table(ttl)]",
        "#[serde(default = 3)]",
        "#[serde(default = \"3\")]",
    ];
    let items = [
        "struct S { a: u8 }",
        "struct S { #[stored] #[serde(with, default = 1)] a: u8, #[stored(3)] A: u8 }",
        "struct S { #[serde(with = \"1 2\", serialize_with = \"\")] #[stored = 1] a: u8 }",
        "struct S;",
        "struct S(u8);",
        "struct S<T>(T);",
        "struct S<'a, K: ?Sized = u8, const N: usize = 3>(&'a u8, PhantomData<K>) where K: A;",
        "enum S { A }",
        "enum S { #[next] #[adds] A, #[next(3)] #[adds(3, a, A::B<u8>)] B, #[initial = 3] C }",
        "enum S { #[next(A, A, B)] Aa, #[initial(x)] #[next(Aa)] #[adds(S::Aa, S::Aa, T::Aa)] AA, r#B }",
        "enum S { A(A), B(Box<Vec<B>>), C { c: C }, D(), E(A, B) }",
        "union S { a: u8 }",
    ];
    let derives = [
        crate::entity::derive,
        crate::document::derive,
        crate::table::derive,
        crate::index::derive,
        crate::key_part::derive,
        crate::key_space::derive,
        crate::workflow::derive,
    ];
    for attribute in attributes {
        for item in items {
            let input: DeriveInput = syn::parse_str(&format!("{attribute} {item}")).unwrap();
            for derive in derives {
                let code = derive(&input);
                assert!(syn::parse2::<syn::File>(code).is_ok(), "{attribute} {item}");
            }
        }
    }
}

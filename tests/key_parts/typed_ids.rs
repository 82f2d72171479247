//! Ids whose type says what they are the id of: a value, and a marker that is in no key.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// The id of a `K`. It is a key part whatever `K` is, because the implementations here need nothing of it.
#[derive(Serialize, Deserialize, KeyPart)]
#[serde(transparent)]
struct Id<K>(String, PhantomData<fn() -> K>);

impl<K> Id<K> {
    fn new(id: &str) -> Self {
        Id(id.to_owned(), PhantomData)
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Id(self.0.clone(), PhantomData)
    }
}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> std::fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A type that is neither `Clone` nor `Send`, and has no value.
#[derive(Debug)]
enum Robot {
    #[allow(dead_code)]
    Never(std::convert::Infallible, *const u8),
}

/// The marker holds a `K`, and std's derives ask of `K` what they implement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart)]
struct Number<K>
where
    K: Counted,
{
    #[serde(skip)]
    of: PhantomData<K>,
    value: u32,
}

trait Counted {}
impl Counted for Order {}

/// The place of the time is a parameter as well, and the bucket is that of the time.
#[derive(Debug, PartialEq, Serialize, Deserialize, KeyPart)]
#[serde(transparent)]
struct At<K: ?Sized, const PLACE: char> {
    time: jiff::Timestamp,
    marker: PhantomData<fn(&K)>,
}

impl<K: ?Sized, const PLACE: char> Clone for At<K, PLACE> {
    fn clone(&self) -> Self {
        At { ..*self }
    }
}

#[derive(Debug, Table)]
#[table(indexes(ByRobot, ByNumber))]
enum Shop {
    Customer(Customer),
    Order(Order),
}

#[derive(Debug, Index)]
struct ByRobot;

#[derive(Debug, Index)]
struct ByNumber;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
struct Customer {
    id: Id<Customer>,
    name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{id}", unique(number))]
#[access(of_customer)]
#[access(by_robot, index = ByRobot, pk = "ROBOT#{robot}", sk = "{at:day:bucket}#{id}")]
#[access(by_number, index = ByNumber, pk = "NUMBERS#{shop}", sk = "{number:desc}")]
struct Order {
    customer: Id<Customer>,
    id: Id<Order>,
    number: Number<Order>,
    robot: Option<Id<Robot>>,
    at: At<str, 'a'>,
    shop: u8,
}

fn at(text: &str) -> At<str, 'a'> {
    At { time: text.parse().unwrap(), marker: PhantomData }
}

fn order(id: &str, number: u32) -> Order {
    Order {
        customer: Id::new("ann"),
        id: Id::new(id),
        number: Number { of: PhantomData, value: number },
        robot: Some(Id::new("r2")),
        at: at("2026-11-02T10:00:00Z"),
        shop: 1,
    }
}

#[tokio::test]
async fn items_are_found_by_typed_ids() -> monotable::Result<()> {
    let shop = Shop::on(Embedded::in_memory());
    let ann = Customer { id: Id::new("ann"), name: "Ann".into() };
    ann.create().send(&shop).await?;
    let (first, second) = (order("a", 1), order("b", 2));
    first.create().send(&shop).await?;
    second.create().send(&shop).await?;

    let id = first.customer.clone();
    assert_eq!(Customer::get(&id).send(&shop).await?, Some(ann));
    assert_eq!(Order::get(&id, &second.id).send(&shop).await?.as_ref(), Some(&second));
    assert_eq!(Order::get(id, second.id.clone()).send(&shop).await?.as_ref(), Some(&second));
    let both = [first.clone(), second.clone()];
    assert_eq!(Order::of_customer(&first.customer).all(&shop).await?, both);
    let from = Order::of_customer(&first.customer).range(Id::new("aa")..);
    assert_eq!(from.all(&shop).await?, std::slice::from_ref(&second));
    let begins = Order::of_customer(&first.customer).begins_with("a");
    assert_eq!(begins.all(&shop).await?, std::slice::from_ref(&first));

    let day = jiff::civil::date(2026, 11, 2);
    let by_robot = Order::by_robot(Id::new("r2")).eq(day).eq(&first.id);
    assert_eq!(by_robot.all(&shop).await?, std::slice::from_ref(&first));
    let by_number = Order::by_number(1).range(&first.number..=&second.number);
    assert_eq!(by_number.all(&shop).await?, [second.clone(), first.clone()]);

    first.update().set(Order::ROBOT, None::<Id<Robot>>).send(&shop).await?;
    assert_eq!(Order::by_robot(Id::new("r2")).all(&shop).await?, [second]);
    let same = Order { id: Id::new("c"), ..order("c", 1) };
    assert!(same.create().send(&shop).await.unwrap_err().is_unique_violation());
    Ok(())
}

#[test]
fn a_typed_id_is_written_as_its_value() -> monotable::Result<()> {
    let key = order("a", 1).primary_key().render()?;
    assert_eq!((&*key.pk, &*key.sk), ("CUSTOMER#ann", "ORDER#a"));
    Ok(())
}

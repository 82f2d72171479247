// A key space with a fault. Its use causes no further errors.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table)]
enum Hub {
    User(User),
    Org(Org),
}

#[derive(KeySpace)]
enum Account {
    User(User),
    Org(Option<Org>),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT", shares = Account)]
struct User {
    name: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "ACCOUNT#{name}", sk = "ACCOUNT", shares = Account)]
struct Org {
    name: String,
}

async fn example(hub: &Table<Hub, Embedded>, user: &User) -> monotable::Result<()> {
    user.put().send(hub).await?;
    let found = Account::get("ann").send(hub).await?;
    let key = Account::key("ann");
    drop((found, key));
    Ok(())
}

fn main() {}

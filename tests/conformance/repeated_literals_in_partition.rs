//! Items whose keys repeat the literal before a text, as an older version could write them, with guards of unique values
//! in their partition: a new write with such a text is refused, and what is stored can be read, changed and deleted.

use monotable::prelude::*;
use monotable::{Key, Transactions};
use monotable_tests::Store;
use monotable_tests::layer::OnePartition;
use serde::{Deserialize, Serialize};

#[derive(Debug, Index)]
#[index(projection = all)]
pub struct ByCity;

/// The entity as the older version wrote it. The literals of its templates are not checked, because they do not
/// end with `#`.
mod older {
    use super::{ByCity, Deserialize, Entity, Serialize, Table};
    use monotable::Result;
    use monotable::key::{Class, KeyPart, KeyText, KeyWriter, kind};

    #[derive(Debug, Table)]
    #[table(name = "Users", indexes(ByCity))]
    pub enum Users {
        #[allow(dead_code)]
        User(User),
    }

    #[derive(Debug, Serialize, Deserialize, Entity)]
    #[entity(
        table = Users,
        pk = "USER#USER{id}",
        sk = "CARD#{card}",
        unique(id, email, pk = "USER#USER{id}", sk = "EMAIL#{email}")
    )]
    #[access(by_city, index = ByCity, pk = "CITY#CITY{city}", sk = "{name}")]
    pub struct User {
        pub id: Whole,
        pub card: u8,
        pub email: String,
        pub city: Whole,
        pub name: String,
    }

    /// A text such as `USER#1`. Its first four characters are in the literal of the template.
    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub struct Whole(pub String);

    impl KeyPart for Whole {
        const CLASS: Class = Class::Text;
        type Kind = kind::Text;
        fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
            out.text(self.0.get(4..).unwrap_or_default())
        }
        fn read(text: &KeyText<'_>) -> Result<Self> {
            Ok(Whole(text.as_str().to_owned()))
        }
    }
}

#[derive(Debug, Table)]
#[table(indexes(ByCity))]
enum Users {
    #[allow(dead_code)]
    User(User),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = Users,
    pk = "USER#{id}",
    sk = "CARD#{card}",
    unique(id, email, pk = "USER#{id}", sk = "EMAIL#{email}")
)]
#[access(profile)]
#[access(by_city, index = ByCity, pk = "CITY#{city}", sk = "{name}")]
struct User {
    id: String,
    card: u8,
    email: String,
    city: String,
    name: String,
}

fn user(id: &str, city: &str) -> User {
    User { id: id.into(), card: 1, email: "ann@site".into(), city: city.into(), name: "Ann".into() }
}

/// Stores the item that the older version writes for `USER#1` in `CITY#Rome`, and returns it as it is read.
async fn stored<B: Store + Transactions>(backend: &B) -> (Table<Users, OnePartition<B>>, User) {
    let older = older::User {
        id: older::Whole("USER#1".into()),
        card: 1,
        email: "ann@site".into(),
        city: older::Whole("CITY#Rome".into()),
        name: "Ann".into(),
    };
    older.create().send(&older::Users::on(OnePartition(backend.clone()))).await.unwrap();
    let key = older.primary_key().render().unwrap();
    let users = Users::on(OnePartition(backend.clone()));
    let read = Key::<User>::parse(&key.pk, &key.sk).unwrap().get().send(&users).await;
    let loaded = read.unwrap().unwrap();
    assert_eq!(loaded, user("USER#1", "CITY#Rome"));
    (users, loaded)
}

pub async fn items_with_such_keys_are_deleted<B: Store + Transactions>(backend: B) {
    let (users, loaded) = stored(&backend).await;
    loaded.delete().send(&users).await.unwrap();
    let (users, loaded) = stored(&backend).await;
    let report = loaded.primary_key().partition().delete_all().send(&users).await.unwrap();
    assert_eq!(report.deleted, 1);
    // With another item, so that a query finds it.
    let (users, loaded) = stored(&backend).await;
    loaded.update().set(User::CITY, "Rome").send(&users).await.unwrap();
    let report = User::by_city("Rome").delete_all().send(&users).await.unwrap();
    assert_eq!(report.deleted, 1);
    // A guard that stayed would refuse the next item.
    stored(&backend).await;
}

pub async fn items_with_such_keys_are_changed<B: Store + Transactions>(backend: B) {
    let (users, loaded) = stored(&backend).await;
    let (key, read) = (|| loaded.primary_key(), || loaded.primary_key().get().consistent());
    key().update().set(User::NAME, "Eve").send(&users).await.unwrap();
    loaded.update().set(User::EMAIL, "eve@site").send(&users).await.unwrap();
    let changed = key().update_with(|user| user.email = "bob@site".into()).send(&users).await;
    assert_eq!(changed.unwrap().email, "bob@site");
    let changed = key().update_with(|user| user.city = "Oslo".into()).send(&users).await.unwrap();
    assert_eq!(read().send(&users).await.unwrap().as_ref(), Some(&changed));
    assert_eq!(User::by_city("Oslo").count(&users).await.unwrap(), 1);
}

pub async fn new_items_with_such_keys_are_refused<B: Store + Transactions>(backend: B) {
    let (users, loaded) = stored(&backend).await;
    let key = || loaded.primary_key();
    for error in [
        loaded.create().send(&users).await.unwrap_err(),
        loaded.update().set(User::CITY, "CITY#Oslo").send(&users).await.unwrap_err(),
        key().update_with(|it| it.city = "CITY#Oslo".into()).send(&users).await.unwrap_err(),
    ] {
        assert!(error.is_invalid_key(), "{error:?}");
        assert!(error.to_string().contains("begins with `"), "{error}");
    }
    assert_eq!(key().get().consistent().send(&users).await.unwrap(), Some(loaded));
}

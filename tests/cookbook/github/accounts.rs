//! Access patterns of accounts, which are users and organizations, and of what they own.

use super::*;
use crate::sent;
use monotable_tests::Store;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "ACCOUNT#{name}", sk = "ACCOUNT#{name}", shares = Account)]
#[key(index = Gsi1, pk = same, sk = same, mixed)]
#[key(index = Gsi3, pk = same, sk = same, mixed)]
pub struct User {
    pub name: String,
    pub plan: PaymentPlan,
    /// The roles of the user in organizations. They are few, so they are a part of the user.
    pub organizations: BTreeMap<String, Role>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "ACCOUNT#{name}", sk = "ACCOUNT#{name}", shares = Account)]
#[key(index = Gsi1, pk = same, sk = same, mixed)]
#[key(index = Gsi3, pk = same, sk = same, mixed)]
pub struct Organization {
    pub name: String,
    pub plan: PaymentPlan,
}

/// A user in an organization. There can be many, so each is an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "ACCOUNT#{organization}", sk = "MEMBERSHIP#{user}")]
pub struct Membership {
    pub organization: String,
    pub user: String,
    pub role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Role {
    Admin,
    Member,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Document)]
pub struct PaymentPlan {
    pub kind: String,
    pub since: Timestamp,
}

/// A name is that of a user or of an organization. Both have the same keys, so there is never both. They also have
/// the same keys on the indexes, which `mixed` allows.
#[derive(Debug, Clone, PartialEq, KeySpace)]
pub enum Account {
    User(User),
    Organization(Organization),
}

/// An account and its repositories. The last changed ones follow it in descending order.
#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi3)]
pub struct AccountWithRepos {
    pub user: Option<User>,
    pub organization: Option<Organization>,
    pub repos: Vec<Repo>,
}

/// An account and the members of it, which only an organization has.
#[derive(Debug, PartialEq, Collection)]
pub struct AccountWithMembers {
    pub user: Option<User>,
    pub organization: Option<Organization>,
    pub members: Vec<Membership>,
}

fn plan() -> PaymentPlan {
    PaymentPlan { kind: "Free".into(), since: at(1) }
}

pub fn user(name: &str) -> User {
    User { name: name.into(), plan: plan(), organizations: BTreeMap::new() }
}

fn organization(name: &str) -> Organization {
    Organization { name: name.into(), plan: plan() }
}

pub async fn create_user<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = hub(backend);
    user("alexdebrie").create().send(&hub).await.unwrap();
    assert_eq!(sent(&hub), ["put User: ACCOUNT#alexdebrie / ACCOUNT#alexdebrie, with a condition"]);
    assert!(user("alexdebrie").create().send(&hub).await.unwrap_err().is_condition_failed());
}

pub async fn create_organization<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = hub(backend);
    organization("megacorp").create().send(&hub).await.unwrap();
    assert_eq!(
        sent(&hub),
        ["put Organization: ACCOUNT#megacorp / ACCOUNT#megacorp, with a condition"]
    );
    // The name is taken for users, too, and the error says by whom.
    let taken = user("megacorp").create().send(&hub).await.unwrap_err();
    assert_eq!(taken.current(), Some(&Account::Organization(organization("megacorp"))));
    // One request reads whichever there is.
    sent(&hub);
    let found = Account::get("megacorp").send(&hub).await.unwrap();
    assert_eq!(found, Some(Account::Organization(organization("megacorp"))));
    assert_eq!(sent(&hub), ["get Account: ACCOUNT#megacorp / ACCOUNT#megacorp"]);
}

/// Stores the membership as an item and in the user.
async fn join<B: Store + CrossPartitionTransactions>(
    hub: &Hub<B>,
    name: &str,
    role: Role,
) -> Membership {
    let membership = Membership { organization: "megacorp".into(), user: name.into(), role };
    let user = User::key(name).update().set(User::ORGANIZATIONS.entry("megacorp"), role);
    hub.transaction().add(membership.create()).add(user).send().await.unwrap();
    membership
}

/// Stores an organization and two users.
async fn filled<B: Store + CrossPartitionTransactions>(backend: B) -> Hub<B> {
    let hub = hub(backend);
    let users = ["alexdebrie", "happy-harry"].map(user);
    let stored = hub.transaction().add(organization("megacorp").create());
    stored.add_all(users.iter().map(User::create)).send().await.unwrap();
    sent(&hub);
    hub
}

pub async fn add_user_to_organization<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    join(&hub, "alexdebrie", Role::Admin).await;
    assert_eq!(
        sent(&hub),
        [
            "transact_write: put Membership ACCOUNT#megacorp / MEMBERSHIP#alexdebrie, with a condition; \
          update User ACCOUNT#alexdebrie / ACCOUNT#alexdebrie, with a condition"
        ]
    );
}

pub async fn get_users_for_organization<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let members = [
        join(&hub, "alexdebrie", Role::Admin).await,
        join(&hub, "happy-harry", Role::Member).await,
    ];
    sent(&hub);
    let partition = Organization::partition("megacorp");
    let found = AccountWithMembers::of(partition).send(&hub).await.unwrap();
    assert_eq!(found.organization, Some(organization("megacorp")));
    assert_eq!(found.members, members);
    assert_eq!(
        sent(&hub),
        ["query AccountWithMembers.of: ACCOUNT#megacorp / ACCOUNT#megacorp to MEMBERSHIP#~~"]
    );
}

pub async fn get_organizations_for_user<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    join(&hub, "alexdebrie", Role::Admin).await;
    sent(&hub);
    let user = User::get("alexdebrie").send(&hub).await.unwrap().unwrap();
    assert_eq!(user.organizations, [("megacorp".to_owned(), Role::Admin)].into());
    assert_eq!(sent(&hub), ["get User: ACCOUNT#alexdebrie / ACCOUNT#alexdebrie"]);
}

/// Stores three repositories of an account, which were changed in another order than that of their names.
async fn repos<B: Store + CrossPartitionTransactions>(hub: &Hub<B>, owner: &str) {
    let repos = [("a", 2), ("b", 9), ("c", 5)].map(|(name, day)| repo(owner, name, day));
    let stored = hub.batch().add_all(repos.iter().map(Repo::put)).send().await.unwrap();
    stored.into_result().unwrap();
    sent(hub);
}

fn names(repos: &[Repo]) -> Vec<&str> {
    repos.iter().map(|repo| repo.name.as_str()).collect()
}

pub async fn get_repos_for_user<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    repos(&hub, "alexdebrie").await;
    let partition = Repo::of_account("alexdebrie").partition();
    let found = AccountWithRepos::of(partition).descending().send(&hub).await.unwrap();
    assert_eq!((found.user, found.organization), (Some(user("alexdebrie")), None));
    assert_eq!(names(&found.repos), ["b", "c", "a"]);
    assert_eq!(
        sent(&hub),
        [
            "query AccountWithRepos.of on GSI3: ACCOUNT#alexdebrie / # to ACCOUNT#alexdebrie, descending"
        ]
    );
    // A change of a repository moves it to the front.
    let changed = Repo::key("alexdebrie", "a").update().set(Repo::UPDATED_AT, at(20));
    changed.send(&hub).await.unwrap();
    let newest = Repo::of_account("alexdebrie").descending().first(&hub).await.unwrap();
    assert_eq!(newest.unwrap().name, "a");
}

pub async fn get_repos_for_organization<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    repos(&hub, "megacorp").await;
    let partition = Repo::of_account("megacorp").partition();
    let found = AccountWithRepos::of(partition).descending().limit(2).send(&hub).await.unwrap();
    assert_eq!((found.user, found.organization), (None, Some(organization("megacorp"))));
    assert_eq!(names(&found.repos), ["b", "c"]);
    assert_eq!(
        sent(&hub),
        [
            "query AccountWithRepos.of on GSI3: ACCOUNT#megacorp / # to ACCOUNT#megacorp, descending, at most 4"
        ]
    );
}

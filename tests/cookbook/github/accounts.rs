//! Access patterns of accounts, which are users and organizations, and of what they own.

use super::*;
use crate::sent;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "ACCOUNT#{name}", sk = "ACCOUNT#{name}")]
#[key(index = Gsi1, pk = same, sk = same)]
#[key(index = Gsi3, pk = same, sk = same)]
pub struct User {
    pub name: String,
    pub plan: PaymentPlan,
    /// The roles of the user in organizations. They are few, so they are a part of the user.
    pub organizations: BTreeMap<String, Role>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "ORG#{name}", sk = "ORG#{name}")]
#[key(index = Gsi1, pk = same, sk = same)]
#[key(index = Gsi3, pk = same, sk = same)]
pub struct Organization {
    pub name: String,
    pub plan: PaymentPlan,
}

/// A user in an organization. There can be many, so each is an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "ORG#{organization}", sk = "MEMBERSHIP#{user}")]
#[access(of_organization)]
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

/// A user and the repositories of the user. The last changed ones follow it in descending order.
#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi3)]
pub struct UserWithRepos {
    pub user: User,
    pub repos: Vec<Repo>,
}

#[derive(Debug, PartialEq, Collection)]
pub struct OrganizationWithMembers {
    pub organization: Organization,
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

pub async fn create_user<B: CrossPartitionTransactions>(backend: B) {
    let hub = hub(backend);
    user("alexdebrie").create().send(&hub).await.unwrap();
    assert_eq!(sent(&hub), ["put User: ACCOUNT#alexdebrie / ACCOUNT#alexdebrie, with a condition"]);
    assert!(user("alexdebrie").create().send(&hub).await.unwrap_err().is_condition_failed());
}

pub async fn create_organization<B: CrossPartitionTransactions>(backend: B) {
    let hub = hub(backend);
    organization("megacorp").create().send(&hub).await.unwrap();
    assert_eq!(sent(&hub), ["put Organization: ORG#megacorp / ORG#megacorp, with a condition"]);
}

/// Stores the membership as an item and in the user.
async fn join<B: CrossPartitionTransactions>(hub: &Hub<B>, name: &str, role: Role) -> Membership {
    let membership = Membership { organization: "megacorp".into(), user: name.into(), role };
    let user = User::key(name).update().set(User::ORGANIZATIONS.entry("megacorp"), role);
    hub.transaction().add(membership.create()).add(user).send().await.unwrap();
    membership
}

/// Stores an organization and two users.
async fn filled<B: CrossPartitionTransactions>(backend: B) -> Hub<B> {
    let hub = hub(backend);
    let users = ["alexdebrie", "happy-harry"].map(user);
    let stored = hub.batch().add(organization("megacorp").put());
    let stored = stored.add_all(users.iter().map(User::put)).send().await.unwrap();
    stored.into_result().unwrap();
    sent(&hub);
    hub
}

pub async fn add_user_to_organization<B: CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    join(&hub, "alexdebrie", Role::Admin).await;
    assert_eq!(
        sent(&hub),
        ["transact_write: put Membership ORG#megacorp / MEMBERSHIP#alexdebrie, with a condition; \
          update User ACCOUNT#alexdebrie / ACCOUNT#alexdebrie, with a condition"]
    );
}

pub async fn get_users_for_organization<B: CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let members = [
        join(&hub, "alexdebrie", Role::Admin).await,
        join(&hub, "happy-harry", Role::Member).await,
    ];
    sent(&hub);
    let partition = Organization::partition("megacorp");
    let found = OrganizationWithMembers::of(partition).send(&hub).await.unwrap();
    assert_eq!(found.organization, organization("megacorp"));
    assert_eq!(found.members, members);
    assert_eq!(
        sent(&hub),
        ["query OrganizationWithMembers.of: ORG#megacorp / MEMBERSHIP# to ORG#megacorp"]
    );
}

pub async fn get_organizations_for_user<B: CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    join(&hub, "alexdebrie", Role::Admin).await;
    sent(&hub);
    let user = User::get("alexdebrie").send(&hub).await.unwrap().unwrap();
    assert_eq!(user.organizations, [("megacorp".to_owned(), Role::Admin)].into());
    assert_eq!(sent(&hub), ["get User: ACCOUNT#alexdebrie / ACCOUNT#alexdebrie"]);
}

/// Stores three repositories of an account, which were changed in another order than that of their names.
async fn repos<B: CrossPartitionTransactions>(hub: &Hub<B>, owner: &str) {
    let repos = [("a", 2), ("b", 9), ("c", 5)].map(|(name, day)| repo(owner, name, day));
    let stored = hub.batch().add_all(repos.iter().map(Repo::put)).send().await.unwrap();
    stored.into_result().unwrap();
    sent(hub);
}

fn names(repos: &[Repo]) -> Vec<&str> {
    repos.iter().map(|repo| repo.name.as_str()).collect()
}

pub async fn get_repos_for_user<B: CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    repos(&hub, "alexdebrie").await;
    let partition = Repo::of_account("alexdebrie").partition();
    let found = UserWithRepos::of(partition).descending().send(&hub).await.unwrap();
    assert_eq!(found.user, user("alexdebrie"));
    assert_eq!(names(&found.repos), ["b", "c", "a"]);
    assert_eq!(
        sent(&hub),
        [
            "query UserWithRepos.of on GSI3: ACCOUNT#alexdebrie / # to ACCOUNT#alexdebrie, descending"
        ]
    );
    // A change of a repository moves it to the front.
    let changed = Repo::key("alexdebrie", "a").update().set(Repo::UPDATED_AT, at(20));
    changed.send(&hub).await.unwrap();
    let newest = Repo::of_account("alexdebrie").descending().first(&hub).await.unwrap();
    assert_eq!(newest.unwrap().name, "a");
}

pub async fn get_repos_for_organization<B: CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    repos(&hub, "megacorp").await;
    let found = Repo::of_account("megacorp").descending().all(&hub).await.unwrap();
    assert_eq!(names(&found), ["b", "c", "a"]);
    assert_eq!(sent(&hub), ["query Repo.of_account on GSI3: ACCOUNT#megacorp / #*, descending"]);
}

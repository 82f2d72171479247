//! What chapter 22 of the book adds a year later: codes of conduct, gists and apps.

use super::*;
use crate::sent;
use monotable_tests::Store;

/// It has few fields and is read with its repository, so it is a part of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Document)]
pub struct CodeOfConduct {
    pub name: String,
    pub url: String,
}

/// The ids have the order in which the gists are made, such as those of KSUIDs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "ACCOUNT#{owner}", sk = "#GIST#{id}")]
pub struct Gist {
    pub owner: String,
    pub id: String,
    pub text: String,
}

/// An account with gists. `#` is before all letters, so the newest gists follow the user in descending order.
#[derive(Debug, PartialEq, Collection)]
pub struct AccountWithGists {
    pub user: Option<User>,
    pub organization: Option<Organization>,
    pub gists: Vec<Gist>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "APP#{account}#{name}", sk = "APP#{account}#{name}")]
#[access(of_account, index = Gsi1, pk = "ACCOUNT#{account}", sk = "APP#{name}")]
pub struct App {
    pub account: String,
    pub name: String,
}

#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi1)]
pub struct AccountWithApps {
    pub user: Option<User>,
    pub organization: Option<Organization>,
    pub apps: Vec<App>,
}

/// An app in a repository: the app's side of the relation is in the table, and the repository's side is on an
/// index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "APP#{account}#{app}", sk = "REPO#{owner}#{repo}")]
#[access(in_repo, index = Gsi1, pk = "REPO#{owner}#{repo}", sk = "REPOAPP#{account}#{app}")]
pub struct Installation {
    pub account: String,
    pub app: String,
    pub owner: String,
    pub repo: String,
}

#[derive(Debug, PartialEq, Collection)]
pub struct AppWithInstallations {
    pub app: App,
    pub installations: Vec<Installation>,
}

#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi1)]
pub struct RepoWithInstallations {
    pub repo: Repo,
    pub installations: Vec<Installation>,
}

fn gist(id: &str) -> Gist {
    Gist { owner: "alexdebrie".into(), id: id.into(), text: "Hello".into() }
}

fn app(name: &str) -> App {
    App { account: "alexdebrie".into(), name: name.into() }
}

fn installation(app: &str, repo: &str) -> Installation {
    let (account, owner) = ("alexdebrie".into(), "alexdebrie".into());
    Installation { account, app: app.into(), owner, repo: repo.into() }
}

/// Stores a user with a repository.
pub async fn filled<B: Store + CrossPartitionTransactions>(backend: B) -> Hub<B> {
    let hub = hub(backend);
    let stored = hub.transaction().add(accounts::user("alexdebrie").create());
    stored.add(repo("alexdebrie", "dynamodb-book", 1).create()).send().await.unwrap();
    sent(&hub);
    hub
}

/// The repositories that are there before are not migrated: they have none.
pub async fn add_code_of_conduct<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let code = CodeOfConduct {
        name: "Contributor Covenant".into(),
        url: "https://www.contributor-covenant.org".into(),
    };
    let key = Repo::key("alexdebrie", "dynamodb-book");
    let repo = key.update().set(Repo::CODE_OF_CONDUCT, code.clone()).returning_new();
    assert_eq!(repo.send(&hub).await.unwrap().code_of_conduct, Some(code));
    let key = "REPO#alexdebrie#dynamodb-book / REPO#alexdebrie#dynamodb-book";
    assert_eq!(sent(&hub), [format!("update Repo: {key}, with a condition")]);
}

pub async fn create_gist<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    gist("K1").create().send(&hub).await.unwrap();
    assert_eq!(sent(&hub), ["put Gist: ACCOUNT#alexdebrie / #GIST#K1, with a condition"]);
}

pub async fn view_gists_for_user<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    for id in ["K1", "K2", "K3"] {
        gist(id).create().send(&hub).await.unwrap();
    }
    sent(&hub);
    let newest = AccountWithGists::of(User::partition("alexdebrie")).descending().limit(2);
    let found = newest.send(&hub).await.unwrap();
    assert_eq!(found.user, Some(accounts::user("alexdebrie")));
    assert_eq!(found.gists, [gist("K3"), gist("K2")]);
    assert_eq!(
        sent(&hub),
        ["query AccountWithGists.of: ACCOUNT#alexdebrie / #GIST# to ACCOUNT#alexdebrie, \
          descending, at most 4"]
    );
}

pub async fn create_app<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    app("checks").create().send(&hub).await.unwrap();
    let key = "APP#alexdebrie#checks";
    assert_eq!(sent(&hub), [format!("put App: {key} / {key}, with a condition")]);
}

pub async fn view_apps_of_account<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    for name in ["checks", "badges"] {
        app(name).create().send(&hub).await.unwrap();
    }
    sent(&hub);
    let partition = App::of_account("alexdebrie").partition();
    let found = AccountWithApps::of(partition).send(&hub).await.unwrap();
    assert_eq!(found.user, Some(accounts::user("alexdebrie")));
    assert_eq!(found.apps, [app("badges"), app("checks")]);
    assert_eq!(
        sent(&hub),
        ["query AccountWithApps.of on GSI1: ACCOUNT#alexdebrie / ACCOUNT#alexdebrie to APP#~~"]
    );
}

pub async fn install_app_in_repo<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    installation("checks", "dynamodb-book").create().send(&hub).await.unwrap();
    assert_eq!(
        sent(&hub),
        ["put Installation: APP#alexdebrie#checks / REPO#alexdebrie#dynamodb-book, \
          with a condition"]
    );
}

pub async fn view_installations_of_app<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    app("checks").create().send(&hub).await.unwrap();
    let installed = ["dynamodb-book", "graphql"].map(|repo| installation("checks", repo));
    for installation in &installed {
        installation.create().send(&hub).await.unwrap();
    }
    sent(&hub);
    let partition = App::partition("alexdebrie", "checks");
    let found = AppWithInstallations::of(partition).send(&hub).await.unwrap();
    assert_eq!((found.app, found.installations), (app("checks"), installed.to_vec()));
    assert_eq!(
        sent(&hub),
        ["query AppWithInstallations.of: APP#alexdebrie#checks / APP#alexdebrie#checks to REPO#~~"]
    );
}

pub async fn view_apps_in_repo<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let installed = ["badges", "checks"].map(|app| installation(app, "dynamodb-book"));
    for installation in &installed {
        installation.create().send(&hub).await.unwrap();
    }
    sent(&hub);
    let partition = Installation::in_repo("alexdebrie", "dynamodb-book").partition();
    let found = RepoWithInstallations::of(partition).send(&hub).await.unwrap();
    assert_eq!(
        (found.repo.name.as_str(), found.installations),
        ("dynamodb-book", installed.to_vec())
    );
    assert_eq!(
        sent(&hub),
        ["query RepoWithInstallations.of on GSI1: REPO#alexdebrie#dynamodb-book / \
          REPO#alexdebrie#dynamodb-book to REPOAPP#~~"]
    );
}

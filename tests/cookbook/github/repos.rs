//! Access patterns of repositories: issues, pull requests and forks.

use super::*;
use crate::sent;
use monotable_tests::Store;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "REPO#{owner}#{name}", sk = "REPO#{owner}#{name}")]
#[key(index = Gsi1, pk = same, sk = same)]
#[access(origin, index = Gsi2, pk = same, sk = "#REPO#{name}", when(fork_of = None))]
#[access(
    forks,
    index = Gsi2,
    pk = "REPO#{fork_of}#{name}",
    sk = "FORK#{owner}",
    when(fork_of = Some)
)]
#[access(of_account, index = Gsi3, pk = "ACCOUNT#{owner}", sk = "#{updated_at}")]
#[key(index = Gsi4, pk = same, sk = "#REPO#{owner}#{name}")]
#[key(index = Gsi5, pk = same, sk = "#REPO#{owner}#{name}")]
pub struct Repo {
    pub owner: String,
    pub name: String,
    /// The owner of the repository that this one is a fork of. Both have the same name.
    pub fork_of: Option<String>,
    pub code_of_conduct: Option<CodeOfConduct>,
    pub updated_at: Timestamp,
    /// The number of the newest issue or pull request.
    pub newest: u32,
    pub forks: u32,
    pub stars: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "REPO#{owner}#{repo}", sk = "ISSUE#{number:07}")]
#[access(in_repo)]
#[access(open, index = Gsi4, pk = same, sk = "ISSUE#OPEN#{number:08:desc}", when(status = Open))]
#[access(closed, index = Gsi4, pk = same, sk = "#ISSUE#CLOSED#{number:08}", when(status = Closed))]
pub struct Issue {
    pub owner: String,
    pub repo: String,
    pub number: u32,
    pub title: String,
    pub status: Status,
    pub reactions: Counts,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart)]
pub enum Status {
    Open,
    Closed,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = GitHub,
    pk = "PR#{owner}#{repo}#{number:07}",
    sk = "PR#{owner}#{repo}#{number:07}"
)]
#[access(in_repo, index = Gsi1, pk = "REPO#{owner}#{repo}", sk = "PR#{number:07}")]
#[access(
    open,
    index = Gsi5,
    pk = "REPO#{owner}#{repo}",
    sk = "PR#OPEN#{number:08:desc}",
    when(status = Open)
)]
#[access(
    closed,
    index = Gsi5,
    pk = "REPO#{owner}#{repo}",
    sk = "#PR#CLOSED#{number:08}",
    when(status = Closed)
)]
pub struct PullRequest {
    pub owner: String,
    pub repo: String,
    pub number: u32,
    pub title: String,
    pub status: Status,
    pub reactions: Counts,
}

/// A repository and its forks. A repository is on the index in one of two ways.
#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi2)]
pub struct RepoWithForks {
    #[member(Repo::origin)]
    pub repo: Repo,
    #[member(Repo::forks)]
    pub forks: Vec<Repo>,
}

/// A repository and its issues. Their keys are before that of the repository, so the newest issues follow it in
/// descending order.
#[derive(Debug, PartialEq, Collection)]
pub struct RepoWithIssues {
    pub repo: Repo,
    pub issues: Vec<Issue>,
}

#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi1)]
pub struct RepoWithPullRequests {
    pub repo: Repo,
    pub pull_requests: Vec<PullRequest>,
}

pub fn issue(number: u32) -> Issue {
    Issue {
        owner: "alexdebrie".into(),
        repo: "dynamodb-book".into(),
        number,
        title: format!("Issue {number}"),
        status: if number.is_multiple_of(2) { Status::Closed } else { Status::Open },
        reactions: Counts::default(),
    }
}

pub fn pull_request(number: u32) -> PullRequest {
    PullRequest {
        owner: "alexdebrie".into(),
        repo: "dynamodb-book".into(),
        number,
        title: format!("Pull request {number}"),
        status: Status::Open,
        reactions: Counts::default(),
    }
}

/// Stores a repository with five issues and five pull requests.
async fn filled<B: Store + CrossPartitionTransactions>(backend: B) -> Hub<B> {
    let hub = hub(backend);
    let repo = Repo { newest: 10, ..repo("alexdebrie", "dynamodb-book", 1) };
    let issues: Vec<_> = (1..=5).map(issue).collect();
    let pull_requests: Vec<_> = (6..=10).map(pull_request).collect();
    let stored = hub.batch().add(repo.put()).add_all(issues.iter().map(Issue::put));
    let stored = stored.add_all(pull_requests.iter().map(PullRequest::put));
    stored.send().await.unwrap().into_result().unwrap();
    sent(&hub);
    hub
}

pub async fn create_repo<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = hub(backend);
    let book = repo("alexdebrie", "dynamodb-book", 1);
    book.create().send(&hub).await.unwrap();
    assert!(book.create().send(&hub).await.unwrap_err().is_condition_failed());
    let key = "REPO#alexdebrie#dynamodb-book / REPO#alexdebrie#dynamodb-book";
    let create = format!("put Repo: {key}, with a condition");
    assert_eq!(sent(&hub), [create.clone(), create]);
}

pub async fn get_repo<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let found = Repo::get("alexdebrie", "dynamodb-book").send(&hub).await.unwrap();
    assert_eq!(found.map(|repo| repo.newest), Some(10));
    let key = "REPO#alexdebrie#dynamodb-book / REPO#alexdebrie#dynamodb-book";
    assert_eq!(sent(&hub), [format!("get Repo: {key}")]);
}

/// Takes the next number of the repository.
async fn next_number<B: Store + CrossPartitionTransactions>(hub: &Hub<B>) -> u32 {
    let repo = Repo::key("alexdebrie", "dynamodb-book").update().increment(Repo::NEWEST, 1);
    repo.returning_new().send(hub).await.unwrap().newest
}

pub async fn create_issue<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let number = next_number(&hub).await;
    issue(number).create().send(&hub).await.unwrap();
    assert_eq!(
        sent(&hub),
        [
            "update Repo: REPO#alexdebrie#dynamodb-book / REPO#alexdebrie#dynamodb-book, \
             with a condition",
            "put Issue: REPO#alexdebrie#dynamodb-book / ISSUE#0000011, with a condition",
        ]
    );
}

pub async fn get_issue<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let found = Issue::get("alexdebrie", "dynamodb-book", 3).send(&hub).await.unwrap();
    assert_eq!(found, Some(issue(3)));
    assert_eq!(sent(&hub), ["get Issue: REPO#alexdebrie#dynamodb-book / ISSUE#0000003"]);
}

/// The page of a repository has the newest issues.
pub async fn list_issues_for_repo<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let partition = Repo::partition("alexdebrie", "dynamodb-book");
    let newest = RepoWithIssues::of(partition.clone()).descending().limit(2);
    let page = newest.page(&hub).await.unwrap();
    assert_eq!(page.collection.repo.name, "dynamodb-book");
    assert_eq!(page.collection.issues, [issue(5), issue(4)]);
    let query = "query RepoWithIssues.of: REPO#alexdebrie#dynamodb-book / \
                 ISSUE# to REPO#alexdebrie#dynamodb-book, descending";
    assert_eq!(sent(&hub), [format!("{query}, at most 3")]);
    // The next page has only issues.
    let issues = Issue::in_repo("alexdebrie", "dynamodb-book").descending();
    let older = issues.after(page.cursor).all(&hub).await.unwrap();
    assert_eq!(older, [issue(3), issue(2), issue(1)]);
    sent(&hub);
    // The status is no part of the key. The index of chapter 22 has it.
    let open = RepoWithIssues::of(partition).descending().filter(Issue::STATUS.eq(Status::Open));
    assert_eq!(open.send(&hub).await.unwrap().issues, [issue(5), issue(3), issue(1)]);
    assert_eq!(sent(&hub), [format!("{query}, filtered")]);
}

pub async fn create_pull_request<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let number = next_number(&hub).await;
    pull_request(number).create().send(&hub).await.unwrap();
    let key = "PR#alexdebrie#dynamodb-book#0000011";
    assert_eq!(sent(&hub)[1..], [format!("put PullRequest: {key} / {key}, with a condition")]);
}

pub async fn get_pull_request<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let found = PullRequest::get("alexdebrie", "dynamodb-book", 7).send(&hub).await.unwrap();
    assert_eq!(found, Some(pull_request(7)));
    let key = "PR#alexdebrie#dynamodb-book#0000007";
    assert_eq!(sent(&hub), [format!("get PullRequest: {key} / {key}")]);
}

pub async fn list_pull_requests_for_repo<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let partition = PullRequest::in_repo("alexdebrie", "dynamodb-book").partition();
    let newest = RepoWithPullRequests::of(partition).descending().limit(2);
    let found = newest.send(&hub).await.unwrap();
    assert_eq!(found.repo.name, "dynamodb-book");
    assert_eq!(found.pull_requests, [pull_request(10), pull_request(9)]);
    assert_eq!(
        sent(&hub),
        ["query RepoWithPullRequests.of on GSI1: REPO#alexdebrie#dynamodb-book / \
          PR# to REPO#alexdebrie#dynamodb-book, descending, at most 3"]
    );
}

/// Makes a fork and counts it. The origin must be there.
async fn fork<B: Store + CrossPartitionTransactions>(hub: &Hub<B>, owner: &str, day: i8) -> Repo {
    let fork = Repo { fork_of: Some("alexdebrie".into()), ..repo(owner, "dynamodb-book", day) };
    let counted = Repo::key("alexdebrie", "dynamodb-book").update().increment(Repo::FORKS, 1);
    hub.transaction().add(fork.create()).add(counted).send().await.unwrap();
    fork
}

pub async fn fork_repo<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    fork(&hub, "danny-developer", 2).await;
    let (fork, origin) = ("REPO#danny-developer#dynamodb-book", "REPO#alexdebrie#dynamodb-book");
    assert_eq!(
        sent(&hub),
        [format!(
            "transact_write: put Repo {fork} / {fork}, with a condition; \
             update Repo {origin} / {origin}, with a condition"
        )]
    );
}

pub async fn get_forks_for_repo<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let forks = [fork(&hub, "danny-developer", 2).await, fork(&hub, "happy-harry", 3).await];
    sent(&hub);
    let partition = Repo::forks("alexdebrie", "dynamodb-book").partition();
    let found = RepoWithForks::of(partition).send(&hub).await.unwrap();
    assert_eq!((found.repo.owner.as_str(), found.repo.forks), ("alexdebrie", 2));
    assert_eq!(found.forks, forks);
    assert_eq!(
        sent(&hub),
        ["query RepoWithForks.of on GSI2: REPO#alexdebrie#dynamodb-book / \
          #REPO#dynamodb-book to FORK#~~"]
    );
}

//! What chapter 22 of the book changes a year later: open and closed issues and pull requests are read apart.
//!
//! The sort keys are `#ISSUE#CLOSED#..` < `#REPO#..` < `ISSUE#OPEN#..`. So one index has the repository between its
//! closed and its open issues. The numbers of open issues are in descending order: both lists begin with the
//! newest, seen from the repository.

use super::*;
use crate::sent;
use monotable_tests::Store;

/// A repository and its open issues, the newest first.
#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi4)]
pub struct RepoWithOpenIssues {
    pub repo: Repo,
    #[member(Issue::open)]
    pub issues: Vec<Issue>,
}

/// A repository and its closed issues, the newest first in descending order.
#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi4)]
pub struct RepoWithClosedIssues {
    #[member(Issue::closed)]
    pub issues: Vec<Issue>,
    pub repo: Repo,
}

#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi5)]
pub struct RepoWithOpenPullRequests {
    pub repo: Repo,
    #[member(PullRequest::open)]
    pub pull_requests: Vec<PullRequest>,
}

#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi5)]
pub struct RepoWithClosedPullRequests {
    #[member(PullRequest::closed)]
    pub pull_requests: Vec<PullRequest>,
    pub repo: Repo,
}

/// Stores issues and pull requests with these numbers. The even ones are closed by an update.
async fn with_issues<B: Store + CrossPartitionTransactions>(backend: B) -> Hub<B> {
    let hub = migrations::filled(backend).await;
    for number in 1..=6 {
        let open = Issue { status: Status::Open, ..repos::issue(number) };
        open.create().send(&hub).await.unwrap();
        repos::pull_request(number + 6).create().send(&hub).await.unwrap();
    }
    for number in [2, 4, 6] {
        let issue = Issue::key("alexdebrie", "dynamodb-book", number);
        issue.update().set(Issue::STATUS, Status::Closed).send(&hub).await.unwrap();
        let pull_request = PullRequest::key("alexdebrie", "dynamodb-book", number + 6);
        let closed = pull_request.update().set(PullRequest::STATUS, Status::Closed);
        closed.send(&hub).await.unwrap();
    }
    sent(&hub);
    hub
}

pub async fn get_repo_and_open_issues<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = with_issues(backend).await;
    let partition = Issue::open("alexdebrie", "dynamodb-book").partition();
    let found = RepoWithOpenIssues::of(partition).limit(2).send(&hub).await.unwrap();
    assert_eq!(found.repo.name, "dynamodb-book");
    let numbers: Vec<_> = found.issues.iter().map(|issue| issue.number).collect();
    assert_eq!(numbers, [5, 3]);
    assert_eq!(
        sent(&hub),
        ["query RepoWithOpenIssues.of on GSI4: REPO#alexdebrie#dynamodb-book / \
          #REPO#alexdebrie#dynamodb-book to ISSUE#OPEN#~~, at most 3"]
    );
}

pub async fn get_repo_and_closed_issues<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = with_issues(backend).await;
    let partition = Issue::closed("alexdebrie", "dynamodb-book").partition();
    let newest = RepoWithClosedIssues::of(partition).descending().limit(2);
    let found = newest.send(&hub).await.unwrap();
    assert_eq!(found.repo.name, "dynamodb-book");
    let numbers: Vec<_> = found.issues.iter().map(|issue| issue.number).collect();
    assert_eq!(numbers, [6, 4]);
    assert_eq!(
        sent(&hub),
        ["query RepoWithClosedIssues.of on GSI4: REPO#alexdebrie#dynamodb-book / \
          #ISSUE#CLOSED# to #REPO#alexdebrie#dynamodb-book, descending, at most 3"]
    );
}

pub async fn get_repo_and_open_pull_requests<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = with_issues(backend).await;
    let partition = PullRequest::open("alexdebrie", "dynamodb-book").partition();
    let found = RepoWithOpenPullRequests::of(partition).limit(2).send(&hub).await.unwrap();
    let numbers: Vec<_> = found.pull_requests.iter().map(|request| request.number).collect();
    assert_eq!((found.repo.name.as_str(), numbers), ("dynamodb-book", vec![11, 9]));
    assert_eq!(
        sent(&hub),
        ["query RepoWithOpenPullRequests.of on GSI5: REPO#alexdebrie#dynamodb-book / \
          #REPO#alexdebrie#dynamodb-book to PR#OPEN#~~, at most 3"]
    );
}

pub async fn get_repo_and_closed_pull_requests<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = with_issues(backend).await;
    let partition = PullRequest::closed("alexdebrie", "dynamodb-book").partition();
    let newest = RepoWithClosedPullRequests::of(partition).descending().limit(2);
    let found = newest.send(&hub).await.unwrap();
    let numbers: Vec<_> = found.pull_requests.iter().map(|request| request.number).collect();
    assert_eq!((found.repo.name.as_str(), numbers), ("dynamodb-book", vec![12, 10]));
    assert_eq!(
        sent(&hub),
        ["query RepoWithClosedPullRequests.of on GSI5: REPO#alexdebrie#dynamodb-book / \
          #PR#CLOSED# to #REPO#alexdebrie#dynamodb-book, descending, at most 3"]
    );
}

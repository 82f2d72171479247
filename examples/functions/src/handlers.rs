//! What the tracker does: one function for each thing, generic over the backend.

use crate::model::{Board, Issue, Repo, State, Summary, Tracker};
use monotable::prelude::*;
use monotable::{Backend, Result, Transactions};

/// Creates a repository.
pub async fn create<B: Backend>(
    tracker: &Table<Tracker, B>,
    owner: &str,
    name: &str,
) -> Result<Repo> {
    let repo = Repo { owner: owner.to_owned(), name: name.to_owned(), issues: 0 };
    repo.create().send(tracker).await?;
    Ok(repo)
}

/// Opens an issue with the next number of its repository.
pub async fn open<B: Transactions>(
    tracker: &Table<Tracker, B>,
    owner: &str,
    repo: &str,
    title: &str,
) -> Result<Issue> {
    // The number is taken first. If the process dies in between, the number is left out.
    let take = Repo::key(owner, repo).update().increment(Repo::ISSUES, 1);
    let number = take.returning_new().send(tracker).await?.issues;
    let [owner, repo, title] = [owner, repo, title].map(str::to_owned);
    let issue = Issue { owner, repo, number, title, state: State::Open };
    issue.create().send(tracker).await?;
    Ok(issue)
}

/// Closes an issue, whether it was opened once or again.
pub async fn close<B: Backend>(
    tracker: &Table<Tracker, B>,
    owner: &str,
    repo: &str,
    number: u32,
) -> Result<()> {
    let key = Issue::key(owner, repo, number);
    key.advance(Issue::STATE, State::CLOSED.from_any()).send(tracker).await?;
    Ok(())
}

/// Reads a repository with its issues, in one request.
pub async fn board<B: Backend>(
    tracker: &Table<Tracker, B>,
    owner: &str,
    repo: &str,
) -> Result<Board> {
    Board::of(Repo::partition(owner, repo)).send(tracker).await
}

/// Counts the open issues of a repository anew.
///
/// A count is right however often a change is delivered, and in any order. A sum of differences would not be: the change
/// feed has the new state of an issue, and not the one before.
pub async fn summarize<B: Backend>(
    tracker: &Table<Tracker, B>,
    owner: &str,
    repo: &str,
) -> Result<()> {
    let open = Issue::issues(owner, repo).filter(Issue::STATE.ne(State::Closed));
    let open = u32::try_from(open.consistent().count(tracker).await?).unwrap_or(u32::MAX);
    let [owner, repo] = [owner, repo].map(str::to_owned);
    Summary { owner, repo, open }.put().send(tracker).await
}

//! The table: what is stored, under which keys, and how it is read.
//!
//! | item | partition key | sort key |
//! |---|---|---|
//! | repository | `REPO#ann#ink` | `REPO` |
//! | issue | `REPO#ann#ink` | `ISSUE#0000000007` |
//! | summary of a repository's issues | `REPO#ann#ink` | `SUMMARY` |

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

/// The table, with one variant for each entity.
#[derive(Debug, Table)]
pub enum Tracker {
    Repo(Repo),
    Issue(Issue),
    Summary(Summary),
}

/// A repository.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Tracker, pk = "REPO#{owner}#{name}", sk = "REPO")]
pub struct Repo {
    pub owner: String,
    pub name: String,
    /// The number of the newest issue.
    pub issues: u32,
}

/// An issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Tracker, pk = "REPO#{owner}#{repo}", sk = "ISSUE#{number}")]
#[access(issues)]
pub struct Issue {
    pub owner: String,
    pub repo: String,
    pub number: u32,
    pub title: String,
    pub state: State,
}

/// The states of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, KeyPart, Workflow)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    #[next(Closed)]
    Open,
    #[next(Reopened)]
    Closed,
    #[next(Closed)]
    Reopened,
}

/// How many issues of a repository are not closed. The function `changes` keeps it up to date, a moment after the issues.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Tracker, pk = "REPO#{owner}#{repo}", sk = "SUMMARY")]
pub struct Summary {
    pub owner: String,
    pub repo: String,
    pub open: u32,
}

/// A repository with its summary and its issues, which are one partition and one request.
#[derive(Debug, Collection)]
pub struct Board {
    pub repo: Repo,
    pub summary: Option<Summary>,
    pub issues: Vec<Issue>,
}

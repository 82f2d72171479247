//! The data of GitHub: repositories with their issues, pull requests, forks and stars, and the accounts that own
//! them.
//!
//! Published in Alex DeBrie, "The DynamoDB Book" (2020), chapter 21, "Recreating GitHub's Backend", and chapter 22,
//! "Handling Migrations in our GitHub example", <https://www.dynamodbbook.com>.
//!
//! It shows a parent between its children: issues are before their repository, and stars after it. So one query
//! reads the repository with its newest issues, and another one the repository with its stars. It also shows five
//! overloaded indexes, keys of one entity on one index that exclude each other, and users and organizations that
//! share their keys, so that no name is taken twice.
//!
//! | entity | PK | SK | index: PK, SK |
//! |---|---|---|---|
//! | Repo | `REPO#owner#name` | `REPO#owner#name` | GSI1: as in the table |
//! | | | | GSI2: `REPO#owner#name`, `#REPO#name` |
//! | that is a fork | | | GSI2: `REPO#fork_of#name`, `FORK#owner` |
//! | | | | GSI3: `ACCOUNT#owner`, `#updated_at` |
//! | | | | GSI4, GSI5: `REPO#owner#name`, `#REPO#owner#name` |
//! | Issue | `REPO#owner#name` | `ISSUE#number` | |
//! | that is open | | | GSI4: `REPO#owner#name`, `ISSUE#OPEN#number`, descending |
//! | that is closed | | | GSI4: `REPO#owner#name`, `#ISSUE#CLOSED#number` |
//! | PullRequest | `PR#owner#name#number` | `PR#owner#name#number` | GSI1: `REPO#owner#name`, `PR#number` |
//! | that is open | | | GSI5: `REPO#owner#name`, `PR#OPEN#number`, descending |
//! | that is closed | | | GSI5: `REPO#owner#name`, `#PR#CLOSED#number` |
//! | Star | `REPO#owner#name` | `STAR#user` | |
//! | IssueComment | `ISSUECOMMENT#owner#name#number` | `ISSUECOMMENT#id` | |
//! | PullRequestComment | `PRCOMMENT#owner#name#number` | `PRCOMMENT#id` | |
//! | Reaction | `ISSUEREACTION#owner#name#target#user`, .. | the same | |
//! | User, Organization | `ACCOUNT#name` | `ACCOUNT#name` | GSI1, GSI3: as in the table |
//! | Membership | `ACCOUNT#organization` | `MEMBERSHIP#user` | |
//! | Gist | `ACCOUNT#owner` | `#GIST#id` | |
//! | App | `APP#account#name` | `APP#account#name` | GSI1: `ACCOUNT#account`, `APP#name` |
//! | Installation | `APP#account#app` | `REPO#owner#repo` | GSI1: `REPO#owner#repo`, `REPOAPP#account#app` |

pub mod accounts;
pub mod by_status;
pub mod interactions;
pub mod migrations;
pub mod repos;

use accounts::{Membership, Organization, User};
use interactions::{Counts, IssueComment, PullRequestComment, Reaction, Star};
use jiff::Timestamp;
use migrations::{App, CodeOfConduct, Gist, Installation};
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable::testing::Recorder;
use monotable_tests::Store;
use repos::{Issue, PullRequest, Repo, Status};
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(Gsi1, Gsi2, Gsi3, Gsi4, Gsi5), pk = "PK", sk = "SK", tag = "Type")]
#[allow(dead_code)]
pub enum GitHub {
    Repo(Repo),
    Issue(Issue),
    PullRequest(PullRequest),
    Star(Star),
    IssueComment(IssueComment),
    PullRequestComment(PullRequestComment),
    Reaction(Reaction),
    User(User),
    Organization(Organization),
    Membership(Membership),
    Gist(Gist),
    App(App),
    Installation(Installation),
}

#[derive(Debug, Index)]
#[index(name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
pub struct Gsi1;

#[derive(Debug, Index)]
#[index(name = "GSI2", pk = "GSI2PK", sk = "GSI2SK")]
pub struct Gsi2;

#[derive(Debug, Index)]
#[index(name = "GSI3", pk = "GSI3PK", sk = "GSI3SK")]
pub struct Gsi3;

#[derive(Debug, Index)]
#[index(name = "GSI4", pk = "GSI4PK", sk = "GSI4SK")]
pub struct Gsi4;

#[derive(Debug, Index)]
#[index(name = "GSI5", pk = "GSI5PK", sk = "GSI5SK")]
pub struct Gsi5;

pub type Hub<B> = Table<GitHub, Recorder<B>>;

fn hub<B: Store + CrossPartitionTransactions>(backend: B) -> Hub<B> {
    GitHub::on(Recorder::new(backend))
}

fn at(day: i8) -> Timestamp {
    format!("2020-02-{day:02}T10:00:00Z").parse().unwrap()
}

fn repo(owner: &str, name: &str, day: i8) -> Repo {
    Repo {
        owner: owner.into(),
        name: name.into(),
        fork_of: None,
        code_of_conduct: None,
        updated_at: at(day),
        newest: 0,
        forks: 0,
        stars: 0,
    }
}

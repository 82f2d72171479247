//! The data of GitHub: repositories with their issues, pull requests, forks and stars, and the accounts that own
//! them.
//!
//! Published in Alex DeBrie, "The DynamoDB Book" (2020), chapter 21, "Recreating GitHub's Backend", and chapter 22,
//! "Handling Migrations in our GitHub example", <https://www.dynamodbbook.com>.
//!
//! It shows a parent between its children: issues are before their repository, and stars after it. So one query
//! reads the repository with its newest issues, and another one the repository with its stars. It also shows five
//! overloaded indexes, and keys of one entity on one index that exclude each other.
//!
//! | entity | PK | SK | index: PK, SK |
//! |---|---|---|---|
//! | Repo | `REPO#owner#name` | `REPO#owner#name` | GSI1: as in the table |
//! | | | | GSI3: `ACCOUNT#owner`, `#updated_at` |
//! | a Repo that is a fork | | | GSI2: `REPO#fork_of#name`, `FORK#owner` |
//! | Issue | `REPO#owner#name` | `ISSUE#number` | |
//! | PullRequest | `PR#owner#name#number` | `PR#owner#name#number` | GSI1: `REPO#owner#name`, `PR#number` |
//! | Star | `REPO#owner#name` | `STAR#user` | |
//! | IssueComment | `ISSUECOMMENT#owner#name#number` | `ISSUECOMMENT#id` | |
//! | PullRequestComment | `PRCOMMENT#owner#name#number` | `PRCOMMENT#id` | |
//! | Reaction | `ISSUEREACTION#owner#name#target#user`, .. | the same | |
//! | User, Organization | `ACCOUNT#name` | `ACCOUNT#name` | GSI3: as in the table |
//! | Membership | `ACCOUNT#organization` | `MEMBERSHIP#user` | |

pub mod accounts;
pub mod interactions;
pub mod repos;

use jiff::Timestamp;
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable::testing::Recorder;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Table)]
#[table(indexes(Gsi1, Gsi2, Gsi3), pk = "PK", sk = "SK", tag = "Type")]
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "REPO#{owner}#{name}", sk = "REPO#{owner}#{name}")]
#[key(index = Gsi1, pk = same, sk = same)]
#[access(forks, index = Gsi2, pk = "REPO#{fork_of}#{name}", sk = "FORK#{owner}")]
#[access(of_account, index = Gsi3, pk = "ACCOUNT#{owner}", sk = "#{updated_at}")]
pub struct Repo {
    pub owner: String,
    pub name: String,
    /// The owner of the repository that this one is a fork of. Both have the same name.
    pub fork_of: Option<String>,
    pub updated_at: Timestamp,
    /// The number of the newest issue or pull request.
    pub newest: u32,
    pub forks: u32,
    pub stars: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "REPO#{owner}#{repo}", sk = "ISSUE#{number:07}")]
#[access(in_repo)]
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
pub struct PullRequest {
    pub owner: String,
    pub repo: String,
    pub number: u32,
    pub title: String,
    pub status: Status,
    pub reactions: Counts,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "REPO#{owner}#{repo}", sk = "STAR#{user}")]
#[access(of_repo)]
pub struct Star {
    pub owner: String,
    pub repo: String,
    pub user: String,
}

/// The ids of comments have the order in which they are made, such as those of KSUIDs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = GitHub,
    pk = "ISSUECOMMENT#{owner}#{repo}#{number:07}",
    sk = "ISSUECOMMENT#{id}"
)]
#[access(of_issue)]
pub struct IssueComment {
    pub owner: String,
    pub repo: String,
    pub number: u32,
    pub id: String,
    pub text: String,
    pub reactions: Counts,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "PRCOMMENT#{owner}#{repo}#{number:07}", sk = "PRCOMMENT#{id}")]
#[access(of_pull_request)]
pub struct PullRequestComment {
    pub owner: String,
    pub repo: String,
    pub number: u32,
    pub id: String,
    pub text: String,
    pub reactions: Counts,
}

/// How many users have reacted to something, and how.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Document)]
pub struct Counts {
    pub plus_one: u32,
    pub minus_one: u32,
    pub laugh: u32,
    pub hooray: u32,
    pub confused: u32,
    pub heart: u32,
    pub rocket: u32,
    pub eyes: u32,
}

/// The reactions of a user to something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = GitHub,
    pk = "{to}#{owner}#{repo}#{target}#{user}",
    sk = "{to}#{owner}#{repo}#{target}#{user}"
)]
pub struct Reaction {
    pub to: ReactionTo,
    pub owner: String,
    pub repo: String,
    /// The number or the id of what the user reacts to.
    pub target: String,
    pub user: String,
    #[serde(with = "monotable::set", default)]
    pub reactions: BTreeSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart)]
pub enum ReactionTo {
    #[serde(rename = "ISSUEREACTION")]
    Issue,
    #[serde(rename = "PRREACTION")]
    PullRequest,
    #[serde(rename = "ISSUECOMMENTREACTION")]
    IssueComment,
    #[serde(rename = "PRCOMMENTREACTION")]
    PullRequestComment,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "ACCOUNT#{name}", sk = "ACCOUNT#{name}")]
#[key(index = Gsi3, pk = same, sk = same)]
pub struct User {
    pub name: String,
    pub plan: PaymentPlan,
    /// The roles of the user in organizations. They are few, so they are a part of the user.
    pub organizations: BTreeMap<String, Role>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = GitHub, pk = "ORG#{name}", sk = "ORG#{name}")]
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

/// A repository and its issues. Their keys are before that of the repository, so the newest issues follow it in
/// descending order.
#[derive(Debug, PartialEq, Collection)]
pub struct RepoWithIssues {
    pub repo: Repo,
    pub issues: Vec<Issue>,
}

/// A repository and its stars, whose keys are after that of the repository.
#[derive(Debug, PartialEq, Collection)]
pub struct RepoWithStars {
    pub repo: Repo,
    pub stars: Vec<Star>,
}

#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi1)]
pub struct RepoWithPullRequests {
    pub repo: Repo,
    pub pull_requests: Vec<PullRequest>,
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

pub type Hub<B> = Table<GitHub, Recorder<B>>;

fn hub<B: CrossPartitionTransactions>(backend: B) -> Hub<B> {
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
        updated_at: at(day),
        newest: 0,
        forks: 0,
        stars: 0,
    }
}

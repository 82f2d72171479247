//! Access patterns of what users do with issues, pull requests and repositories: comments, reactions and stars.

use super::*;
use crate::sent;
use monotable_tests::Store;
use std::collections::BTreeSet;

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

/// A repository and its stars, whose keys are after that of the repository.
#[derive(Debug, PartialEq, Collection)]
pub struct RepoWithStars {
    pub repo: Repo,
    pub stars: Vec<Star>,
}

const REPO: (&str, &str) = ("alexdebrie", "dynamodb-book");

/// Stores a repository with issue 4 and pull request 5, each with a comment.
async fn filled<B: Store + CrossPartitionTransactions>(backend: B) -> Hub<B> {
    let hub = hub(backend);
    let (owner, repo_name) = (REPO.0.to_owned(), REPO.1.to_owned());
    let issue = Issue {
        owner: owner.clone(),
        repo: repo_name.clone(),
        number: 4,
        title: "A typing error".into(),
        status: Status::Open,
        reactions: Counts::default(),
    };
    let pull_request = PullRequest {
        owner,
        repo: repo_name,
        number: 5,
        title: "Corrects the typing error".into(),
        status: Status::Open,
        reactions: Counts::default(),
    };
    let stored = hub.batch().add(repo(REPO.0, REPO.1, 1).put()).add(issue.put());
    let stored = stored.add(pull_request.put()).add(issue_comment("C1").put());
    let stored = stored.add(pull_request_comment("C2").put());
    stored.send().await.unwrap().into_result().unwrap();
    sent(&hub);
    hub
}

fn issue_comment(id: &str) -> IssueComment {
    IssueComment {
        owner: REPO.0.into(),
        repo: REPO.1.into(),
        number: 4,
        id: id.into(),
        text: "Thank you".into(),
        reactions: Counts::default(),
    }
}

fn pull_request_comment(id: &str) -> PullRequestComment {
    PullRequestComment {
        owner: REPO.0.into(),
        repo: REPO.1.into(),
        number: 5,
        id: id.into(),
        text: "It looks good".into(),
        reactions: Counts::default(),
    }
}

/// The issue must be there.
pub async fn add_comment_to_issue<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let comment = issue_comment("C3");
    let issue = Issue::key(REPO.0, REPO.1, 4).check();
    hub.transaction().add(comment.create()).add(issue).send().await.unwrap();
    assert_eq!(
        sent(&hub),
        ["transact_write: put IssueComment ISSUECOMMENT#alexdebrie#dynamodb-book#0000004 / \
          ISSUECOMMENT#C3, with a condition; \
          check Issue REPO#alexdebrie#dynamodb-book / ISSUE#0000004"]
    );
    let comments = IssueComment::of_issue(REPO.0, REPO.1, 4).all(&hub).await.unwrap();
    assert_eq!(comments, [issue_comment("C1"), comment.clone()]);
    let missing = Issue::key(REPO.0, REPO.1, 9).check();
    let comment = IssueComment { number: 9, ..comment };
    let error = hub.transaction().add(comment.create()).add(missing).send().await.unwrap_err();
    assert!(error.is_cancelled(), "{error:?}");
}

pub async fn add_comment_to_pull_request<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let comment = pull_request_comment("C3");
    let pull_request = PullRequest::key(REPO.0, REPO.1, 5).check();
    hub.transaction().add(comment.create()).add(pull_request).send().await.unwrap();
    let key = "PR#alexdebrie#dynamodb-book#0000005";
    assert_eq!(
        sent(&hub),
        [format!(
            "transact_write: put PullRequestComment PRCOMMENT#alexdebrie#dynamodb-book#0000005 / \
             PRCOMMENT#C3, with a condition; check PullRequest {key} / {key}"
        )]
    );
    let comments = PullRequestComment::of_pull_request(REPO.0, REPO.1, 5).all(&hub).await.unwrap();
    assert_eq!(comments, [pull_request_comment("C2"), comment]);
}

/// Returns the first reaction of a user, a heart.
fn heart(to: ReactionTo, target: &str) -> Reaction {
    Reaction {
        to,
        owner: REPO.0.into(),
        repo: REPO.1.into(),
        target: target.into(),
        user: "happy-harry".into(),
        reactions: ["heart".to_owned()].into(),
    }
}

pub async fn add_reaction_to_issue<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let heart = heart(ReactionTo::Issue, "4");
    let issue = || Issue::key(REPO.0, REPO.1, 4).update();
    let counted = issue().increment(Issue::REACTIONS.then(Counts::HEART), 1);
    hub.transaction().add(heart.create()).add(counted).send().await.unwrap();
    let key = "ISSUEREACTION#alexdebrie#dynamodb-book#4#happy-harry";
    assert_eq!(
        sent(&hub),
        [format!(
            "transact_write: put Reaction {key} / {key}, with a condition; \
             update Issue REPO#alexdebrie#dynamodb-book / ISSUE#0000004, with a condition"
        )]
    );
    // A user can react in several ways, but only once in each.
    let more = |reaction: &'static str| {
        let more = heart.primary_key().update().union(Reaction::REACTIONS, [reaction]);
        more.when(!Reaction::REACTIONS.contains(reaction))
    };
    let counted = issue().increment(Issue::REACTIONS.then(Counts::ROCKET), 1);
    hub.transaction().add(more("rocket")).add(counted).send().await.unwrap();
    let counted = issue().increment(Issue::REACTIONS.then(Counts::HEART), 1);
    let twice = hub.transaction().add(more("heart")).add(counted).send().await.unwrap_err();
    assert!(twice.is_cancelled(), "{twice:?}");
    let counts = Issue::get(REPO.0, REPO.1, 4).send(&hub).await.unwrap().unwrap().reactions;
    assert_eq!(counts, Counts { heart: 1, rocket: 1, ..Counts::default() });
}

pub async fn add_reaction_to_pull_request<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let pull_request = PullRequest::key(REPO.0, REPO.1, 5).update();
    let counted = pull_request.increment(PullRequest::REACTIONS.then(Counts::HEART), 1);
    let heart = heart(ReactionTo::PullRequest, "5");
    hub.transaction().add(heart.create()).add(counted).send().await.unwrap();
    let (reaction, target) = (
        "PRREACTION#alexdebrie#dynamodb-book#5#happy-harry",
        "PR#alexdebrie#dynamodb-book#0000005",
    );
    assert_eq!(
        sent(&hub),
        [format!(
            "transact_write: put Reaction {reaction} / {reaction}, with a condition; \
             update PullRequest {target} / {target}, with a condition"
        )]
    );
}

pub async fn add_reaction_to_comment<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let comment = IssueComment::key(REPO.0, REPO.1, 4, "C1").update();
    let counted = comment.increment(IssueComment::REACTIONS.then(Counts::HEART), 1);
    let hearts = hub.transaction().add(heart(ReactionTo::IssueComment, "C1").create());
    hearts.add(counted).send().await.unwrap();
    let comment = PullRequestComment::key(REPO.0, REPO.1, 5, "C2").update();
    let counted = comment.increment(PullRequestComment::REACTIONS.then(Counts::HEART), 1);
    let hearts = hub.transaction().add(heart(ReactionTo::PullRequestComment, "C2").create());
    hearts.add(counted).send().await.unwrap();
    let keys = [
        "ISSUECOMMENTREACTION#alexdebrie#dynamodb-book#C1#happy-harry",
        "PRCOMMENTREACTION#alexdebrie#dynamodb-book#C2#happy-harry",
    ];
    let targets = [
        "IssueComment ISSUECOMMENT#alexdebrie#dynamodb-book#0000004 / ISSUECOMMENT#C1",
        "PullRequestComment PRCOMMENT#alexdebrie#dynamodb-book#0000005 / PRCOMMENT#C2",
    ];
    let expected = [0, 1].map(|at| {
        let (key, target) = (keys[at], targets[at]);
        format!(
            "transact_write: put Reaction {key} / {key}, with a condition; \
             update {target}, with a condition"
        )
    });
    assert_eq!(sent(&hub), expected);
}

async fn star<B: Store + CrossPartitionTransactions>(
    hub: &Hub<B>,
    user: &str,
) -> monotable::Result<Star> {
    let star = Star { owner: REPO.0.into(), repo: REPO.1.into(), user: user.into() };
    let counted = Repo::key(REPO.0, REPO.1).update().increment(Repo::STARS, 1);
    hub.transaction().add(star.create()).add(counted).send().await?;
    Ok(star)
}

pub async fn star_repo<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    star(&hub, "danny-developer").await.unwrap();
    assert_eq!(
        sent(&hub),
        ["transact_write: put Star REPO#alexdebrie#dynamodb-book / STAR#danny-developer, \
          with a condition; update Repo REPO#alexdebrie#dynamodb-book / \
          REPO#alexdebrie#dynamodb-book, with a condition"]
    );
    // A second star of the same user is not counted.
    assert!(star(&hub, "danny-developer").await.unwrap_err().is_cancelled());
    assert_eq!(Repo::get(REPO.0, REPO.1).send(&hub).await.unwrap().unwrap().stars, 1);
}

/// The page with the stars of a repository.
pub async fn get_stargazers_for_repo<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let stars = [star(&hub, "danny-developer").await, star(&hub, "happy-harry").await];
    sent(&hub);
    let [first, second] = stars.map(Result::unwrap);
    let found = RepoWithStars::of(Repo::partition(REPO.0, REPO.1)).limit(1);
    let page = found.page(&hub).await.unwrap();
    assert_eq!((page.collection.repo.stars, page.collection.stars), (2, vec![first]));
    assert_eq!(
        sent(&hub),
        ["query RepoWithStars.of: REPO#alexdebrie#dynamodb-book / \
          REPO#alexdebrie#dynamodb-book to STAR#~~, at most 2"]
    );
    // The next page has only stars.
    let rest = Star::of_repo(REPO.0, REPO.1).after(page.cursor).all(&hub).await.unwrap();
    assert_eq!(rest, [second]);
}

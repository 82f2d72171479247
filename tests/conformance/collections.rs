//! Collections: one query reads the items of several entities as a struct.

use monotable::backend::Keyed;
use monotable::prelude::*;
use monotable::request::{Operation, Put, SortKeys};
use monotable::testing::Recorder;
use monotable_tests::Store;
use serde::{Deserialize, Serialize};

#[derive(Debug, Index)]
pub struct ByOwner;

/// Repositories between their issues and their stars: `ISSUE#` < `REPO#` < `STAR#`.
#[derive(Debug, Table)]
#[table(indexes(ByOwner))]
#[allow(dead_code)]
pub enum Hub {
    Repo(Repo),
    Issue(Issue),
    Star(Star),
    User(User),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{owner}#{name}", sk = "REPO#{owner}#{name}")]
#[access(of_owner, index = ByOwner, pk = "OWNER#{owner}", sk = "REPO#{name}")]
pub struct Repo {
    owner: String,
    name: String,
}

/// Its fields have other names than those of the repository.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{account}#{repo}", sk = "ISSUE#{number:desc}")]
#[access(issues)]
pub struct Issue {
    account: String,
    repo: String,
    number: u32,
    open: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{owner}#{repo}", sk = "STAR#{user}")]
#[access(stars)]
pub struct Star {
    owner: String,
    repo: String,
    user: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "USER#{name}", sk = "USER")]
#[access(itself, index = ByOwner, pk = "OWNER#{name}", sk = "USER")]
pub struct User {
    name: String,
}

#[derive(Debug, PartialEq, Collection)]
struct Everything {
    stars: Vec<Star>,
    repo: Option<Repo>,
    issues: Vec<Issue>,
}

#[derive(Debug, PartialEq, Collection)]
struct WithIssues {
    repo: Repo,
    issues: Vec<Issue>,
}

#[derive(Debug, PartialEq, Collection)]
struct WithStars {
    repo: Repo,
    stars: Vec<Star>,
}

#[derive(Debug, PartialEq, Collection)]
struct OnlyRepo {
    repo: Repo,
}

#[derive(Debug, PartialEq, Collection)]
#[collection(index = ByOwner)]
struct Account {
    user: Option<User>,
    repos: Vec<Repo>,
}

fn repo(name: &str) -> Repo {
    Repo { owner: "ann".into(), name: name.into() }
}

fn issue(repo: &str, number: u32) -> Issue {
    Issue { account: "ann".into(), repo: repo.into(), number, open: number.is_multiple_of(2) }
}

fn star(repo: &str, user: &str) -> Star {
    Star { owner: "ann".into(), repo: repo.into(), user: user.into() }
}

/// Stores two repositories with five issues and three stars each, and their owner.
async fn filled<B: Store>(backend: B) -> Table<Hub, B> {
    let hub = Hub::on(backend);
    User { name: "ann".into() }.create().send(&hub).await.unwrap();
    for name in ["a", "a#b"] {
        repo(name).create().send(&hub).await.unwrap();
        for number in 1..=5 {
            issue(name, number).create().send(&hub).await.unwrap();
        }
        for user in ["u1", "u2", "u3"] {
            star(name, user).create().send(&hub).await.unwrap();
        }
    }
    hub
}

fn issues(name: &str, numbers: impl IntoIterator<Item = u32>) -> Vec<Issue> {
    numbers.into_iter().map(|number| issue(name, number)).collect()
}

fn stars(name: &str) -> Vec<Star> {
    ["u1", "u2", "u3"].map(|user| star(name, user)).into()
}

pub async fn a_collection_has_the_items_of_its_members<B: Store>(backend: B) {
    let hub = filled(backend).await;
    for name in ["a", "a#b"] {
        let partition = || Repo::partition("ann", name);
        let all = Everything::of(partition()).send(&hub).await.unwrap();
        let issues = issues(name, (1..=5).rev());
        let expected = Everything { stars: stars(name), repo: Some(repo(name)), issues };
        assert_eq!(all, expected);
        let Everything { stars, issues, .. } = expected;
        let half = WithIssues::of(partition()).consistent().send(&hub).await.unwrap();
        assert_eq!(half, WithIssues { repo: repo(name), issues });
        let half = WithStars::of(partition()).send(&hub).await.unwrap();
        assert_eq!(half, WithStars { repo: repo(name), stars });
        let one = OnlyRepo::of(partition()).send(&hub).await.unwrap();
        assert_eq!(one, OnlyRepo { repo: repo(name) });
    }
    // The partition of any member will do.
    let by_issue = WithIssues::of(Issue::partition("ann", "a")).send(&hub).await.unwrap();
    let by_pattern =
        WithIssues::of(Issue::issues("ann", "a").partition()).send(&hub).await.unwrap();
    assert_eq!(by_issue, by_pattern);
}

pub async fn the_range_has_the_members_and_nothing_else<B: Store>(backend: B) {
    let recorder = Recorder::new(backend);
    let hub = filled(recorder.clone()).await;
    let partition = || Repo::partition("ann", "a");
    let sort = |request: Option<monotable::request::Query>| {
        request.unwrap().keys.texts().unwrap().1.clone()
    };
    let between = |low: &str, high: &str| SortKeys::Between(low.into(), high.into());
    let all = sort(Everything::of(partition()).request().unwrap());
    assert_eq!(all, between("ISSUE#", "STAR#~~"));
    let half = sort(WithIssues::of(partition()).request().unwrap());
    assert_eq!(half, between("ISSUE#", "REPO#ann#a"));
    let half = sort(WithStars::of(partition()).request().unwrap());
    assert_eq!(half, between("REPO#ann#a", "STAR#~~"));
    assert_eq!(
        sort(OnlyRepo::of(partition()).request().unwrap()),
        SortKeys::Equals("REPO#ann#a".into())
    );
    recorder.take();
    WithIssues::of(partition()).send(&hub).await.unwrap();
    let requests = recorder.take();
    assert_eq!(requests.operations(), [Operation::Query], "{requests}");
}

pub async fn the_parent_and_its_newest<B: Store>(backend: B) {
    let recorder = Recorder::new(backend);
    let hub = filled(recorder.clone()).await;
    let partition = || Repo::partition("ann", "a");
    recorder.take();
    // The issues before the repository, which are read after it in descending order.
    let page = WithIssues::of(partition()).descending().limit(2).page(&hub).await.unwrap();
    assert_eq!(page.collection, WithIssues { repo: repo("a"), issues: issues("a", [1, 2]) });
    let requests = recorder.take();
    assert_eq!(requests.operations(), [Operation::Query], "{requests}");
    let rest = Issue::issues("ann", "a").descending().after(page.cursor).all(&hub).await.unwrap();
    assert_eq!(rest, issues("a", 3..=5));
    // The stars after the repository.
    let page = WithStars::of(partition()).limit(2).page(&hub).await.unwrap();
    assert_eq!(page.collection, WithStars { repo: repo("a"), stars: stars("a")[..2].into() });
    let rest = Star::stars("ann", "a").after(page.cursor).all(&hub).await.unwrap();
    assert_eq!(rest, stars("a")[2..]);
    for limit in [3, 4, usize::MAX] {
        let page = WithStars::of(partition()).limit(limit).page(&hub).await.unwrap();
        assert_eq!(page.collection.stars.len(), 3, "{limit}");
        // DynamoDB does not know that the last item of a full page is the last of all.
        if let Some(cursor) = page.cursor {
            assert_eq!(limit, 3);
            assert_eq!(Star::stars("ann", "a").after(cursor).all(&hub).await.unwrap(), []);
        }
    }
}

pub async fn the_newest_on_an_index<B: Store>(backend: B) {
    let hub = filled(backend).await;
    // One member may be missing.
    let account = || Account::of(Repo::of_owner("ann").partition()).descending();
    let page = account().limit(1).page(&hub).await.unwrap();
    assert_eq!(page.collection.user, Some(User { name: "ann".into() }));
    assert_eq!(page.collection.repos, [repo("a#b")]);
    let rest = Repo::of_owner("ann").descending().after(page.cursor).all(&hub).await.unwrap();
    assert_eq!(rest, [repo("a")]);
    User::key("ann").delete().send(&hub).await.unwrap();
    let page = account().limit(1).page(&hub).await.unwrap();
    assert_eq!(page.collection, Account { user: None, repos: vec![repo("a#b")] });
    let rest = Repo::of_owner("ann").descending().after(page.cursor).all(&hub).await.unwrap();
    assert_eq!(rest, [repo("a")]);
}

pub async fn members_are_filtered<B: Store>(backend: B) {
    let hub = filled(backend).await;
    let all = || Everything::of(Repo::partition("ann", "a"));
    let open = all().filter(Issue::OPEN.eq(true)).send(&hub).await.unwrap();
    assert_eq!(open.issues, issues("a", [4, 2]));
    assert_eq!((open.repo, open.stars), (Some(repo("a")), stars("a")));
    let both = all().filter(Issue::OPEN.eq(false)).filter(Star::USER.gt("u1"));
    let both = both.send(&hub).await.unwrap();
    assert_eq!((both.issues, both.stars.len()), (issues("a", [5, 3, 1]), 2));
    let few = WithIssues::of(Repo::partition("ann", "a")).descending().limit(2);
    let few = few.filter(Issue::OPEN.eq(true)).page(&hub).await.unwrap();
    assert_eq!((few.collection.issues, few.cursor), (issues("a", [2, 4]), None));
}

pub async fn what_is_missing<B: Store>(backend: B) {
    let hub = filled(backend).await;
    let none = || Repo::partition("ann", "none");
    let nothing = Everything::of(none()).send(&hub).await.unwrap();
    assert_eq!(nothing, Everything { stars: vec![], repo: None, issues: vec![] });
    let error = WithStars::of(none()).send(&hub).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains("WithStars") && text.contains("`repo`") && text.contains("REPO#ann#none"),
        "{text}"
    );
    for error in [
        Everything::of(Repo::partition("", "a")).send(&hub).await.unwrap_err(),
        WithStars::of(Repo::partition("ann", "REPO#x").clone()).send(&hub).await.unwrap_err(),
    ] {
        assert!(error.is_invalid_key() || error.is_not_found(), "{error:?}");
    }
}

pub async fn limits_that_cannot_be<B: Store>(backend: B) {
    let hub = filled(backend).await;
    let partition = || Repo::partition("ann", "a");
    for (error, words) in [
        (Everything::of(partition()).limit(1).send(&hub).await.unwrap_err(), "is a list, too"),
        (WithIssues::of(partition()).limit(1).send(&hub).await.unwrap_err(), "`.descending()`"),
        (
            WithStars::of(partition()).descending().limit(1).send(&hub).await.unwrap_err(),
            "`.ascending()`",
        ),
        (WithStars::of(partition()).limit(0).send(&hub).await.unwrap_err(), "is 0"),
    ] {
        assert!(error.is_invalid_request() && error.to_string().contains(words), "{error:?}");
    }
}

pub async fn items_of_no_member<B: Store>(backend: B) {
    #[derive(Serialize)]
    struct Nothing {}
    let hub = filled(backend.clone()).await;
    let attributes = [("pk", "REPO#ann#a"), ("sk", "PULL#1"), ("_type", "Pull")];
    let item = backend.encode(&Keyed::new(&attributes, &Nothing {})).unwrap();
    let mut key = repo("a").primary_key().render().unwrap();
    "PULL#1".clone_into(&mut key.sk);
    backend.put(Put::new(Hub::DEF, "Pull", key, item)).await.unwrap();
    let all = || Everything::of(Repo::partition("ann", "a"));
    let error = all().send(&hub).await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains("`Pull`") && text.contains("PULL#1") && text.contains("skip_unknown"),
        "{text}"
    );
    assert_eq!(all().skip_unknown().send(&hub).await.unwrap().issues.len(), 5);
    assert_eq!(WithStars::of(Repo::partition("ann", "a")).send(&hub).await.unwrap().stars.len(), 3);
}

use super::*;

fn shard(id: &str, parent: Option<&str>, is_closed: bool) -> Listed {
    Listed { id: id.into(), parent: parent.map(Into::into), is_closed }
}

fn places(shards: &[(&str, Place)]) -> Vec<(String, Place)> {
    shards.iter().map(|(id, place)| ((*id).to_owned(), place.clone())).collect()
}

#[test]
fn reading_begins_at_the_oldest_shards_or_at_the_open_ones() {
    let listed = [
        shard("b", Some("a"), true),
        shard("a", Some("trimmed"), true),
        shard("c", Some("b"), false),
        shard("d", Some("b"), true),
        shard("e", None, false),
    ];
    assert_eq!(oldest(&listed, 7), places(&[("a", Place::Oldest(7)), ("e", Place::Oldest(7))]));
    let newest = newest(&listed, 7);
    let expected = [("c", Place::Since(7)), ("d", Place::Ended), ("e", Place::Since(7))];
    assert_eq!(newest, places(&expected));
}

#[test]
fn children_follow_the_end_of_their_parent() {
    let listed =
        [shard("a", None, true), shard("b", Some("a"), false), shard("c", Some("a"), false)];
    let mut shards = places(&[("a", Place::After("1".into()))]);
    follow(&mut shards, &listed, 0);
    assert_eq!(shards, places(&[("a", Place::After("1".into()))]));
    let mut shards = places(&[("a", Place::Ended)]);
    follow(&mut shards, &listed[..1], 0);
    assert_eq!(shards, places(&[("a", Place::Ended)]));
    follow(&mut shards, &listed, 0);
    assert_eq!(shards, places(&[("b", Place::Child), ("c", Place::Child)]));
    follow(&mut shards, &listed, 0);
    assert_eq!(shards.len(), 2);
    // The parent is no longer listed.
    let mut shards = places(&[("a", Place::Ended)]);
    follow(&mut shards, &listed[1..], 0);
    assert_eq!(shards, places(&[("b", Place::Child), ("c", Place::Child)]));
    // Nor is it while it is read.
    let mut shards = places(&[("a", Place::After("1".into()))]);
    follow(&mut shards, &listed[1..], 0);
    assert_eq!(shards, places(&[("a", Place::After("1".into()))]));
}

#[test]
fn what_may_be_lost_is_told() {
    let now = 10 * KEPT;
    let listed = [shard("a", Some("0"), true), shard("b", Some("a"), false)];
    let lost = |id: &str, place: Place| lost(&places(&[(id, place)]), &listed, now).is_some();
    assert!(!lost("a", Place::After("1".into())));
    assert!(lost("0", Place::After("1".into())));
    assert!(!lost("a", Place::Ended) && !lost("b", Place::Ended));
    // Its children are as old as its last records, so of them, too, the first ones may be gone.
    assert!(lost("0", Place::Ended) && lost("gone", Place::Ended));
    assert!(!lost("b", Place::Child) && lost("a", Place::Child) && lost("gone", Place::Child));
    for place in [Place::Oldest, Place::Since] {
        assert!(!lost("a", place(now - KEPT + 1)) && lost("a", place(now - KEPT)));
        assert!(lost("gone", place(now)));
        // Times of a position that somebody has changed.
        assert!(lost("a", place(i64::MIN)) && !lost("a", place(i64::MAX)));
    }
}

/// Reads streams of random lines of shards, of which a listing may lack the newest and the oldest, and which are resumed from
/// their text at any time. Each shard is read once, after its parent.
#[test]
fn every_shard_is_read_once_and_after_its_parent() {
    let mut random = fastrand::Rng::with_seed(3);
    for _ in 0..2_000 {
        let mut all: Vec<Listed> =
            (0..random.usize(1..4)).map(|at| shard(&format!("r{at}"), None, false)).collect();
        let (mut done, mut trimmed) = (HashSet::new(), 0);
        let mut shards = oldest(&all, 0);
        for step in 0..60 {
            // Some shards are closed, and have one or two children.
            if step < 30 {
                let at = random.usize(..all.len());
                if !std::mem::replace(&mut all[at].is_closed, true) {
                    let parent = all[at].id.clone();
                    for child in 0..random.usize(1..3) {
                        all.push(shard(&format!("{parent}.{child}"), Some(&parent), false));
                    }
                }
            }
            // Only shards that were read are no longer listed, from the oldest on.
            while step < 50
                && trimmed < all.len()
                && done.contains(&all[trimmed].id)
                && random.bool()
            {
                trimmed += 1;
            }
            let readable: Vec<_> =
                (0..shards.len()).filter(|at| shards[*at].1 != Place::Ended).collect();
            if let Some(at) = random.choice(readable) {
                let id = shards[at].0.clone();
                let it = all.iter().find(|it| it.id == id).unwrap();
                assert!(it.parent.as_ref().is_none_or(|parent| done.contains(parent)), "{id}");
                if it.is_closed {
                    assert!(done.insert(id), "{} was read twice", it.id);
                    shards[at].1 = Place::Ended;
                } else {
                    shards[at].1 = Place::After("1".into());
                }
            }
            // A listing may be older than the shards that were made last, but not than those that are known.
            let known = all.iter().rposition(|it| shards.iter().any(|(id, _)| *id == it.id));
            let end = random.usize(known.map_or(0, |at| at + 1).max(trimmed)..=all.len());
            follow(&mut shards, &all[trimmed.min(end)..end], 0);
        }
        for _ in 0..all.len() + 1 {
            follow(&mut shards, &all[trimmed..], 0);
            for (id, place) in &mut shards {
                if *place != Place::Ended && all.iter().any(|it| it.id == *id && it.is_closed) {
                    assert!(done.insert(id.clone()), "{id} was read twice");
                    *place = Place::Ended;
                }
            }
        }
        let closed = all.iter().filter(|it| it.is_closed).count();
        assert_eq!(done.len(), closed);
        let open: HashSet<_> = shards.iter().map(|(id, _)| id.clone()).collect();
        assert!(all.iter().filter(|it| !it.is_closed).all(|it| open.contains(&it.id)));
    }
}

//! Unique values whose guards are in the partition of their item: they need no transactions across partitions.

use monotable::prelude::*;
use monotable::testing::Recorder;
use monotable::{Error, Transactions};
use monotable_tests::Store;
use monotable_tests::layer::OnePartition;
use monotable_tests::scaled;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Table)]
enum League {
    Team(Team),
    Player(Player),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = League, pk = "TEAM#{team}", sk = "INFO")]
struct Team {
    team: String,
    players: u32,
}

/// A number is unique in the team, and so is a name, if there is one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = League,
    pk = "TEAM#{team}",
    sk = "PLAYER#{id}",
    version = version,
    unique(team, number, pk = "TEAM#{team}", sk = "UNIQUE#NUMBER#{number}"),
    unique(team, name, pk = "TEAM#{team}", sk = "UNIQUE#NAME#{name}")
)]
#[access(in_team)]
struct Player {
    team: String,
    id: String,
    number: u8,
    name: Option<String>,
    version: u64,
}

#[derive(Debug, PartialEq, Collection)]
struct Squad {
    team: Team,
    players: Vec<Player>,
}

fn player(team: &str, id: &str, number: u8) -> Player {
    Player { team: team.into(), id: id.into(), number, name: None, version: 0 }
}

async fn get<B: Store + Transactions>(
    league: &Table<League, B>,
    team: &str,
    id: &str,
) -> Option<Player> {
    Player::get(team, id).consistent().send(league).await.unwrap()
}

pub async fn a_value_is_unique_in_its_partition<B: Store + Transactions>(backend: B) {
    let league = League::on(OnePartition(backend));
    let ann = player("A", "ann", 7).create().returning_new().send(&league).await.unwrap();
    let error = player("A", "bob", 7).create().send(&league).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    assert!(error.to_string().contains("`number`"), "{error}");
    player("B", "bob", 7).create().send(&league).await.unwrap();
    // An update moves the guard.
    ann.update().set(Player::NUMBER, 8).send(&league).await.unwrap();
    player("A", "bob", 7).create().send(&league).await.unwrap();
    let named = |player: &mut Player| player.name = Some("Bob".to_owned());
    Player::key("A", "bob").update_with(named).send(&league).await.unwrap();
    let cid = Player { name: Some("Bob".into()), ..player("A", "cid", 9) };
    assert!(cid.create().send(&league).await.unwrap_err().is_unique_violation());
    // A delete releases it.
    get(&league, "A", "bob").await.unwrap().delete().send(&league).await.unwrap();
    cid.create().send(&league).await.unwrap();
}

pub async fn guards_are_written_in_the_transaction_of_the_partition<B: Store + Transactions>(
    backend: B,
) {
    let recorder = Recorder::new(backend);
    let league = League::on(OnePartition(recorder.clone()));
    Team { team: "A".into(), players: 0 }.create().send(&league).await.unwrap();
    let start = || league.transaction_in(Team::partition("A"));
    let count = |by: u32| Team::key("A").update().increment(Team::PLAYERS, by);
    let (ann, bob) = (player("A", "ann", 1), player("A", "bob", 2));
    start().add(ann.create()).add(bob.create()).add(count(2)).send().await.unwrap();
    // Nothing is written if a value is taken.
    let transaction = start().add(player("A", "cid", 2).create()).add(count(1));
    let error = transaction.send().await.unwrap_err();
    assert!(error.reasons()[0].as_ref().is_some_and(Error::is_unique_violation), "{error:?}");
    assert_eq!(Team::get("A").send(&league).await.unwrap().unwrap().players, 2);
    // The two swap their numbers.
    let (ann, bob) =
        (get(&league, "A", "ann").await.unwrap(), get(&league, "A", "bob").await.unwrap());
    let swap = start()
        .add(ann.update().set(Player::NUMBER, bob.number))
        .add(bob.update().set(Player::NUMBER, ann.number));
    swap.send().await.unwrap();
    assert_eq!(get(&league, "A", "ann").await.unwrap().number, 2);
    // A move inside of the partition takes the guards along.
    let ann = get(&league, "A", "ann").await.unwrap();
    let anna = Player { id: "anna".into(), ..ann.clone() };
    start().add(ann.move_to(&anna)).send().await.unwrap();
    assert_eq!(get(&league, "A", "ann").await, None);
    assert!(player("A", "eve", 2).create().send(&league).await.unwrap_err().is_unique_violation());
    // A player of another team is refused, and so is the guard in that partition.
    recorder.take();
    let error = start().add(player("B", "ann", 1).create()).send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    assert!(error.to_string().contains("Player `TEAM#B / PLAYER#ann`"), "{error}");
    assert!(recorder.take().is_empty());
}

pub async fn guards_beside_their_items_are_not_read<B: Store + Transactions>(backend: B) {
    let league = League::on(OnePartition(backend));
    let team = Team { team: "A".into(), players: 2 };
    team.create().send(&league).await.unwrap();
    let mut players = Vec::new();
    for (id, number) in [("ann", 1), ("bob", 2)] {
        let player = Player { name: Some(id.into()), ..player("A", id, number) };
        players.push(player.create().returning_new().send(&league).await.unwrap());
    }
    assert_eq!(Player::in_team("A").all(&league).await.unwrap(), players);
    assert_eq!(Team::partition("A").count(&league).await.unwrap(), 3);
    let items = Team::partition("A").query().descending().limit(1).all(&league).await.unwrap();
    assert_eq!(items, [League::Player(players[1].clone())]);
    let squad = Squad::of(Team::partition("A")).send(&league).await.unwrap();
    assert_eq!(squad, Squad { team, players });
    // The guards are deleted with their items.
    assert_eq!(Team::partition("A").delete_all().send(&league).await.unwrap().deleted, 3);
    for (id, number) in [("cid", 1), ("dan", 2)] {
        let name = Some(if number == 1 { "ann" } else { "bob" }.to_owned());
        Player { name, ..player("A", id, number) }.create().send(&league).await.unwrap();
    }
    assert_eq!(Player::in_team("A").delete_all().send(&league).await.unwrap().deleted, 2);
    player("A", "eve", 1).create().send(&league).await.unwrap();
}

/// Random transactions of one partition, compared with a map: either all of their writes are made, or none, and
/// no number is in a team twice.
pub async fn transactions_of_a_partition_are_as_in_a_map<B: Store + Transactions>(backend: B) {
    const TEAMS: [&str; 2] = ["A", "B"];
    const IDS: [&str; 4] = ["ann", "bob", "cid", "dan"];
    let league = League::on(OnePartition(backend));
    let mut random = fastrand::Rng::with_seed(monotable_tests::seed(0x7465_616d));
    let mut model: BTreeMap<(&str, &str), Player> = BTreeMap::new();
    let (mut made, mut refused) = (0, 0);
    for step in 0..scaled(150) {
        let team = TEAMS[random.usize(..TEAMS.len())];
        let mut transaction = league.transaction_in(Team::partition(team));
        let mut next = model.clone();
        let mut possible = true;
        let mut ids = IDS;
        random.shuffle(&mut ids);
        for id in &ids[..random.usize(1..=3)] {
            let number = random.u8(0..5);
            let stored = model.get(&(team, *id));
            match (random.u8(0..4), stored) {
                (0, Some(stored)) => {
                    transaction = transaction.add(stored.delete());
                    next.remove(&(team, *id));
                }
                (1, Some(stored)) => {
                    transaction = transaction.add(stored.update().set(Player::NUMBER, number));
                    next.insert((team, *id), Player { number, ..stored.clone() });
                }
                (2, stored) => {
                    transaction = transaction.add(Player::key(team, *id).check());
                    possible &= stored.is_some();
                }
                (_, stored) => {
                    let new = player(team, id, number);
                    transaction = transaction.add(new.create());
                    possible &= stored.is_none();
                    next.insert((team, *id), new);
                }
            }
        }
        let of_team = next.values().filter(|player| player.team == team);
        let mut numbers: Vec<u8> = of_team.map(|player| player.number).collect();
        let all = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        possible &= numbers.len() == all;
        let sent = transaction.send().await;
        match &sent {
            Ok(()) => made += 1,
            Err(_) => refused += 1,
        }
        // Two writes that take the same value are refused before anything is sent.
        let is_expected = |error: &Error| error.is_cancelled() || error.is_unique_violation();
        match sent {
            Ok(()) => assert!(possible, "step {step}: was made"),
            Err(error) if is_expected(&error) => assert!(!possible, "step {step}: {error:?}"),
            Err(error) => panic!("step {step}: {error:?}"),
        }
        if possible {
            model = next;
        }
        // The stored versions are not known to the model.
        for team in TEAMS {
            let stored = Player::in_team(team).consistent().all(&league).await.unwrap();
            let wanted = model.values().filter(|player| player.team == team);
            let wanted: Vec<_> = wanted.map(|it| (it.id.clone(), it.number)).collect();
            let found: Vec<_> = stored.iter().map(|it| (it.id.clone(), it.number)).collect();
            assert_eq!(found, wanted, "step {step}");
            for player in stored {
                let id = IDS.into_iter().find(|id| *id == player.id).unwrap();
                model.insert((team, id), player);
            }
        }
    }
    assert!(made > 20 && refused > 20, "{made} were made and {refused} refused");
}

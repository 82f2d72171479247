//! The access patterns of the game, in the order of the publication.

use super::*;
use crate::sent;
use jiff::civil::date;
use monotable::CrossPartitionTransactions;
use monotable::testing::Recorder;
use monotable_tests::Store;

type Games<B> = Table<BattleRoyale, Recorder<B>>;

/// The most players of a game.
const FULL: u32 = 50;

fn games<B: Store + CrossPartitionTransactions>(backend: B) -> Games<B> {
    BattleRoyale::on(Recorder::new(backend))
}

fn at(minute: i8) -> Timestamp {
    format!("2019-04-16T10:{minute:02}:00Z").parse().unwrap()
}

fn user(username: &str) -> User {
    User {
        username: username.into(),
        name: "Victoria Lopez".into(),
        email: format!("{username}@example.com"),
        birthdate: date(1990, 5, 17),
        games: 0,
        wins: 0,
        kills: 0,
    }
}

/// Returns a game that was opened at this minute.
fn game(id: &str, map: &str, minute: i8, people: u32) -> Game {
    Game {
        game: id.into(),
        map: map.into(),
        creator: "gstanley".into(),
        people,
        create_time: at(minute),
        open_timestamp: Some(at(minute)),
        start_time: None,
        end_time: None,
    }
}

fn player(game: &str, username: &str) -> Player {
    let (game, username) = (game.into(), username.into());
    Player { game, username, kills: 0, seconds: None, place: None }
}

pub async fn create_user_profile<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = games(backend);
    user("vlopez").create().send(&games).await.unwrap();
    let taken = user("vlopez").create().send(&games).await.unwrap_err();
    assert!(taken.is_condition_failed());
    let create = "put User: USER#vlopez / #METADATA#vlopez, with a condition";
    assert_eq!(sent(&games), [create, create]);
}

pub async fn update_user_profile<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = games(backend);
    user("vlopez").create().send(&games).await.unwrap();
    sent(&games);
    let played = User::key("vlopez").update().increment(User::GAMES, 1).increment(User::KILLS, 7);
    let profile = played.returning_new().send(&games).await.unwrap();
    assert_eq!((profile.games, profile.wins, profile.kills), (1, 0, 7));
    assert_eq!(sent(&games), ["update User: USER#vlopez / #METADATA#vlopez, with a condition"]);
}

pub async fn get_user_profile<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = games(backend);
    user("vlopez").create().send(&games).await.unwrap();
    sent(&games);
    assert_eq!(User::get("vlopez").send(&games).await.unwrap(), Some(user("vlopez")));
    assert_eq!(sent(&games), ["get User: USER#vlopez / #METADATA#vlopez"]);
}

/// The creator is the first player.
pub async fn create_game<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = games(backend);
    let (game, creator) = (game("G1", "Urban Underground", 0, 1), player("G1", "gstanley"));
    games.transaction().add(game.create()).add(creator.create()).send().await.unwrap();
    assert_eq!(
        sent(&games),
        ["transact_write: put Game GAME#G1 / #METADATA#G1, with a condition; \
          put Player GAME#G1 / USER#gstanley, with a condition"]
    );
}

/// Stores two games of a map and one of another map, and one that has begun.
async fn opened<B: Store + CrossPartitionTransactions>(backend: B) -> Games<B> {
    let games = games(backend);
    let begun = Game { open_timestamp: None, ..game("G4", "Dirty Desert", 0, FULL) };
    let all = [
        game("G1", "Urban Underground", 3, 1),
        game("G2", "Dirty Desert", 2, 9),
        game("G3", "Dirty Desert", 1, 49),
        begun,
    ];
    games.batch().add_all(all.iter().map(Game::put)).send().await.unwrap().into_result().unwrap();
    sent(&games);
    games
}

fn ids(games: &[Game]) -> Vec<&str> {
    games.iter().map(|game| game.game.as_str()).collect()
}

pub async fn find_open_games<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = opened(backend).await;
    let open = Game::open().all(&games).await.unwrap();
    assert_eq!(ids(&open), ["G3", "G2", "G1"]);
    assert_eq!(sent(&games), ["query Game.open on AllOpenGames: OPEN / *"]);
}

pub async fn find_open_games_by_map<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = opened(backend).await;
    let open = Game::open_on_map("Dirty Desert").all(&games).await.unwrap();
    assert_eq!(ids(&open), ["G3", "G2"]);
    assert_eq!(sent(&games), ["query Game.open_on_map on OpenGamesIndex: Dirty Desert / *"]);
}

pub async fn view_game<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = opened(backend).await;
    let found = Game::get("G3").send(&games).await.unwrap();
    assert_eq!(found, Some(game("G3", "Dirty Desert", 1, 49)));
    assert_eq!(sent(&games), ["get Game: GAME#G3 / #METADATA#G3"]);
}

/// The lab reads the game together with its players.
pub async fn view_users_in_game<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = opened(backend).await;
    let players = ["branchmichael", "deanmcclure", "gstanley"].map(|name| player("G2", name));
    let added = games.batch().add_all(players.iter().map(Player::put)).send().await.unwrap();
    added.into_result().unwrap();
    sent(&games);
    let all = GameWithPlayers::of(Game::partition("G2")).send(&games).await.unwrap();
    assert_eq!(all.game, game("G2", "Dirty Desert", 2, 9));
    assert_eq!(all.players, players);
    assert_eq!(sent(&games), ["query GameWithPlayers.of: GAME#G2 / #METADATA#G2 to USER#~~"]);
}

/// Adds a user to a game that is not full. The game counts its players.
async fn join<B: Store + CrossPartitionTransactions>(
    games: &Games<B>,
    id: &str,
    username: &str,
) -> monotable::Result<()> {
    let counted = Game::key(id).update().increment(Game::PEOPLE, 1).when(Game::PEOPLE.lt(FULL));
    games.transaction().add(player(id, username).create()).add(counted).send().await?;
    Ok(())
}

pub async fn join_game_for_a_user<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = opened(backend).await;
    join(&games, "G3", "vlopez").await.unwrap();
    assert_eq!(
        sent(&games),
        ["transact_write: put Player GAME#G3 / USER#vlopez, with a condition; \
          update Game GAME#G3 / #METADATA#G3, with a condition"]
    );
    // Nobody joins twice, and nobody joins a game with 50 players.
    for (id, username, refused) in [("G3", "vlopez", [true, true]), ("G3", "late", [false, true])] {
        let error = join(&games, id, username).await.unwrap_err();
        assert!(error.is_cancelled());
        let reasons = error.reasons().iter().map(Option::is_some);
        assert_eq!(reasons.collect::<Vec<_>>(), refused, "{error}");
    }
    assert_eq!(Game::get("G3").send(&games).await.unwrap().unwrap().people, FULL);
}

pub async fn start_game<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = opened(backend).await;
    let start = |requested_by: &str| {
        let allowed =
            Game::PEOPLE.eq(FULL) & Game::CREATOR.eq(requested_by) & Game::START_TIME.absent();
        let started = Game::key("G3").update().set(Game::START_TIME, at(15));
        started.remove(Game::OPEN_TIMESTAMP).when(allowed).returning_new()
    };
    assert!(start("gstanley").send(&games).await.unwrap_err().is_condition_failed());
    join(&games, "G3", "vlopez").await.unwrap();
    assert!(start("vlopez").send(&games).await.unwrap_err().is_condition_failed());
    sent(&games);
    let game = start("gstanley").send(&games).await.unwrap();
    assert_eq!((game.start_time, game.open_timestamp), (Some(at(15)), None));
    assert_eq!(sent(&games), ["update Game: GAME#G3 / #METADATA#G3, with a condition"]);
    // It is not on the indexes any more.
    assert_eq!(ids(&Game::open().all(&games).await.unwrap()), ["G2", "G1"]);
    assert_eq!(ids(&Game::open_on_map("Dirty Desert").all(&games).await.unwrap()), ["G2"]);
}

pub async fn update_game_for_a_user<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = games(backend);
    player("G1", "vlopez").create().send(&games).await.unwrap();
    sent(&games);
    let update = Player::key("G1", "vlopez").update().increment(Player::KILLS, 3);
    let update = update.set(Player::SECONDS, 1_741).set(Player::PLACE, Place::Gold);
    let stored = update.returning_new().send(&games).await.unwrap();
    assert_eq!((stored.kills, stored.place), (3, Some(Place::Gold)));
    assert_eq!(sent(&games), ["update Player: GAME#G1 / USER#vlopez, with a condition"]);
}

pub async fn update_game<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = opened(backend).await;
    Game::key("G4").update().set(Game::END_TIME, at(45)).send(&games).await.unwrap();
    assert_eq!(sent(&games), ["update Game: GAME#G4 / #METADATA#G4, with a condition"]);
}

pub async fn find_all_past_games_for_a_user<B: Store + CrossPartitionTransactions>(backend: B) {
    let games = games(backend);
    for (id, username) in [("G1", "vlopez"), ("G2", "vlopez"), ("G2", "gstanley")] {
        player(id, username).create().send(&games).await.unwrap();
    }
    sent(&games);
    let past = Player::of_user("vlopez").all(&games).await.unwrap();
    assert_eq!(past, [player("G1", "vlopez"), player("G2", "vlopez")]);
    assert_eq!(sent(&games), ["query Player.of_user on InvertedIndex: USER#vlopez / GAME#*"]);
}

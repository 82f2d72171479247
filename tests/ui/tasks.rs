// Tasks on indexes that do not project whole items.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
#[index(projection = include(title, points))]
pub struct ByOwner;

#[derive(Index)]
#[index(projection = keys_only)]
pub struct ByState;

#[derive(Debug, Table)]
#[table(indexes(ByOwner, ByState))]
pub enum Work {
    Task(Task),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "TEAM#{team}", sk = "TASK#{number}")]
#[access(of_team)]
#[access(by_owner, index = ByOwner, pk = "OWNER#{owner}", sk = "{number}")]
#[access(by_state, index = ByState, pk = "STATE#{state}", sk = "{number}")]
pub struct Task {
    pub team: String,
    pub number: u32,
    pub owner: String,
    pub state: String,
    pub title: String,
    pub points: u32,
    pub note: Option<String>,
    pub place: Option<Place>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
pub struct Place {
    pub room: String,
}

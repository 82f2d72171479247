//! What a program declares, as const data and traits: tables, indexes and entities.
//!
//! The derives emit it, and the rest of core and the backends read it. This folder uses keys, values and
//! errors, but not backends, requests or queries.

mod attributes;
mod collection;
mod def;
mod head;
mod index;
mod index_keys;
mod lock;
mod proof;
mod record;
mod shape;
mod space;
mod stamp;
mod traits;
mod workflow;

pub use attributes::{IndexKeys, KeyAttribute, KeyAttributes, KeyType};
pub use collection::{CollectionDef, Count, MemberDef};
pub use def::{EntityDef, IndexDef, IndexKey, Projection, Rules, TableDef, UniqueDef};
pub(crate) use record::{
    CONSUMER, LEASE, ONCE, OWNER, RATE, RECORDS, RECORDS_IN_PARTITIONS, RecordDef,
};
pub use space::{Shared, SpaceDef};
pub(crate) use stamp::HoldsPart;
pub use traits::{Entity, KeySpace, Schema};
pub use workflow::{AnyTransition, State, StateDef, Step, Transition, Workflow, WorkflowDef};

// The items below are used by the code of the derives and by core itself.
#[doc(hidden)]
pub use def::{STEP, WRITE_NAME};
#[doc(hidden)]
pub use index::{
    AllAttributes, AttributesAsKeys, Global, Include, Includes, Index, KeysOnly, Local, Nth, On,
    Primary, QueryTarget, TextKeys,
};
#[doc(hidden)]
pub use lock::{assert_lock, lock_room, write_lock};
#[doc(hidden)]
pub use proof::{
    Clash, assert_alias, assert_apart, assert_attributes, assert_coordination, assert_field,
    assert_fields, assert_index, assert_member, assert_mixed, assert_no_state,
    assert_partition_key, assert_shared, assert_template, claims, find_clash, has_room,
};
#[doc(hidden)]
pub use shape::Shape;
#[doc(hidden)]
pub use stamp::Stamp;
#[doc(hidden)]
pub use traits::{
    EntityImpl, Holds, HoldsShared, IsTable, Itself, KeySpaceImpl, List, Lists, Make, SameTableAs,
    SchemaImpl, Shares, Variant, Visit, VisitSpace, boxed, list, table_of,
};
#[doc(hidden)]
pub use workflow::{
    Adding, Here, InState, IsAdded, IsState, IsWorkflow, Next, NotWorkflow, Reached, There,
    WorkflowImpl, states,
};

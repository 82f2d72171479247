//! The check of fields that cannot be the state of a workflow.

use super::message::fail;

/// Refuses a workflow as the type of a field. `is_workflow` says whether it is one, and `why` continues the sentence.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_no_state(is_workflow: bool, field: &str, why: &str) {
    if is_workflow {
        fail(&["`", field, "` is the state of a workflow, ", why]);
    }
}

//! Questions and answers that come of themselves: unsaved changes, recovered work, forms, messages.

mod message;
mod not_saved;
mod pasting;
mod path_field;
mod recoveries;
mod send;
mod unsaved;

pub(super) use message::Message;
pub(super) use not_saved::NotSaved;
pub(super) use pasting::Pasting;
pub(super) use path_field::PathField;
pub(super) use recoveries::Recoveries;
pub(super) use send::Send;
pub(super) use unsaved::Unsaved;

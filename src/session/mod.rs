//! Open, save, recover, and the jobs that a shell may ask for.
//!
//! The only room with files and threads; it knows no window toolkit and prints nothing. What shells may show is
//! plain data.

mod disk;
mod document;
mod journal_file;
mod project;
mod state;

pub use disk::{Disk, FaultPlan};
pub use document::{OpenError, SaveError, load, save_bytes};
pub use journal_file::{JournalWriter, Recovery};
pub use project::{Project, TEMPLATES};
pub use state::{Lock, Preferences, StateDir};

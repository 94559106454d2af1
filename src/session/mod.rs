//! Open, save, recover, and the jobs that a shell may ask for.
//!
//! The only room with files and threads; it knows no window toolkit and prints nothing. What shells may show is
//! plain data.

mod context_map;
mod advice;
mod disk;
mod document;
mod dropped;
mod generated;
mod job;
mod journal_file;
mod layout;
mod picture;
mod project;
mod readings;
mod run;
mod running;
mod samples;
mod state;
mod system_fonts;

pub use advice::{start_advising, start_drawing};
pub use context_map::{context_map, map_plan};
pub use disk::{Disk, FaultPlan};
pub use document::{OpenError, SaveError, board_of, board_text, lines_of_elements, load, read_file, save_bytes};
pub use dropped::{FileSort, read_photo, read_text, sort_of};
pub use generated::{OutputError, generate_into, plan_into, preview};
pub use job::{Job, Polled, Progress};
pub use journal_file::{JournalWriter, Recovery};
pub use layout::{kept_flow, start_tidying, tidied, tidied_board};
pub use picture::{Exported, PictureError, picture, picture_into, picture_with, theme_names};
pub use project::{Session, TEMPLATES, Template};
pub use readings::{GhostLink, Readings, link_sentence, name_commands};
pub use run::{measure_run, run_scenario_of, run_to_end};
pub use running::{RunOptions, RunState, Running, TopicRow};
pub use samples::{SAMPLES, Sample};
pub use state::{Lock, Preferences, StateDir, default_folder, tour_folder};
pub use system_fonts::{Fonts, system_fonts};

// What shells need to name of other rooms' results.
pub use crate::board::{Board, Level};
pub use crate::checks::{Finding, Fix, Group, RULES, Report as CheckReport, Rule, Summary};
pub use crate::export::{
    FittedPhoto, Part, Pixels, Request as PictureRequest, Size as PictureSize, View as PictureView, fit_pixels,
    photo_pixels,
};
pub use crate::flow::{Boundaries, Grain as AdviceGrain, Proposal};
pub use crate::flow::{ContextMap, ContextRelation, Crossing, CrossingKind, MappedContext};
pub use crate::generate::{FileKind, GenerateError, Output, Plan};
pub use crate::kit::{Id, Millis, Severity, counted};
pub use crate::layout::Tidied;
pub use crate::record::{RecordSchema, Value};
pub use crate::scene::Details;
pub use crate::simulate::{FormField, Report as RunReport, RunError, ScenarioResult, Simulation, StepResult};
pub use crate::trace::{Trace, write_lines};

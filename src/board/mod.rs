//! The document: stickies, frames, links and scenarios, and the edits that change them.
//!
//! This room knows geometry and text, but not what a board means: no flow, no grammar, no engine. It reads and
//! writes bytes, never files. [`apply`] is the only writer.

#![deny(clippy::disallowed_methods)]

mod apply;
mod build;
mod content;
mod document;
mod edit;
mod element;
mod format;
mod frame_kind;
mod frames;
mod invariant;
pub mod kinds;
mod level;
mod photo;
mod relationship;

pub use apply::{apply, apply_all};
pub use build::{above_all, delete, duplicate, move_by, own_thing, photos_above_all, set_text};
pub use content::{Content, FieldLine, FieldType, Line, RuleLine, name_of, parse as parse_content};
pub use document::Board;
pub use edit::{Edit, EditError, Field, Setting};
pub use element::{Element, Frame, Inputs, Link, Mark, Outputs, Refusal, Scenario, Sticky, Waiver};
pub use format::{FORMAT, FormatError, read, write};
pub use frame_kind::FrameKind;
pub use frames::{
    Collapsed, FRAME_HEAD, FRAME_ROOM, Growing, fitting, grow_for, grow_frames, holds, joins_frames, padded, set_rect,
};
pub use kinds::{Kind, KindSpec, Role, Shape};
pub use level::{Level, Settings};
pub use photo::{PHOTO_MOST, PHOTOS_MOST, Photo, PhotoBytes};
pub use relationship::{Pattern, PatternSide, Relationship, Upstream};

//! The boards that ship with the program.

use crate::board::{self, Board, FormatError};

/// A board that ships with the program.
#[derive(Debug)]
pub struct Sample {
    /// Its name on the command line, as in the file's name.
    pub key: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it shows, one sentence.
    pub sentence: &'static str,
    /// Whether it explains one concept, rather than a whole business.
    pub concept: bool,
    text: &'static str,
}

impl Sample {
    /// The board, as a copy of one's own.
    pub fn board(&self) -> Result<Board, FormatError> {
        board::read(self.text.as_bytes())
    }

    /// The sample with that key.
    pub fn find(key: &str) -> Option<&'static Self> {
        SAMPLES.iter().find(|it| it.key == key)
    }
}

/// Every sample, in the order of the gallery. The first is what a first start shows.
pub static SAMPLES: &[Sample] = &[
    Sample {
        key: "food-ordering",
        title: "Food ordering",
        sentence: "An order from basket to doorstep: a slow payment provider, a kitchen, couriers, and a cancellation race.",
        concept: false,
        text: include_str!("../../samples/food-ordering.storm.ron"),
    },
    Sample {
        key: "food-ordering-big-picture",
        title: "Food ordering, the timeline",
        sentence: "The published timeline that the board above was derived from: events in order, and the questions they raised.",
        concept: false,
        text: include_str!("../../samples/food-ordering-big-picture.storm.ron"),
    },
];

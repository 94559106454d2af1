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
    Sample {
        key: "library",
        title: "Library",
        sentence: "Holding, checking out and returning books: rules on how many, deadlines that pass, and two patrons after one book.",
        concept: false,
        text: include_str!("../../samples/library.storm.ron"),
    },
    Sample {
        key: "meetings-and-payments",
        title: "Meetings and payments",
        sentence: "Four modules that talk by events: registration, meeting groups, fees and subscriptions, with almost no policy drawn.",
        concept: false,
        text: include_str!("../../samples/meetings-and-payments.storm.ron"),
    },
    Sample {
        key: "insurance-claim",
        title: "Insurance claim",
        sentence: "A claim from submission to the letter to the customer: three people decide, two outcomes, two open questions.",
        concept: false,
        text: include_str!("../../samples/insurance-claim.storm.ron"),
    },
    Sample {
        key: "event-sourcing",
        title: "Event sourcing",
        sentence: "What is stored is what happened; the balance is computed from it.",
        concept: true,
        text: include_str!("../../samples/concepts/event-sourcing.storm.ron"),
    },
    Sample {
        key: "cqrs",
        title: "CQRS",
        sentence: "One side decides, the other answers questions from tables of its own.",
        concept: true,
        text: include_str!("../../samples/concepts/cqrs.storm.ron"),
    },
    Sample {
        key: "decoupling",
        title: "Decoupling",
        sentence: "A log between two contexts: stop the consumer, the producer goes on.",
        concept: true,
        text: include_str!("../../samples/concepts/decoupling.storm.ron"),
    },
];

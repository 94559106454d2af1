//! Runs for callers that may wait: the command line and benches.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Readings;
use crate::kit::{Id, Millis};
use crate::simulate::{Options, RunError, ScenarioResult, Simulation, Stop, run_scenario};
use crate::trace::Trace;

/// Runs a board that was read for that long in virtual time.
///
/// # Errors
/// Where its parts do not fit together.
pub fn run_to_end(readings: &Readings, seed: u64, time: Millis) -> Result<Simulation, RunError> {
    let options = Options { seed, ..Options::default() };
    let mut simulation = Simulation::new(Arc::clone(&readings.system), readings.lowering(), options)?;
    simulation.run_for(time, &mut |_| ControlFlow::Continue(()));
    Ok(simulation)
}

/// Runs one scenario of a board that was read; with the trace of the run.
///
/// # Errors
/// Where the board cannot run or has no such scenario.
pub fn run_scenario_of(readings: &Readings, id: Id, seed: u64) -> Result<(ScenarioResult, Trace), RunError> {
    run_scenario(&readings.system, &readings.lowering(), id, seed)
}

/// How many records a board's run appends in at least `records`, and how long that took on this thread: for benches.
///
/// # Errors
/// Where the board cannot run.
pub fn measure_run(readings: &Readings, records: u64) -> Result<(u64, Duration), RunError> {
    let options = Options { trace_limit: usize::MAX, ..Options::default() };
    let mut simulation = Simulation::new(Arc::clone(&readings.system), readings.lowering(), options)?;
    let start = Instant::now();
    let mut seen = 0;
    while seen < records {
        let stop = simulation.run_for(Millis::DAY, &mut |progress| {
            seen = progress.records;
            if seen < records { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if stop == Stop::Quiet || stop == Stop::Full {
            break;
        }
    }
    Ok((seen, start.elapsed()))
}

//! Runs of boards in virtual time.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use stormglass::board::{self, Board};
use stormglass::flow::Flow;
use stormglass::kit::{Id, Millis};
use stormglass::lowering::{Lowering, lower};
use stormglass::model::System;
use stormglass::simulate::{Options, Simulation, Stop, run_scenario};
use stormglass::trace::write_lines;

fn read(path: &str) -> Board {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(path);
    board::read(&std::fs::read(path).unwrap()).unwrap()
}

fn meaning(board: &Board) -> (Arc<System>, Arc<Lowering>) {
    let system = System::resolve(board, &Flow::read(board, stormglass::flow::Options { ghosts: true }));
    let lowering = lower(&system);
    (Arc::new(system), Arc::new(lowering))
}

fn simulation(board: &Board, seed: u64) -> Simulation {
    let (system, lowering) = meaning(board);
    Simulation::new(system, lowering, Options { seed, ..Options::default() }).unwrap()
}

fn pass(simulation: &mut Simulation, time: Millis) -> Stop {
    simulation.run_for(time, &mut |_| ControlFlow::Continue(()))
}

fn lines(simulation: &Simulation) -> String {
    let mut bytes = Vec::new();
    write_lines(simulation.trace(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn named(simulation: &Simulation, name: &str) -> Id {
    let names = &simulation.trace().header().names;
    *names.iter().find(|(_, it)| &***it == name).unwrap().0
}

fn count(simulation: &Simulation, name: &str) -> u64 {
    let id = named(simulation, name);
    simulation.report().stickies.iter().find(|it| it.id == id).unwrap().count
}

#[test]
fn food_ordering_runs_and_equal_runs_are_equal_bytes() {
    let board = read("food-ordering.storm.ron");
    let run = || {
        let mut simulation = simulation(&board, 7);
        assert_eq!(pass(&mut simulation, Millis(2 * Millis::HOUR.0)), Stop::Over);
        simulation
    };
    let (one, two) = (run(), run());
    println!("{}", one.report().to_text());
    assert_eq!(lines(&one), lines(&two));
    assert_eq!(one.report().to_json(), two.report().to_json());
    for name in ["Order Placed", "Payment Authorised", "Order Accepted", "Meal Prepared", "Order Delivered"] {
        assert!(count(&one, name) > 5, "{name}");
    }
    assert!(one.report().is_clean());
    let other = {
        let mut it = simulation(&board, 8);
        pass(&mut it, Millis(2 * Millis::HOUR.0));
        it
    };
    assert_ne!(lines(&one), lines(&other));
}

#[test]
fn the_scenarios_of_food_ordering_pass() {
    let (system, lowering) = meaning(&read("food-ordering.storm.ron"));
    assert_eq!(system.scenarios.len(), 5);
    for scenario in system.scenarios.values() {
        let (result, _) = run_scenario(&system, &lowering, scenario.id, 7).unwrap();
        assert!(result.passed, "{}: {}", result.title, result.difference);
    }
}

//! The report of a run so far.

use std::collections::BTreeMap;

use crate::kit::Id;

use super::report::{LagLine, NotRunLine, ORDER_ONLY, Report, StickyLine, StuckLine};
use super::simulation::Simulation;

impl Simulation {
    /// The report so far.
    pub fn report(&self) -> Report {
        let name = |id: Id| self.system.name(id).to_owned();
        let tally = &self.chronicle.tally;
        let mut stuck = tally.stuck_lines(&name);
        for (actor, command) in self.crowd.waiting() {
            let what = format!("waits for something on which it can {}", name(command));
            stuck.push(StuckLine { on: Some(actor), name: name(actor), what, count: 1 });
        }
        let mut lags: BTreeMap<(String, String), i64> = BTreeMap::new();
        for it in self.runtime.lag().into_iter().filter(|it| it.lag > 0) {
            *lags.entry((it.group.to_string(), it.topic.to_string())).or_default() += it.lag;
        }
        let lags = lags.into_iter().map(|((consumer, topic), lag)| LagLine { consumer, topic, lag }).collect();
        let not_run = self.lowering.unrunnable.iter().map(|it| NotRunLine {
            id: it.id,
            name: name(it.id),
            reason: it.reason.clone(),
        });
        Report {
            board: self.system.title.clone(),
            seed: self.options.seed,
            started: self.options.start,
            ended: self.now(),
            virtual_ms: self.now().since(self.options.start),
            records: tally.records,
            order_only: self.is_order_only().then(|| ORDER_ONLY.to_owned()),
            stickies: self.sticky_lines(),
            latencies: tally.latency_lines(&name),
            lags,
            stuck,
            rejections: tally.rejection_lines(&name),
            choices: tally.choice_lines(&name),
            invariants: self.chronicle.watch.lines(),
            loops: tally.loop_lines(&name),
            ghost_links: self.system.relies_on_ghosts,
            not_run: not_run.collect(),
            faults: self.faults.clone(),
            trace_left_out: self.chronicle.trace.left_out(),
        }
    }

    fn sticky_lines(&self) -> Vec<StickyLine> {
        let system = &self.system;
        let mut ids: Vec<(Id, &'static str)> = system.timeline.iter().map(|it| (*it, "event")).collect();
        ids.iter_mut().filter(|(id, _)| system.timers.contains_key(id)).for_each(|it| it.1 = "time event");
        let mut rest: Vec<(Id, &'static str)> = Vec::new();
        rest.extend(system.commands.keys().map(|it| (*it, "command")));
        rest.extend(system.aggregates.keys().map(|it| (*it, "aggregate")));
        rest.extend(system.policies.keys().map(|it| (*it, "policy")));
        rest.extend(system.read_models.keys().map(|it| (*it, "read model")));
        rest.extend(system.externals.keys().map(|it| (*it, "external system")));
        rest.extend(system.actors.keys().map(|it| (*it, "actor")));
        rest.sort_by_key(|(id, kind)| (*kind, system.name(*id), *id));
        ids.extend(rest);
        let line = |(id, kind): (Id, &'static str)| {
            let counts = self.chronicle.tally.get(id);
            StickyLine {
                id,
                name: system.name(id).to_owned(),
                kind,
                count: counts.count,
                handled: counts.handled,
                rejected: counts.rejected,
                failed: counts.failed,
            }
        };
        ids.into_iter().map(line).collect()
    }
}

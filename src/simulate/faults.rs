//! What can be broken on purpose, and mended again.

use std::sync::Arc;

use crate::kit::Id;
use crate::record::RecordId;
use crate::runtime::Input;
use crate::trace::{RecordNo, TraceEvent};

use super::simulation::{RunError, Simulation};

impl Simulation {
    /// The applications and consumer groups that a sticky runs as.
    pub(super) fn consumers_of(&self, id: Id) -> Vec<Arc<str>> {
        let (deployment, lowering) = (&self.lowering.deployment, &self.lowering);
        let apps = deployment.apps.iter().filter(|it| it.provenance == Some(id)).map(|it| it.topology.name.clone());
        let groups = deployment.consumers.iter().filter(|it| it.provenance == Some(id)).map(|it| it.group.clone());
        let own = lowering.apps.get(&id).into_iter().chain(lowering.tasks.get(&id).map(|it| &it.group)).cloned();
        let mut all: Vec<Arc<str>> = apps.chain(groups).chain(own).collect();
        all.sort();
        all.dedup();
        all
    }

    /// From now on an external system gives no answer to this share of its requests (0 to 1).
    ///
    /// # Errors
    /// Where the sticky is no external system of this run.
    pub fn set_failure_rate(&mut self, external: Id, rate: f64) -> Result<(), RunError> {
        if !self.world.set_failure_rate(external, rate) {
            return Err(RunError::Sticky(self.shown(external)));
        }
        let percent = (self.world.failure_rate(external) * 100.0).round();
        self.fault(external, format!("fails {percent}% of the time"));
        Ok(())
    }

    /// How often an external system gives no answer.
    pub fn failure_rate(&self, external: Id) -> f64 {
        self.world.failure_rate(external)
    }

    /// A sticky stops: it takes no more records, or, if it is an actor, no longer acts. Others go on.
    ///
    /// # Errors
    /// Where the sticky takes no part in the run.
    pub fn stop(&mut self, id: Id) -> Result<(), RunError> {
        self.set_stopped(id, true)
    }

    /// A stopped sticky goes on with what has piled up.
    ///
    /// # Errors
    /// Where the sticky takes no part in the run.
    pub fn resume(&mut self, id: Id) -> Result<(), RunError> {
        self.set_stopped(id, false)
    }

    /// Whether a sticky was stopped by hand.
    pub fn is_stopped(&self, id: Id) -> bool {
        self.stopped.contains(&id)
    }

    fn set_stopped(&mut self, id: Id, stop: bool) -> Result<(), RunError> {
        let consumers = self.consumers_of(id);
        if consumers.is_empty() && !self.system.actors.contains_key(&id) {
            return Err(RunError::Sticky(self.shown(id)));
        }
        for consumer in consumers {
            let input = if stop {
                Input::Pause { consumer, instance: None }
            } else {
                Input::Resume { consumer, instance: None }
            };
            self.runtime.accept(self.now(), input).map_err(|it| RunError::Deploy(it.to_string()))?;
        }
        if stop {
            self.stopped.insert(id)
        } else {
            self.stopped.remove(&id)
        };
        self.fault(id, if stop { "stopped" } else { "goes on" }.to_owned());
        Ok(())
    }

    /// Delivers a record once more to every sticky that took it, as after a crash between handling and committing.
    ///
    /// # Errors
    /// Where nobody takes the record.
    pub fn redeliver(&mut self, record: RecordNo) -> Result<(), RunError> {
        let Some(it) = self.chronicle.trace.record(record) else {
            return Err(RunError::Sticky(record.to_string()));
        };
        let place = RecordId { topic: it.topic.clone(), partition: it.partition, offset: it.offset };
        let on = it.message;
        let deployment = &self.lowering.deployment;
        let all = deployment.apps.iter().map(|it| it.topology.name.clone());
        let all: Vec<Arc<str>> = all.chain(deployment.consumers.iter().map(|it| it.group.clone())).collect();
        let now = self.now();
        let mut any = false;
        for consumer in all {
            any |= self.runtime.accept(now, Input::Redeliver { consumer, record: place.clone() }).is_ok();
        }
        if !any {
            return Err(RunError::Sticky(record.to_string()));
        }
        if let Some(on) = on {
            self.fault(on, format!("{record} is delivered once more"));
        }
        Ok(())
    }

    fn fault(&mut self, on: Id, what: String) {
        let now = self.now();
        self.faults.push(format!("{now} {}: {what}", self.system.name(on)));
        self.chronicle.trace.push(now, TraceEvent::Fault { on, what: what.into() });
    }
}

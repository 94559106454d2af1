//! Members of groups: joining, assigning partitions, staying alive, committing, dying.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::app::{MemberState, Reader};
use super::io::Effect;
use super::machine::Runtime;
use crate::broker::{
    BrokerError, FetchRequest, HeartbeatRequest, JoinGroupRequest, JoinGroupResponse, OffsetCommitRequest,
    OffsetFetchRequest, Request, Response, SyncGroupRequest, TopicPartition, range,
};
use crate::kit::{Millis, Timestamp};
use crate::streams::Task;

impl Runtime {
    /// Joins, heartbeats and what the coordinator answers; tells whether anything was answered.
    pub(super) fn run_groups(&mut self, now: Timestamp) -> bool {
        if self.calm {
            if self.broker.next_maintenance().is_some_and(|it| it <= now) {
                self.make_up_heartbeats(now);
                self.broker.tick(now);
            }
            return false;
        }
        let any = self.look_after_groups(now);
        self.calm = self.is_calm();
        any
    }

    /// Whether all groups are settled: nobody joins, and nobody is waited for.
    fn is_calm(&self) -> bool {
        self.apps.iter().all(|app| {
            if app.members.iter().any(|it| matches!(it.state, MemberState::Outside | MemberState::Joining)) {
                return false;
            }
            let stable = || app.members.iter().filter(|it| it.state == MemberState::Stable);
            if let Some(group) = self.broker.groups().get(&app.name) {
                let ours = |id: &str| stable().any(|it| it.id == id);
                group.gathering_deadline().is_none() && group.expiries().all(|(id, _)| ours(id))
            } else {
                !app.topics.is_empty() || stable().count() == 0 || app.tasks.iter().all(|(_, it)| it.owner.is_some())
            }
        })
    }

    /// Sends the heartbeats that were due while all was calm: of each member the last one, at its own time.
    fn make_up_heartbeats(&mut self, now: Timestamp) {
        let interval = self.deployment.consumer.heartbeat_interval.0.max(1);
        for app in 0..self.apps.len() {
            for at in 0..self.apps.get(app).map_or(0, |it| it.members.len()) {
                let Some(owner) = self.apps.get_mut(app).filter(|it| !it.topics.is_empty()) else { continue };
                let group = owner.name.clone();
                let Some(member) = owner.members.get_mut(at) else { continue };
                let missed = now.since(member.last_heartbeat).0 / interval;
                if member.state != MemberState::Stable || missed == 0 {
                    continue;
                }
                let time = member.last_heartbeat + Millis(missed.saturating_mul(interval));
                member.last_heartbeat = time;
                let request = HeartbeatRequest { group, member_id: member.id.clone(), generation: member.generation };
                // In a calm group the answer is that all is well.
                let _ = self.ask_broker(time, Request::Heartbeat(request));
            }
        }
    }

    /// Something happens to a group.
    fn end_calm(&mut self, now: Timestamp) {
        if std::mem::take(&mut self.calm) {
            self.make_up_heartbeats(now);
        }
    }

    fn look_after_groups(&mut self, now: Timestamp) -> bool {
        for app in 0..self.apps.len() {
            for at in 0..self.apps.get(app).map_or(0, |it| it.members.len()) {
                self.keep_member(now, app, at);
            }
        }
        self.broker.tick(now);
        let mut any = false;
        loop {
            let answers = self.broker.take_ready();
            if answers.is_empty() {
                return any;
            }
            any = true;
            for (ticket, response) in answers {
                if let Some((app, at)) = self.tickets.remove(&ticket) {
                    self.answered(now, app, at, response);
                }
            }
        }
    }

    fn keep_member(&mut self, now: Timestamp, app: usize, at: usize) {
        let interval = self.deployment.consumer.heartbeat_interval;
        let Some(owner) = self.apps.get_mut(app) else { return };
        let alone = owner.topics.is_empty();
        let group = owner.name.clone();
        let Some(member) = owner.members.get_mut(at) else { return };
        match member.state {
            MemberState::Dead | MemberState::Joining => {}
            MemberState::Outside | MemberState::Stable if alone => {
                // Without a topic there is no group: the first living instance has the one task.
                member.state = MemberState::Stable;
                if owner.tasks.iter().all(|(_, it)| it.owner.is_none()) {
                    self.own(now, app, at, 0);
                }
            }
            MemberState::Outside => self.join(now, app, at),
            MemberState::Stable => {
                if now.since(member.last_heartbeat) < interval {
                    return;
                }
                member.last_heartbeat = now;
                let request = HeartbeatRequest { group, member_id: member.id.clone(), generation: member.generation };
                match self.ask_broker(now, Request::Heartbeat(request)) {
                    Some(Response::Heartbeat(Err(BrokerError::RebalanceInProgress))) => {
                        self.commit(now, app, at);
                        self.give_up(app, at);
                        self.join(now, app, at);
                    }
                    Some(Response::Heartbeat(Err(_))) => {
                        self.give_up(app, at);
                        if let Some(member) = self.member_mut(app, at) {
                            member.id.clear();
                        }
                        self.join(now, app, at);
                    }
                    _ => {}
                }
            }
        }
    }

    pub(super) fn member_mut(&mut self, app: usize, at: usize) -> Option<&mut super::app::Member> {
        self.apps.get_mut(app)?.members.get_mut(at)
    }

    fn join(&mut self, now: Timestamp, app: usize, at: usize) {
        let config = &self.deployment.consumer;
        let (session_timeout, rebalance_timeout) = (config.session_timeout, config.max_poll_interval);
        let Some(owner) = self.apps.get_mut(app) else { return };
        let topics = owner.topics.iter().filter_map(|it| self.topics.get(*it)).map(|it| it.spec.name.clone());
        let topics: Vec<Arc<str>> = topics.collect();
        let (group, client_id) = (owner.name.clone(), format!("{}-{at}", owner.name));
        let Some(member) = owner.members.get_mut(at) else { return };
        member.state = MemberState::Joining;
        member.last_heartbeat = now;
        let member_id = member.id.clone();
        let request = JoinGroupRequest { group, member_id, client_id, session_timeout, rebalance_timeout, topics };
        if let Some(response) = self.ask_broker(now, Request::JoinGroup(request)) {
            self.answered(now, app, at, response);
        } else {
            self.tickets.insert(self.next_ticket, (app, at));
        }
    }

    fn answered(&mut self, now: Timestamp, app: usize, at: usize, response: Response) {
        let Some(member) = self.member_mut(app, at) else { return };
        if member.state == MemberState::Dead {
            return;
        }
        match response {
            Response::JoinGroup(Ok(joined)) => {
                member.id = joined.member_id.clone();
                member.generation = joined.generation;
                member.last_heartbeat = now;
                let assignments =
                    if joined.leader == joined.member_id { self.assign(app, &joined) } else { BTreeMap::new() };
                let Some(group) = self.apps.get(app).map(|it| it.name.clone()) else { return };
                let request =
                    SyncGroupRequest { group, member_id: joined.member_id, generation: joined.generation, assignments };
                if let Some(response) = self.ask_broker(now, Request::SyncGroup(request)) {
                    self.answered(now, app, at, response);
                } else {
                    self.tickets.insert(self.next_ticket, (app, at));
                }
            }
            Response::SyncGroup(Ok(synced)) => {
                member.state = MemberState::Stable;
                member.last_heartbeat = now;
                self.take_over(now, app, at, &synced.assignment);
            }
            Response::JoinGroup(Err(error)) | Response::SyncGroup(Err(error)) => {
                if error == BrokerError::UnknownMemberId {
                    member.id.clear();
                }
                member.state = MemberState::Outside;
            }
            _ => {}
        }
    }

    /// The leader's part: consumers share partitions by range; stream applications share tasks by range, so that the
    /// partitions of one task are read by one member.
    fn assign(&self, app: usize, joined: &JoinGroupResponse) -> BTreeMap<String, Vec<TopicPartition>> {
        let Some(app) = self.apps.get(app) else { return BTreeMap::new() };
        let names = app.topics.iter().filter_map(|it| self.topics.get(*it));
        let counts: BTreeMap<Arc<str>, i32> = names.map(|it| (it.spec.name.clone(), it.spec.partitions)).collect();
        match app.reader {
            Reader::Driver => range(&joined.members, &counts),
            Reader::Plan(_) => {
                let tasks: Arc<str> = Arc::from("tasks");
                let all = joined.members.keys().map(|it| (it.clone(), vec![tasks.clone()])).collect();
                let shares = range(&all, &BTreeMap::from([(tasks, app.task_count)]));
                let expand = |task: &TopicPartition| {
                    let partition = task.partition;
                    let read = counts.iter().filter(move |(_, count)| **count > partition);
                    read.map(move |(topic, _)| TopicPartition { topic: topic.clone(), partition }).collect::<Vec<_>>()
                };
                shares.into_iter().map(|(member, it)| (member, it.iter().flat_map(expand).collect())).collect()
            }
        }
    }

    fn take_over(&mut self, now: Timestamp, app: usize, at: usize, assignment: &[TopicPartition]) {
        let mut tasks: Vec<i32> = assignment.iter().map(|it| it.partition).collect();
        tasks.sort_unstable();
        tasks.dedup();
        for task in tasks {
            self.own(now, app, at, task);
        }
        let Some(consumer) = self.apps.get(app).map(|it| it.name.clone()) else { return };
        let partitions = assignment.iter().map(|it| (it.topic.clone(), it.partition)).collect();
        self.effects.push(Effect::Assigned { consumer, instance: at, partitions });
    }

    /// Makes a member the owner of a task: it goes on where the group has committed, with its stores rebuilt.
    fn own(&mut self, now: Timestamp, app: usize, at: usize, task: i32) {
        let Some(owner) = self.apps.get(app) else { return };
        let Some(slot) = owner.tasks.get(task) else { return };
        let topic_name = |topic: usize| self.topics.get(topic).map(|it| it.spec.name.clone()).unwrap_or_default();
        let partitions: Vec<TopicPartition> = slot
            .inputs
            .iter()
            .map(|it| TopicPartition { topic: topic_name(it.topic), partition: it.partition })
            .collect();
        let starts: Vec<i64> = partitions.iter().map(|it| self.log_bounds(&it.topic, it.partition).0).collect();
        let rebuilt: Vec<i64> =
            slot.changelogs.iter().map(|it| self.log_bounds(&topic_name(it.topic), it.partition).0).collect();
        let request = OffsetFetchRequest { group: owner.name.clone(), partitions };
        let committed = match self.ask_broker(now, Request::OffsetFetch(request)) {
            Some(Response::OffsetFetch(offsets)) => offsets,
            _ => Vec::new(),
        };
        let Some(owner) = self.apps.get_mut(app) else { return };
        let Some(slot) = owner.tasks.get_mut(task) else { return };
        slot.owner = Some(at);
        slot.life += 1;
        for ((input, start), committed) in slot.inputs.iter_mut().zip(starts).zip(committed) {
            input.position = committed.unwrap_or(start).max(start);
            input.fetched = input.position;
            input.committed = committed.unwrap_or(-1);
            input.buffered.clear();
        }
        for (changelog, start) in slot.changelogs.iter_mut().zip(rebuilt) {
            changelog.position = start;
            changelog.own.clear();
        }
        match (&owner.reader, &mut slot.task) {
            (Reader::Plan(plan), empty @ None) => *empty = Some(Task::new(plan.clone(), now)),
            (Reader::Plan(_), Some(task)) => {
                task.forget();
            }
            (Reader::Driver, _) => {}
        }
        self.note_timer(app, task);
        self.ready.insert((app, task));
    }

    /// Start and end of a partition's log.
    pub(super) fn log_bounds(&self, topic: &str, partition: i32) -> (i64, i64) {
        let log = usize::try_from(partition).ok();
        let log = log.and_then(|at| self.broker.topics().get(topic).and_then(|it| it.partitions().get(at)));
        log.map_or((0, 0), |it| (it.start_offset(), it.end_offset()))
    }

    fn give_up(&mut self, app: usize, at: usize) {
        let Some(owner) = self.apps.get_mut(app) else { return };
        for slot in owner.tasks.iter_mut().filter(|it| it.owner == Some(at)) {
            slot.owner = None;
            slot.inputs.iter_mut().for_each(|it| it.buffered.clear());
        }
    }

    /// Commits what a member has processed, if there is anything new.
    pub(super) fn commit(&mut self, now: Timestamp, app: usize, at: usize) {
        let Some(owner) = self.apps.get_mut(app) else { return };
        let mut offsets = Vec::new();
        for slot in owner.tasks.iter_mut().filter(|it| it.owner == Some(at)) {
            for input in slot.inputs.iter_mut().filter(|it| it.position > it.committed.max(0)) {
                let Some(topic) = self.topics.get(input.topic) else { continue };
                let partition = TopicPartition { topic: topic.spec.name.clone(), partition: input.partition };
                offsets.push((partition, input.position));
                input.committed = input.position;
            }
        }
        let group = owner.name.clone();
        let Some(member) = owner.members.get_mut(at) else { return };
        member.next_commit = Timestamp(i64::MAX);
        if offsets.is_empty() {
            return;
        }
        let (generation, member_id) = (member.generation, member.id.clone());
        let request = OffsetCommitRequest { group, generation, member_id, offsets };
        // What a coordinator refuses is read again by whoever gets the partition next.
        let _ = self.ask_broker(now, Request::OffsetCommit(request));
    }

    pub(super) fn run_commits(&mut self, now: Timestamp) {
        if now < self.commit_due {
            return;
        }
        for app in 0..self.apps.len() {
            for at in 0..self.apps.get(app).map_or(0, |it| it.members.len()) {
                if self.member_mut(app, at).is_some_and(|it| it.next_commit <= now && !it.paused) {
                    self.commit(now, app, at);
                }
            }
        }
        self.plan_commits();
    }

    /// Looks up anew when the next commit is due.
    fn plan_commits(&mut self) {
        let members = self.apps.iter().flat_map(|it| &it.members).filter(|it| !it.paused);
        self.commit_due = members.map(|it| it.next_commit).min().unwrap_or(Timestamp(i64::MAX));
    }

    /// When a group changes next. Heartbeats of members in a calm group are no events.
    pub(super) fn next_group_event(&self, now: Timestamp) -> Option<Timestamp> {
        let config = &self.deployment.consumer;
        let mut next = self.broker.next_maintenance();
        if self.calm {
            return next;
        }
        let mut at = |time: Timestamp| next = Some(next.map_or(time, |it| it.min(time)));
        for app in self.apps.iter().filter(|it| !it.topics.is_empty()) {
            if app.members.iter().any(|it| it.state == MemberState::Outside) {
                at(now);
            }
            let Some(group) = self.broker.groups().get(&app.name) else { continue };
            let gathering = group.gathering_deadline();
            gathering.into_iter().for_each(&mut at);
            for member in &app.members {
                match member.state {
                    MemberState::Stable if gathering.is_some() => at(member.last_heartbeat + config.heartbeat_interval),
                    MemberState::Dead if group.has_member(&member.id) => {
                        at(member.last_heartbeat + config.session_timeout + Millis(1));
                    }
                    MemberState::Stable | MemberState::Dead | MemberState::Outside | MemberState::Joining => {}
                }
            }
            // Earlier lives of restarted instances have left members behind that nobody stands for any more.
            let ours = |id: &str| app.members.iter().any(|it| it.id == id);
            group.expiries().filter(|(id, _)| !ours(id)).for_each(|(_, time)| at(time));
        }
        next
    }

    pub(super) fn set_paused(&mut self, app: usize, at: usize, paused: bool) {
        if let Some(member) = self.member_mut(app, at) {
            member.paused = paused;
        }
        if !paused {
            self.wake(app, at);
        }
        self.plan_commits();
    }

    fn wake(&mut self, app: usize, at: usize) {
        let Some(owner) = self.apps.get(app) else { return };
        let owned = owner.tasks.iter().filter(|(_, it)| it.owner == Some(at));
        self.ready.extend(owned.map(|(task, _)| (app, task)));
    }

    pub(super) fn kill(&mut self, now: Timestamp, app: usize, at: usize) {
        self.end_calm(now);
        self.give_up(app, at);
        if let Some(member) = self.member_mut(app, at) {
            member.state = MemberState::Dead;
            member.next_commit = Timestamp(i64::MAX);
        }
    }

    pub(super) fn restart(&mut self, now: Timestamp, app: usize, at: usize) {
        self.end_calm(now);
        if let Some(member) = self.member_mut(app, at)
            && member.state == MemberState::Dead
        {
            member.state = MemberState::Outside;
            member.id.clear();
            member.paused = false;
        }
    }

    pub(super) fn fetch(
        &mut self,
        now: Timestamp,
        topic: Arc<str>,
        partition: i32,
        offset: i64,
    ) -> Result<Vec<crate::broker::RecordBatch>, BrokerError> {
        let max_bytes = self.deployment.consumer.max_partition_fetch_bytes;
        match self.ask_broker(now, Request::Fetch(FetchRequest { topic, partition, offset, max_bytes })) {
            Some(Response::Fetch(Ok(fetched))) => Ok(fetched.batches),
            Some(Response::Fetch(Err(error))) => Err(error),
            _ => Ok(Vec::new()),
        }
    }
}

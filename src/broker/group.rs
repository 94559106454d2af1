//! A consumer group and its coordinator: members, generations, committed offsets (the classic protocol).
//!
//! Members join; when all known members did, or time is up, a new generation begins: one member is the leader, it
//! assigns the partitions, the coordinator hands the assignment out. Who does not report in time is removed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::api::{JoinGroupRequest, JoinGroupResponse, Response, SyncGroupRequest, SyncGroupResponse};
use super::{BrokerError, BrokerEvent, Millis, Ticket, Timestamp, TopicPartition};

/// What a group does at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupState {
    /// No members.
    Empty,
    /// Members are joining until this time at the latest.
    PreparingRebalance {
        /// When those who did not join are left out.
        deadline: Timestamp,
        /// The group was empty: it waits for more members although all known ones joined.
        initial: bool,
    },
    /// A new generation waits for its leader's assignment.
    CompletingRebalance,
    /// Every member has its partitions.
    Stable,
}

/// A committed offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommittedOffset {
    /// The next offset to process.
    pub offset: i64,
    /// When it was committed.
    pub at: Timestamp,
}

#[derive(Clone, Debug)]
struct Member {
    session_timeout: Millis,
    rebalance_timeout: Millis,
    topics: Vec<Arc<str>>,
    assignment: Vec<TopicPartition>,
    last_seen: Timestamp,
    joining: Option<Ticket>,
    syncing: Option<Ticket>,
}

/// One group.
#[derive(Clone, Debug)]
pub struct Group {
    state: GroupState,
    generation: i32,
    leader: Option<String>,
    members: BTreeMap<String, Member>,
    offsets: BTreeMap<TopicPartition, CommittedOffset>,
    named: u64,
    empty_since: Timestamp,
}

impl Group {
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            state: GroupState::Empty,
            generation: 0,
            leader: None,
            members: BTreeMap::new(),
            offsets: BTreeMap::new(),
            named: 0,
            empty_since: now,
        }
    }

    /// What it does at the moment.
    pub fn state(&self) -> GroupState {
        self.state
    }

    /// The number of times that members changed.
    pub fn generation(&self) -> i32 {
        self.generation
    }

    /// The members and what they are to read.
    pub fn assignments(&self) -> impl Iterator<Item = (&str, &[TopicPartition])> {
        self.members.iter().map(|(id, member)| (id.as_str(), member.assignment.as_slice()))
    }

    /// The committed offsets.
    pub fn offsets(&self) -> &BTreeMap<TopicPartition, CommittedOffset> {
        &self.offsets
    }

    /// Takes a member in; the answer comes when the group has gathered.
    pub(super) fn join(
        &mut self,
        now: Timestamp,
        ticket: Ticket,
        request: JoinGroupRequest,
        initial_delay: Millis,
    ) -> Result<(), BrokerError> {
        if request.topics.is_empty() {
            return Err(BrokerError::InconsistentGroupProtocol);
        }
        if !(6_000..=1_800_000).contains(&request.session_timeout.0) {
            return Err(BrokerError::InvalidSessionTimeout);
        }
        let id = if request.member_id.is_empty() {
            self.named += 1;
            format!("{}-{}", request.client_id, self.named)
        } else if self.members.contains_key(&request.member_id) {
            request.member_id
        } else {
            return Err(BrokerError::UnknownMemberId);
        };
        let assignment = self.members.remove(&id).map(|it| it.assignment).unwrap_or_default();
        let member = Member {
            session_timeout: request.session_timeout,
            rebalance_timeout: request.rebalance_timeout,
            topics: request.topics,
            assignment,
            last_seen: now,
            joining: Some(ticket),
            syncing: None,
        };
        self.members.insert(id, member);
        match self.state {
            GroupState::Empty => {
                self.state = GroupState::PreparingRebalance { deadline: now + initial_delay, initial: true };
            }
            GroupState::CompletingRebalance | GroupState::Stable => self.rebalance(now),
            GroupState::PreparingRebalance { .. } => {}
        }
        Ok(())
    }

    fn rebalance(&mut self, now: Timestamp) {
        let patience = self.members.values().map(|it| it.rebalance_timeout).max().unwrap_or_default();
        self.state = GroupState::PreparingRebalance { deadline: now + patience, initial: false };
    }

    /// Takes the leader's assignment, or waits for it.
    pub(super) fn sync(
        &mut self,
        now: Timestamp,
        ticket: Ticket,
        request: SyncGroupRequest,
        ready: &mut Vec<(Ticket, Response)>,
    ) -> Result<(), BrokerError> {
        self.known(now, &request.member_id, request.generation)?;
        if matches!(self.state, GroupState::PreparingRebalance { .. }) {
            return Err(BrokerError::RebalanceInProgress);
        }
        if let Some(member) = self.members.get_mut(&request.member_id) {
            member.syncing = Some(ticket);
        }
        let leads = self.leader.as_deref() == Some(request.member_id.as_str());
        if self.state == GroupState::CompletingRebalance && leads {
            let mut assignments = request.assignments;
            for (id, member) in &mut self.members {
                member.assignment = assignments.remove(id).unwrap_or_default();
            }
            self.state = GroupState::Stable;
        }
        if self.state == GroupState::Stable {
            for member in self.members.values_mut() {
                if let Some(ticket) = member.syncing.take() {
                    let assignment = member.assignment.clone();
                    ready.push((ticket, Response::SyncGroup(Ok(SyncGroupResponse { assignment }))));
                }
            }
        }
        Ok(())
    }

    /// Checks that it is a member of the current generation, and notes that it lives.
    fn known(&mut self, now: Timestamp, id: &str, generation: i32) -> Result<(), BrokerError> {
        let member = self.members.get_mut(id).ok_or(BrokerError::UnknownMemberId)?;
        member.last_seen = member.last_seen.max(now);
        if generation == self.generation { Ok(()) } else { Err(BrokerError::IllegalGeneration) }
    }

    /// Notes that a member lives; tells it when it has to join again.
    pub(super) fn heartbeat(&mut self, now: Timestamp, id: &str, generation: i32) -> Result<(), BrokerError> {
        self.known(now, id, generation)?;
        match self.state {
            GroupState::PreparingRebalance { .. } => Err(BrokerError::RebalanceInProgress),
            GroupState::Empty | GroupState::CompletingRebalance | GroupState::Stable => Ok(()),
        }
    }

    /// Takes a member out.
    pub(super) fn leave(&mut self, now: Timestamp, id: &str) -> Result<(), BrokerError> {
        self.members.remove(id).ok_or(BrokerError::UnknownMemberId)?;
        self.shrunk(now);
        Ok(())
    }

    fn shrunk(&mut self, now: Timestamp) {
        if self.members.is_empty() {
            self.state = GroupState::Empty;
            self.empty_since = now;
            self.leader = None;
        } else if !matches!(self.state, GroupState::PreparingRebalance { .. }) {
            self.rebalance(now);
        }
    }

    /// Notes offsets; -1 and no member is a consumer that assigns itself.
    pub(super) fn commit(
        &mut self,
        now: Timestamp,
        id: &str,
        generation: i32,
        offsets: Vec<(TopicPartition, i64)>,
    ) -> Result<(), BrokerError> {
        if generation >= 0 || !self.members.is_empty() {
            self.known(now, id, generation)?;
            if matches!(self.state, GroupState::CompletingRebalance) {
                return Err(BrokerError::RebalanceInProgress);
            }
        }
        for (partition, offset) in offsets {
            self.offsets.insert(partition, CommittedOffset { offset, at: now });
        }
        Ok(())
    }

    /// Lets time pass: removes silent members, ends a gathering, forgets the offsets of a group long empty.
    pub(super) fn tick(
        &mut self,
        name: &str,
        now: Timestamp,
        offsets_retention: Millis,
        ready: &mut Vec<(Ticket, Response)>,
        events: &mut Vec<BrokerEvent>,
    ) {
        let silent = |member: &Member| member.joining.is_none() && now.since(member.last_seen) > member.session_timeout;
        let expired: Vec<String> = self.members.iter().filter(|(_, it)| silent(it)).map(|(id, _)| id.clone()).collect();
        for member in expired {
            self.members.remove(&member);
            self.shrunk(now);
            events.push(BrokerEvent::MemberExpired { group: name.into(), member });
        }
        if let GroupState::PreparingRebalance { deadline, initial } = self.state {
            let gathered = !initial && self.members.values().all(|it| it.joining.is_some());
            if gathered || deadline <= now {
                self.members.retain(|_, it| it.joining.is_some());
                if self.members.is_empty() {
                    self.shrunk(now);
                } else {
                    self.begin_generation(name, now, ready, events);
                }
            }
        }
        if self.state == GroupState::Empty && now.since(self.empty_since) > offsets_retention {
            self.offsets.clear();
        }
    }

    fn begin_generation(
        &mut self,
        name: &str,
        now: Timestamp,
        ready: &mut Vec<(Ticket, Response)>,
        events: &mut Vec<BrokerEvent>,
    ) {
        self.generation += 1;
        self.state = GroupState::CompletingRebalance;
        if self.leader.as_ref().is_none_or(|it| !self.members.contains_key(it)) {
            self.leader = self.members.keys().next().cloned();
        }
        let leader = self.leader.clone().unwrap_or_default();
        let subscriptions: BTreeMap<String, Vec<Arc<str>>> =
            self.members.iter().map(|(id, it)| (id.clone(), it.topics.clone())).collect();
        for (id, member) in &mut self.members {
            member.last_seen = now;
            let Some(ticket) = member.joining.take() else { continue };
            let members = if *id == leader { subscriptions.clone() } else { BTreeMap::new() };
            let response = JoinGroupResponse {
                generation: self.generation,
                member_id: id.clone(),
                leader: leader.clone(),
                members,
            };
            ready.push((ticket, Response::JoinGroup(Ok(response))));
        }
        let members = self.members.keys().cloned().collect();
        events.push(BrokerEvent::GroupRebalanced { group: name.into(), generation: self.generation, members });
    }

    /// Until when the group gathers, if it does.
    pub fn gathering_deadline(&self) -> Option<Timestamp> {
        match self.state {
            GroupState::PreparingRebalance { deadline, .. } => Some(deadline),
            GroupState::Empty | GroupState::CompletingRebalance | GroupState::Stable => None,
        }
    }

    /// Whether there is such a member.
    pub fn has_member(&self, id: &str) -> bool {
        self.members.contains_key(id)
    }

    /// When each member is removed if it stays silent.
    pub fn expiries(&self) -> impl Iterator<Item = (&str, Timestamp)> {
        let bound = self.members.iter().filter(|(_, it)| it.joining.is_none());
        bound.map(|(id, it)| (id.as_str(), it.last_seen + it.session_timeout + Millis(1)))
    }
}

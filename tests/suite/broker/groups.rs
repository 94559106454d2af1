//! Groups: every partition is read by one member, the dead are removed, old generations cannot commit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use stormglass::broker::api::{
    HeartbeatRequest, JoinGroupRequest, LeaveGroupRequest, OffsetCommitRequest, OffsetFetchRequest, Request, Response,
    SyncGroupRequest,
};
use stormglass::broker::{Broker, BrokerConfig, BrokerError, GroupState, TopicPartition, range};
use stormglass::kit::{Millis, Timestamp};

const GROUP: &str = "g";

/// A client of the classic protocol, as simple as can be.
#[derive(Debug, Default)]
struct Client {
    id: String,
    generation: i32,
    assigned: Vec<TopicPartition>,
    alive: bool,
}

struct World {
    broker: Broker,
    now: Timestamp,
    clients: Vec<Client>,
    partitions: BTreeMap<Arc<str>, i32>,
}

impl World {
    fn new(clients: usize, partitions: i32) -> Self {
        Self {
            broker: Broker::new(BrokerConfig::default()),
            now: Timestamp(0),
            clients: (0..clients).map(|_| Client::default()).collect(),
            partitions: BTreeMap::from([(Arc::from("t"), partitions)]),
        }
    }

    fn ask(&mut self, at: usize, request: Request) -> Option<Response> {
        self.broker.handle(self.now, at as u64, request)
    }

    fn join(&mut self, at: usize) {
        self.clients[at].alive = true;
        self.clients[at].assigned.clear();
        let request = JoinGroupRequest {
            group: GROUP.into(),
            member_id: self.clients[at].id.clone(),
            client_id: format!("c{at}"),
            session_timeout: Millis(10_000),
            rebalance_timeout: Millis(20_000),
            topics: vec!["t".into()],
        };
        if let Some(Response::JoinGroup(Err(error))) = self.ask(at, Request::JoinGroup(request)) {
            assert_eq!(error, BrokerError::UnknownMemberId);
            self.clients[at].id.clear();
            self.join(at);
        }
    }

    fn heartbeat(&mut self, at: usize) -> Result<(), BrokerError> {
        let (member_id, generation) = (self.clients[at].id.clone(), self.clients[at].generation);
        let request = HeartbeatRequest { group: GROUP.into(), member_id, generation };
        match self.ask(at, Request::Heartbeat(request)) {
            Some(Response::Heartbeat(result)) => result,
            other => panic!("{other:?}"),
        }
    }

    /// Lets time pass in heartbeats.
    fn pass(&mut self, seconds: i64) {
        for _ in 0..seconds {
            self.now = self.now + Millis::SECOND;
            for at in 0..self.clients.len() {
                if self.clients[at].alive && !self.clients[at].id.is_empty() && self.heartbeat(at).is_err() {
                    let joining = self.clients[at].generation < 0;
                    if !joining {
                        self.clients[at].generation = -1;
                        self.join(at);
                    }
                }
            }
            self.broker.tick(self.now);
            self.answer();
        }
    }

    fn answer(&mut self) {
        loop {
            let ready = self.broker.take_ready();
            if ready.is_empty() {
                return;
            }
            for (ticket, response) in ready {
                let at = ticket as usize;
                if !self.clients[at].alive {
                    continue;
                }
                match response {
                    Response::JoinGroup(Ok(joined)) => {
                        self.clients[at].id = joined.member_id.clone();
                        self.clients[at].generation = joined.generation;
                        let assignments = range(&joined.members, &self.partitions);
                        let request = SyncGroupRequest {
                            group: GROUP.into(),
                            member_id: joined.member_id,
                            generation: joined.generation,
                            assignments,
                        };
                        let answer = self.ask(at, Request::SyncGroup(request));
                        assert!(answer.is_none(), "{answer:?}");
                    }
                    Response::SyncGroup(Ok(synced)) => self.clients[at].assigned = synced.assignment,
                    other => panic!("{other:?}"),
                }
            }
        }
    }

    fn commit(&mut self, at: usize, generation: i32, offset: i64) -> Result<(), BrokerError> {
        let request = OffsetCommitRequest {
            group: GROUP.into(),
            generation,
            member_id: self.clients[at].id.clone(),
            offsets: vec![(TopicPartition { topic: "t".into(), partition: 0 }, offset)],
        };
        match self.ask(at, Request::OffsetCommit(request)) {
            Some(Response::OffsetCommit(result)) => result,
            other => panic!("{other:?}"),
        }
    }

    fn committed(&mut self) -> Option<i64> {
        let partitions = vec![TopicPartition { topic: "t".into(), partition: 0 }];
        match self.ask(0, Request::OffsetFetch(OffsetFetchRequest { group: GROUP.into(), partitions })) {
            Some(Response::OffsetFetch(offsets)) => offsets[0],
            other => panic!("{other:?}"),
        }
    }

    /// Every partition has one reader, and nobody reads what is not there.
    fn check(&self) -> Result<(), String> {
        let mut seen = BTreeSet::new();
        for client in self.clients.iter().filter(|it| it.alive) {
            for it in &client.assigned {
                if !seen.insert(it.partition) {
                    return Err(format!("partition {} is read twice", it.partition));
                }
            }
        }
        let all: BTreeSet<i32> = (0..self.partitions["t"]).collect();
        let anyone = self.clients.iter().any(|it| it.alive);
        if anyone && seen != all { Err(format!("read are {seen:?} of {all:?}")) } else { Ok(()) }
    }
}

#[test]
fn the_first_one_waits_for_others() {
    let mut world = World::new(2, 3);
    world.join(0);
    world.pass(2);
    assert!(world.clients[0].assigned.is_empty(), "3 s are given to others");
    world.join(1);
    world.pass(1);
    assert_eq!(world.check(), Ok(()));
    assert_eq!(world.clients.iter().map(|it| it.assigned.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(world.broker.groups()[GROUP].generation(), 1);
}

#[test]
fn a_silent_member_is_removed_after_its_session() {
    let mut world = World::new(2, 2);
    world.join(0);
    world.join(1);
    world.pass(4);
    world.clients[1].alive = false;
    world.pass(9);
    assert_eq!(world.clients[0].assigned.len(), 1);
    world.pass(4);
    assert_eq!(world.clients[0].assigned.len(), 2);
    assert_eq!(world.check(), Ok(()));
}

#[test]
fn who_leaves_is_not_waited_for() {
    let mut world = World::new(2, 2);
    world.join(0);
    world.join(1);
    world.pass(4);
    world.clients[1].alive = false;
    let member_id = world.clients[1].id.clone();
    let request = Request::LeaveGroup(LeaveGroupRequest { group: GROUP.into(), member_id });
    assert!(matches!(world.ask(1, request.clone()), Some(Response::LeaveGroup(Ok(())))));
    assert!(matches!(world.ask(1, request), Some(Response::LeaveGroup(Err(BrokerError::UnknownMemberId)))));
    world.pass(2);
    assert_eq!(world.clients[0].assigned.len(), 2);
}

#[test]
fn an_old_generation_cannot_commit() {
    let mut world = World::new(2, 2);
    world.join(0);
    world.pass(4);
    assert_eq!(world.commit(0, 1, 5), Ok(()));
    world.join(1);
    assert_eq!(world.heartbeat(0), Err(BrokerError::RebalanceInProgress));
    assert_eq!(world.commit(0, 1, 6), Ok(()), "what was read before the rebalance may still be committed");
    world.pass(2);
    assert_eq!(world.broker.groups()[GROUP].state(), GroupState::Stable);
    assert_eq!(world.commit(0, 1, 7), Err(BrokerError::IllegalGeneration));
    world.clients[0].id = "nobody".to_owned();
    assert_eq!(world.commit(0, 2, 7), Err(BrokerError::UnknownMemberId));
    assert_eq!(world.committed(), Some(6));
}

#[test]
fn offsets_are_forgotten_long_after_the_last_member() {
    let mut world = World::new(1, 1);
    assert_eq!(world.commit(0, -1, 3), Ok(()), "a consumer without a group");
    world.now = Timestamp(6 * Millis::DAY.0);
    world.broker.tick(world.now);
    assert_eq!(world.committed(), Some(3));
    world.now = Timestamp(8 * Millis::DAY.0);
    world.broker.tick(world.now);
    assert_eq!(world.committed(), None);
}

proptest! {
    #![proptest_config(crate::laws::cases(64))]

    /// Members come, leave, die and come back; when all is calm, every partition has one reader.
    #[test]
    fn in_the_end_all_is_read_once(
        actions in proptest::collection::vec((0u8..4, 0usize..5, 1i64..15), 1..25),
        partitions in 1i32..9,
    ) {
        let mut world = World::new(5, partitions);
        let mut generation = 0;
        for (action, at, seconds) in actions {
            match (action, world.clients[at].alive) {
                (0 | 1, false) => {
                    world.clients[at] = Client::default();
                    world.join(at);
                }
                (2, true) => world.clients[at].alive = false,
                (3, true) if !world.clients[at].id.is_empty() => {
                    world.clients[at].alive = false;
                    let member_id = world.clients[at].id.clone();
                    world.ask(at, Request::LeaveGroup(LeaveGroupRequest { group: GROUP.into(), member_id }));
                }
                _ => {}
            }
            world.pass(seconds);
            let now = world.broker.groups().get(GROUP).map_or(0, |it| it.generation());
            prop_assert!(now >= generation);
            generation = now;
        }
        world.pass(60);
        prop_assert_eq!(world.check(), Ok(()));
    }
}

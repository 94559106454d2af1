//! Tests of `runtime`: a small shop run in virtual time.

mod shop;

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use shop::{COMMANDS, DEAD, EVENTS, REMINDERS, REQUESTS, ROWS, World, shop};
use stormglass::kit::Millis;
use stormglass::record::{CAUSE, RecordId, Value};
use stormglass::runtime::{
    DeployError, Deployment, Effect, Input, InputError, ProducerConfig, REASON, Runtime, Sabotage,
};
use stormglass::streams::StreamEffect;

fn consumer(name: &str) -> Arc<str> {
    Arc::from(name)
}

#[test]
fn a_command_becomes_an_event_a_request_and_a_row() {
    let mut world = World::new(shop(1));
    world.place("a", 50);
    world.place("b", 500);
    world.pass(Millis::SECOND);
    assert_eq!(world.topic(COMMANDS), ["PlaceOrder a", "PlaceOrder b"]);
    assert_eq!(world.topic(EVENTS), ["OrderPlaced a", "OrderRefused b"]);
    assert_eq!(world.topic(REQUESTS), ["Charge a"]);
    assert_eq!(world.topic(ROWS), ["OpenOrder a"]);
    let rows: Vec<String> =
        world.runtime.rows("shop.open_orders", "open_orders").map(|it| it.value.to_string()).collect();
    assert_eq!(rows, ["('a', 50)"]);
    let states: Vec<String> = world.runtime.rows("shop.order", "orders").map(|it| it.value.to_string()).collect();
    assert_eq!(states, ["('placed', 50)", "(NULL, NULL)"]);
    assert!(world.runtime.lag().iter().all(|it| it.lag == 0), "{:?}", world.runtime.lag());
    let delivered = world.effects.iter().filter(|it| matches!(it, Effect::Delivered { consumer: 0, .. })).count();
    assert_eq!(delivered, 1);
}

#[test]
fn every_record_knows_its_cause_and_its_story() {
    let mut world = World::new(shop(1));
    world.place("a", 50);
    world.pass(Millis::SECOND);
    let mut told = Vec::new();
    for effect in &world.effects {
        if let Effect::Appended { id, message, .. } = effect {
            let cause = message.cause.as_ref().map(RecordId::to_string).unwrap_or_default();
            told.push(format!("{id} <- {cause} story {}", message.correlation.as_deref().unwrap_or("?")));
        }
    }
    assert_eq!(
        told,
        [
            "shop.order.commands/0/0 <-  story 1",
            "shop.order.events/0/0 <- shop.order.commands/0/0 story 1",
            "shop.bank.requests/0/0 <- shop.order.events/0/0 story 1",
            "shop.open_orders/0/0 <- shop.order.events/0/0 story 1",
        ]
    );
    let stored = world.runtime.records(EVENTS, 0, 0, 1).remove(0);
    assert_eq!(stored.message.cause.unwrap().to_string(), "shop.order.commands/0/0");
}

#[test]
fn a_requirement_that_does_not_hold_rejects() {
    let mut world = World::new(shop(1));
    world.place("a", 50);
    world.pass(Millis::SECOND);
    world.place("a", 60);
    world.pass(Millis::SECOND);
    assert_eq!(world.topic(EVENTS), ["OrderPlaced a"]);
    let rejected = world.effects.iter().filter_map(|it| match it {
        Effect::Stream { effect: StreamEffect::Rejected { reason, key, .. }, .. } => Some(format!("{key}: {reason}")),
        _ => None,
    });
    assert_eq!(rejected.collect::<Vec<_>>(), ["a: status IS NULL"]);
}

#[test]
fn while_the_consumer_stands_still_the_producer_goes_on() {
    let mut world = World::new(shop(1));
    let policy = consumer("shop.charge_policy");
    world.put(Input::Pause { consumer: policy.clone(), instance: None });
    for at in 0..10 {
        world.place(&format!("o{at}"), 5);
        world.pass(Millis::MINUTE);
    }
    let lag = |world: &World| world.runtime.lag().iter().filter(|it| it.group == policy).map(|it| it.lag).sum::<i64>();
    assert_eq!((world.topic(EVENTS).len(), world.topic(REQUESTS).len(), lag(&world)), (10, 0, 10));
    world.put(Input::Resume { consumer: policy.clone(), instance: None });
    world.pass(Millis::SECOND);
    assert_eq!((world.topic(REQUESTS).len(), lag(&world)), (10, 0));
}

#[test]
fn a_killed_task_reads_again_what_it_did_not_commit_and_rebuilds_its_state() {
    let mut world = World::new(shop(1));
    let (policy, order) = (consumer("shop.charge_policy"), consumer("shop.order"));
    world.place("a", 5);
    world.pass(Millis(1_000));
    for consumer in [&policy, &order] {
        world.put(Input::Kill { consumer: consumer.clone(), instance: Some(0) });
        world.put(Input::Restart { consumer: consumer.clone(), instance: Some(0) });
    }
    world.pass(Millis(30_000));
    assert_eq!(world.topic(REQUESTS).len(), 1, "the dead member is still waited for");
    world.pass(Millis::MINUTE);
    assert_eq!(world.topic(REQUESTS), ["Charge a", "Charge a"], "the bank is asked twice");
    assert_eq!(world.topic(EVENTS), ["OrderPlaced a"], "the rebuilt order refuses the second time");
    assert!(world.effects.iter().any(|it| matches!(it, Effect::Stream { effect: StreamEffect::Rejected { .. }, .. })));
}

#[test]
fn after_a_commit_nothing_is_read_again() {
    let mut world = World::new(shop(1));
    let policy = consumer("shop.charge_policy");
    world.place("a", 5);
    world.pass(Millis(10_000));
    world.put(Input::Kill { consumer: policy.clone(), instance: None });
    world.put(Input::Restart { consumer: policy, instance: None });
    world.pass(Millis(120_000));
    assert_eq!(world.topic(REQUESTS), ["Charge a"]);
}

#[test]
fn a_record_can_be_delivered_twice() {
    let mut world = World::new(shop(1));
    world.place("a", 5);
    world.pass(Millis::SECOND);
    let record: RecordId = format!("{EVENTS}/0/0").parse().unwrap();
    let policy = consumer("shop.charge_policy");
    world.put(Input::Redeliver { consumer: policy.clone(), record });
    world.pass(Millis::SECOND);
    assert_eq!(world.topic(REQUESTS), ["Charge a", "Charge a"]);
    let missing: RecordId = format!("{EVENTS}/0/7").parse().unwrap();
    let now = world.now;
    let refused = world.runtime.accept(now, Input::Redeliver { consumer: policy, record: missing });
    assert!(matches!(refused, Err(InputError::Record(..))), "{refused:?}");
}

#[test]
fn what_cannot_be_handled_is_a_dead_letter_with_its_reason() {
    let mut world = World::new(shop(1));
    world.place("a", 13);
    world.place("b", 14);
    world.pass(Millis::SECOND);
    assert_eq!(world.topic(REQUESTS), ["Charge b"], "the next one is handled");
    let [letter] = world.runtime.records(DEAD, 0, 0, 9).try_into().unwrap();
    let reason = letter.message.headers.text(REASON).unwrap_or_default().to_owned();
    assert!(reason.contains("react") && reason.to_lowercase().contains("zero"), "{reason}");
    assert_eq!(
        letter.message.cause.as_ref().map(RecordId::to_string).as_deref(),
        Some("shop.order.events/0/0"),
        "{CAUSE}"
    );
    assert_eq!(letter.message.type_name(), "shop.OrderPlaced");
    assert_eq!(letter.message.value.to_string(), "('a', 13)", "the bytes are those that could not be handled");
}

#[test]
fn a_timer_goes_off_when_it_is_due() {
    let mut world = World::new(shop(1));
    world.place("a", 5);
    world.pass(Millis(2 * Millis::DAY.0 - 60_000));
    assert!(world.topic(REMINDERS).is_empty());
    world.pass(Millis(61_000));
    assert_eq!(world.topic(REMINDERS), ["PaymentOverdue a"]);
    let stored = world.runtime.records(REMINDERS, 0, 0, 1).remove(0);
    assert_eq!(stored.message.cause.unwrap().to_string(), "shop.order.events/0/0", "the event that set it");
    assert_eq!(stored.message.correlation.as_deref(), Some("1"), "the same story");
}

#[test]
fn instances_share_the_tasks_and_take_over() {
    let mut deployment = shop(4);
    deployment.apps[0].instances = 3;
    let mut world = World::new(deployment);
    let shares = |world: &World| {
        let mut last = BTreeMap::new();
        for effect in &world.effects {
            if let Effect::Assigned { consumer, instance, partitions } = effect
                && **consumer == *"shop.order"
            {
                last.insert(*instance, partitions.iter().map(|it| it.1).collect::<Vec<_>>());
            }
        }
        last
    };
    assert_eq!(shares(&world), BTreeMap::from([(0, vec![0, 1]), (1, vec![2]), (2, vec![3])]));
    for at in 0..40 {
        world.place(&format!("o{at}"), 5);
    }
    world.pass(Millis(10_000));
    world.put(Input::Kill { consumer: consumer("shop.order"), instance: Some(0) });
    for at in 40..80 {
        world.place(&format!("o{at}"), 5);
    }
    world.pass(Millis(10_000));
    assert!(world.topic(EVENTS).len() < 80, "the partitions of the dead instance wait");
    world.pass(Millis(60_000));
    assert_eq!(world.topic(EVENTS).len(), 80, "the others have taken over");
    assert_eq!(shares(&world).remove(&1), Some(vec![0, 1]));
}

#[test]
fn timers_without_a_source_need_one_living_instance() {
    let mut world = World::new(Deployment { apps: vec![shop::ticker(2)], consumers: Vec::new(), ..shop(1) });
    let ticks = |world: &World| world.topic(REMINDERS).len();
    world.pass(Millis(180_000));
    assert_eq!(ticks(&world), 3);
    world.put(Input::Kill { consumer: consumer("shop.ticker"), instance: Some(0) });
    world.pass(Millis(180_000));
    assert_eq!(ticks(&world), 6, "the second instance has taken over");
    world.put(Input::Kill { consumer: consumer("shop.ticker"), instance: Some(1) });
    world.pass(Millis(180_000));
    assert_eq!(ticks(&world), 6);
    let stories: Vec<_> = world.runtime.records(REMINDERS, 0, 0, 9);
    let stories: Vec<&str> = stories.iter().filter_map(|it| it.message.correlation.as_deref()).collect();
    assert_eq!(stories, ["1", "2", "3", "4", "5", "6"], "each begins a story");
}

#[test]
fn records_that_go_round_without_taking_time_do_not_stop_the_clock() {
    let producer = ProducerConfig { linger: Millis::ZERO, ..ProducerConfig::default() };
    let apps = vec![shop::treadmill()];
    let mut world = World::new(Deployment { apps, consumers: Vec::new(), producer, ..shop(1) });
    world.place("a", 1);
    world.pass(Millis(5));
    assert!(world.topic(COMMANDS).len() > 5);
    assert_eq!(world.runtime.next_wakeup(world.now), Some(world.now + Millis(1)));
}

#[test]
fn deployments_that_do_not_fit_are_refused() {
    let refused = |change: &dyn Fn(&mut Deployment)| {
        let mut deployment = shop(1);
        change(&mut deployment);
        Runtime::new(deployment).map(|_| ()).unwrap_err()
    };
    assert!(matches!(refused(&|it| it.topics[0].name = "a/b".into()), DeployError::Topic { .. }));
    assert!(matches!(refused(&|it| it.topics[0].partitions = 0), DeployError::Topic { .. }));
    assert!(matches!(refused(&|it| it.topics.truncate(1)), DeployError::Unknown { .. }));
    assert!(matches!(refused(&|it| it.apps[0].topology.stores.clear()), DeployError::Plan(_)));
    assert!(matches!(refused(&|it| it.apps.push(it.apps[0].clone())), DeployError::Name(_)));
    assert!(matches!(refused(&|it| it.consumer.session_timeout = Millis(1)), DeployError::SessionTimeout(1)));
}

#[test]
fn inputs_that_make_no_sense_are_refused() {
    let mut runtime = Runtime::new(shop(1)).unwrap();
    let now = stormglass::kit::Timestamp(0);
    let unknown = Input::Kill { consumer: consumer("nobody"), instance: None };
    assert!(matches!(runtime.accept(now, unknown), Err(InputError::Consumer(_))));
    let unknown = Input::Kill { consumer: consumer("shop.order"), instance: Some(7) };
    assert!(matches!(runtime.accept(now, unknown), Err(InputError::Instance(_, 7))));
    let Input::Produce(mut produce) = shop::order("a", 1, now) else { unreachable!() };
    produce.message.value = Value::record(vec![Value::Long(1)]);
    assert!(matches!(runtime.accept(now, Input::Produce(produce.clone())), Err(InputError::Value(_))));
    produce.topic = "nowhere".into();
    assert!(matches!(runtime.accept(now, Input::Produce(produce)), Err(InputError::Topic(_))));
}

/// Reads the logs only: every placed order was commanded once, every charge follows from one placed order, and every
/// placed order is charged. Returns what is wrong.
fn audit(world: &World) -> Vec<String> {
    let mut wrong = Vec::new();
    for (from, to) in [(COMMANDS, EVENTS), (EVENTS, REQUESTS)] {
        let causes = world.runtime.records(to, 0, 0, usize::MAX);
        for record in world.runtime.records(from, 0, 0, usize::MAX) {
            let answers = causes.iter().filter(|it| it.message.cause.as_ref() == Some(&record.id)).count();
            if answers != 1 {
                wrong.push(format!("{} has {answers} answers", record.id));
            }
        }
    }
    let commands = world.topic(COMMANDS);
    for at in 0..20 {
        let count = commands.iter().filter(|it| **it == format!("PlaceOrder o{at}")).count();
        if count != 1 {
            wrong.push(format!("o{at} was ordered {count} times"));
        }
    }
    wrong
}

fn run_with(sabotage: Option<Sabotage>) -> World {
    let mut world = World::new(Deployment { sabotage, ..shop(1) });
    for at in 0..20 {
        world.place(&format!("o{at}"), 5);
        world.pass(Millis(50));
    }
    world.pass(Millis::SECOND);
    world
}

#[test]
fn a_planted_bug_is_found_by_the_log() {
    assert_eq!(audit(&run_with(None)), Vec::<String>::new());
    for at in 0..80 {
        // Every fourth record is a row of the read model, which this audit does not look at.
        let row = |world: &World| world.topic(ROWS).len() != 20;
        for sabotage in [Sabotage::Lose(at), Sabotage::Repeat(at)] {
            let world = run_with(Some(sabotage));
            assert!(!audit(&world).is_empty() || row(&world), "{sabotage:?} was not found");
        }
    }
}

proptest! {
    #![proptest_config(crate::laws::cases(24))]

    /// The same inputs give the same bytes, and whatever happens nothing is lost.
    #[test]
    fn equal_inputs_give_equal_bytes(actions in proptest::collection::vec((0u8..6, 0u8..20, 0i64..200), 1..60)) {
        let run = || {
            let mut world = World::new(shop(3));
            let policy = consumer("shop.charge_policy");
            for (action, key, total) in &actions {
                match action {
                    0..3 => world.place(&format!("o{key}"), *total),
                    3 => world.pass(Millis(*total * 100)),
                    4 => world.put(Input::Kill { consumer: policy.clone(), instance: None }),
                    _ => world.put(Input::Restart { consumer: policy.clone(), instance: None }),
                }
            }
            world.put(Input::Restart { consumer: policy.clone(), instance: None });
            world.pass(Millis(400_000));
            world
        };
        let (one, two) = (run(), run());
        prop_assert_eq!(one.bytes(), two.bytes());
        prop_assert_eq!(&one.effects, &two.effects);
        let lag: Vec<_> = one.runtime.lag().into_iter().filter(|it| it.lag != 0).collect();
        prop_assert!(lag.is_empty(), "{:?}", lag);
        let placed = one.topic(EVENTS).iter().filter(|it| it.starts_with("OrderPlaced")).count();
        let dead = one.topic(DEAD).len();
        prop_assert!(one.topic(REQUESTS).len() + dead >= placed, "every placed order was charged or is a dead letter");
    }
}

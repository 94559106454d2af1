//! What the inspector changes on the board.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::{Edit, Element, Inputs, Kind, Link};
use stormglass::kit::{IdSource, Millis};

use super::{Desk, row};

#[test]
fn a_policy_waits_for_all_its_events_as_long_as_one_says() {
    let mut board =
        row(&[(Kind::DOMAIN_EVENT, "Order Paid"), (Kind::DOMAIN_EVENT, "Order Packed"), (Kind::POLICY, "Ship it")]);
    let find = |name: &str| board.stickies().values().find(|it| it.text == name).unwrap().id;
    let (paid, packed, policy) = (find("Order Paid"), find("Order Packed"), find("Ship it"));
    let mut ids = IdSource::seeded(9);
    for from in [paid, packed] {
        let link = Element::Link(Link::new(ids.next_id(), from, policy));
        stormglass::board::apply(&mut board, &Edit::Add(Box::new(link))).unwrap();
    }
    let mut desk = Desk::new(board);
    let inputs = |desk: &Desk| desk.board().sticky(policy).unwrap().inputs;
    desk.harness.get_by_label_contains("Policy: Ship it").click();
    desk.steps(3);
    desk.click("All, of the same key");
    assert_eq!(inputs(&desk), Some(Inputs::All { within: Millis::DAY }));
    desk.write("Within", "2 hours");
    assert_eq!(inputs(&desk), Some(Inputs::All { within: Millis(2 * Millis::HOUR.0) }));
    desk.write("Within", "soon");
    assert_eq!(inputs(&desk), Some(Inputs::All { within: Millis::DAY }), "no length of time changes nothing");
    desk.write("Within", "3 days");
    desk.look("join");
    desk.key(Key::Escape);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(inputs(&desk), Some(Inputs::All { within: Millis::DAY }), "what was typed is one step");
}

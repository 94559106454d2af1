//! Writing: what Escape leaves behind, and whom a name belongs to.

use std::collections::BTreeSet;

use stormglass::board::Kind;
use stormglass::editor::{Direction, Input, Key, Mods};

use super::Desk;

#[test]
fn escape_on_a_blank_follower_selects_again_what_it_followed() {
    let extend = |desk: &mut Desk| {
        desk.key(Key::Right, Mods::COMMAND);
        desk.on(Input::Tick { mods: Mods::NONE, seconds: 0.016 });
    };
    let cases: [(&str, &dyn Fn(&mut Desk)); 4] = [
        ("Enter", &|desk| {
            desk.key(Key::Enter, Mods::NONE);
            desk.with(|editor, cx| editor.next_sticky(cx));
        }),
        ("Tab", &|desk| {
            desk.key(Key::Enter, Mods::NONE);
            desk.with(|editor, cx| editor.write_beside(cx, Direction::Below));
        }),
        ("the key of a kind", &|desk| desk.letter('C')),
        ("Ctrl and an arrow", &extend),
    ];
    for (name, begin) in cases {
        let mut desk = Desk::new();
        let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
        desk.editor.select_only(id);
        begin(&mut desk);
        assert!(desk.editor.writing().is_some_and(|it| it.id != id), "{name}");
        desk.with(|editor, cx| editor.escape_text(cx));
        assert_eq!(desk.editor.selection, BTreeSet::from([id]), "{name}");
        assert_eq!(desk.history.board().len(), 1, "{name}");
    }
}

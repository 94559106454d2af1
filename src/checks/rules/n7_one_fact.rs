//! N7: one event, one fact.

use super::{Context, Found, I, O, Rule, W};
use crate::board::Role;
use crate::checks::Fix;
use crate::checks::fix::End;
use crate::flow::{Definition, Origin};

pub(super) static RULE: Rule = Rule {
    code: "N7",
    title: "One event, one fact",
    why: "Two facts in one event cannot happen apart, be refused apart or be listened to apart.",
    example: "\"Order Paid and Shipped\" is two events; \"Terms and Conditions Accepted\" is one.",
    exempt: "\"and\" between anything but two participles; languages without a word list, but for \"/\".",
    fix: "Splits it in two.",
    severity: [O, I, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for event in context.all(Role::Event) {
        let Some((first, second)) = split(context, &event.name) else { continue };
        let message = format!("The event {} says two things.", context.name(event.id));
        found.push(Found::new(message, vec![event.id]).fix(fix(context, event, &first, &second)));
    }
}

/// The two facts, each with its subject.
fn split(context: &Context<'_>, name: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let happened = |it: &str| context.words.is_some_and(|words| words.is_participle(&it.to_lowercase()));
    let subject =
        |of: &[&str]| -> Vec<String> { of.iter().take_while(|it| !happened(it)).map(|it| (*it).to_owned()).collect() };
    let whole = |head: &[&str], tail: &[&str]| {
        let bare = tail.first().is_some_and(|it| happened(it));
        let mut words = if bare { subject(head) } else { Vec::new() };
        words.extend(tail.iter().map(|it| (*it).to_owned()));
        (head.join(" "), words.join(" "))
    };
    for (at, part) in parts.iter().enumerate() {
        let (head, tail) = (parts.get(..at)?, parts.get(at + 1..)?);
        let joins = context.words.is_some_and(|words| words.and.contains(&part.to_lowercase().as_str()));
        if joins && head.iter().any(|it| happened(it)) && tail.iter().any(|it| happened(it)) {
            return Some(whole(head, tail));
        }
        if *part == "/" && !head.is_empty() && !tail.is_empty() {
            return Some(whole(head, tail));
        }
        let Some((a, b)) = part.split_once('/').filter(|(a, b)| a.len() > 1 && b.len() > 1) else { continue };
        if context.words.is_none() || (happened(a) && happened(b)) {
            let head: Vec<&str> = head.iter().copied().chain([a]).collect();
            let tail: Vec<&str> = std::iter::once(b).chain(tail.iter().copied()).collect();
            return Some(whole(&head, &tail));
        }
    }
    None
}

/// Renames the event to the first fact and puts the second below it, with the same arrows.
fn fix(context: &Context<'_>, event: &Definition, first: &str, second: &str) -> Option<Fix> {
    let kind = context.board.sticky(event.id)?.kind;
    let renamed = context.rename(event.id, first)?;
    let text = context.board.text(event.id);
    let rest = text.split_once('\n').map_or(String::new(), |it| format!("\n{}", it.1));
    let text = if context.board.name(event.id) == text.lines().next().unwrap_or_default().trim() {
        format!("{second}{rest}")
    } else {
        second.to_owned()
    };
    let mut fix = Fix::new(format!("Split into \"{first}\" and \"{second}\""));
    fix = fix.and(renamed);
    fix = fix.sticky(kind, context.below(event.id, kind), text);
    let drawn = |it: &&crate::flow::Edge| matches!(it.origin, Origin::Link(_));
    for edge in context.flow.edges_to(event.id).into_iter().filter(drawn) {
        fix = fix.link_with(End::Old(edge.from), End::New(0), edge.text.clone());
    }
    for edge in context.flow.edges_from(event.id).into_iter().filter(drawn) {
        fix = fix.link_with(End::New(0), End::Old(edge.to), edge.text.clone());
    }
    Some(fix)
}

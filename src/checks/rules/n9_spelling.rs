//! N9: one name, one spelling.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Found, I, Rule, W};
use crate::board::{Field, Role};
use crate::checks::Fix;
use crate::flow::{Definition, Entry};
use crate::kit::Id;

pub(super) static RULE: Rule = Rule {
    code: "N9",
    title: "One name, one spelling",
    why: "Two spellings of one name become two topics, two types and two understandings.",
    example: "\"Order Cancelled\" and \"Order Canceled\", \"EMail Sent\" and \"Email Sent\", \"Meeting Payed\" beside \"Fee Paid\".",
    exempt: "Different contexts; what is different on purpose is waived, which records it.",
    fix: "Makes them placements of one definition, or writes the word alike everywhere.",
    severity: [I, I, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    same_names(context, found);
    let said: BTreeSet<Id> = found.iter().flat_map(|it| it.elements.iter().copied()).collect();
    words(context, &said, found);
}

/// Context, role and the words that count.
type Key = (Option<Id>, Role, Vec<String>);

/// Definitions of one role and context whose names differ by case, joints, number or spelling only.
fn same_names(context: &Context<'_>, found: &mut Vec<Found>) {
    let mut groups: BTreeMap<Key, Vec<&Definition>> = BTreeMap::new();
    for it in context.flow.definitions().values().filter(|it| it.role.flows()) {
        let key = key(context, it);
        if !key.is_empty() {
            groups.entry((it.context, it.role, key)).or_default().push(it);
        }
    }
    for same in groups.into_values().filter(|it| it.len() > 1) {
        let Some((first, others)) = same.split_first() else { continue };
        let mut names: Vec<String> = Vec::new();
        for it in &same {
            let name = context.name(it.id);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let message = match names.as_slice() {
            [name] => format!("{name} was written {} times: is it one thing?", same.len()),
            names => format!("{} read like one name.", names.join(" and ")),
        };
        let elements = same.iter().map(|it| it.id).collect();
        found.push(Found::new(message, elements).fix(unify(context, first, others)));
    }
}

/// What is left of a name when case, joints, number and spelling are taken away; sorted, as order is style.
fn key(context: &Context<'_>, definition: &Definition) -> Vec<String> {
    let joined: String = definition.name.chars().filter(|it| !matches!(it, '-' | '_' | '\'' | '’')).collect();
    let mut words: Vec<String> = crate::kit::words(&joined).iter().map(|it| normal(context, it)).collect();
    words.sort_unstable();
    words
}

fn normal(context: &Context<'_>, word: &str) -> String {
    let Some(words) = context.words else { return word.to_owned() };
    let spelt = spelling(context, word).unwrap_or_else(|| word.to_owned());
    words.singular(&spelt).unwrap_or(spelt)
}

/// The spelling that a word is compared by, where it differs from how it is written.
fn spelling(context: &Context<'_>, word: &str) -> Option<String> {
    let words = context.words?;
    if let Some((_, meant)) = words.misspelt.iter().find(|it| it.0 == word) {
        return Some((*meant).to_owned());
    }
    for (british, american) in [("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("isation", "ization")] {
        if let Some(stem) = word.strip_suffix(american).filter(|it| it.len() > 3) {
            return Some(format!("{stem}{british}"));
        }
    }
    let (stem, ending) = ["ed", "ing"].iter().find_map(|it| word.strip_suffix(it).map(|stem| (stem, it)))?;
    let doubles = words.doubling.contains(&stem) && stem.ends_with('l');
    doubles.then(|| format!("{stem}l{ending}"))
}

/// Makes the others placements of the first, if nothing but their names would be lost.
fn unify(context: &Context<'_>, first: &Definition, others: &[&Definition]) -> Option<Fix> {
    let board = context.board;
    board.sticky(first.id)?;
    let mut fix = Fix::new(format!("Make them one: \"{}\"", first.name));
    for other in others {
        let sticky = board.sticky(other.id)?;
        let only_name = sticky.text.split_whitespace().eq(other.name.split_whitespace());
        if !only_name && sticky.text != board.text(first.id) {
            return None;
        }
        for placement in other.placements.iter().filter(|it| **it != other.id) {
            fix = fix.set(board, *placement, Field::Of(Some(first.id)));
        }
        fix = fix.set(board, other.id, Field::Text(String::new()));
        fix = fix.set(board, other.id, Field::Of(Some(first.id)));
    }
    Some(fix)
}

/// Words of one context that are written in two ways, or misspelt, but for names that were spoken of as a whole.
fn words(context: &Context<'_>, said: &BTreeSet<Id>, found: &mut Vec<Found>) {
    for entries in context.flow.glossary().into_values() {
        let mut spellings: BTreeMap<String, BTreeMap<&str, Vec<&Entry>>> = BTreeMap::new();
        for entry in &entries {
            for word in context.words_of(entry.definition) {
                let meant = spelling(context, word).unwrap_or_else(|| word.clone());
                spellings.entry(meant).or_default().entry(word).or_default().push(entry);
            }
        }
        for (meant, written) in spellings {
            let Some(usual) = usual(context, &meant, &written) else { continue };
            let odd = || written.iter().filter(|it| *it.0 != usual);
            let elements: BTreeSet<Id> = odd().flat_map(|it| it.1).map(|it| it.definition).collect();
            if elements.is_subset(said) {
                continue;
            }
            let odd_words: Vec<&str> = odd().map(|it| *it.0).collect();
            let places: Vec<String> = elements.iter().take(3).map(|it| context.name(*it)).collect();
            let more = if elements.len() > 3 { " and others" } else { "" };
            let right = match odd_words.len() < written.len() {
                true => format!("written \"{usual}\" elsewhere"),
                false => format!("spelt \"{usual}\""),
            };
            let message = format!("\"{}\" in {}{more} is {right}.", odd_words.join("\", \""), places.join(", "));
            let mut fix = Fix::new(format!("Write \"{usual}\" everywhere"));
            for id in &elements {
                let name = respell(&context.board.name(*id), &odd_words, &usual);
                if let Some(renamed) = context.rename(*id, &name) {
                    fix = fix.and(renamed);
                }
            }
            found.push(Found::new(message, elements.into_iter().collect()).fix(Some(fix)));
        }
    }
}

/// The spelling to keep: a term's, else the one written most; never a misspelling. `None` if there is nothing to say.
fn usual(context: &Context<'_>, meant: &str, written: &BTreeMap<&str, Vec<&Entry>>) -> Option<String> {
    let misspelt = |it: &str| context.words.is_some_and(|words| words.misspelt.iter().any(|(wrong, _)| *wrong == it));
    let agreed = |it: &[&Entry]| it.iter().any(|it| it.role == Role::Term);
    let right = written.iter().filter(|it| !misspelt(it.0));
    let usual = right.max_by_key(|it| (agreed(it.1), it.1.len(), *it.0 == meant));
    let usual = usual.map_or(meant, |it| *it.0);
    written.keys().any(|it| *it != usual).then(|| usual.to_owned())
}

/// The name with words replaced, capitals kept.
fn respell(name: &str, odd: &[&str], usual: &str) -> String {
    let word = |it: &str| {
        if !odd.contains(&it.to_lowercase().as_str()) {
            return it.to_owned();
        }
        let mut letters = usual.chars();
        match it.chars().next() {
            Some(first) if first.is_uppercase() => {
                letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
            }
            Some(_) | None => usual.to_owned(),
        }
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

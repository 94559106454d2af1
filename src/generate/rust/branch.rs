//! Several ways on, of which one or all are taken: the outcomes of a command, the commands of a policy.

use super::code::Code;
use super::part::{Answers, Choice, Part, Scope, Script};
use crate::generate::text;
use crate::kit::Id;
use crate::model::Outputs;
use crate::model::Rule;

/// One way on.
pub(in crate::generate) struct Branch<'b> {
    /// The message.
    pub id: Id,
    /// Its guard.
    pub when: Option<&'b Rule>,
    /// Whether it is taken where no guard is TRUE.
    pub otherwise: bool,
    /// The variant of the module's enum that it makes.
    pub variant: String,
    /// The name as written.
    pub name: String,
    /// What hooks about it are called after it.
    pub module: String,
    /// The struct of the message, as `events::OrderPlaced`.
    pub path: String,
    /// The fields of its literal, one a line.
    pub fields: Vec<String>,
}

/// How the ways on of one function are written.
pub(in crate::generate) struct Ways<'b> {
    /// The enum of what comes out: `Event` or `Command`.
    pub result: &'b str,
    /// One or all.
    pub outputs: Outputs,
    /// The function.
    pub function: &'b str,
    /// The Rust type that an enum of choices is called after.
    pub type_name: &'b str,
    /// What is decided, in words.
    pub title: &'b str,
    /// The expression returned where no way applies.
    pub none: String,
}

impl Part<'_, '_> {
    /// Writes the ways on, as the end of a function that returns `Result<Vec<_>, Error>`.
    pub(in crate::generate) fn ways(
        &mut self,
        code: &mut Code,
        ways: &Ways<'_>,
        branches: &[Branch<'_>],
        scope: &Scope<'_>,
    ) {
        match ways.outputs {
            Outputs::Either => self.either(code, ways, branches, scope),
            Outputs::All => self.all(code, ways, branches, scope),
        }
    }

    fn guard(
        &mut self,
        ways: &Ways<'_>,
        branch: &Branch<'_>,
        all: &[Branch<'_>],
        scope: &Scope<'_>,
    ) -> Option<(String, String)> {
        let rule = branch.when?;
        let hook = format!("{}_leads_to_{}", ways.function, branch.module);
        let others = all.iter().map(|it| it.id).filter(|it| *it != branch.id).collect();
        let condition = self.condition(rule, &hook, scope, Some(Answers::Whether(branch.id, others)));
        Some((format!("// when {}", text::plain(rule.text())), condition))
    }

    fn either(&mut self, code: &mut Code, ways: &Ways<'_>, branches: &[Branch<'_>], scope: &Scope<'_>) {
        for branch in branches {
            if let Some((comment, condition)) = self.guard(ways, branch, branches, scope) {
                code.line(comment);
                code.line(format!("if {condition} {{"));
                literal(code, ways, branch, "return Ok(vec![", "]);");
                code.line("}");
            }
        }
        let mut open: Vec<&Branch<'_>> = Vec::new();
        for branch in branches.iter().filter(|it| it.when.is_none() && !it.otherwise) {
            if !open.iter().any(|it| it.variant == branch.variant) {
                open.push(branch);
            }
        }
        let otherwise = branches.iter().find(|it| it.when.is_none() && it.otherwise);
        match (open.as_slice(), otherwise) {
            ([], Some(branch)) => literal(code, ways, branch, "Ok(vec![", "])"),
            ([branch], _) => literal(code, ways, branch, "Ok(vec![", "])"),
            ([], None) => code.line(&ways.none),
            (several, _) => {
                let (name, call) = self.choice(ways, several, scope);
                code.line(format!("match {call} {{"));
                for branch in several {
                    code.line(format!("{name}::{} => {{", branch.variant));
                    literal(code, ways, branch, "Ok(vec![", "])");
                    code.line("}");
                }
                code.line("}");
            }
        }
    }

    /// The enum of several alternatives that nothing distinguishes, and the call that picks one.
    fn choice(&mut self, ways: &Ways<'_>, several: &[&Branch<'_>], scope: &Scope<'_>) -> (String, String) {
        let mut name = format!("{}Outcome", ways.type_name);
        while self.choices.iter().any(|it| it.name == name) {
            name.push('_');
        }
        let question = self.free(&format!("{}_outcome", ways.function));
        let variants = several.iter().map(|it| (it.variant.clone(), text::doc(&it.name))).collect();
        let title = text::doc(ways.title);
        self.choices.push(Choice { name: name.clone(), doc: format!("What {title} may lead to."), variants });
        let listed: Vec<String> = several.iter().map(|it| text::plain(&it.name)).collect();
        self.open.push(format!("`{question}`: {} (the first unless you say otherwise)", listed.join(" or ")));
        let doc = vec![format!("Which of the alternatives of {title} happens: nothing on the board tells.")];
        self.scripts.push(Script {
            name: question.clone(),
            params: scope.arguments.params.clone(),
            result: name.clone(),
            answers: Answers::Which(several.iter().map(|it| (it.id, it.variant.clone())).collect()),
        });
        let first = several.first().map_or(String::new(), |it| format!("{name}::{}", it.variant));
        let call = self.hook(&question, scope.arguments, &name, doc, &first);
        (name, call)
    }

    fn all(&mut self, code: &mut Code, ways: &Ways<'_>, branches: &[Branch<'_>], scope: &Scope<'_>) {
        if branches.is_empty() {
            code.line(&ways.none);
            return;
        }
        if branches.iter().all(|it| it.when.is_none() && !it.otherwise) {
            if let [branch] = branches {
                literal(code, ways, branch, "Ok(vec![", "])");
                return;
            }
            code.line("Ok(vec![");
            for branch in branches {
                literal(code, ways, branch, "", ",");
            }
            code.line("])");
            return;
        }
        code.line("let mut all = Vec::new();");
        for branch in branches.iter().filter(|it| !it.otherwise || it.when.is_some()) {
            match self.guard(ways, branch, branches, scope) {
                Some((comment, condition)) => {
                    code.line(comment);
                    code.line(format!("if {condition} {{"));
                    literal(code, ways, branch, "all.push(", ");");
                    code.line("}");
                }
                None => literal(code, ways, branch, "all.push(", ");"),
            }
        }
        for branch in branches.iter().filter(|it| it.otherwise && it.when.is_none()) {
            code.line("if all.is_empty() {");
            literal(code, ways, branch, "all.push(", ");");
            code.line("}");
        }
        if ways.none != "Ok(vec![])" && !branches.iter().any(|it| it.otherwise && it.when.is_none()) {
            code.line("if all.is_empty() {");
            code.line(format!("return {};", ways.none));
            code.line("}");
        }
        code.line("Ok(all)");
    }
}

/// `Event::OrderPlaced(events::OrderPlaced { ... })` between a head and a tail.
pub(in crate::generate) fn literal(code: &mut Code, ways: &Ways<'_>, branch: &Branch<'_>, head: &str, tail: &str) {
    let Branch { variant, path, fields, .. } = branch;
    code.line(format!("{head}{}::{variant}({path} {{", ways.result));
    for field in fields {
        code.line(field);
    }
    code.line(format!("}}){tail}"));
}
